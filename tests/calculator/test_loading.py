"""Every kind of damage is refused with its file, its line and what to do; nothing is guessed."""

from __future__ import annotations

import os
from typing import get_args

import pytest
from pydantic import BaseModel

from calculator.errors import SourcesInvalid
from calculator.figures import Publication
from calculator.loading import MAX_PROBLEMS_SHOWN, load_sources
from calculator.scenarios import Rates, Scenarios

ALPHA = "publications/alpha.yaml"
BETA = "publications/beta.yaml"
RATES = "rates.yaml"
SCENARIOS = "scenarios.yaml"


def test_load_reads_a_sound_folder(folder):
    sources = folder.load()

    assert [publication.id for publication in sources.publications] == ["alpha", "beta", "gamma"]
    assert [cited.figure.central for cited in sources.figures()] == [1000, 2000, 3000, 4000]
    assert sources.rate("USD", 2021) == 2
    assert sources.rate("EUR", 1990) == 1
    assert sources.price_factor(2020) == pytest.approx(2)


# Each row: the file, what stands there, what is written instead, the text whose line must be
# named (in the damaged file), and words that must help.
DAMAGE = [
    # --- names of fields
    (ALPHA, "kind: inst", "kynd: inst", "kynd", ["kynd", "not a known field", "Did you mean kind"]),
    (ALPHA, "    scope: minors\n", "", "- id: alpha-one", ["scope is missing", "Add"]),
    (ALPHA, "title:", "colour: red\ntitle:", "colour", ["colour", "not a known field", "Allowed"]),
    (ALPHA, "    scope:", "    age: 12\n    scope:", "age: 12", ["age", "not a known field"]),
    (ALPHA, "nl: x, fr: x", "nl: x, it: x", "it: x", ["it", "not a known field", "de, en, fr, nl"]),
    (ALPHA, "{nl: x, fr: x,", "{nl: x,", "label:", ["fr is missing"]),
    (ALPHA, "    central:", "    central: 7\n    central:", "central: 1000", ["given twice"]),
    (ALPHA, "language:", "year: 2021\nlanguage:", "year: 2021", ["year is given twice", "line 4"]),
    (RATES, "2021: {USD: 2", "2020: {USD: 2", "2020: {USD: 2", ["2020 is given twice"]),
    (SCENARIOS, "price_year: 2022\n", "", "active_days", ["price_year is missing"]),
    (SCENARIOS, "stretch:", "strech:", "strech", ["strech", "Did you mean stretch"]),
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
    (ALPHA, "central: 1000", "central: 1.250.000", "central:", ["two ways", "1250000"]),
    (ALPHA, "central: 1000", "central: 1 250", "central:", ["'1 250'", "two ways", "1250"]),
    (ALPHA, "central: 1000", "central: 12,5", "central:", ["'12,5'", "digits only"]),
    (ALPHA, "central: 1000", "central: 1.250,00", "central:", ["'1.250,00'", "digits only"]),
    (ALPHA, "central: 1000", "central: € 1000", "central:", ["'€ 1000'", "digits only"]),
    (ALPHA, "central: 1000", "central: 1_000", "central:", ["'1_000'", "digits only"]),
    (ALPHA, "central: 1000", "central: 0x10", "central:", ["'0x10'", "digits only"]),
    (ALPHA, "central: 1000", "central: ١٠٠٠", "central:", ["digits only"]),
    (ALPHA, "central: 1000", "central:", "central:", ["central is empty"]),
    (ALPHA, "central: 1000", "central: null", "central:", ["'null'"]),
    (ALPHA, "central: 1000", "central: [1, 2]", "central:", ["central", "plain positive number"]),
    (ALPHA, "central: 1000", "low: 9\n    central: 8", "- id: alpha-one",
     ["alpha-one", "low is 9", "above central (8)"]),
    (ALPHA, "central: 1000", "central: 9\n    high: 8", "- id: alpha-one",
     ["central is 9", "above high (8)", "page cited"]),
    (ALPHA, "central: 1000", "low: 9\n    high: 8", "- id: alpha-one", ["low is 9", "above high"]),
    (ALPHA, "    central: 1000\n", "", "- id: alpha-one", ["states no number", "Give low"]),
    (ALPHA, "reliability:", "victims: 0\n    reliability:", "victims", ["victims", "greater than 0"]),
    (ALPHA, "reliability:", "victims: 2.5\n    reliability:", "victims", ["'2.5'", "whole number"]),
    # --- what fits together
    (ALPHA, "    currency: EUR\n", "", "- id: alpha-one", ["needs a currency", "Add"]),
    (ALPHA, "measure: revenue", "measure: share", "- id: alpha-one", ["does not fit share"]),
    (ALPHA, "unit: per-victim-per-year", "unit: share", "- id: alpha-one", ["does not fit revenue"]),
    (ALPHA, "via: primary", "via: secondary", "id: alpha", ["reported_by", "secondary"]),
    (ALPHA, "via: primary", 'via: primary\nreported_by: "X"', "id: alpha", ["reported_by"]),
    (ALPHA, "currency: EUR", "currency: YEN", "currency:", ["'YEN'", "EUR, USD, GBP or CAD"]),
    (ALPHA, "region: BE", "region: Belgium", "region:", ["'Belgium'", "Allowed", "BE"]),
    (ALPHA, "reliability: strong", "reliability: stong", "reliability:", ["Did you mean strong"]),
    # --- texts
    (ALPHA, 'title: "Title alpha"', 'title: ""', "title:", ["title is empty", "one line"]),
    (ALPHA, 'title: "Title alpha"', 'title: "  "', "title:", ["title", "not empty"]),
    (ALPHA, 'title: "Title alpha"', 'title: "a\\nb"', "title:", ["title", "one line"]),
    (ALPHA, 'title: "Title alpha"', 'title: "a\\0b"', "title:", ["title", "one line"]),
    (ALPHA, 'title: "Title alpha"', f'title: "{"a" * 501}"', "title:", ["title", "500"]),
    (ALPHA, 'title: "Title alpha"', "title: [a]", "title:", ["title must be text"]),
    (ALPHA, "label: {nl: x, fr: x, de: x, en: x}", "label: x", "label:", ["label", "fields"]),
    (ALPHA, "language: nl", "language: Dutch", "language:", ["'Dutch'", "two small letters"]),
    # --- dates and years
    (ALPHA, "accessed: 2026-11-21", "accessed: 2026-11-31", "accessed:", ["not a date", "2026-11-02"]),
    (ALPHA, "accessed: 2026-11-21", "accessed: 2026-13", "accessed:", ["not a date"]),
    (ALPHA, "accessed: 2026-11-21", "accessed: 21/11/2026", "accessed:", ["not a date"]),
    (ALPHA, "accessed: 2026-11-21", "accessed: 2026-11-23", "accessed:", ["future"]),
    (ALPHA, "accessed: 2026-11-21", "accessed: 2026-12", "accessed:", ["future"]),
    (RATES, "accessed: 2026-11-20", "accessed: 2027-01-01", "accessed: 2027", ["future"]),
    (ALPHA, "\nyear: 2022", "\nyear: 2027", "year: 2027", ["year is 2027", "future"]),
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
    (ALPHA, "figures:", "superseded_by: delta\nfigures:", "superseded", ["delta", "no other"]),
    (ALPHA, "figures:", "superseded_by: alpha\nfigures:", "superseded", ["alpha", "no other"]),
    (SCENARIOS, "  basis: assumption", "  cites: [alpha, delta]\n  basis: assumption", "cites:",
     ["active_days_per_week cites delta", "no publication"]),
    (SCENARIOS, "    basis: assumption", "    cites:\n      - delta\n    basis: assumption", "- delta",
     ["BE cites delta"]),
    # --- rates
    (ALPHA, "reference_year: 2022", "reference_year: 2019", "- id: alpha-one",
     ["alpha-one", "no price level for 2019", "rates.yaml"]),
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
    (SCENARIOS, "value: 5", "value: 8", "value: 8", ["'8'", "7"]),
    (SCENARIOS, "value: 5", "value: 0", "value: 0", ["'0'", "greater than 0"]),
    (SCENARIOS, "basis: measured", "basis: guessed", "basis: guessed", ["measured or assumption"]),
    (SCENARIOS, "journalism: 0.5", "journalism: 0", "weights: {inst", ["journalism", "greater than 0"]),
    (SCENARIOS, ", journalism: 0.5", "", "weights: {inst", ["no weight for journalism", "Add"]),
    (SCENARIOS, "minors: 1, ", "", "weights: {women", ["no weight for minors", "Add"]),
    (SCENARIOS, "price_year: 2022", "price_year: 2025", "price_year", ["price level for 2025"]),
    (SCENARIOS, "FR: 0.5", "FR: 11", "FR: 11", ["FR", "10"]),
    (SCENARIOS, "FR: 0.5", "France: 0.5", "France", ["'France'", "Allowed"]),
    (SCENARIOS, "id: 1m,", "id: 1w,", "periods:", ["1w twice"]),
    (SCENARIOS, "id: 1m,", "id: month,", "id: month", ["'month'", "6m"]),
    (SCENARIOS, "id: 1m, months: 1", "id: 1m", "id: 1m", ["1m", "weeks or months"]),
    (SCENARIOS, "months: 6", "months: 6, weeks: 26", "id: 6m", ["6m", "weeks or months"]),
    (SCENARIOS, "figures: 4", "figures: many", "figures: many", ["'many'", "whole number"]),
    # --- the shape of a file
    (ALPHA, "figures:\n", "figures: none\nfigures2:\n", "figures: none", ["figures", "dash"]),
    (ALPHA, "accessed: 2026-11-21", "\taccessed: 2026-11-21", "\taccessed", ["YAML", "indentation"]),
    (ALPHA, "title:", "---\ntitle:", "---", ["second document"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "words"),
    DAMAGE,
    ids=[f"{file}: {old.strip()!a} -> {new.strip()[:40]!a}" for file, old, new, _, _ in DAMAGE],
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


def test_load_names_the_figure_whose_exchange_rate_is_missing(folder):
    folder.replace(ALPHA, "currency: EUR", "currency: GBP")
    folder.replace(RATES, ", GBP: 0.8", "")

    (problem,) = folder.problems()

    assert (problem.file, problem.line) == (ALPHA, folder.line_of(ALPHA, "- id: alpha-one"))
    for words in ("alpha-one", "no exchange rate of GBP for 2022", "rates.yaml"):
        assert words in problem.message


def test_load_names_the_figure_of_an_undated_publication_without_a_year(folder):
    folder.replace(ALPHA, "\nyear: 2022", "\nyear: undated")
    assert folder.load()
    folder.replace(ALPHA, "    reference_year: 2022\n", "")

    (problem,) = folder.problems()

    assert (problem.file, problem.line) == (ALPHA, folder.line_of(ALPHA, "- id: alpha-one"))
    for words in ("alpha-one", "reference_year", "undated"):
        assert words in problem.message


def test_load_needs_no_rates_for_figures_that_are_context(folder):
    figure = folder.text(ALPHA).partition("figures:\n")[2].replace("alpha-one", "alpha-two")
    only_up_to = figure.replace("central:", "high:").replace("year: 2022", "year: 1999")
    folder.write(ALPHA, folder.text(ALPHA) + only_up_to)

    assert len(list(folder.load().figures())) == 5


# --- the rules of the method


def test_load_refuses_a_scenario_with_too_few_figures(folder):
    folder.replace(ALPHA, "reliability: strong", "reliability: weak")

    (problem,) = folder.problems()

    assert (problem.file, problem.line) == (SCENARIOS, folder.line_of(SCENARIOS, "- id: BE"))
    for words in ("BE", "3 figures", "2 publications", "at least 4 from 3"):
        assert words in problem.message


def test_load_refuses_a_scenario_with_too_few_publications(folder):
    figure = folder.text(ALPHA).partition("figures:\n")[2]
    folder.write(BETA, folder.text(BETA) + figure.replace("alpha-one", "beta-three"))
    (folder.path / ALPHA).unlink()

    (problem,) = folder.problems()

    for words in ("4 figures", "2 publications", "at least 4 from 3"):
        assert words in problem.message


def test_load_refuses_a_scenario_without_any_figure(folder):
    folder.replace(SCENARIOS, "{BE: 1, FR: 0.5, WORLD: 0.25}", "{FR: 0.5}")

    (problem,) = folder.problems()

    assert (problem.file, problem.line) == (SCENARIOS, folder.line_of(SCENARIOS, "- id: BE"))
    assert "BE: no figure takes part" in problem.message


def test_load_refuses_an_estimate_that_falls_as_the_period_grows(folder):
    # A sum per day far above the rest: it rules a month, and hardly weighs in half a year.
    for name in ("one", "two"):
        head, found, tail = folder.text(BETA).partition(f"- id: beta-{name}")
        tail = tail.replace("per-victim-per-year", "per-victim-per-day", 1)
        folder.write(BETA, head + found + tail)

    problems = folder.problems()

    assert problems
    for problem in problems:
        assert (problem.file, problem.line) == (SCENARIOS, folder.line_of(SCENARIOS, "- id: BE"))
    for words in ("BE", "central falls from", "(1m)", "(6m)", "longer period"):
        assert any(words in problem.message for problem in problems)


def test_load_refuses_an_estimate_whose_high_lies_below_its_central(folder):
    # Weights 1, 0.125, 0.125 and 0.09375, together 1.34375.
    # Centrals 1, 10, 1000, 1000: 10 stands at 0.625/1.34375, just before a half, so that the
    # central reaches towards 1000. Highs 10, 10, 1000, 1000: the second 10 stands at
    # 1.0625/1.34375, after three quarters, so that the high stays 10.
    def write(file, figure, numbers, region, scope):
        head, found, tail = folder.text(file).partition(f"- id: {figure}")
        before, _, after = tail.partition("central: ")
        after = f"{numbers}\n{after.partition(chr(10))[2]}"
        before = before.replace("region: BE", f"region: {region}")
        before = before.replace("scope: minors", f"scope: {scope}")
        folder.write(file, head + found + before + after)

    gamma = "publications/gamma.yaml"
    write(ALPHA, "alpha-one", "low: 10\n    central: 10\n    high: 10", "BE", "minors")
    write(BETA, "beta-one", "low: 1\n    central: 1\n    high: 10", "WORLD", "adults")
    write(BETA, "beta-two", "low: 1\n    central: 1000\n    high: 1000", "WORLD", "adults")
    write(gamma, "gamma-one", "low: 1\n    central: 1000\n    high: 1000", "WORLD", "adults")

    problems = folder.problems()

    assert any(
        "are not in order" in problem.message and "BE 1y" in problem.message
        for problem in problems
    ), "\n".join(map(str, problems))
    assert any("high 10 " in problem.message for problem in problems)


# --- files and folders


@pytest.mark.parametrize("file", [RATES, SCENARIOS])
def test_load_names_a_file_that_is_missing(file, folder):
    (folder.path / file).unlink()

    (problem,) = folder.problems()

    assert (problem.file, problem.line) == (file, 1)
    assert "missing" in problem.message


def test_load_says_when_the_publications_are_missing(folder):
    for path in (folder.path / "publications").iterdir():
        path.unlink()
    assert any("no figure takes part" in problem.message for problem in folder.problems())

    (folder.path / "publications").rmdir()
    assert any(problem.file == "publications" for problem in folder.problems())


def test_load_says_everything_of_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(SourcesInvalid) as refused:
        load_sources(tmp_path / "nowhere")

    assert {problem.file for problem in refused.value.problems} == {
        RATES,
        SCENARIOS,
        "publications",
    }


def test_load_says_when_the_folder_is_a_file(folder):
    with pytest.raises(SourcesInvalid):
        load_sources(folder.path / RATES)


@pytest.mark.parametrize("file", [ALPHA, RATES, SCENARIOS])
def test_load_says_when_a_folder_stands_in_place_of_a_file(file, folder):
    (folder.path / file).unlink()
    (folder.path / file).mkdir()

    (problem,) = folder.problems()

    assert (problem.file, problem.line) == (file, 1)
    assert "not a file" in problem.message


def test_load_says_when_a_link_leads_nowhere(folder):
    (folder.path / "publications/delta.yaml").symlink_to(folder.path / "gone.yaml")

    (problem,) = folder.problems()

    assert problem.file == "publications/delta.yaml"
    assert "missing" in problem.message


def test_load_does_not_wait_for_a_pipe(folder):
    os.mkfifo(folder.path / "publications/delta.yaml")

    (problem,) = folder.problems()

    assert "not a file" in problem.message


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 100, b"\xff\xfe", b"x" * 1_000_001, b"[" * 100_000, b"- just\n- a list\n", b"text"],
    ids=["empty", "binary", "not-utf-8", "huge", "deep", "list", "text"],
)
@pytest.mark.parametrize("file", [ALPHA, RATES, SCENARIOS])
def test_load_refuses_a_file_of_another_kind(content, file, folder):
    folder.write(file, content)

    (problem,) = folder.problems()

    assert problem.file == file
    assert len(problem.message) < 300


