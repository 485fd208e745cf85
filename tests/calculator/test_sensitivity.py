"""How sure is it? Every row on made-up figures, leaving one out, and drawing again."""

from __future__ import annotations

from itertools import product

import pytest

from calculator.estimate import estimate
from calculator.sensitivity import ROW_NAMES, sensitivity

# Four families of weight 1 and their year: lows reach a quarter at 1000, highs three quarters at
# 3000, mean 2500. Each row below says what differs.
FOUR = [
    {"id": "a", "central": 1000, "family": "a", "scope": "adults", "reference_year": 2021},
    {"id": "b", "central": 2000, "family": "b"},
    {"id": "c", "central": 3000, "family": "c"},
    {"id": "d", "central": 4000, "family": "d"},
]


def _found(build_sources, figures):
    sources = build_sources(figures)
    return sensitivity(sources, estimate(sources, "BE", "1y").evidence)


def _row(build_sources, figures, name):
    return next(row for row in _found(build_sources, figures).rows if row.name == name)


def _with(*extra, **changes):
    return [{**figure, **changes} for figure in FOUR] + list(extra)


@pytest.mark.parametrize(
    ("name", "figures", "expected"),
    [
        # The euros of 2021 of family a become 1600.
        ("chosen", FOUR, (1600, 2650, 3000)),
        ("without-inflation", FOUR, (1000, 2500, 3000)),
        # The step at a half of 4 is the second value.
        ("middle-as-median", FOUR, (1600, 2000, 3000)),
        ("without-adults-only", FOUR, (2000, 3000, 4000)),
        # All before costs: each is divided by 0.8.
        ("before-costs", FOUR, (2000, 3312.5, 3750)),
        ("margin-0.50", _with(measure="revenue"), (800, 1325, 1500)),
        ("margin-0.85", _with(measure="revenue"), (1360, 2252.5, 2550)),
        # d once: weight 0.5. Lows of 3.5: 0.875 reached at 1600. Highs: 2.625 at 3000.
        # Middle (1600 + 2000 + 3000 + 2000) / 3.5.
        ("chosen", [*FOUR[:3], {**FOUR[3], "read": "once"}], (1600, 8600 / 3.5, 3000)),
        ("second-hand-counts-fully", [*FOUR[:3], {**FOUR[3], "read": "once"}], (1600, 2650, 3000)),
        ("second-hand-counts-a-quarter", [*FOUR[:3], {**FOUR[3], "read": "once"}],
         (1600, 7600 / 3.25, 3000)),
        ("not-read-once-only", [*FOUR[:3], {**FOUR[3], "read": "once"}], (1600, 2200, 3000)),
        ("statements-and-cases-count-fully", [*FOUR[:3], {**FOUR[3], "basis": "case"}],
         (1600, 2650, 3000)),
        ("statements-and-cases-count-a-quarter", [*FOUR[:3], {**FOUR[3], "basis": "case"}],
         (1600, 7600 / 3.25, 3000)),
        ("all-weights-equal", [*FOUR[:3], {**FOUR[3], "basis": "case", "read": "once"}],
         (1600, 2650, 3000)),
        ("studies-only", [*FOUR[:3], {**FOUR[3], "basis": "case"}], (1600, 2200, 3000)),
        ("cases-and-statements-only", _with(basis="case"), (1600, 2650, 3000)),
        ("typical-figures-only", _with({"id": "e", "low": 10, "claim": "at-least"}),
         (1600, 2650, 3000)),
        # A world average of 200 is a floor: lows of 5, 1.25 reached at 1600.
        ("chosen", _with({"id": "w", "central": 200, "region": "WORLD"}), (1600, 2650, 3000)),
        # As typical: middle 10 800 / 5, highs of 5: 3.75 at 3000.
        ("world-averages-as-typical", _with({"id": "w", "central": 200, "region": "WORLD"}),
         (1600, 2160, 3000)),
        ("world-averages-out", _with({"id": "w", "central": 200, "region": "WORLD"}),
         (1600, 2650, 3000)),
        ("with-north-america", _with({"id": "us", "central": 200, "region": "US"}),
         (1600, 2160, 3000)),
        # 10 a day, 5 x 50 days: 2500, as typical. Lows: 1.25 of 5 at 2000; highs: 3.75 at 3000.
        ("with-quotas-and-testimonies",
         _with({"id": "q", "central": 10, "unit": "per-victim-per-day", "claim": "quota"}),
         (2000, 2620, 3000)),
        ("everything-lowest-to-highest", FOUR, (1600, None, 4000)),
        ("minors-only", FOUR[1:], (2000, 3000, 4000)),
    ],
)  # fmt: skip
def test_each_row_is_the_year_with_one_choice_changed(name, figures, expected, build_sources):
    row = _row(build_sources, figures, name)

    found = (row.euros.low, row.euros.central, row.euros.high)
    assert found == pytest.approx(expected)


