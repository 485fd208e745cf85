"""How sure the estimate is: repeat it on parts of the figures."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from calculator.estimate import Contribution, Estimate, Range, combine
from calculator.figures.publication import Publication

VariationName = Literal[
    "institutional-and-court",
    "first-hand",
    "minors-only",
    "profits-only",
    "revenues-only",
    "without-heaviest-page",
    "equal-weights",
]
MIN_MINORS_FIGURES: Final = 3


@dataclass(frozen=True, slots=True)
class Variation:
    """The estimate on a part of the figures; `euros` is None where too few take part."""

    name: VariationName
    figure_count: int
    euros: Range | None


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """What leaving out one publication at a time does to the central estimate."""

    smallest: float
    largest: float
    moves_most: Publication


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """All that is shown beside a result under "how sure is it?"."""

    variations: tuple[Variation, ...]
    leave_one_out: LeaveOneOut | None


_PARTS: Final[tuple[tuple[VariationName, Callable[[Contribution], bool]], ...]] = (
    (
        "institutional-and-court",
        lambda item: item.cited.publication.kind in ("institutional", "court"),
    ),
    ("first-hand", lambda item: item.cited.reporter is None),
    ("minors-only", lambda item: item.cited.figure.scope == "minors"),
    ("profits-only", lambda item: item.cited.figure.measure == "profit"),
    ("revenues-only", lambda item: item.cited.figure.measure == "revenue"),
)


def sensitivity(result: Estimate) -> Sensitivity:
    """Compute every variation of an estimate from its own contributions."""
    variations = [
        _vary(name, [item for item in result.contributions if belongs(item)])
        for name, belongs in _PARTS
    ]
    heaviest = _heaviest_page(result.contributions)
    others = [item for item in result.contributions if item.cited.address != heaviest]
    variations.append(_vary("without-heaviest-page", others))
    equal = combine(result.contributions, weigh=lambda _item: 1.0)
    variations.append(Variation("equal-weights", len(result.contributions), equal))
    return Sensitivity(tuple(variations), _leave_one_out(result))


def _heaviest_page(contributions: Sequence[Contribution]) -> str:
    """Return the address with the most weight; figures of several publications may share it."""
    weights: dict[str, float] = defaultdict(float)
    for item in contributions:
        weights[item.cited.address] += item.weight
    return max(weights, key=lambda page: weights[page])


def _vary(name: VariationName, part: Sequence[Contribution]) -> Variation:
    least = MIN_MINORS_FIGURES if name == "minors-only" else 1
    return Variation(name, len(part), combine(part) if len(part) >= least else None)


def _leave_one_out(result: Estimate) -> LeaveOneOut | None:
    publications = {
        item.cited.publication.id: item.cited.publication for item in result.contributions
    }
    if len(publications) < 2:
        return None
    centrals = {
        left_out: combine(
            [item for item in result.contributions if item.cited.publication.id != left_out]
        ).central
        for left_out in publications
    }
    most = max(centrals, key=lambda left_out: abs(centrals[left_out] - result.euros.central))
    return LeaveOneOut(min(centrals.values()), max(centrals.values()), publications[most])
