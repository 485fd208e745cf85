"""How sure is it? The same computation on a part of made-up figures."""

from __future__ import annotations

import pytest

from calculator.estimate import estimate
from calculator.sensitivity import sensitivity

# Weights over a year: court 1, institutional 1, academic 0.75, journalism 0.5.
FIGURES = [
    {"central": 100, "kind": "court", "publication": "court", "measure": "profit"},
    {"central": 200, "kind": "institutional", "publication": "office"},
    {"central": 400, "kind": "academic", "publication": "book", "scope": "adults"},
    {"central": 800, "kind": "journalism", "publication": "paper", "measure": "profit"},
]


def _variations(sources):
    parts = sensitivity(estimate(sources, "BE", "1y")).variations
    return {part.name: part for part in parts}


def test_sensitivity_computes_each_part_of_the_figures(build_sources):
    parts = _variations(build_sources(FIGURES))

    # Two figures of weight 1 stand at 1/4 and 3/4.
    official = parts["institutional-and-court"]
    assert official.figure_count == 2
    assert (official.euros.low, official.euros.central, official.euros.high) == (100, 150, 200)

    # 100 (weight 1) and 800 (0.5) stand at 1/3 and 5/6: a half is one third of the way,
    # 100 + 700/3; a quarter lies below: 100; three quarters five sixths: 100 + 700 x 5/6.
    profits = parts["profits-only"]
    assert profits.figure_count == 2
    assert profits.euros.low == 100
    assert profits.euros.central == pytest.approx(100 + 700 / 3)
    assert profits.euros.high == pytest.approx(100 + 700 * 5 / 6)

    # 200 (weight 1) and 400 (0.75 x 0.5 = 0.375): positions 0.5/1.375 and 1.1875/1.375.
    # A half is 0.6875/1.375: 0.1875 of the 0.6875 between them, 3/11.
    revenues = parts["revenues-only"]
    assert revenues.figure_count == 2
    assert revenues.euros.low == 200
    assert revenues.euros.central == pytest.approx(200 + 200 * 3 / 11)

    # Equal weights: positions 1/8, 3/8, 5/8, 7/8, so halfway between neighbours.
    equal = parts["equal-weights"]
    assert equal.figure_count == 4
    assert (equal.euros.low, equal.euros.central, equal.euros.high) == (150, 300, 600)


def test_sensitivity_tells_what_was_read_at_the_source(build_sources):
    figures = [
        {"central": 100, "publication": "a"},
        {"central": 300, "publication": "b"},
        {"central": 900, "publication": "c", "reported_by": "A paper"},
        {"central": 500, "publication": "d", "reported_by": "A blog", "via": "primary"},
    ]

    at_the_source = _variations(build_sources(figures))["first-hand"]

    assert at_the_source.figure_count == 3
    assert at_the_source.euros.central == 300


def test_sensitivity_leaves_out_the_page_on_which_most_was_read(build_sources):
    book = "https://book.example/"
    figures = [
        {"central": 100, "publication": "a", "url": book},
        {"central": 300, "publication": "b", "url": book},
        {"central": 500, "publication": "c", "kind": "court"},
        {"central": 900, "publication": "d", "url": "https://d.example/"},
    ]

    without = _variations(build_sources(figures))["without-heaviest-page"]

    # Of weight 1 each; the book was read for two of them.
    assert without.figure_count == 2
    assert (without.euros.low, without.euros.central, without.euros.high) == (500, 700, 900)


def test_sensitivity_shows_minors_only_from_three_figures_on(build_sources):
    three = _variations(build_sources(FIGURES))["minors-only"]
    two = _variations(build_sources(FIGURES[:2] + FIGURES[2:3]))["minors-only"]

    # 100 (1), 200 (1) and 800 (0.5), together 2.5: positions 0.2, 0.6, 0.9.
    assert three.figure_count == 3
    assert three.euros.central == pytest.approx(100 + 100 * 0.3 / 0.4)
    assert two.figure_count == 2
    assert two.euros is None


def test_sensitivity_says_none_where_no_figure_is_left(build_sources):
    parts = _variations(build_sources([{"central": 100, "kind": "journalism"}]))

    for name in ("institutional-and-court", "profits-only", "minors-only"):
        assert parts[name].euros is None
    assert parts["profits-only"].figure_count == 0
    assert parts["revenues-only"].euros.central == 100


def test_sensitivity_leaves_out_one_publication_at_a_time(build_sources):
    figures = [
        {"central": 100, "publication": "a"},
        {"central": 200, "publication": "b"},
        {"central": 300, "publication": "c"},
        {"central": 1000, "publication": "d"},
    ]

    left_out = sensitivity(estimate(build_sources(figures), "BE", "1y")).leave_one_out

    # All four: halfway between 200 and 300, 250. Without a: 300. Without b: 300.
    # Without c: 200. Without d: 200. All move it by 50; the first is named.
    assert left_out.smallest == 200
    assert left_out.largest == 300
    assert left_out.moves_most.id == "a"


def test_sensitivity_names_the_publication_that_moves_most(build_sources):
    figures = [
        {"central": 100, "publication": "a"},
        {"central": 200, "publication": "b"},
        {"central": 290, "publication": "many"},
        {"central": 300, "publication": "many"},
        {"central": 310, "publication": "many"},
    ]

    left_out = sensitivity(estimate(build_sources(figures), "BE", "1y")).leave_one_out

    # All five: 290. Without a or b: four left, halfway between 290 and 300: 295.
    # Without "many", with all three of its figures: halfway between 100 and 200: 150.
    assert left_out.moves_most.id == "many"
    assert left_out.smallest == 150
    assert left_out.largest == 295


def test_sensitivity_leaves_nothing_out_of_a_single_publication(build_sources):
    figures = [{"central": 100, "publication": "a"}, {"central": 200, "publication": "a"}]

    assert sensitivity(estimate(build_sources(figures), "BE", "1y")).leave_one_out is None