def test_every_row_is_there_in_order(build_sources):
    assert tuple(row.name for row in _found(build_sources, FOUR).rows) == ROW_NAMES


def test_a_row_needs_three_families_at_each_end(build_sources):
    row = _row(build_sources, FOUR[:2], "chosen")

    assert row.euros is None
    assert (row.figure_count, row.family_count) == (2, 2)


@pytest.mark.parametrize(
    ("name", "older"),
    [
        ("with-ilo-2005", "ilo-2005-industrialised-profit-per-victim"),
        ("with-police-rule-of-thumb-2011", "be-federal-police-2011-per-week"),
    ],
)
def test_a_figure_that_was_overtaken_comes_back_in_its_row(name, older, build_sources):
    figures = _with({"id": older, "central": 200, "superseded_by": "a"})

    assert _row(build_sources, figures, "chosen").euros.central == 2650
    assert _row(build_sources, figures, name).euros.central == 2160


def test_each_french_ring_may_count_on_its_own(build_sources):
    rings = [
        {"id": f"ring-{i}", "central": 200, "family": "fr-ocrteh", "basis": "case", "region": "FR"}
        for i in range(2)
    ]

    chosen = _row(build_sources, FOUR + rings, "chosen")
    apart = _row(build_sources, FOUR + rings, "each-french-ring-its-own-family")

    # Together one family of weight 0.5, apart two: (10 600 + 100) / 4.5 and (10 600 + 200) / 5.
    assert (chosen.family_count, apart.family_count) == (5, 6)
    assert chosen.euros.central == pytest.approx(10_700 / 4.5)
    assert apart.euros.central == pytest.approx(10_800 / 5)


def test_leaving_out_names_who_moves_the_middle_most(build_sources):
    # 2650 becomes 3000 without a, and 2200 without d.
    assert _found(build_sources, FOUR).leave_one_family_out.moves_most == "d"

    figures = _with({"id": "a2", "central": 400, "family": "a", "publication": "apart"})

    found = _found(build_sources, figures)
    family, publication = found.leave_one_family_out, found.leave_one_publication_out

    # Family a: low 400, middle (1600 + 400) / 2 = 1000; all: 10 000 / 4. Without a: 9000 / 3.
    assert family.moves_most in ("a", "d")
    assert (family.central.smallest, family.central.largest) == pytest.approx((2000, 3000))
    # Without its second figure family a is 1600 again: 10 600 / 4.
    assert publication.central.smallest == pytest.approx(2000)
    assert publication.low.largest == 1600


def test_bootstrap_counts_every_way_to_draw_the_families_again(build_sources):
    figures = [
        {"central": 100}, {"central": 200, "read": "once"}, {"central": 900},
    ]  # fmt: skip
    weighed = [(100, 1), (200, 0.5), (900, 1)]

    found = _found(build_sources, figures).bootstrap

    # The same by drawing one after another, all 27 ways equally likely.
    values = sorted(
        sum(w * e for e, w in drawn) / sum(w for _, w in drawn)
        for drawn in product(weighed, repeat=3)
    )
    assert (found.families, found.draws) == (3, 10)
    # 5 per cent of 27 are 1.35, reached by the second value; 95 per cent 25.65, by the 26th.
    assert found.low == pytest.approx(values[1])
    assert found.high == pytest.approx(values[25])
