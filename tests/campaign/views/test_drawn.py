"""Numbers of the first page are drawn: as many dots as people, one hat of so many, or a bar."""

from __future__ import annotations

import re

import pytest

from campaign.views.drawn import draw_fact


@pytest.fixture
def of_kind(site):
    """Return a function that makes a figure of a unit with other numbers."""

    def make(unit, **numbers):
        cited = site.published.sources.figures()
        kept = next(each.figure for each in cited if each.figure.unit == unit)
        return kept.model_copy(update={"low": None, "central": None, "high": None} | numbers)

    return make


def area(outline):
    """Return how many unit squares lie inside an outline of whole rows and a part of one."""
    _x, _y, columns, rows, *rest = (int(number) for number in re.findall(r"\d+", outline))
    return columns * rows + (rest[0] if len(rest) == 3 else 0)


@pytest.mark.parametrize(("low", "high"), [(350, 850), (0, 1), (33, 34), (34, 35), (680, 1200)])
def test_each_dot_is_a_person(low, high, of_kind):
    drawing = draw_fact(of_kind("persons", low=low, high=high))

    assert area(drawing.least) == low
    assert area(drawing.most) == high
    assert (drawing.rows - 1) * drawing.columns < high <= drawing.rows * drawing.columns


@pytest.mark.parametrize(
    ("share", "hats"),
    [(0.5, 2), (0.32, 3), (1 / 3, 3), (0.21, 5), (0.2, 5), (0.11, None), (0.46, None), (0.9, None),
     (0.0, None), (1.0, None)],
)  # fmt: skip
def test_a_share_is_hats_only_where_one_in_so_many_is_near(share, hats, of_kind):
    drawing = draw_fact(of_kind("share", central=share))

    assert drawing.hats == hats
    assert drawing.percent == pytest.approx(share * 100, abs=0.05)


def test_what_cannot_be_counted_at_a_glance_is_not_drawn(of_kind):
    assert draw_fact(of_kind("persons", low=350, high=1201)) is None
    assert draw_fact(of_kind("persons", central=4219)) is None
