"""Europe's year reckoned again in plain arithmetic, as by_hand.md does with a pencil.

Nothing of calculator/ is used on this side: numbers, rates, weights and who takes part are
written here. A staff edit of a figure or rate may break these tests, and only those of this
folder: check the new result by hand, then mend this page and by_hand.md.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from calculator.estimate import estimate
from calculator.loading.folder import load_sources

HERE = Path(__file__).parent

# Units of the currency for one euro, by year.
USD = {2007: 1.3705, 2010: 1.3257, 2017: 1.1297, 2021: 1.1827}
GBP = {2009: 0.8909}
# Belgian inflation in percent.
INFLATION = {
    2008: 4.4894, 2009: -0.0531, 2010: 2.1893, 2011: 3.5321, 2012: 2.8397, 2013: 1.1131,
    2014: 0.3400, 2015: 0.5614, 2016: 1.9739, 2017: 2.1260, 2018: 2.0532, 2019: 1.4368,
    2020: 0.7408, 2021: 2.4402, 2022: 9.5975, 2023: 4.0490, 2024: 3.1435,
}  # fmt: skip
ONCE = CASE = STATEMENT = 0.5
MARGIN = 0.70

# figure: low, central and high as printed; None is not said
PRINTED = {
    "be-ostend-2017-network-total": (None, 700000, None),
    "be-liege-2021-requested-confiscation": (None, 136000, None),
    "fr-colombia-2022-network-year": (None, None, 30000000),
    "fr-dijon-2015-victim-month": (None, 8000, None),
    "fr-lyon-2017-network-month": (100000, None, 150000),
    "fr-nice-2015-network-month": (None, 30000, None),
    "fr-ocrteh-2019-network-year": (None, None, 1000000),
    "fr-ocrteh-2019-per-victim-month": (8000, None, 10000),
    "fr-rouen-2019-network-month": (None, None, 150000),
    "ec-2025-europe-central-asia-profit-per-victim": (None, 20000, None),
    "ilo-2024-world-profit-per-victim": (None, 27252, None),
    "kara-2009-western-europe-profit": (None, 78000, None),
    "kara-2017-world-profit": (None, 36000, None),
    "nl-arnhem-2019-confiscation": (578000, None, 616400),
    "uk-commons-2009-per-week": (500, None, 1000),
    "unodc-2010-europe-market": (None, 3000000000, None),
}
# family: figure: (where it counts, weight, times a year for one victim, margin, rate, year)
EUROPE = {
    "be-court-ostend": {
        "be-ostend-2017-network-total": ("low", CASE, 12 / 48 / 25, 1, 1, 2017),
    },
    "be-court-seraing": {
        "be-liege-2021-requested-confiscation": ("low", ONCE * CASE, 12 / 12 / 7, 1, 1, 2020),
    },
    "fr-ocrteh": {
        "fr-colombia-2022-network-year": ("high", ONCE * CASE, 1 / 50, 1, 1, 2022),
        "fr-dijon-2015-victim-month": ("all", ONCE * CASE, 12, MARGIN, 1, 2015),
        "fr-lyon-2017-network-month": ("all", CASE, 12 / 50, MARGIN, 1, 2017),
        "fr-nice-2015-network-month": ("all", ONCE * CASE, 12 / 20, 1, 1, 2015),
        "fr-ocrteh-2019-network-year": ("high", STATEMENT, 1 / 6, 1, 1, 2018),
        "fr-ocrteh-2019-per-victim-month": ("high", ONCE * STATEMENT, 12, MARGIN, 1, 2018),
        "fr-rouen-2019-network-month": ("high", CASE, 12 / 40, 1, 1, 2019),
    },
    "ilo": {
        "ec-2025-europe-central-asia-profit-per-victim": ("low", 1, 1, 1, USD[2021], 2021),
        "ilo-2024-world-profit-per-victim": ("low", 1, 1, 1, USD[2021], 2021),
    },
    "kara": {
        "kara-2009-western-europe-profit": ("all", ONCE, 1, 1, USD[2007], 2007),
        "kara-2017-world-profit": ("low", 1, 1, 1, USD[2017], 2017),
    },
    "nl-court-arnhem": {
        "nl-arnhem-2019-confiscation": ("all", CASE, 12 / 65 / 2, 1, 1, 2015),
    },
    "uk-parliament": {
        "uk-commons-2009-per-week": ("all", STATEMENT, 52.1775, 1, GBP[2009], 2009),
    },
    "unodc": {
        "unodc-2010-europe-market": ("all", 1, 1 / 140_000, MARGIN, USD[2010], 2010),
    },
}


def reckon_figure(name, where, factor, margin, rate, year):
    """Return low, central and high of one figure in euros of 2024, None where it does not count."""
    low, central, high = PRINTED[name]
    if where == "low":
        numbers = [next(n for n in (low, central, high) if n is not None), None, None]
    elif where == "high":
        numbers = [None, None, next(n for n in (high, central, low) if n is not None)]
    else:
        central = (low + high) / 2 if low is not None and high is not None else central
        numbers = [low or central, central, high or central]
    euros = factor * margin / rate
    for later in range(year + 1, 2025):
        euros *= 1 + INFLATION[later] / 100
    return [None if number is None else number * euros for number in numbers]


def reckon_step(weighed, share):
    """Go up from the smallest until a share of all weight is reached."""
    so_far, together = 0, sum(weight for _, weight in weighed)
    for euros, weight in sorted(weighed):
        so_far += weight
        if so_far / together >= share - 1e-9:
            return euros
    raise AssertionError


def reckon():
    """Return the euros of each figure, each family's three places, and the whole."""
    euros, families = {}, {}
    for family, figures in EUROPE.items():
        for name, (where, _weight, *rest) in figures.items():
            euros[name] = reckon_figure(name, where, *rest)
        weighed = [
            [
                (euros[name][i], row[1])
                for name, row in figures.items()
                if euros[name][i] is not None
            ]
            for i in range(3)
        ]
        low, middle, high = weighed
        families[family] = (
            min(low, default=None),
            (sum(e * w for e, w in middle) / sum(w for _, w in middle), max(w for _, w in middle))
            if middle else None,
            max(high, default=None),
        )  # fmt: skip
    lows, middles, highs = (
        [each[i] for each in families.values() if each[i] is not None] for i in range(3)
    )
    whole = (
        reckon_step(lows, 0.25),
        sum(e * w for e, w in middles) / sum(w for _, w in middles),
        reckon_step(highs, 0.75),
    )
    return euros, families, whole


