"""The estimate: what criminals keep, per victim and year, from figures to a range.

Each family of figures, all that rest on one piece of work, counts once. The ends of the range
are always some family's own number; the middle is a weighted mean of the families' middles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from calculator.errors import TooFewFamilies
from calculator.evidence import Contribution, contribute, is_beside
from calculator.figures.scenarios import Period, ScenarioRegion, Scenarios
from calculator.figures.sources import Cited, Sources
from calculator.method import Rules, rules_of

Place = Literal["low", "central", "high"]
TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Range:
    """Low and high in euros, and a central where there is one."""

    low: float
    central: float | None
    high: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """An amount with its weight."""

    euros: float
    weight: float


@dataclass(frozen=True, slots=True)
class Family:
    """All figures that rest on one piece of work, and what they say together."""

    id: str
    contributions: tuple[Contribution, ...]
    low: Weighed | None
    central: Weighed | None
    high: Weighed | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One year in a region that has an estimate of its own: families, and what they come to."""

    region: str
    rules: Rules
    contributions: tuple[Contribution, ...]
    families: tuple[Family, ...]
    euros: Range


@dataclass(frozen=True, slots=True)
class Estimate:
    """What criminals earn, after costs, from one victim in a region over a period.

    `chosen` is the visitor's region; `evidence` may be that of a wider one, always for one year.
    `euros` are unrounded, `shown` is what visitors see, `shown_year` for one year: without
    a central where too few families stand behind it.
    """

    chosen: ScenarioRegion
    over: Period
    price_year: int
    euros: Range
    shown: Range
    shown_year: Range
    evidence: Evidence
    beside: tuple[Cited, ...]
    digest: str

    @property
    def region(self) -> str:
        """Return the id of the region."""
        return self.chosen.id

    @property
    def period(self) -> str:
        """Return the id of the period."""
        return self.over.id

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """Return the figures that take part, in euros of a year."""
        return self.evidence.contributions

    @property
    def families(self) -> tuple[Family, ...]:
        """Return the families behind it, in euros of a year."""
        return self.evidence.families


def estimate(sources: Sources, region: str, period: str) -> Estimate:
    """Compute the estimate of one scenario.

    Raises:
        UnknownScenario: for a region or period that scenarios.yaml does not list.
        RateMissing: where a figure's year has no rate or price level.
        TooFewFamilies: where no figure stands at one of the ends.
    """
    chosen, over = sources.region(region), sources.period(period)
    return estimate_from(sources, chosen, over, gather(sources, chosen))


def gather(sources: Sources, chosen: ScenarioRegion) -> Evidence:
    """Bring together what stands behind one year in a region; see estimate for what it raises."""
    region = sources.region(chosen.same_as or chosen.id)
    rules = rules_of(region, sources.scenarios)
    found = (contribute(sources, cited, rules) for cited in sources.figures())
    contributions = tuple(item for item in found if item is not None)
    families = group(contributions)
    return Evidence(region.id, rules, contributions, families, combine(families, rules))


def estimate_from(
    sources: Sources, chosen: ScenarioRegion, period: Period, evidence: Evidence
) -> Estimate:
    """Take the part of the year that a period is, and round it for visitors."""
    scenarios, year = sources.scenarios, evidence.euros
    part = {item.cited.figure.id for item in evidence.contributions}
    beside = chosen.beside or evidence.rules.typical
    return Estimate(
        chosen=chosen,
        over=period,
        price_year=scenarios.price_year.value,
        euros=Range(
            low=scenarios.over(period, year.low),
            central=None if year.central is None else scenarios.over(period, year.central),
            high=scenarios.over(period, year.high),
        ),
        shown=_show(evidence, scenarios, period),
        shown_year=_show(evidence, scenarios),
        evidence=evidence,
        beside=tuple(
            cited
            for cited in sources.figures()
            if cited.figure.id not in part and is_beside(cited, beside)
        ),
        digest=sources.digest,
    )


