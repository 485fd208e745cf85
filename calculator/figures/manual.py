"""The manual of each field and value: what it means, a good and a bad example.

The tables of sources/README.md are made of these. The name of a field, whether it is required and
its description are in the models.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from calculator.languages import FACTS, OF_THE_CODE


class Words(NamedTuple):
    """Examples for one field, as written in the file; `note` says what else to know."""

    good: str
    bad: str
    note: str = ""
    needed: str = ""
    """When a field that may be left out is needed all the same, in a word or two."""


PUBLICATION: Final[Mapping[str, Words]] = {
    "id": Words("ilo-2024", "ILO 2024", "Small letters, digits and single hyphens."),
    "publisher": Words('"Myria"', '"Myria (a Belgian body)"', "The name alone."),
    "title": Words('"Profits and Poverty"', "your translation", "In its own language."),
    "year": Words("2024", "24", "Four digits, or `undated` where the publication bears no year."),
    "language": Words("fr", "French", "Two small letters."),
    "kind": Words("authority", "ngo", "It weighs nothing: it is a label for readers."),
    "url": Words('"https://www.myria.be/nl"', '"www.myria.be"', "Copied from the browser."),
    "read_at": Words("publisher", "internet", "Not `publisher` if another page reports it."),
    "reported_by": Words('"Knack"', '"the press"', needed="unless read with the publisher"),
    "accessed": Words("2026-11-02", "02/11/2026", "The day you read it; `2026-11` if unsure."),
    "figures": Words("- id: ilo-2024-profit", "an empty list", "Each begins with `- id:`."),
}

FIGURE: Final[Mapping[str, Words]] = {
    "id": Words("ilo-2024-profit-per-victim", "figure1", "Used once in the whole folder."),
    "label": Words('en: "Yearly profit per victim"', "a whole sentence", "In four languages."),
    "measure": Words("profit", "income"),
    "form": Words("sexual-exploitation", "trafficking"),
    "scope": Words("minors", "girls"),
    "region": Words("BE", "Belgium"),
    "low": Words("500", "about 500", "“At least 500” is `low: 500`.", "one of the three"),
    "central": Words("27252", "27.252", "“500” is `central: 500`.", "one of the three"),
    "high": Words(
        "800", "a guess of your own", "“Up to 800” is `high: 800`; “500 to 800” is both ends.",
        "one of the three",
    ),
    "currency": Words("EUR", "€", needed="with money"),
    "unit": Words("per-victim-per-week", "weekly", "Which ones fit depends on `measure`."),
    "reference_year": Words("2021", "the year you read it"),
    "victims": Words("25", "about 25", "Only if stated there, or on a page the caveat names."),
    "victims_are": Words("in-all", "many", "`throughout` if you leave it out."),
    "period_months": Words("48", '"4 years"', "Only with a sum over some time."),
    "family": Words("ilo", "ILO", "It stands in `families.yaml`.", "in the estimate"),
    "basis": Words("study", "good", needed="in the estimate"),
    "claim": Words("up-to", "high", "Look for “at least”, “up to”, “can”, “may”, “reaching”.",
                   "in the estimate"),
    "read": Words("once", "online", needed="in the estimate"),
    "superseded_by": Words("ilo-2024-profit", '"the new report"',
                           "The older figure then counts no more."),
    "status": Words("waiting", "draft", "Leave it out if the figure is ready."),
    "missing": Words('nl: "Het aantal slachtoffers"', '"??"',
                     "Only staff see it. One language is enough.", "while it waits"),
    "url": Words('"https://www.myria.be/nl/p14"', "the same address again"),
    "read_at": Words("press", "internet", "Only if it differs from the publication’s."),
    "reported_by": Words('"Het Nieuwsblad"', '"newspaper"'),
    "confirmed_by": Words('"https://www.unodc.org/report"', '"also UNODC"'),
    "locator": Words('"page 14, table 3"', '"in the middle"'),
    "reliability": Words("strong", "good"),
    "says": Words('en: "Myria counted 25 victims."', "a quotation of a victim",
                  "With the number, in four languages."),
    "caveat": Words('en: "Adults are counted too."', "an empty text", "In four languages."),
}  # fmt: skip

TEXTS: Final[Mapping[str, Words]] = {
    code: Words(
        f'"{facts.example}"', "an empty text" if code == OF_THE_CODE else "the English text again"
    )
    for code, facts in FACTS.items()
}

SCENARIOS: Final[Mapping[str, Words]] = {
    "price_year": Words("value: 2024", "24", "A year that rates.yaml reaches."),
    "margin": Words("value: 0.70", "70 %"),
    "weeks_per_year": Words("value: 52.1775", "52,1775"),
    "periods": Words("- id: 6m", "6 months"),
    "regions": Words("- id: BE", "Belgium"),
    "read": Words("once: 0.5", "once: half"),
    "basis": Words("study: 1", "study: most", "Inside each choice: `measured` or `assumption`."),
    "quantiles": Words("low: 0.25", "low: a quarter"),
    "minimum": Words("families_for_a_range: 2", "two"),
    "one_family_moves_at_most": Words("value: 0.5", "50 %"),
    "value": Words("0.70", "seventy"),
    "reason": Words('en: "Courts found half to all of it."', "an empty text"),
    "cites": Words("[ilo-2024]", "[ILO]", "Each is the `id` of a file in publications/."),
    "id": Words("6m", "half a year", "A region’s is in capitals, such as BE."),
    "weeks": Words("1", "one"),
    "months": Words("6", "half a year"),
    "label": Words('en: "Six months"', "6m", "In four languages."),
    "in_sentence": Words(
        'de: "sechs Monaten"', '"sechs Monate"', "As `sentence` needs it: German in the dative."
    ),
    "choice": Words('en: "Belgium: the estimate for Europe"', "BE", "Else its `label`."),
    "sentence": Words(
        'en: "Criminals earn this much in {period} in Europe:"',
        '"They earn this much in one year"',
        "It ends with a colon.",
    ),
    "caution": Words(
        'en: "Only {number} groups have made an estimate."',
        "an empty text",
        "Below the amount and on the press page.",
    ),
    "beside_title": Words('en: "Belgian cases beside the estimate"', "an empty text"),
    "help": Words(
        'number: "116 000"', "a number nobody called", "Child Focus, 116 000, if you leave it out."
    ),
    "number": Words('"116 000"', '"+32 116000"'),
    "who": Words('"Child Focus"', '"the helpline"'),
    "line": Words('en: "Need help? {number}, free, day and night"', '"Call us"'),
    "confirmed_by": Words('"press office"', "an empty text"),
    "confirmed_on": Words("2026-11-28", "last week"),
    "same_as": Words("EUROPE", "the rest of Europe", "Instead of `typical`."),
    "typical": Words("[BE, NL]", "[Belgium]"),
    "floor": Words("[WORLD]", "0"),
    "beside": Words("[BE]", "Belgium", "Those of `typical` if you leave it out."),
    "own": Words("1", "full"),
    "confirmed": Words("1", "full"),
    "once": Words("0.5", "half"),
    "study": Words("1", "full"),
    "statement": Words("0.5", "half"),
    "case": Words("0.5", "half"),
    "low": Words("0.25", "25 %"),
    "high": Words("0.75", "75 %"),
    "families_for_a_range": Words("2", "two"),
    "families_for_the_middle": Words("4", "four"),
    "families_for_a_row": Words("3", "three"),
}

FAMILIES: Final[Mapping[str, Words]] = {
    "families": Words("- id: ilo", "ilo", "One entry for each."),
    "id": Words("be-court-ghent", "Ghent", "What `family` of a figure names."),
    "label": Words('en: "Belgian courts, Ghent 2014"', "an empty text", "In four languages."),
}

RATES: Final[Mapping[str, Words]] = {
    "exchange_rates": Words("by_year: …", "a single number"),
    "consumer_prices": Words("by_year: …", "a single number"),
    "what": Words('en: "Units of the currency for one euro"', "an empty text"),
    "publisher": Words('"European Central Bank"', '"a bank"'),
    "title": Words('"Euro foreign exchange reference rates"', '"rates"'),
    "url": Words('"https://www.ecb.europa.eu/stats"', '"www.ecb.europa.eu"'),
    "computed_from": Words('"Daily series 1999 to 2026"', '"various"'),
    "accessed": Words("2026-11", "last month"),
    "by_year": Words("2024: {USD: 1.0824}", "2024: {$: 1.082}", "Never three decimals: 1.0820."),
}

VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": {
        "court": "a judgment, or the body that summarises it",
        "authority": "a public body of a country, the European Union or the United Nations",
        "organisation": "an association or foundation",
        "research": "a researcher or research centre",
        "press": "a newspaper, a broadcaster, a news site, whoever it quotes",
    },
    "read_at": {
        "publisher": "you read it on a page of the publisher",
        "copy": "you read the publisher’s own text on another page",
        "press": "a newspaper, broadcaster or news site reports it",
        "other": "another book, body or page reports it",
    },
    "measure": {
        "profit": "what is left after costs; also the gain a court worked out",
        "revenue": "what comes in, before costs; also of a ring or a market",
        "confiscation": "what a court took away",
        "total": "a total that never takes part, such as a debt",
        "share": "a part of a whole",
        "count": "how many people, cases or reports",
        "duration": "how long something lasts",
        "age": "how old people are, on average or at least",
    },
    "form": {
        "sexual-exploitation": "sexual exploitation alone",
        "all-forms": "trafficking or forced labour as a whole; in the estimate only ‘at least’",
        "abuse-images": "child sexual abuse material",
        "sexual-abuse": "sexual abuse without exploitation for money",
        "missing": "missing children",
    },
    "scope": {
        "minors": "under 18 only",
        "women-and-girls": "women and girls together",
        "all": "everyone, adults and minors",
        "adults": "adults only",
    },
    "region": {
        "BE": "Belgium",
        "NL": "the Netherlands",
        "FR": "France",
        "DE": "Germany",
        "LU": "Luxembourg",
        "UK": "the United Kingdom",
        "ES": "Spain",
        "IT": "Italy",
        "EU": "the European Union",
        "EUROPE": "Europe, in or beyond the Union",
        "INDUSTRIALISED-COUNTRIES": "industrialised countries together",
        "EU+DEVELOPED-ECONOMIES": "the European Union and other developed economies",
        "WORLD": "the whole world",
        "US": "the United States",
        "CA": "Canada",
    },
    "currency": {
        "EUR": "euro",
        "USD": "American dollar",
        "GBP": "British pound",
        "CAD": "Canadian dollar",
    },
    "unit": {
        "per-victim-per-day": "money for each victim and day",
        "per-victim-per-week": "money for each victim and week",
        "per-victim-per-month": "money for each victim and month",
        "per-victim-per-year": "money for each victim and year",
        "per-exploiter-per-day": "money for each exploiter and day",
        "per-exploiter-per-week": "money for each exploiter and week",
        "per-exploiter-per-month": "money for each exploiter and month",
        "network-per-week": "money of a whole network, each week",
        "network-per-month": "money of a whole network, each month",
        "network-per-year": "money of a whole network, each year",
        "total-once": "one sum of money, over the whole time",
        "total-per-day": "money of a whole market, each day",
        "total-per-year": "money of a whole market, each year",
        "debt-per-victim": "the debt laid on one victim",
        "cases": "a number of cases",
        "reports": "a number of reports",
        "persons": "a number of people",
        "share": "a part of a whole, between 0 and 1",
        "months": "a length of time in months",
        "years": "an age in years",
    },
    "victims_are": {
        "throughout": "held over the time the sum covers, or at any moment",
        "in-all": "everyone ever counted in that time, so fewer at once",
    },
    "basis": {
        "study": "worked out over many victims, by a published method",
        "statement": "an official or expert says it, no working shown",
        "case": "one investigation, trial or ring",
        "testimony": "what one victim or witness said; never in the estimate",
        "measured": "of a choice in scenarios.yaml: someone measured it; say who in the reason",
        "assumption": "of a choice in scenarios.yaml: we chose it; the reason says why",
    },
    "claim": {
        "typical": "average, usual or established",
        "at-least": "“at least”: counts for the low end only",
        "up-to": "“up to”, “can”, “may”, “reaching”: counts for the high end only",
        "quota": "an amount imposed on victims; never in the estimate",
    },
    "read": {
        "own": "the maker’s own words, also in a copy or between quotation marks",
        "confirmed": "reported by two pages that are not copies of each other",
        "once": "reported by one page",
    },
    "status": {
        "waiting": "only staff see it, until what is missing is found",
    },
    "reliability": {
        "strong": "the body that measured or judged it says so, there or on two pages",
        "fair": "told by one page, by the press, or as a single estimate",
        "weak": "repeated often, without a study that can be found; never in the estimate",
    },
}