@pytest.mark.parametrize(
    "name", ["delta.yml", "delta.YAML", "delta.yaml.txt", "delta.yaml.bak", "delta.yml.txt"]
)
def test_load_refuses_a_file_that_would_be_overlooked(name, folder):
    folder.write(f"publications/{name}", "id: delta\n")

    (problem,) = folder.problems()

    assert problem.file == f"publications/{name}"
    assert "Rename" in problem.message


@pytest.mark.parametrize("name", [".alpha.yaml.swp", ".DS_Store", "README.md", ".hidden.yaml"])
def test_load_passes_over_what_is_no_publication(name, folder):
    folder.write(f"publications/{name}", "not for reading")

    assert folder.load()


def test_load_names_a_file_whose_name_is_no_text(folder):
    name = os.fsdecode(b"publications/caf\xe9\x1b[31m.yaml")
    (folder.path / name).write_text("id: x\n", encoding="utf-8")

    problems = folder.problems()

    assert problems
    for problem in problems:
        assert str(problem).isprintable()
        assert str(problem).encode()


# --- all at once, and not more than one can read


def test_load_reports_every_problem_at_once(folder):
    folder.replace(ALPHA, "central: 1000", "central: 1.250")
    folder.replace(ALPHA, "kind: inst", "kynd: inst")
    folder.replace(BETA, "accessed: 2026-11-21", "accessed: 2027-01-01")
    folder.replace(BETA, "reference_year: 2022", "reference_year: 2019")
    folder.write("publications/gamma.yaml", "")
    folder.replace(RATES, "accessed: 2026-11\n", "accessed: 2028-01\n")
    folder.replace(SCENARIOS, "  basis: assumption", "  cites: [delta]\n  basis: assumption")

    problems = folder.problems()

    expected = [
        (ALPHA, "'1.250'"),
        (ALPHA, "kynd"),
        (ALPHA, "kind is missing"),
        (BETA, "accessed"),
        (BETA, "price level for 2019"),
        ("publications/gamma.yaml", "empty"),
        (RATES, "future"),
        (SCENARIOS, "delta"),
    ]
    for file, words in expected:
        assert any(p.file == file and words in p.message for p in problems), words
    assert len(problems) == len(expected)
    assert list(problems) == sorted(problems)


