"""What families of figures say on one line from zero, and what a decision does to the middle."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from calculator.estimate import Estimate
from calculator.sensitivity import RowName, Sensitivity
from campaign.words.method import FamilyRow

# Of a weight of one, in pixels: a circle's radius.
_RADIUS: Final = 9
# What is higher than this many times the high end would press all others together.
_LONGEST: Final = 3
# A shape at the end of the line still has room.
_ROOM: Final = 1.04


@dataclass(frozen=True, slots=True)
class Strip:
    """One family: a circle on its line from low to high, or a triangle where it has one end.

    Places are percent; the size of the shape is its weight. `beyond`: past the end of the line.
    """

    row: FamilyRow
    low: str
    at: str
    high: str
    radius: str
    scale: str
    points: str
    beyond: bool


@dataclass(frozen=True, slots=True)
class Strips:
    """All families, the band of the estimate, and the amount at which their line ends."""

    rows: tuple[Strip, ...]
    band_start: str
    band_width: str
    centre: str | None
    end: float


def draw_families(result: Estimate, rows: Sequence[FamilyRow]) -> Strips:
    """Place the families of an estimate on one line from zero."""
    year = result.evidence.euros
    longest = _LONGEST * year.high
    stated = [euros for row in rows for euros in _stated(row) if euros <= longest]
    end = _round_up(_ROOM * max(year.high, *stated))

    def percent(euros: float) -> str:
        return f"{min(euros / end * 100, 99):.2f}%"

    def strip(row: FamilyRow) -> Strip:
        family = row.family
        ends = _stated(row)
        main = family.central or family.low or family.high
        if main is None:
            raise ValueError(f"family {family.id} states nothing")
        size = math.sqrt(main.weight)
        points = "" if family.central else "right" if family.low else "left"
        return Strip(
            row=row,
            low=percent(ends[0]),
            at=percent(main.euros),
            high=percent(ends[-1]),
            radius=f"{_RADIUS * size:.1f}",
            scale=f"{size:.2f}",
            points=points,
            beyond=ends[-1] > longest,
        )

    return Strips(
        rows=tuple(map(strip, rows)),
        band_start=percent(year.low),
        band_width=f"{(year.high - year.low) / end * 100:.2f}%",
        centre=None if year.central is None else percent(year.central),
        end=end,
    )


def draw_middles(found: Sensitivity, names: Mapping[str, RowName]) -> dict[str, str]:
    """Return how long a bar is for the middle with each choice: percent of the longest."""
    middles = {row.name: row.euros.central for row in found.rows if row.euros is not None}
    wanted = {key: middles.get(name) or 0 for key, name in names.items()}
    longest = max(wanted.values()) or 1
    return {key: f"{value / longest * 100:.1f}%" for key, value in wanted.items()}


def _round_up(euros: float) -> float:
    """Return the next amount that two digits say."""
    step = 10.0 ** (math.floor(math.log10(euros)) - 1)
    return math.ceil(euros / step) * step


def _stated(row: FamilyRow) -> list[float]:
    family = row.family
    return [each.euros for each in (family.low, family.central, family.high) if each is not None]
