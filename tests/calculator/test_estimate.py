"""What the worked examples cannot show: the trace, the errors, what stands beside."""

from __future__ import annotations

import dataclasses

import pytest
from pydantic import ValidationError

from calculator.errors import TooFewFamilies, UnknownScenario
from calculator.estimate import Weighed, estimate, half, quantile, two
from calculator.evidence import what_it_awaits, where_it_counts

RING = {
    "id": "ring",
    "low": 10_000,
    "high": 30_000,
    "measure": "revenue",
    "unit": "network-per-month",
    "victims": 10,
    "currency": "USD",
    "reference_year": 2020,
}
OTHER = {"id": "other", "central": 1000}


def test_trace_tells_every_step_with_its_factor(build_sources):
    found = estimate(build_sources([RING, OTHER]), "BE", "6m").contributions

    item = found[0]
    centrals = [(step.kind, step.values.central) for step in item.steps]

    # 20 000 a month; x 12; / 10 victims; x 0.8 after costs; / 1.60 dollars; x 2 for prices.
    assert item.completed.central == 20_000
    assert centrals == [
        ("yearly", 240_000),
        ("victims", pytest.approx(24_000)),
        ("margin", pytest.approx(19_200)),
        ("currency", pytest.approx(12_000)),
        ("prices", pytest.approx(24_000)),
    ]
    assert item.euros == item.steps[-1].values
    assert {step.kind: step.detail for step in item.steps} == {
        "yearly": "network-per-month",
        "victims": "10",
        "margin": "revenue",
        "currency": "USD 2020",
        "prices": "2020 2022",
    }


def test_estimate_counts_figures_and_families(build_sources):
    figures = [
        {"central": 100, "publication": "one", "family": "a"},
        {"central": 200, "publication": "one", "family": "b"},
        {"central": 300, "publication": "two", "family": "a"},
        {"central": 400, "publication": "three", "reliability": "weak"},
    ]

    result = estimate(build_sources(figures), "BE", "1y")

    assert len(result.contributions) == 3
    assert [family.id for family in result.families] == ["a", "b"]
    assert (result.region, result.period, result.price_year) == ("BE", "1y", 2022)


def test_estimate_quotes_beside_it_what_cannot_be_brought_to_a_year(build_sources):
    quoted = [
        {"id": "quota", "central": 1, "claim": "quota"},
        {"id": "day", "central": 1, "unit": "per-victim-per-day"},
        {"id": "told", "central": 1, "basis": "testimony"},
        {"id": "debt", "central": 1, "measure": "total", "unit": "debt-per-victim"},
        {"id": "no-months", "central": 1, "unit": "total-once", "victims": 2},
    ]
    neither = [
        {"id": "weak", "central": 1, "reliability": "weak"},
        {"id": "waiting", "central": 1, "status": "waiting", "missing": {"nl": "x"}},
        {"id": "older", "central": 1, "superseded_by": "other"},
        {"id": "market", "central": 1, "unit": "total-per-year"},
        {"id": "elsewhere", "central": 1, "region": "US"},
        {"id": "all-forms", "central": 1, "form": "all-forms", "unit": "per-victim-per-day"},
        {"id": "share", "central": 1, "measure": "share", "unit": "share", "currency": None},
        {"id": "profit", "central": 1, "publication": "book"},
        {"id": "twin", "central": 1, "publication": "book", "measure": "revenue"},
    ]

    result = estimate(build_sources([OTHER, *quoted, *neither]), "BE", "1y")

    assert [cited.figure.id for cited in result.beside] == [item["id"] for item in quoted]


def test_a_region_may_take_the_estimate_of_another(build_sources):
    sources = build_sources([OTHER, {"central": 3000, "region": "FR"}])
    be = sources.scenarios.regions[0]
    wide = be.model_copy(update={"id": "EUROPE"})
    same = be.model_copy(
        update={"typical": (), "floor": (), "same_as": "EUROPE", "beside": ("BE",)}
    )
    scenarios = sources.scenarios.model_copy(update={"regions": (same, wide)})
    both = dataclasses.replace(sources, scenarios=scenarios)

    belgium, europe = (estimate(both, region, "1y") for region in ("BE", "EUROPE"))

    assert belgium.euros == europe.euros
    assert belgium.evidence == europe.evidence
    assert (belgium.region, belgium.evidence.region) == ("BE", "EUROPE")
    assert set(where_it_counts(both, next(both.figures()))) == {"BE", "EUROPE"}


