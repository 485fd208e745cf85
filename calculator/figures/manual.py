"""The manual of each field and value: what it means, a good and a bad example.

The schema for editors, the tables of sources/README.md, the questions of `schatje sources new` and
the forms of the desk all use these. The name of a field, whether it is required and its
description are in the models.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple


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
    "kind": Words("institutional", "ngo", "It decides how heavily the figures count."),
    "url": Words('"https://www.myria.be/nl"', '"www.myria.be"', "Copied from the browser."),
    "via": Words("primary", "press", "`secondary` if another page reports the publication."),
    "reported_by": Words('"Knack"', '"the press"', needed="with `secondary`"),
    "accessed": Words("2026-11-02", "02/11/2026", "The day you read it; `2026-11` if unsure."),
    "superseded_by": Words("ilo-2024", '"the new report"', "Leave it out if there is none."),
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
    "victims": Words("25", "about 25", "Only with a sum over several people."),
    "period_months": Words("48", '"4 years"', "Only with a sum over some time."),
    "url": Words('"https://www.myria.be/nl/p14"', "the same address again"),
    "via": Words("secondary", "press", "Only if it differs from the publication’s."),
    "reported_by": Words('"Het Nieuwsblad"', '"newspaper"'),
    "confirmed_by": Words('"https://www.unodc.org/report"', '"also UNODC"'),
    "locator": Words('"page 14, table 3"', '"in the middle"'),
    "reliability": Words("strong", "good"),
    "says": Words('en: "Myria counted 25 victims."', "a quotation of a victim",
                  "With the number, in four languages."),
    "caveat": Words('en: "Adults are counted too."', "an empty text", "In four languages."),
}  # fmt: skip

TEXTS: Final[Mapping[str, Words]] = {
    "nl": Words('"Winst per slachtoffer"', "the English text again"),
    "fr": Words('"Gain par victime"', "the English text again"),
    "de": Words('"Gewinn pro Opfer"', "the English text again"),
    "en": Words('"Profit per victim"', "an empty text"),
}

SCENARIOS: Final[Mapping[str, Words]] = {
    "price_year": Words("2024", "24", "A year that rates.yaml reaches."),
    "active_days_per_week": Words("value: 5", "5 days"),
    "weeks_per_year": Words("value: 52.1775", "52,1775"),
    "periods": Words("- {id: 6m, months: 6}", "6 months"),
    "regions": Words("- id: BE", "Belgium"),
    "kind": Words("weights: {institutional: 1, …}", "court: high"),
    "scope": Words("weights: {minors: 1, …}", "minors: most"),
    "stretch": Words("units: {per-victim-per-day: 22, …}", "days: 22"),
    "minimum": Words("figures: 4", "four"),
    "value": Words("5", "five"),
    "basis": Words("assumption", "guess"),
    "reason": Words('en: "We count five days, to be cautious."', "an empty text"),
    "cites": Words("[ilo-2024]", "[ILO]", "Each is the `id` of a file in publications/."),
    "id": Words("6m", "half a year", "A region’s is a place, such as BE."),
    "weeks": Words("1", "one"),
    "months": Words("6", "half a year"),
    "weights": Words("{BE: 1, WORLD: 0.25}", "{BE: heavy}", "What is not listed counts for none."),
    "units": Words("{per-victim-per-week: 4.348125}", "{weekly: 4}"),
    "figures": Words("4", "0"),
    "publications": Words("3", "0"),
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
        "institutional": "a public body, a parliament, the police, an international organisation",
        "court": "a judgment, or the body that summarises it",
        "academic": "a study with a method one can read",
        "journalism": "a newspaper, a broadcaster, a news site",
    },
    "via": {
        "primary": "you read the publication itself",
        "secondary": "another page reports it; name that one in `reported_by`",
    },
    "measure": {
        "profit": "what is left after costs",
        "revenue": "what comes in, before costs",
        "confiscation": "what a court took away",
        "total": "a total over all victims or a whole market",
        "share": "a part of a whole",
        "count": "how many people, cases or reports",
        "duration": "how long something lasts",
        "age": "how old people are, on average or at least",
    },
    "form": {
        "sexual-exploitation": "sexual exploitation alone: only this takes part in the estimate",
        "all-forms": "trafficking or forced labour as a whole",
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
    "reliability": {
        "strong": "stated by the body that measured it, or by a court",
        "fair": "reported by the press, or one estimate",
        "weak": "repeated often, without a study that can be found; never in the estimate",
    },
    "basis": {
        "measured": "someone measured it; say who in the reason",
        "assumption": "we chose it; the reason says why",
    },
}