def test_load_blames_no_citation_on_a_file_that_is_damaged(folder):
    folder.replace(SCENARIOS, "  basis: assumption", "  cites: [gamma]\n  basis: assumption")
    folder.replace(ALPHA, "figures:", "superseded_by: gamma\nfigures:")
    assert folder.load()
    folder.write("publications/gamma.yaml", "")

    (problem,) = folder.problems()

    assert problem.file == "publications/gamma.yaml"


def test_load_stops_counting_the_problems_of_one_hopeless_file(folder):
    folder.write(ALPHA, "".join(f"field{i}: {i}\n" for i in range(5_000)))

    problems = folder.problems()

    assert len(problems) == MAX_PROBLEMS_SHOWN + 1
    assert any("more problems" in problem.message for problem in problems)


def test_load_wraps_no_endless_name_into_a_message(folder):
    folder.write(ALPHA, folder.text(ALPHA) + f"? {'x' * 5_000}\n: 1\n")

    assert all(len(problem.message) < 500 for problem in folder.problems())


def test_problem_reads_as_file_line_and_sentence(folder):
    folder.replace(ALPHA, "central: 1000", "central: 1.250")

    with pytest.raises(SourcesInvalid) as refused:
        folder.load()

    line = folder.line_of(ALPHA, "central:")
    assert str(refused.value).startswith(f"{ALPHA}:{line}: central is '1.250'")


