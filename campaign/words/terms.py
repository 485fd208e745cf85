"""The names of formats, kinds, units and steps, to be translated.

Those of the regions and periods a visitor chooses stand in sources/scenarios.yaml.
"""

from typing import Final

from calculator.errors import WholeReason
from campaign.words.i18n import mark as _

FORMAT_NAMES: Final = {
    "facebook": _("Landscape, for Facebook or X (1200 × 630)"),
    "square": _("Square, for Instagram or WhatsApp (1080 × 1080)"),
    "story": _("Portrait, for a story or status (1080 × 1920)"),
}

KINDS: Final = {
    "court": _("Court"),
    "authority": _("Official body"),
    "organisation": _("Organisation"),
    "research": _("Research"),
    "press": _("Press"),
}

SCOPES: Final = {
    "minors": _("children"),
    "women-and-girls": _("women and girls"),
    "all": _("adults and children"),
    "adults": _("adults"),
}

MEASURES: Final = {
    "profit": _("profit"),
    "revenue": _("turnover"),
    "confiscation": _("confiscated or to be confiscated"),
    "total": _("total"),
    "share": _("share"),
    "count": _("number"),
    "duration": _("duration"),
    "age": _("age"),
}

UNITS: Final = {
    "per-victim-per-day": _("per victim per day"),
    "per-victim-per-week": _("per victim per week"),
    "per-victim-per-month": _("per victim per month"),
    "per-victim-per-year": _("per victim per year"),
    "per-exploiter-per-day": _("per offender per day"),
    "per-exploiter-per-week": _("per offender per week"),
    "per-exploiter-per-month": _("per offender per month"),
    "network-per-week": _("per network per week"),
    "network-per-month": _("per network per month"),
    "network-per-year": _("per network per year"),
    "total-once": _("in all"),
    "total-per-day": _("in all per day"),
    "total-per-year": _("in all per year"),
    "debt-per-victim": _("debt imposed on each victim"),
    "cases": _("cases"),
    "reports": _("reports"),
    "persons": _("people"),
    "months": _("months"),
    "years": _("years"),
    "share": "",
}

FORMS: Final = {
    "sexual-exploitation": _("sexual exploitation"),
    "all-forms": _("trafficking or forced labour as a whole"),
    "abuse-images": _("images of sexual abuse of children"),
    "sexual-abuse": _("sexual violence against children as a whole"),
    "missing": _("missing children"),
}

RELIABILITIES: Final = {
    "strong": _("strong"),
    "fair": _("fair"),
    "weak": _("weak"),
}

BASES: Final = {"measured": _("measured"), "assumption": _("assumption")}

TIMES_A_YEAR: Final = {
    "per-victim-per-week": _("× %(factor)s weeks in a year"),
    "per-victim-per-month": _("× %(factor)s months in a year"),
    "network-per-month": _("× %(factor)s months in a year"),
    "total-once": _("× %(factor)s: brought to one year"),
}

ROLES: Final = {
    "typical": _("typical amount"),
    "floor": _("at least"),
    "ceiling": _("up to"),
}

BASES_OF_FIGURES: Final = {
    "study": _("a study of many victims"),
    "statement": _("a statement by an official or expert"),
    "case": _("one case"),
    "testimony": _("what one victim or witness said"),
}

READS: Final = {
    "own": _("read in the maker’s own words"),
    "confirmed": _("reported by two other pages"),
    "once": _("reported by one other page"),
}

FIGURE_REGIONS: Final = {
    "BE": _("Belgium"),
    "NL": _("Netherlands"),
    "FR": _("France"),
    "DE": _("Germany"),
    "LU": _("Luxembourg"),
    "UK": _("United Kingdom"),
    "ES": _("Spain"),
    "IT": _("Italy"),
    "EU": _("European Union"),
    "EUROPE": _("Europe"),
    "INDUSTRIALISED-COUNTRIES": _("industrialised countries"),
    "EU+DEVELOPED-ECONOMIES": _("European Union and developed economies"),
    "WORLD": _("World"),
    "US": _("United States"),
    "CA": _("Canada"),
}

