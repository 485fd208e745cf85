"""The real figures: they load, every scenario has an estimate, and no text is left to write.

This is the only folder of tests that an edit of sources/ can break.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from calculator.estimate import estimate
from calculator.figures.publication import LANGUAGES
from calculator.loading.folder import load_sources
from calculator.sensitivity import sensitivity

SOURCES = Path(__file__).parents[2] / "sources"
REGIONS = ("BE", "EUROPE", "WORLD")
PERIODS = ("1w", "1m", "3m", "6m", "1y", "2y")


@pytest.fixture(scope="module")
def sources():
    return load_sources(SOURCES)


def test_real_files_load_without_a_problem(sources):
    assert sources.digest


def test_rates_are_those_of_the_research(sources):
    # A few of each, read off the research by eye; by_hand.md rests on more of them.
    rates, prices = sources.rates.exchange_rates.by_year, sources.rates.consumer_prices.by_year

    assert (rates[2003]["USD"], rates[2003]["GBP"], rates[2003]["CAD"]) == (1.1312, 0.692, 1.5817)
    assert (rates[2025]["USD"], rates[2025]["GBP"], rates[2025]["CAD"]) == (1.13, 0.8568, 1.5787)
    assert list(rates) == list(range(2003, 2026))
    assert (prices[2004], prices[2009], prices[2022], prices[2024]) == (
        2.0973, -0.0531, 9.5975, 3.1435,
    )  # fmt: skip
    assert list(prices) == list(range(2004, 2025))


def test_scenarios_hold_the_weights_of_the_method(sources):
    scenarios = sources.scenarios
    be, europe, world = scenarios.regions
    near = {"NL", "FR", "DE", "LU", "UK", "ES", "IT", "EU", "EUROPE", "INDUSTRIALISED-COUNTRIES"}

    assert be.weights == {"BE": 1, **dict.fromkeys(near, 0.5), "WORLD": 0.25}
    assert europe.weights == {"BE": 1, **dict.fromkeys(near, 1), "WORLD": 0.5}
    assert world.weights == {"WORLD": 1}
    assert scenarios.kind.weights == {
        "institutional": 1, "court": 1, "academic": 0.75, "journalism": 0.5,
    }  # fmt: skip
    assert scenarios.scope.weights == {
        "minors": 1, "women-and-girls": 0.75, "all": 0.75, "adults": 0.5,
    }  # fmt: skip
    assert scenarios.stretch.units == {
        "per-victim-per-day": 22, "per-victim-per-week": 4.348125, "per-victim-per-month": 12,
    }  # fmt: skip
    assert scenarios.active_days_per_week.value == 5
    assert scenarios.weeks_per_year.value == 52.1775
    assert scenarios.price_year == 2024
    assert (scenarios.minimum.figures, scenarios.minimum.publications) == (4, 3)


def test_every_scenario_a_visitor_can_choose_has_an_estimate(sources):
    scenarios = sources.scenarios
    assert tuple(region.id for region in scenarios.regions) == REGIONS
    assert tuple(period.id for period in scenarios.periods) == PERIODS

    for region in REGIONS:
        for period in PERIODS:
            result = estimate(sources, region, period)
            assert 0 < result.euros.low <= result.euros.central <= result.euros.high
            assert result.publication_count >= 3


def test_sensitivity_of_every_scenario_can_be_computed(sources):
    for region in REGIONS:
        for period in PERIODS:
            found = sensitivity(estimate(sources, region, period))
            assert found.leave_one_out.smallest <= found.leave_one_out.largest
            assert {part.name for part in found.variations if part.euros is None} <= {
                "first-hand", "minors-only", "revenues-only",
            }  # fmt: skip


def test_no_text_is_left_to_write(sources):
    for publication, figure in sources.figures():
        texts = [publication.title, publication.publisher, publication.reported_by or ""]
        for text in (figure.label, figure.says, figure.caveat):
            written = [text.in_language(language) for language in LANGUAGES]
            assert len(set(written)) > 1, f"{figure.id}: one text in all four languages"
            texts += written
        for text in texts:
            assert "??" not in text, figure.id
            assert "TODO" not in text, figure.id
            assert "DOSSIER" not in text, figure.id
