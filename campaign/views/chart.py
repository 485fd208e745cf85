"""Points and whiskers on one scale, as percentages that a template can write into SVG."""

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Final

from calculator.estimate import Range
from campaign.words.estimate import ExplainedFigure

# From here on (percent), words centred under their mark would be cut off at the right.
RIGHT_EDGE: Final = 85


@dataclass(frozen=True, slots=True)
class Mark:
    """One row: where its whisker begins, its point lies and its whisker ends (percent)."""

    label: str
    amount: str
    low: str
    central: str
    high: str


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark of the axis: where it stands (percent), its amount, and how its words hang on it."""

    position: str
    value: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Chart:
    """All rows on a scale from zero, the band of the estimate, and the marks of the axis."""

    marks: tuple[Mark, ...]
    band_start: str
    band_width: str
    centre: str
    ticks: tuple[Tick, ...]


def draw_chart(rows: Sequence[ExplainedFigure], estimate: Range) -> Chart:
    """Place figures and estimate on one scale, the largest amount at 96 percent."""
    largest = max([estimate.high, *(row.values.high for row in rows)])
    scale = 96 / largest

    def percent(value: float) -> str:
        return f"{value * scale:.2f}%"

    return Chart(
        marks=tuple(Mark(row.label, row.euros, *map(percent, astuple(row.values))) for row in rows),
        band_start=percent(estimate.low),
        band_width=percent(estimate.high - estimate.low),
        centre=percent(estimate.low if estimate.central is None else estimate.central),
        ticks=tuple(
            Tick(percent(value), value, "end" if value * scale > RIGHT_EDGE else "middle")
            for value in _ticks(largest)
        ),
    )


def _ticks(largest: float) -> Sequence[float]:
    """Choose two to four round amounts above zero."""
    power = 10.0 ** math.floor(math.log10(largest))
    step = next(size * power for size in (0.25, 0.5, 1, 2.5) if largest / (size * power) <= 4)
    return [step * i for i in range(1, int(largest / step) + 1)]
