"""What the worked examples cannot show: the trace, the errors, and what is immutable."""

from __future__ import annotations

import dataclasses

import pytest
from pydantic import ValidationError

from calculator.errors import RateMissing, UnknownScenario
from calculator.estimate import combine, estimate, round_to_two_digits, weighted_quantile

WEEKLY = {
    "id": "weekly",
    "low": 100,
    "high": 300,
    "unit": "per-victim-per-week",
    "currency": "USD",
    "reference_year": 2020,
}


def test_trace_tells_every_step_with_its_factor(build_sources):
    (item,) = estimate(build_sources([WEEKLY]), "BE", "6m").contributions

    steps = {step.kind: step for step in item.steps}
    centrals = [(step.kind, step.values.central) for step in item.steps]

    # The last worked example of "currencies and prices", step by step.
    assert centrals == [
        ("completed", 200),
        ("yearly", 10_000),
        ("period", 5_000),
        ("currency", pytest.approx(3_125)),
        ("prices", pytest.approx(6_250)),
    ]
    assert steps["yearly"].factor == 50
    assert steps["period"].factor == 0.5
    assert steps["currency"].factor == pytest.approx(1 / 1.6)
    assert steps["prices"].factor == pytest.approx(2)


def test_trace_names_what_each_step_rests_on(build_sources):
    (item,) = estimate(build_sources([WEEKLY]), "BE", "6m").contributions

    details = {step.kind: step.detail for step in item.steps}

    assert details["yearly"] == "per-victim-per-week"
    assert details["period"] == "6m"
    assert details["currency"] == "USD 2020"
    assert details["prices"] == "2020 2022"


def test_trace_says_why_a_figure_weighs_what_it_weighs(build_sources):
    figure = {**WEEKLY, "region": "FR", "kind": "academic", "scope": "adults"}

    (item,) = estimate(build_sources([figure]), "BE", "6m").contributions

    assert dataclasses.asdict(item.factors) == {
        "region": 0.5,
        "kind": 0.75,
        "scope": 0.5,
        "stretch": pytest.approx(4 / 25),
    }


def test_estimate_counts_figures_and_the_publications_behind_them(build_sources):
    figures = [
        {"central": 100, "publication": "one"},
        {"central": 200, "publication": "one"},
        {"central": 300, "publication": "two"},
        {"central": 400, "publication": "three", "reliability": "weak"},
    ]

    result = estimate(build_sources(figures), "BE", "1y")

    assert len(result.contributions) == 3
    assert result.publication_count == 2
    assert (result.region, result.period, result.price_year) == ("BE", "1y", 2022)


@pytest.mark.parametrize(
    ("region", "period"), [("be", "1y"), ("FR", "1y"), ("", "1y"), ("BE", "5y")]
)
def test_estimate_refuses_a_scenario_that_is_not_listed(region, period, build_sources):
    with pytest.raises(UnknownScenario, match="is not one of"):
        estimate(build_sources([{"central": 1}]), region, period)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (
            {"central": 1, "currency": "USD", "reference_year": 2019},
            "exchange rate of USD for 2019",
        ),
        (
            {"central": 1, "currency": "GBP", "reference_year": 2023},
            "exchange rate of GBP for 2023",
        ),
        ({"central": 1, "reference_year": 2019}, "price level for 2019"),
        ({"central": 1, "reference_year": 2023}, "price level for 2023"),
    ],
)
def test_estimate_refuses_to_guess_a_missing_rate(figure, words, build_sources):
    with pytest.raises(RateMissing, match=words):
        estimate(build_sources([figure]), "BE", "1y")


def test_estimate_takes_the_first_and_the_last_year_of_the_prices(build_sources):
    # 2021 is the first percentage, so 2020 is the first level; 2022 is the last.
    figures = [{"central": 100, "reference_year": year} for year in (2020, 2022)]

    first, last = estimate(build_sources(figures), "BE", "1y").contributions

    assert first.euros.central == pytest.approx(200)
    assert last.euros.central == pytest.approx(100)


def test_quantile_needs_a_value():
    with pytest.raises(ValueError, match="at least one value"):
        weighted_quantile([], 0.5)
    with pytest.raises(ValueError, match="at least one value"):
        combine([])


@pytest.mark.parametrize("q", [0, 0.25, 0.5, 0.75, 1])
def test_quantile_of_one_value_is_that_value(q):
    assert weighted_quantile([(7, 0.1)], q) == 7


@pytest.mark.parametrize(
    ("euros", "shown"),
    [
        (0, 0),
        (0.0449, 0.045),
        (1, 1),
        (9.94, 9.9),
        (9.95, 10),
        (99.4, 99),
        (99.5, 100),
        (104.9, 100),
        (105, 110),
        (115, 120),
        (125, 130),
        (89_499.99, 89_000),
        (89_500, 90_000),
        (994_999, 990_000),
        (995_000, 1_000_000),
        (1_250_000, 1_300_000),
        (236_000_000_000, 240_000_000_000),
    ],
)
def test_rounding_keeps_two_digits_and_rounds_halves_up(euros, shown):
    assert round_to_two_digits(euros) == shown


def test_figures_and_results_cannot_be_changed(build_sources):
    sources = build_sources([{"central": 100}])
    result = estimate(sources, "BE", "1y")
    figure = result.contributions[0].cited.figure

    with pytest.raises(ValidationError, match="frozen"):
        figure.central = 1
    with pytest.raises(TypeError):
        sources.scenarios.regions[0].weights["BE"] = 0
    with pytest.raises(TypeError):
        sources.rates.exchange_rates.by_year[2021]["USD"] = 1
    for record, field in ((result, "euros"), (result.euros, "low"), (sources, "publications")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(record, field, None)
