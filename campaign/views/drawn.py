"""How a fact of the first page is drawn: as dots, as hats or as a bar."""

from dataclasses import dataclass
from typing import Final

from calculator.figures.publication import Figure

_COLUMNS: Final = 34
_MOST_DOTS: Final = 1_200
_MOST_HATS: Final = 5
_NEAR: Final = 0.02  # so far may a share lie from "one in so many"


@dataclass(frozen=True, slots=True)
class Dots:
    """A field of dots, one for each person: two outlines, in dots, that patterns fill."""

    least: str
    most: str
    columns: int
    rows: int
    dots: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """A share: one hat worn of so many, or a bar where no such number is near."""

    percent: float
    hats: int | None
    dots: bool = False


def draw_fact(figure: Figure) -> Dots | Part | None:
    """Return how to draw a figure; None where its number stands for itself."""
    low, central, high = figure.low, figure.central, figure.high
    if figure.unit == "share" and central is not None:
        return Part(round(central * 100, 1), _hats(central))
    if figure.unit == "persons" and low is not None and high is not None and high <= _MOST_DOTS:
        return draw_part(int(low), int(high))
    return None


def draw_part(some: int, all_of_them: int) -> Dots:
    """Return a field of dots, one for each thing, some of them filled."""
    rows = -(-all_of_them // _COLUMNS)
    return Dots(_outline(some), _outline(all_of_them), _COLUMNS, rows)


def _hats(share: float) -> int | None:
    if share <= 0:
        return None
    hats = round(1 / share)
    return hats if 2 <= hats <= _MOST_HATS and abs(1 / hats - share) <= _NEAR else None


def _outline(dots: int) -> str:
    """Return the path round so many dots: whole rows, then a part of one."""
    rows, rest = divmod(dots, _COLUMNS)
    path = f"M0 0H{_COLUMNS}V{rows}"
    return f"{path}H{rest}V{rows + 1}H0Z" if rest else f"{path}H0Z"