ROWS: Final = {
    "chosen": _("As chosen"),
    "middle-as-median": _("The middle one instead of the mean"),
    "all-weights-equal": _("All figures weigh the same"),
    "second-hand-counts-fully": _("What was read in just one other place counts in full"),
    "second-hand-counts-a-quarter": _("What was read in just one other place counts for a quarter"),
    "statements-and-cases-count-fully": _("Statements and cases count in full"),
    "statements-and-cases-count-a-quarter": _("Statements and cases count for a quarter"),
    "margin-0.50": _("Criminals keep half of what comes in"),
    "margin-0.85": _("Criminals keep 85 per cent of what comes in"),
    "before-costs": _("What comes in, before costs"),
    "studies-only": _("Only studies"),
    "cases-and-statements-only": _("Only cases and statements"),
    "not-read-once-only": _("Without what was read in just one other place"),
    "since-2010": _("Only amounts of 2010 and later"),
    "without-adults-only": _("Without figures about adults alone"),
    "minors-only": _("Only figures on children"),
    "without-inflation": _("Without inflation"),
    "typical-figures-only": _("Only typical amounts"),
    "world-averages-as-typical": _("World averages count as typical"),
    "world-averages-out": _("Without world averages"),
    "with-ilo-2005": _("With the ILO estimate of 2005"),
    "with-police-rule-of-thumb-2011": _("With the Belgian police’s rule of thumb of 2011"),
    "with-quotas-and-testimonies": _("With imposed amounts and testimonies, five days a week"),
    "with-north-america": _("With figures from North America"),
    "each-french-ring-its-own-family": _("Each French network counts on its own"),
    "everything-lowest-to-highest": _("From the lowest to the highest figure"),
}

# The European Day on the first page, in the weeks before, on the day itself, and after.
DAY_TITLES: Final = {
    "before": _("Soon: 18 November, the European Day"),
    "on": _("Today, 18 November, is the European Day"),
}
DAY_TEXT: Final = _(
    "Every year since 2015, on this day Europe thinks of children who are sexually exploited or"
    " abused."
)

PHOTO_PROBLEMS: Final = {
    "empty": _("The file is empty. Choose the photo once more."),
    "too-big": _("The photo is larger than 15 MB. Take a screenshot of it on your phone and"
                 " choose that."),
    "unknown-format": _("This file is not a photo we can read. Choose a JPEG, PNG, WebP or HEIC"
                        " photo, as your phone makes them."),
    "too-many-pixels": _("The photo has too many pixels for us. Take a screenshot of it on your"
                         " phone and choose that."),
    "too-many-scans": _("This photo is built in an unusual way. Take a screenshot of it on your"
                        " phone and choose that."),
    "damaged": _("The photo is damaged or not complete. Choose another one, or take a screenshot"
                 " of it on your phone and choose that."),
    "too-slow": _("Reading this photo takes too long. Take a screenshot of it on your phone and"
                  " choose that."),
    "crashed": _("We could not read this photo. Take a screenshot of it on your phone and choose"
                 " that."),
}  # fmt: skip

# Why a photo was made unrecognisable as a whole.
WHOLE_PHOTO: Final[dict[WholeReason, str]] = {
    "no-face": _("We found no face in your photo. To be safe,"
                 " the whole photo was made unrecognisable."),
    "unsure": _("We are not sure where the face in your photo is. To be safe,"
                " the whole photo was made unrecognisable."),
    "too-dark": _("Part of your photo is too dark for us to see whether there is a face."
                  " To be safe, the whole photo was made unrecognisable."),
    "too-small": _("Your photo is too small for us to look for faces. To be safe,"
                   " the whole photo was made unrecognisable."),
    "out-of-time": _("Looking for faces in your photo took too long. To be safe,"
                     " the whole photo was made unrecognisable."),
}  # fmt: skip