@pytest.mark.parametrize(
    ("region", "period"), [("be", "1y"), ("FR", "1y"), ("", "1y"), ("BE", "5y")]
)
def test_estimate_refuses_a_scenario_that_is_not_listed(region, period, build_sources):
    with pytest.raises(UnknownScenario, match="is not one of"):
        estimate(build_sources([{"central": 1}]), region, period)


def test_estimate_refuses_to_stand_on_one_end(build_sources):
    with pytest.raises(TooFewFamilies):
        estimate(build_sources([{"central": 1, "claim": "at-least"}]), "BE", "1y")


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (
            {"currency": "USD", "reference_year": 2019},
            ("no exchange rate of USD for 2019", "no price level for 2019"),
        ),
        (
            {"currency": "GBP", "reference_year": 2023},
            ("no exchange rate of GBP for 2023", "no price level for 2023"),
        ),
        ({"reference_year": 2019}, ("no price level for 2019",)),
        ({"reference_year": 2023}, ("no price level for 2023",)),
        ({"reference_year": 2023, "claim": "quota"}, ()),
    ],
)
def test_figure_of_a_year_without_rates_is_context_until_they_are_there(
    figure, words, build_sources
):
    known = [{"central": 1000}, {"central": 2000}]
    sources = build_sources([*known, {"central": 9, **figure}])
    *_, last = sources.figures()

    result = estimate(sources, "BE", "1y")

    assert result.euros == estimate(build_sources(known), "BE", "1y").euros
    assert what_it_awaits(sources, last) == words
    assert last in result.beside


def test_quantile_needs_an_amount():
    with pytest.raises(ValueError, match="at least one amount"):
        quantile([], 0.5)


@pytest.mark.parametrize(("q", "reached"), [(0, 1), (0.25, 1), (0.26, 2), (0.75, 2), (1, 3)])
def test_quantile_is_the_first_amount_at_which_the_share_is_reached(q, reached):
    # Weights 1, 2 and 1 of 4: reached at 0.25, 0.75 and 1.
    items = [Weighed(3, 1), Weighed(1, 1), Weighed(2, 2)]

    assert quantile(items, q) == reached


@pytest.mark.parametrize(
    ("euros", "shown"),
    [
        (0, 0), (1, 1), (1.24, 1), (1.25, 1.5), (16_084, 15_000), (17_499, 15_000),
        (17_500, 20_000), (49_253, 50_000), (86_341, 85_000), (97_499, 95_000), (97_500, 100_000),
        (27_102, 25_000), (40_042, 40_000), (1_249_999, 1_000_000), (1_250_000, 1_500_000),
    ],
)  # fmt: skip
def test_a_year_is_shown_in_halves_of_its_first_digit(euros, shown):
    assert half(euros) == shown


@pytest.mark.parametrize(
    ("euros", "shown"),
    [
        (0, 0), (0.0449, 0.045), (9.94, 9.9), (9.95, 10), (104.9, 100), (105, 110), (1250, 1300),
        (1249.9999999999998, 1300), (4166.67, 4200), (99_499, 99_000), (99_500, 100_000),
    ],
)  # fmt: skip
def test_rounding_keeps_two_digits_and_rounds_halves_up(euros, shown):
    assert two(euros) == shown


def test_figures_and_results_cannot_be_changed(build_sources):
    sources = build_sources([{"central": 100}, {"central": 200}])
    result = estimate(sources, "BE", "1y")
    figure = result.contributions[0].cited.figure

    with pytest.raises(ValidationError, match="frozen"):
        figure.central = 1
    with pytest.raises(TypeError):
        sources.rates.exchange_rates.by_year[2021]["USD"] = 1
    for record, field in ((result, "euros"), (result.euros, "low"), (sources, "publications")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(record, field, None)
