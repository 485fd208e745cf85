"""What the year of a region would be with a source left out, or with the families drawn again."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from math import factorial, prod
from typing import Final

from calculator.errors import TooFewFamilies
from calculator.estimate import TOLERANCE, Evidence, Range, combine, group
from calculator.evidence import Contribution

# With more families, the ways to draw them again are too many to count one by one.
MOST_FAMILIES: Final = 9


@dataclass(frozen=True, slots=True)
class Spread:
    """The smallest and the largest value that one place of the year takes."""

    smallest: float
    largest: float


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """What leaving out one family, or one publication, at a time does to the year.

    `moves_most` is the id of the one without which the central, or else the low, moves most.
    """

    low: Spread
    central: Spread | None
    high: Spread
    moves_most: str


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """The central if the same number of families had been drawn again, with putting back.

    All ways to draw are counted: between `low` and `high` lie 90 per cent of them.
    """

    families: int
    draws: int
    low: float
    high: float


def leave_out(evidence: Evidence, part_of: Callable[[Contribution], str]) -> dict[str, Range]:
    """Return the year without each part; a part that is all there is at one end is passed over.

    Args:
        evidence: the year of a region.
        part_of: which part a figure belongs to: its family, its publication, or itself.
    """
    found: dict[str, Range] = {}
    for left_out in dict.fromkeys(map(part_of, evidence.contributions)):
        kept = [item for item in evidence.contributions if part_of(item) != left_out]
        try:
            found[left_out] = combine(group(kept), evidence.rules)
        except TooFewFamilies:
            continue
    return found


def leave_one_out(evidence: Evidence, part_of: Callable[[Contribution], str]) -> LeaveOneOut | None:
    """Sum up what leaving out one part at a time does; None where nothing could be left out."""
    found, before = leave_out(evidence, part_of), evidence.euros
    if not found:
        return None
    centrals = {name: year.central for name, year in found.items() if year.central is not None}

    def move(left_out: str) -> float:
        central = found[left_out].central
        if central is None or before.central is None:
            return abs(found[left_out].low - before.low)
        return abs(central - before.central)

    return LeaveOneOut(
        low=_spread([year.low for year in found.values()]),
        central=_spread(centrals.values()) if centrals else None,
        high=_spread([year.high for year in found.values()]),
        moves_most=max(found, key=move),
    )


def _spread(values: Collection[float]) -> Spread:
    return Spread(min(values), max(values))


def bootstrap(evidence: Evidence) -> Bootstrap | None:
    """Draw the families with a central again in every possible way, with exact probabilities.

    None for fewer than two families, and for so many that the ways could not be counted.
    """
    middles = [family.central for family in evidence.families if family.central is not None]
    count = len(middles)
    if not 2 <= count <= MOST_FAMILIES:
        return None
    values = []
    for times in _counts(count, count):
        ways = factorial(count) / prod(map(factorial, times))
        weights = [n * item.weight for n, item in zip(times, middles, strict=True)]
        euros = [item.euros for item in middles]
        value = sum(w * e for w, e in zip(weights, euros, strict=True)) / sum(weights)
        values.append((value, ways / count**count))
    values.sort()
    return Bootstrap(count, len(values), _reached(values, 0.05), _reached(values, 0.95))


def _counts(draws: int, families: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to spread a number of draws over the families."""
    if families == 1:
        yield (draws,)
        return
    for first in range(draws + 1):
        for others in _counts(draws - first, families - 1):
            yield (first, *others)


def _reached(values: Sequence[tuple[float, float]], share: float) -> float:
    so_far = 0.0
    for value, probability in values:
        so_far += probability
        if so_far >= share - TOLERANCE:
            return value
    return values[-1][0]
