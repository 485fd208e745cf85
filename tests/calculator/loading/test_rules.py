"""What must hold for all figures together: rates for every year, and the rules of the method."""

from __future__ import annotations

from calculator.loading.rules import figures_that_await

ALPHA = "publications/alpha.yaml"
BETA = "publications/beta.yaml"
GAMMA = "publications/gamma.yaml"
RATES = "rates.yaml"
SCENARIOS = "scenarios.yaml"


def test_load_takes_a_figure_whose_exchange_rate_is_missing_and_says_so(folder):
    folder.replace(ALPHA, "currency: EUR", "currency: GBP")
    folder.replace(RATES, ", GBP: 0.8", "")

    (notice,) = figures_that_await(folder.load())

    assert (notice.file, notice.line) == (ALPHA, folder.line_of(ALPHA, "- id: alpha-one"))
    for words in ("alpha-one", "no exchange rate of GBP for 2022", "rates and prices"):
        assert words in notice.message


def test_load_says_nothing_of_rates_where_every_year_has_them(folder):
    assert not list(figures_that_await(folder.load()))


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
    older = figure.replace("claim: typical", "claim: quota").replace("year: 2022", "year: 1999")
    folder.write(ALPHA, folder.text(ALPHA) + older)

    assert len(list(folder.load().figures())) == 5


def test_load_lets_a_figure_name_the_newer_one_of_its_family(folder):
    figure = folder.text(ALPHA).partition("figures:\n")[2].replace("alpha-one", "alpha-two")
    older = figure.replace("reliability:", "superseded_by: alpha-one\n    reliability:")
    folder.write(ALPHA, folder.text(ALPHA) + older)

    assert len(list(folder.load().figures())) == 5


def test_load_refuses_a_region_with_one_family_at_an_end(folder):
    for file in (BETA, GAMMA):
        (folder.path / file).unlink()

    (problem,) = folder.problems()

    assert (problem.file, problem.line) == (SCENARIOS, folder.line_of(SCENARIOS, "- id: BE"))
    for words in ("BE: the number of sources", "is 1,", "at least 2", "Put back"):
        assert words in problem.message


def test_load_refuses_a_region_without_any_figure(folder):
    folder.replace(SCENARIOS, "[BE, FR]", "[FR]")

    (problem,) = folder.problems()

    assert (problem.file, problem.line) == (SCENARIOS, folder.line_of(SCENARIOS, "- id: BE"))
    assert "behind an end of the range is 0" in problem.message


def test_load_refuses_an_estimate_whose_middle_lies_above_its_high(folder):
    # The heaviest high is 1000; the light one far above it pulls the middle up.
    folder.replace(GAMMA, "central: 4000", "central: 40000000")
    folder.replace(SCENARIOS, "value: 0.5", "value: 1")

    problems = folder.problems()

    assert any(
        "central 10001500 and high 3000 are not in order" in problem.message
        and "page cited" in problem.message
        for problem in problems
    ), "\n".join(map(str, problems))


def test_load_refuses_a_middle_that_one_figure_carries(folder):
    # 1000, 2000, 3000 and 14 000 make 5000; without the last they make 2000, 60 % less.
    folder.replace(GAMMA, "central: 4000", "low: 100\n    high: 27900")

    messages = [problem.message for problem in folder.problems()]

    assert any(
        "without “gamma-one” the middle goes from 5000 to 2000" in message
        and "more than 50 %" in message
        and "page cited" in message
        for message in messages
    ), messages


def test_load_lets_one_figure_weigh_much_where_no_middle_is_shown(folder):
    folder.replace(GAMMA, "central: 4000", "low: 100\n    high: 27900")
    (folder.path / ALPHA).unlink()

    # Three families: a range, and no middle.
    assert folder.load()