# --- the digest


def test_digest_stays_with_the_content_and_changes_with_it(folder):
    first = folder.load().digest
    assert folder.load().digest == first

    folder.replace(ALPHA, "id: alpha", "# a remark\nid: alpha")
    assert folder.load().digest == first

    folder.replace(ALPHA, "central: 1000", "central: 1001")
    assert folder.load().digest != first


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [(RATES, "USD: 1.6", "USD: 1.7"), (SCENARIOS, "value: 5", "value: 6")],
)
def test_digest_changes_with_rates_and_scenarios(file, old, new, folder):
    first = folder.load().digest

    folder.replace(file, old, new)

    assert folder.load().digest != first


# --- the charter, rule 3: aggregates only

FORBIDDEN = ("act", "acts", "client", "clients", "customer", "price", "tariff", "rate_per_act", "age",
             "sex", "name", "victim", "service", "services")  # fmt: skip


def _records(annotation):
    """Walk over every record that can stand in a file, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from _records(field.annotation)
        return
    for part in get_args(annotation):
        yield from _records(part)


def _words_of(annotation):
    """Walk over every fixed word that a field admits."""
    for part in get_args(annotation):
        if isinstance(part, str):
            yield part
        else:
            yield from _words_of(part)


def test_schema_has_no_field_for_an_act_a_price_per_act_or_a_client():
    records = {record for root in (Publication, Rates, Scenarios) for record in _records(root)}
    names = {name for record in records for name in record.model_fields}

    assert {"low", "central", "high", "figures", "weights"} <= names
    assert not names & set(FORBIDDEN)
    for word in ("client", "customer", "price_per", "per_act", "tariff"):
        assert not [name for name in names if word in name]


def test_schema_has_no_unit_per_act_or_client():
    records = {record for root in (Publication, Rates, Scenarios) for record in _records(root)}
    words = {
        word
        for record in records
        for field in record.model_fields.values()
        for word in _words_of(field.annotation)
    }

    assert "per-victim-per-day" in words
    for word in words:
        assert not {"act", "client", "customer", "hour", "visit", "service"} & set(word.split("-"))


def test_schema_refuses_unknown_fields_in_every_record():
    records = {record for root in (Publication, Rates, Scenarios) for record in _records(root)}

    assert len(records) > 10
    for record in records:
        assert record.model_config["extra"] == "forbid", record
        assert record.model_config["frozen"], record


@pytest.mark.parametrize("name", FORBIDDEN)
@pytest.mark.parametrize("place", ["accessed:", "    scope:"], ids=["publication", "figure"])
def test_load_refuses_a_field_for_an_act_a_price_or_a_person(name, place, folder):
    indent = " " * (len(place) - len(place.lstrip()))
    folder.replace(ALPHA, place, f"{indent}{name}: 50\n{place}")

    (problem,) = folder.problems()

    assert (problem.file, problem.line) == (ALPHA, folder.line_of(ALPHA, f"{indent}{name}: 50"))
    assert f"{name} is not a known field" in problem.message


@pytest.mark.parametrize("unit", ["per-act", "per-client", "per-victim-per-hour", "per-victim"])
def test_load_refuses_a_unit_for_an_act_or_a_client(unit, folder):
    folder.replace(ALPHA, "unit: per-victim-per-year", f"unit: {unit}")

    (problem,) = folder.problems()

    assert f"'{unit}'" in problem.message
    assert "Allowed" in problem.message
