"""Every kind of damage to a file is refused with its file, its line and what to do."""

from __future__ import annotations

import pytest

ALPHA = "publications/alpha.yaml"
BETA = "publications/beta.yaml"
RATES = "rates.yaml"
SCENARIOS = "scenarios.yaml"
FAMILIES = "families.yaml"


def test_load_reads_a_sound_folder(folder):
    sources = folder.load()

    assert [publication.id for publication in sources.publications] == ["alpha", "beta", "gamma"]
    assert [cited.figure.central for cited in sources.figures()] == [1000, 2000, 3000, 4000]
    assert sources.rate("USD", 2021) == 2
    assert sources.rate("EUR", 1990) == 1
    assert sources.price_factor(2020) == pytest.approx(2)


# Each row: the file, what stands there, what is written instead, the text whose line must be
# named (in the damaged file), and words that must help.
HELP = """    help:
      number: 116 000
      who: x
      line: {nl: "{number}", fr: "{number}", de: "{number}", en: "{number}"}
      confirmed_by: x
      confirmed_on: 2026-11-20
    typical:"""
DAMAGE = [
    # --- names of fields
    (ALPHA, "kind: auth", "kynd: auth", "kynd", ["kynd", "not a known field", "Did you mean kind"]),
    (ALPHA, "    scope: minors\n", "", "- id: alpha-one", ["scope is missing", "Add"]),
    (ALPHA, "title:", "colour: red\ntitle:", "colour", ["colour", "not a known field", "Allowed"]),
    (ALPHA, "    scope:", "    age: 12\n    scope:", "age: 12", ["age", "not a known field"]),
    (ALPHA, "nl: x, fr: x", "nl: x, it: x", "it: x", ["it", "not a known field", "de, en, fr, nl"]),
    (ALPHA, "{nl: x, fr: x,", "{nl: x,", "label:", ["fr is missing"]),
    (ALPHA, "    central:", "    central: 7\n    central:", "central: 1000", ["given twice"]),
    (ALPHA, "language:", "year: 2021\nlanguage:", "year: 2021", ["year is given twice", "line 4"]),
    (RATES, "2021: {USD: 2", "2020: {USD: 2", "2020: {USD: 2", ["2020 is given twice"]),
    (SCENARIOS, "  value: 2022\n", "", "price_year", ["value is missing"]),
    (SCENARIOS, "margin:", "margins:", "margins", ["margins", "Did you mean margin"]),
    # --- ids
    (ALPHA, "id: alpha\n", "id: beta\n", "id: beta", ["beta", "alpha.yaml", "the same"]),
    (ALPHA, "id: alpha\n", "id: Alpha 1\n", "id: Alpha", ["Alpha 1", "small letters"]),
    (ALPHA, "- id: alpha-one", "- id: alpha_one", "alpha_one", ["alpha_one", "hyphens"]),
    (BETA, "- id: beta-two", "- id: beta-one # again", "# again", ["used already", f"{BETA}:11"]),
    (BETA, "- id: beta-one", "- id: alpha-one", "- id: alpha-one", ["used already", f"{ALPHA}:11"]),
    # --- numbers
    (ALPHA, "central: 1000", "central: .nan", "central:", ["'.nan'", "digits only"]),
    (ALPHA, "central: 1000", "central: NaN", "central:", ["'NaN'", "digits only"]),
    (ALPHA, "central: 1000", "central: .inf", "central:", ["'.inf'", "digits only"]),
    (ALPHA, "central: 1000", "central: 1e999", "central:", ["'1e999'", "digits only"]),
    (ALPHA, "central: 1000", f"central: {'9' * 400}", "central:", ["digits only"]),
    (ALPHA, "central: 1000", "central: -5", "central:", ["'-5'", "positive"]),
    (ALPHA, "central: 1000", "central: 1.250", "central:", ["'1.250'", "two ways", "1250"]),
    (ALPHA, "central: 1000", 'central: "1,250"', "central:", ["'1,250'", "two ways", "1250"]),
    (ALPHA, "central: 1000", "central: 1.250.000", "central:", ["separators", "1250000"]),
    (ALPHA, "central: 1000", "central: 1 250", "central:", ["'1 250'", "separators", "1250"]),
    (ALPHA, "central: 1000", "central: 12,5", "central:", ["'12,5'", "digits only"]),
    (ALPHA, "central: 1000", "central: 1.250,00", "central:", ["'1.250,00'", "digits only"]),
    (ALPHA, "central: 1000", "central: € 1000", "central:", ["'€ 1000'", "digits only"]),
    (ALPHA, "central: 1000", "central: 1_000", "central:", ["'1_000'", "digits only"]),
    (ALPHA, "central: 1000", "central: 0x10", "central:", ["'0x10'", "digits only"]),
    (ALPHA, "central: 1000", "central: \u0661\u0660\u0660\u0660", "central:", ["digits only"]),
    (ALPHA, "central: 1000", "central:", "central:", ["central is empty"]),
    (ALPHA, "central: 1000", "central: null", "central:", ["'null'"]),
    (ALPHA, "central: 1000", "central: [1, 2]", "central:", ["central", "plain positive number"]),
    (ALPHA, "central: 1000", "low: 9\n    central: 8", "- id: alpha-one",
     ["alpha-one", "low is 9", "above central (8)"]),
    (ALPHA, "central: 1000", "central: 9\n    high: 8", "- id: alpha-one",
     ["central is 9", "above high (8)", "page cited"]),
    (ALPHA, "central: 1000", "low: 9\n    high: 8", "- id: alpha-one", ["low is 9", "above high"]),
    (ALPHA, "    central: 1000\n", "", "- id: alpha-one", ["states no number", "Give low"]),
    (ALPHA, "central: 1000", "central: 0", "- id: alpha-one", ["never written as 0"]),
    (ALPHA, "reliability:", "victims: 0\n    reliability:", "victims: 0", ["greater than 0"]),
    (ALPHA, "reliability:", "victims: 2.5\n    reliability:", "victims", ["'2.5'", "whole number"]),
    # --- what fits together
    (ALPHA, "    currency: EUR\n", "", "- id: alpha-one", ["needs a currency", "Add"]),
    (ALPHA, "measure: profit", "measure: share", "- id: alpha-one", ["does not fit share"]),
    (ALPHA, "unit: per-victim-per-year", "unit: share", "- id: alpha-one", ["not fit profit"]),
    (ALPHA, "read_at: publisher", "read_at: press", "id: alpha", ["reported_by", "whose page"]),
    (ALPHA, "read_at: publisher", 'read_at: publisher\nreported_by: "X"', "id: alpha",
     ["reported_by"]),
    (ALPHA, "read_at: publisher", "read_at: internet", "read_at:", ["'internet'", "publisher"]),
    (ALPHA, "read_at: publisher", 'read_at: press\nreported_by: "X"', "id: alpha",
     ["calls alpha-one strong", "reliability: fair"]),
    (ALPHA, "kind: authority", "kind: press", "id: alpha", ["calls alpha-one strong"]),
    # --- the words that place a figure in the estimate
    (ALPHA, "    family: alpha\n", "", "- id: alpha-one", ["does not say family", "weak"]),
    (ALPHA, "    basis: study\n    claim: typical\n", "", "- id: alpha-one",
     ["does not say basis, claim", "Add"]),
    (ALPHA, "family: alpha", "family: omega", "family: omega", ["omega", "families.yaml"]),
    (ALPHA, "basis: study", "basis: guess", "basis:", ["'guess'", "Allowed", "study"]),
    (ALPHA, "claim: typical", "claim: maximum", "claim:", ["'maximum'", "up-to"]),
    (ALPHA, "read: own", "read: twice", "read:", ["'twice'", "confirmed"]),
    (ALPHA, "    central: 1000", "    high: 1000", "- id: alpha-one",
     ["only a high", "claim: up-to"]),
    (ALPHA, "reliability:", "victims_are: many\n    reliability:", "victims_are:", ["in-all"]),
    (ALPHA, "reliability:", "period_months: 0.5\n    reliability:", "period_months", ["'0.5'"]),
    (ALPHA, "reliability:", "superseded_by: omega\n    reliability:", "superseded_by",
     ["omega", "no other figure"]),
    (ALPHA, "reliability:", "superseded_by: alpha-one\n    reliability:", "superseded_by",
     ["alpha-one", "no other figure"]),
    (ALPHA, "reliability:", "superseded_by: beta-one\n    reliability:", "superseded_by",
     ["beta", "same family"]),
    (ALPHA, "reliability:", "status: waiting\n    reliability:", "- id: alpha-one",
     ["waiting", "Add missing"]),
    (ALPHA, "reliability:", "missing: the table\n    reliability:", "missing:",
     ["'the table'", "under the language it is in, for instance nl: …"]),
    (ALPHA, "reliability:", "missing: {}\n    reliability:", "missing:",
     ["says nothing yet", "in at least one language"]),
    (ALPHA, "reliability:", "missing: {es: la tabla}\n    reliability:", "missing:",
     ["es is not a known field", "nl"]),
    (FAMILIES, "id: beta", "id: alpha", "families:", ["alpha twice"]),
    (ALPHA, "currency: EUR", "currency: YEN", "currency:", ["'YEN'", "EUR, USD, GBP or CAD"]),
    (ALPHA, "region: BE", "region: Belgium", "region:", ["'Belgium'", "Allowed", "BE"]),
    (ALPHA, "reliability: strong", "reliability: stong", "reliability:", ["Did you mean strong"]),
    # --- texts
    (ALPHA, 'title: "Title alpha"', 'title: ""', "title:", ["title is empty", "one line"]),
    (ALPHA, 'title: "Title alpha"', 'title: "  "', "title:", ["title", "not empty"]),
    (ALPHA, 'title: "Title alpha"', 'title: "a\\nb"', "title:", ["title", "one line"]),
    (ALPHA, 'title: "Title alpha"', 'title: "a\\0b"', "title:", ["invisible", "U+0000"]),
    (ALPHA, 'title: "Title alpha"', f'title: "{"a" * 501}"', "title:", ["title", "500"]),
    (ALPHA, 'title: "Title alpha"', "title: [a]", "title:", ["title must be text"]),
    (ALPHA, "label: {nl: x, fr: x, de: x, en: x}", "label: x", "label:", ["label", "fields"]),
    (ALPHA, "language: nl", "language: Dutch", "language:", ["'Dutch'", "two small letters"]),
    # --- dates and years
    (ALPHA, "accessed: 2026-11-21", "accessed: 2026-11-31", "accessed:", ["date", "2026-11-02"]),
    (ALPHA, "accessed: 2026-11-21", "accessed: 2026-13", "accessed:", ["not a date"]),
    (ALPHA, "accessed: 2026-11-21", "accessed: 21/11/2026", "accessed:", ["not a date"]),
    (ALPHA, "accessed: 2026-11-21", "accessed: 2026-11-23", "accessed:", ["future"]),
    (ALPHA, "accessed: 2026-11-21", "accessed: 2026-12", "accessed:", ["future"]),
    (RATES, "accessed: 2026-11-20", "accessed: 2027-01-01", "accessed: 2027", ["future"]),
    (ALPHA, "\nyear: 2022", "\nyear: 2027", "year: 2027", ["2027", "future"]),
    (ALPHA, "\nyear: 2022", "\nyear: 1822", "year: 1822", ["'1822'", "likely year", "undated"]),
    (ALPHA, "\nyear: 2022", "\nyear: 2_022", "year: 2_022", ["likely year"]),
    (ALPHA, "\nyear: 2022", "\nyear: +2022", "year: +2022", ["likely year"]),
    (ALPHA, "\nyear: 2022", "\nyear:", "year:", ["year is empty", "four digits"]),
    (ALPHA, "reference_year: 2022", "reference_year: 2030", "reference_year", ["2030", "future"]),
    (ALPHA, "reference_year: 2022", "reference_year: '21", "'21", ["YAML", "quote"]),
    # --- addresses
    *(
        (ALPHA, '"https://alpha.example/report"', f'"{address}"', "url:", ["web address", "https://"])
        for address in (
            "ftp://alpha.example/report",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "www.alpha.example",
            "//alpha.example",
            "https://",
            "https://.",
            "https://localhost/x",
            "https://alpha.example:x/",
            "https://alpha.example:99999/",
            "https://good.example@alpha.example/",
            "https://alpha .example",
            "https://alpha.example/<b>",
            "https://[::1",
            "",
        )
    ),
    # --- citations
    (SCENARIOS, "  basis: assumption", "  cites: [alpha, delta]\n  basis: assumption", "cites:",
     ["price_year cites delta", "no publication"]),
    (SCENARIOS, "    basis: assum", "    cites:\n      - delta\n    basis: assum", "- delta",
     ["BE cites delta"]),
    # --- rates
    (RATES, "    2021: {USD: 2, GBP: 0.5, CAD: 2}\n", "    20x1: {USD: 2}\n", "20x1",
     ["'20x1'", "four digits"]),
    (RATES, "USD: 1.6,", "YEN: 1.6,", "2020:", ["'YEN'", "EUR, USD, GBP or CAD"]),
    (RATES, "USD: 1.6,", "USD: 0,", "2020:", ["USD", "greater than 0"]),
    (RATES, "USD: 1.6,", "USD: 1.600,", "2020:", ["'1.600'", "two ways"]),
    (RATES, "2021: 25", "2021: 2.500", "2021: 2.500", ["'2.500'", "two ways"]),
    (RATES, "2021: 25", "2021: nan", "2021: nan", ["'nan'"]),
    (RATES, "2021: 25", "2021: -60", "2021: -60", ["'-60'", "greater than -50"]),
    (RATES, "2021: 25", "2019: 25", "consumer_prices", ["2020 is missing", "chained"]),
    # --- scenarios
    (SCENARIOS, "value: 0.8", "value: 1.8", "value: 1.8", ["'1.8'", "1"]),
    (SCENARIOS, "value: 0.8", "value: 0", "value: 0", ["'0'", "greater than 0"]),
    (SCENARIOS, "low: 0.25", "low: 25", "low: 25", ["'25'", "1"]),
    (SCENARIOS, "basis: measured", "basis: guessed", "basis: guessed", ["measured or assumption"]),
    (SCENARIOS, "once: 0.5", "once: 0", "once: 0", ["once", "than 0"]),
    (SCENARIOS, "  case: 0.5\n", "", "basis:\n  study", ["case is missing", "Add"]),
    (SCENARIOS, "value: 2022", "value: 2025", "price_year", ["price level for 2025"]),
    (SCENARIOS, "once: 0.5", "once: 11", "once: 11", ["once", "10"]),
    (SCENARIOS, "[BE, FR]", "[BE, France]", "typical", ["'France'", "Allowed"]),
    (SCENARIOS, "    typical: [BE, FR]\n", "", "- id: BE", ["same_as, or typical"]),
    (SCENARIOS, "    typical: [BE, FR]\n    floor: [WORLD]\n", "    same_as: EUROPE\n", "same_as",
     ["same as EUROPE", "estimate of its own"]),
    (SCENARIOS, "id: BE", "id: be", "id: be", ["'be'", "capital letters"]),
    (SCENARIOS, 'fr: "x {period}"', 'fr: "x {periode}"', "    sentence:", ["fr", "{period} once"]),
    (SCENARIOS, 'fr: "x {period}"', 'fr: "x"', "    sentence:", ["fr", "{period} once"]),
    (SCENARIOS, 'fr: "x {period}"', 'fr: "x {period} {"', "    sentence:", ["no other braces"]),
    (SCENARIOS, ', fr: "x {period}"', "", "    sentence:", ["fr is missing", "In French"]),
    (SCENARIOS, "    typical:", '    caution: {nl: x, fr: x, de: "{n}", en: x}\n    typical:',
     "caution", ["may hold {number}"]),
    (SCENARIOS, "    typical:", HELP.replace("116 000", "+32 2"), "number:",
     ["telephone number", "116 000"]),
    (SCENARIOS, "    typical:", HELP.replace("2026-11-20", "2099-01-01"), "confirmed_on",
     ["in the future"]),
    (SCENARIOS, "    typical:", HELP.replace("      confirmed_by: x\n", ""), "help:",
     ["confirmed_by is missing"]),
    (SCENARIOS, "in_sentence: {nl: x, fr: x, de: x, en: x}", "in_sentence: {nl: x, fr: x, de: x}",
     "id: 1w", ["en is missing", "In English"]),
    (SCENARIOS, "id: 1m,", "id: 1w,", "periods:", ["1w twice"]),
    (SCENARIOS, "id: 1m,", "id: month,", "id: month", ["'month'", "6m"]),
    (SCENARIOS, "id: 1m, months: 1", "id: 1m", "id: 1m", ["1m", "weeks or months"]),
    (SCENARIOS, "months: 6", "months: 6, weeks: 26", "id: 6m", ["6m", "weeks or months"]),
    (SCENARIOS, "range: 2", "range: many", "range: many", ["'many'", "whole number"]),
    # --- the shape of a file
    (ALPHA, "figures:\n", "figures: none\nfigures2:\n", "figures: none", ["figures", "dash"]),
    (ALPHA, "accessed: 2026-11-21", "\taccessed: 2026-11-21", "\taccessed", ["indentation"]),
    (ALPHA, "title:", "---\ntitle:", "---", ["second document"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "words"),
    DAMAGE,
    ids=[f"{file}: {old.strip()!a} -> {new.strip()[:200]!a}" for file, old, new, _, _ in DAMAGE],
)
def test_load_refuses_damage_with_file_line_and_what_to_do(file, old, new, place, words, folder):
    folder.replace(file, old, new)
    line = folder.line_of(file, place)

    problems = folder.problems()

    assert any(
        (problem.file, problem.line) == (file, line)
        and all(word in problem.message for word in words)
        for problem in problems
    ), "\n".join(map(str, problems))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("central: 1000", "central: 0.125"),  # no one reads this as a thousand
        ("central: 1000", "central: 1250.500"),
        ("central: 1000", "central: 2725"),
        ("central: 1000", "low: 1000\n    central: 1000\n    high: 1000"),
        ("accessed: 2026-11-21", "accessed: 2026-11-22"),  # today
        ("accessed: 2026-11-21", "accessed: 2026-11"),
        ("accessed: 2026-11-21", "accessed: 2024-02-29"),
        ("\nyear: 2022", "\nyear: 2026"),
        ("\nyear: 2022", "\nyear: 1990"),
        ("\nyear: 2022", "\nyear: undated"),
        ('"https://alpha.example/report"', '"http://www.alpha.example:8080/a?b=c#d"'),
        ('"https://alpha.example/report"', '"https://münchen.example/größe"'),
        ('title: "Title alpha"', f'title: "{"a" * 500}"'),
        ('title: "Title alpha"', 'title: "« 21\u202f800 » – 50\u00a0% [sic] {x}: y"'),
        ("read_at: publisher", 'read_at: copy\nreported_by: "A library"'),
        ("reliability:", "victims: 1\n    reliability:"),
        ("reliability:", "period_months: 1\n    reliability:"),
        ("reliability:", "missing: {de: die Tabelle}\n    reliability:"),
        ("measure: profit", "measure: revenue"),
    ],
)
def test_load_takes_what_lies_just_inside_the_limits(old, new, folder):
    folder.replace(ALPHA, old, new)

    assert folder.load()


@pytest.mark.parametrize(("share", "sound"), [("0", True), ("1", True), ("1.01", False)])
def test_load_holds_a_share_between_nothing_and_all(share, sound, folder):
    figure = folder.text(ALPHA).partition("figures:\n")[2].replace("alpha-one", "alpha-two")
    figure = figure.replace("measure: profit", "measure: share").replace("1000", share)
    figure = figure.replace("    currency: EUR\n", "").replace("per-victim-per-year", "share")
    folder.write(ALPHA, folder.text(ALPHA) + figure)

    if sound:
        assert folder.load()
    else:
        (problem,) = folder.problems()
        assert problem.line == folder.line_of(ALPHA, "- id: alpha-two")
        assert "between 0 and 1" in problem.message