@pytest.fixture(scope="module")
def europe():
    return estimate(load_sources(HERE.parents[1] / "sources"), "EUROPE", "1y")


def test_estimate_takes_the_figures_reckoned_by_hand(europe):
    expected = {name for figures in EUROPE.values() for name in figures}

    assert {item.cited.figure.id for item in europe.contributions} == expected


def test_estimate_brings_each_figure_to_the_euros_and_weight_reckoned_by_hand(europe):
    euros, _, _ = reckon()

    for item in europe.contributions:
        name = item.cited.figure.id
        found = [item.euros.low, item.euros.central, item.euros.high]
        assert found == [None if e is None else pytest.approx(e, rel=1e-12) for e in euros[name]]
        assert item.weight == EUROPE[item.family][name][1], name


def test_families_are_what_was_reckoned_by_hand(europe):
    _, families, _ = reckon()

    for family in europe.families:
        for found, expected in zip(
            (family.low, family.central, family.high), families[family.id], strict=True
        ):
            if expected is None:
                assert found is None
            else:
                assert (found.euros, found.weight) == pytest.approx(expected, rel=1e-12)


def test_estimate_is_what_was_reckoned_by_hand(europe):
    _, _, whole = reckon()

    assert (europe.euros.low, europe.euros.central, europe.euros.high) == pytest.approx(whole)
    assert (europe.shown.low, europe.shown.central, europe.shown.high) == (15_000, 50_000, 85_000)


def test_page_by_hand_shows_these_results():
    euros, _, whole = reckon()
    page = (HERE / "by_hand.md").read_text(encoding="utf-8")

    low, central, high = (f"€ {value:,.0f}".replace(",", " ") for value in whole)
    assert f"low **{low}**, central **{central}**, high **{high}**" in page
    for name, values in euros.items():
        shown = " / ".join("–" if v is None else f"{v:,.0f}".replace(",", " ") for v in values)
        assert f"| `{name}` |" in page
        assert shown in page, name
