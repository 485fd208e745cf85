"""Points and whiskers on one scale, as percentages that a template can write into SVG."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from calculator.estimate import Range
from campaign.words.estimate import ExplainedFigure

# From here on (percent), words centred under their mark would be cut off at the right.
RIGHT_EDGE: Final = 85
LONGEST: Final = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """One row: its words, and where its shape lies (percent).

    A typical amount is a dot with whiskers; a floor points to what lies above it, a ceiling to
    what lies below. `beyond` tells that its amount lies past the end of the scale.
    """

    row: ExplainedFigure
    low: str
    at: str
    high: str
    beyond: bool


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
    centre: str | None
    ticks: tuple[Tick, ...]


def draw_chart(rows: Sequence[ExplainedFigure], estimate: Range) -> Chart:
    """Place figures and estimate on one scale, the largest amount at 96 percent.

    What is more than LONGEST times the top of the estimate would press all others together: it
    is drawn at the end of the scale and says so.
    """
    stated = [value for row in rows for value in _ends(row)]
    longest = LONGEST * estimate.high
    largest = max([estimate.high, *(value for value in stated if value <= longest)])
    scale = 96 / largest

    def percent(value: float) -> str:
        return f"{min(value * scale, 99):.2f}%"

    def mark(row: ExplainedFigure) -> Mark:
        values = _ends(row)
        low, high = values[0], values[-1]
        at = low if row.values.central is None else row.values.central
        return Mark(row, percent(low), percent(at), percent(high), beyond=high > longest)

    return Chart(
        marks=tuple(map(mark, rows)),
        band_start=percent(estimate.low),
        band_width=f"{(estimate.high - estimate.low) * scale:.2f}%",
        centre=None if estimate.central is None else percent(estimate.central),
        ticks=tuple(
            Tick(percent(value), value, "end" if value * scale > RIGHT_EDGE else "middle")
            for value in _ticks(largest)
        ),
    )


def _ends(row: ExplainedFigure) -> list[float]:
    """Return what a row states, from low to high; a floor and a ceiling state one amount."""
    values = row.values
    return [each for each in (values.low, values.central, values.high) if each is not None]


def _ticks(largest: float) -> Sequence[float]:
    """Choose two to four round amounts above zero."""
    power = 10.0 ** math.floor(math.log10(largest))
    step = next(size * power for size in (0.25, 0.5, 1, 2.5) if largest / (size * power) <= 4)
    return [step * i for i in range(1, int(largest / step) + 1)]
