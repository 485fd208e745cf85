"""Amounts on one scale, as percentages that a template can write into SVG."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from calculator.estimate import Estimate, Range
from campaign.words.estimate import SaidFamily

# From here on (percent), words centred under their mark would be cut off at the right.
RIGHT_EDGE: Final = 85
LONGEST: Final = 3
RADIUS: Final = 10
# A bar's upper end leaves room for its words, which are centred under it.
BAR_END: Final = 86


@dataclass(frozen=True, slots=True)
class Mark:
    """One family: its words, and where its shapes lie (percent).

    A typical amount is a dot, with its range as a line; without one, what is stated at least
    points to what lies above it, what is stated at most to what lies below. `radius` (pixels)
    grows with the weight. `beyond` tells that its amount lies past the end of the scale.
    """

    family: SaidFamily
    low: str | None
    at: str | None
    high: str | None
    radius: str
    beyond: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of the axis: where it is (percent), its amount, and how its words hang on it."""

    position: str
    value: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A range on a line from zero: where it starts and ends, and its middle where it has one."""

    start: str
    width: str
    end: str
    centre: str | None


@dataclass(frozen=True, slots=True)
class Chart:
    """Families on a scale from zero, measured per year first; the estimate and the axis."""

    groups: tuple[tuple[bool, tuple[Mark, ...]], ...]
    band: Bar
    ticks: tuple[Tick, ...]


def draw_chart(families: Sequence[SaidFamily], result: Estimate) -> Chart:
    """Place families and estimate on one scale, the largest amount at 96 percent.

    The ends are those of the year as computed; the middle is drawn only where one is shown.

    What is more than LONGEST times the top of the estimate would press all others together: it
    is drawn at the end of the scale and says so.
    """
    year, has_middle = result.evidence.euros, result.shown_year.central is not None
    estimate = Range(year.low, year.central if has_middle else None, year.high)
    stated = [value for family in families for value in family.values.stated]
    longest = LONGEST * estimate.high
    largest = max([estimate.high, *(value for value in stated if value <= longest)])
    heaviest = max(family.weight for family in families)
    scale = 96 / largest

    def percent(value: float | None) -> str | None:
        return None if value is None else f"{min(value * scale, 99):.2f}%"

    def mark(family: SaidFamily) -> Mark:
        values = family.values
        return Mark(
            family=family,
            low=percent(values.low),
            at=percent(values.central),
            high=percent(values.high),
            # Twice the weight is twice the area.
            radius=f"{RADIUS * math.sqrt(family.weight / heaviest):.1f}",
            beyond=max(values.stated) > longest,
        )

    # A stable order: in each group the families keep that in which they come.
    ordered = sorted(families, key=lambda family: not family.yearly)
    return Chart(
        groups=tuple(
            (yearly, tuple(map(mark, group)))
            for yearly, group in groupby(ordered, key=lambda family: family.yearly)
        ),
        band=_bar(estimate, scale),
        ticks=tuple(
            Tick(f"{value * scale:.2f}%", value, "end" if value * scale > RIGHT_EDGE else "middle")
            for value in _ticks(largest)
        ),
    )


def draw_range(shown: Range) -> Bar:
    """Place a range alone on a line from zero."""
    return _bar(shown, BAR_END / shown.high)


def _bar(shown: Range, scale: float) -> Bar:
    return Bar(
        start=f"{shown.low * scale:.2f}%",
        width=f"{(shown.high - shown.low) * scale:.2f}%",
        end=f"{shown.high * scale:.2f}%",
        centre=None if shown.central is None else f"{shown.central * scale:.2f}%",
    )


def _ticks(largest: float) -> Sequence[float]:
    """Choose two to four round amounts above zero."""
    power = 10.0 ** math.floor(math.log10(largest))
    step = next(size * power for size in (0.25, 0.5, 1, 2.5) if largest / (size * power) <= 4)
    return [step * i for i in range(1, int(largest / step) + 1)]
