"""What must hold for all figures together: rates for every year, and the rules of the method."""

from __future__ import annotations

ALPHA = "publications/alpha.yaml"
BETA = "publications/beta.yaml"
GAMMA = "publications/gamma.yaml"
RATES = "rates.yaml"
SCENARIOS = "scenarios.yaml"


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

    write(ALPHA, "alpha-one", "low: 10\n    central: 10\n    high: 10", "BE", "minors")
    write(BETA, "beta-one", "low: 1\n    central: 1\n    high: 10", "WORLD", "adults")
    write(BETA, "beta-two", "low: 1\n    central: 1000\n    high: 1000", "WORLD", "adults")
    write(GAMMA, "gamma-one", "low: 1\n    central: 1000\n    high: 1000", "WORLD", "adults")

    problems = folder.problems()

    assert any(
        "are not in order" in problem.message and "BE 1y" in problem.message for problem in problems
    ), "\n".join(map(str, problems))
    assert any("high 10 " in problem.message for problem in problems)
