"""Two scenarios reckoned again in plain arithmetic, as by_hand.md does with a pencil.

Nothing of calculator/ is used on this side: numbers, rates, weights and who takes
part are written here. A staff edit of a figure or rate may break these tests, and
only those of this folder: check the new result by hand, then mend this page and by_hand.md.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from calculator.estimate import estimate
from calculator.loading.folder import load_sources

HERE = Path(__file__).parent

# Units of the currency for one euro, by year.
RATES = {
    "EUR": dict.fromkeys(range(2003, 2025), 1),
    "USD": {2005: 1.2441, 2007: 1.3705, 2012: 1.2848, 2017: 1.1297, 2021: 1.1827},
    "GBP": {2003: 0.6920, 2009: 0.8909},
}
# Belgian inflation in percent.
INFLATION = {
    2004: 2.0973, 2005: 2.7814, 2006: 1.7912, 2007: 1.8231, 2008: 4.4894, 2009: -0.0531,
    2010: 2.1893, 2011: 3.5321, 2012: 2.8397, 2013: 1.1131, 2014: 0.3400, 2015: 0.5614,
    2016: 1.9739, 2017: 2.1260, 2018: 2.0532, 2019: 1.4368, 2020: 0.7408, 2021: 2.4402,
    2022: 9.5975, 2023: 4.0490, 2024: 3.1435,
}  # fmt: skip
TIMES_A_YEAR = {"day": 5 * 52.1775, "week": 52.1775, "month": 12, "year": 1}
DAY, WEEK = 22 / 260.8875, 4.348125 / 52.1775  # what stretch leaves of a day and a week in a year

# figure: (low, central, high, currency, how often), as printed; None is not said
PRINTED = {
    "ilo-2024-world-profit-per-victim": (None, 27252, None, "USD", "year"),
    "ilo-2014-world-profit-per-victim": (None, 21800, None, "USD", "year"),
    "ilo-2005-industrialised-profit-per-victim": (None, 67000, None, "USD", "year"),
    "ilo-2005-industrialised-turnover-per-victim": (None, 96000, None, "USD", "year"),
    "kara-2009-western-europe-profit": (None, 78000, None, "USD", "year"),
    "kara-2009-western-europe-revenue": (None, 114000, None, "USD", "year"),
    "kara-2009-world-profit": (None, 29000, None, "USD", "year"),
    "kara-2017-world-profit": (None, 36000, None, "USD", "year"),
    "be-federal-police-2011-per-week": (None, 8000, None, "EUR", "week"),
    "be-myria-bruges-2023-per-week": (7000, None, 8000, "EUR", "week"),
    "be-myria-ghent-2014-per-day": (500, None, 800, "EUR", "day"),
    "be-nl-tdh-2018-minor-per-day": (None, 1000, None, "EUR", "day"),
    "nl-arnhem-2019-per-day": (700, None, None, "EUR", "day"),
    "nl-om-2008-sneep-per-day": (None, 1000, None, "EUR", "day"),
    "fr-ocrteh-2019-per-victim-month": (8000, None, 10000, "EUR", "month"),
    "fr-nanterre-2019-per-day": (500, None, None, "EUR", "day"),
    "uk-commons-2009-per-week": (500, None, 1000, "GBP", "week"),
    "uk-high-court-2009-per-day": (500, None, 1000, "GBP", "day"),
}
# figure: (year its money is of, weight of region, kind, scope, stretch)
BELGIUM_ONE_YEAR = {
    "ilo-2024-world-profit-per-victim": (2021, 0.25, 1, 0.75, 1),
    "ilo-2014-world-profit-per-victim": (2012, 0.25, 1, 0.75, 1),
    "ilo-2005-industrialised-profit-per-victim": (2005, 0.5, 1, 0.75, 1),
    "ilo-2005-industrialised-turnover-per-victim": (2005, 0.5, 1, 0.75, 1),
    "kara-2009-western-europe-profit": (2007, 0.5, 0.75, 0.75, 1),
    "kara-2009-western-europe-revenue": (2007, 0.5, 0.75, 0.75, 1),
    "kara-2009-world-profit": (2007, 0.25, 0.75, 0.75, 1),
    "kara-2017-world-profit": (2017, 0.25, 0.75, 0.75, 1),
    "be-federal-police-2011-per-week": (2011, 1, 0.5, 0.75, WEEK),
    "be-myria-bruges-2023-per-week": (2023, 1, 1, 0.75, WEEK),
    "be-myria-ghent-2014-per-day": (2014, 1, 1, 0.75, DAY),
    "be-nl-tdh-2018-minor-per-day": (2018, 1, 0.5, 1, DAY),
    "nl-arnhem-2019-per-day": (2015, 0.5, 1, 0.5, DAY),
    "nl-om-2008-sneep-per-day": (2008, 0.5, 1, 0.5, DAY),
    "fr-ocrteh-2019-per-victim-month": (2018, 0.5, 0.5, 0.75, 1),
    "fr-nanterre-2019-per-day": (2019, 0.5, 0.5, 0.75, DAY),
    "uk-commons-2009-per-week": (2009, 0.5, 1, 0.75, WEEK),
    "uk-high-court-2009-per-day": (2003, 0.5, 1, 0.5, DAY),
}
WORLD_ONE_MONTH = {
    "ilo-2024-world-profit-per-victim": (2021, 1, 1, 0.75, 1),
    "ilo-2014-world-profit-per-victim": (2012, 1, 1, 0.75, 1),
    "kara-2009-world-profit": (2007, 1, 0.75, 0.75, 1),
    "kara-2017-world-profit": (2017, 1, 0.75, 0.75, 1),
}
SCENARIOS = {
    ("BE", "1y"): (BELGIUM_ONE_YEAR, 1),
    ("WORLD", "1m"): (WORLD_ONE_MONTH, 1 / 12),
}


def reckon_figure(name, year, years):
    """Return low, central and high of one figure in euros of 2024."""
    low, central, high, currency, often = PRINTED[name]
    if central is None:
        central = low if high is None else (low + high) / 2
    low = central if low is None else low
    high = central if high is None else high

    factor = TIMES_A_YEAR[often] * years
    factor /= RATES[currency][year]
    for later in range(year + 1, 2025):
        factor *= 1 + INFLATION[later] / 100
    return low * factor, central * factor, high * factor


def reckon_quantile(weighted, q):
    """Sort, let each value stand in the middle of its weight, and draw a straight line."""
    rows = sorted(weighted)
    together = sum(weight for _, weight in rows)
    positions = []
    before = 0
    for _, weight in rows:
        positions.append((before + weight / 2) / together)
        before += weight
    if q <= positions[0]:
        return rows[0][0]
    for i in range(1, len(rows)):
        if q <= positions[i]:
            part = (q - positions[i - 1]) / (positions[i] - positions[i - 1])
            return rows[i - 1][0] + part * (rows[i][0] - rows[i - 1][0])
    return rows[-1][0]


def reckon(scenario):
    """Return the euros of each figure, their weights, and low, central and high of the whole."""
    table, years = SCENARIOS[scenario]
    euros = {name: reckon_figure(name, row[0], years) for name, row in table.items()}
    weights = {name: row[1] * row[2] * row[3] * row[4] for name, row in table.items()}
    whole = [
        reckon_quantile([(euros[name][i], weights[name]) for name in table], q)
        for i, q in enumerate((0.25, 0.50, 0.75))
    ]
    return euros, weights, whole


@pytest.fixture(scope="module")
def sources():
    return load_sources(HERE.parents[1] / "sources")


@pytest.mark.parametrize("scenario", SCENARIOS, ids="-".join)
def test_estimate_takes_the_figures_reckoned_by_hand(scenario, sources):
    result = estimate(sources, *scenario)

    found = {item.cited.figure.id for item in result.contributions}
    assert found == set(SCENARIOS[scenario][0])


@pytest.mark.parametrize("scenario", SCENARIOS, ids="-".join)
def test_estimate_brings_each_figure_to_the_euros_and_weight_reckoned_by_hand(scenario, sources):
    euros, weights, _ = reckon(scenario)

    for item in estimate(sources, *scenario).contributions:
        name = item.cited.figure.id
        found = (item.euros.low, item.euros.central, item.euros.high)
        assert found == pytest.approx(euros[name], rel=1e-12), name
        assert item.weight == pytest.approx(weights[name], rel=1e-12), name


@pytest.mark.parametrize("scenario", SCENARIOS, ids="-".join)
def test_estimate_is_what_was_reckoned_by_hand(scenario, sources):
    _, _, (low, central, high) = reckon(scenario)

    found = estimate(sources, *scenario).euros

    assert found.low == pytest.approx(low, rel=1e-12)
    assert found.central == pytest.approx(central, rel=1e-12)
    assert found.high == pytest.approx(high, rel=1e-12)


@pytest.mark.parametrize("scenario", SCENARIOS, ids="-".join)
def test_page_by_hand_shows_these_results(scenario):
    _, _, whole = reckon(scenario)
    low, central, high = (f"€ {value:,.0f}".replace(",", " ") for value in whole)

    page = (HERE / "by_hand.md").read_text(encoding="utf-8")

    assert f"low **{low}**, central **{central}**, high **{high}**" in page