def group(contributions: Iterable[Contribution]) -> tuple[Family, ...]:
    """Bring the figures of each family to one low, one central and one high."""
    members: dict[str, list[Contribution]] = {}
    for item in contributions:
        members.setdefault(item.family, []).append(item)
    return tuple(_family(name, items) for name, items in sorted(members.items()))


def _family(name: str, items: Sequence[Contribution]) -> Family:
    lows = [Weighed(x.euros.low, x.weight) for x in items if x.euros.low is not None]
    highs = [Weighed(x.euros.high, x.weight) for x in items if x.euros.high is not None]
    middles = [Weighed(x.euros.central, x.weight) for x in items if x.euros.central is not None]
    central = None
    if middles:
        central = Weighed(mean(middles), max(item.weight for item in middles))
    return Family(
        id=name,
        contributions=tuple(items),
        # Of equal amounts the one with the greatest weight.
        low=min(lows, key=lambda item: (item.euros, -item.weight), default=None),
        central=central,
        high=max(highs, key=lambda item: (item.euros, item.weight), default=None),
    )


def combine(families: Sequence[Family], rules: Rules) -> Range:
    """Combine families into one range, each with its own weight at each place.

    Raises:
        TooFewFamilies: without a single family at one of the ends.
    """
    lows = [family.low for family in families if family.low is not None]
    highs = [family.high for family in families if family.high is not None]
    middles = [family.central for family in families if family.central is not None]
    if not lows or not highs:
        raise TooFewFamilies("no figure stands at one of the ends")
    central = None
    if middles and rules.middle != "none":
        central = mean(middles) if rules.middle == "mean" else quantile(middles, 0.5)
    return Range(quantile(lows, rules.quantile_low), central, quantile(highs, rules.quantile_high))


def count_behind(families: Iterable[Family], place: Place) -> int:
    """Count the families behind one place of the range."""
    return sum(getattr(family, place) is not None for family in families)


def mean(items: Sequence[Weighed]) -> float:
    """Return the weighted mean of at least one amount."""
    weight = sum(item.weight for item in items)
    return sum(item.weight * item.euros for item in items) / weight


def quantile(items: Sequence[Weighed], q: float) -> float:
    """Return the first amount, from the smallest up, at which a share `q` of all weight is reached.

    It is always one of the amounts; nothing is interpolated.

    Raises:
        ValueError: without a single amount.
    """
    if not items:
        raise ValueError("a quantile needs at least one amount")
    ordered = sorted(items, key=lambda item: item.euros)
    total = sum(item.weight for item in ordered)
    so_far = 0.0
    for item in ordered:
        so_far += item.weight
        if so_far / total >= q - TOLERANCE:
            return item.euros
    return ordered[-1].euros


def _show(evidence: Evidence, scenarios: Scenarios, period: Period | None = None) -> Range:
    """Round the year to halves of its first digit, and every other period to two digits."""
    year = evidence.euros
    enough = count_behind(evidence.families, "central") >= scenarios.minimum.families_for_the_middle

    def shown(euros: float) -> float:
        a_year = half(euros)
        return (
            a_year if period is None or period.months == 12 else two(scenarios.over(period, a_year))
        )

    central = shown(year.central) if enough and year.central is not None else None
    return Range(shown(year.low), central, shown(year.high))


def half(euros: float) -> float:
    """Round to 1, 1.5, 2 … 9.5 or 10 times a power of ten, halves up."""
    return _round(euros, Decimal("0.5"))


def two(euros: float) -> float:
    """Round to two significant digits, halves up."""
    return _round(euros, Decimal("0.1"))


def _round(euros: float, step: Decimal) -> float:
    """Round to a step of the first digit, such as 0.5 of 4.9 in 49 000."""
    if euros <= 0:
        return 0.0
    # Twelve digits: a sum such as 1 250 must not lie below itself for the way floats are kept.
    exact = Decimal(f"{euros:.12g}")
    unit = step.scaleb(exact.adjusted())
    return float((exact / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit)
