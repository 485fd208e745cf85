"""The estimate: from published figures to what criminals take in from one minor, in euros.

The method is the campaign's own and stands, in a reader's words, on the method page and in
docs/method.md. Every step keeps a trace, so that a reader can follow it with a pencil.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from calculator.errors import RateMissing
from calculator.figures.publication import Figure, PerVictimUnit, Region
from calculator.figures.scenarios import Period, ScenarioRegion, Scenarios
from calculator.figures.sources import Cited, Sources

StepKind = Literal["completed", "yearly", "period", "currency", "prices"]
MONTHS_PER_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Range:
    """Low, central and high, in the same unit."""

    low: float
    central: float
    high: float

    def times(self, factor: float) -> Range:
        """Multiply all three."""
        return Range(self.low * factor, self.central * factor, self.high * factor)

    def rounded(self) -> Range:
        """Round all three to two significant digits, as shown to visitors."""
        return Range(*map(round_to_two_digits, (self.low, self.central, self.high)))


@dataclass(frozen=True, slots=True)
class Step:
    """One step from the published number, completed, to euros of the scenario.

    `factor` is what the previous values were multiplied by (1 where nothing was), `detail`
    the currency, years or unit it rests on.
    """

    kind: StepKind
    factor: float
    detail: str
    values: Range


@dataclass(frozen=True, slots=True)
class WeightFactors:
    """Why a figure weighs what it weighs."""

    region: float
    kind: float
    scope: float
    stretch: float

    @property
    def product(self) -> float:
        """Multiply the four into the weight."""
        return self.region * self.kind * self.scope * self.stretch


@dataclass(frozen=True, slots=True)
class Contribution:
    """One figure that takes part: its euros, its weight and how both came about."""

    cited: Cited
    euros: Range
    steps: tuple[Step, ...]
    factors: WeightFactors

    @property
    def weight(self) -> float:
        """Return region × kind × scope × stretch."""
        return self.factors.product


@dataclass(frozen=True, slots=True)
class Estimate:
    """What criminals take in from one minor in a region over a period, with its range."""

    region: Region
    period: str
    price_year: int
    euros: Range
    contributions: tuple[Contribution, ...]
    digest: str

    @property
    def shown(self) -> Range:
        """Return the range rounded to two significant digits."""
        return self.euros.rounded()

    @property
    def publication_count(self) -> int:
        """Count the publications behind the estimate."""
        return len({item.cited.publication.id for item in self.contributions})


def estimate(sources: Sources, region: str, period: str) -> Estimate:
    """Compute the estimate of one scenario.

    Raises:
        UnknownScenario: for a region or period that scenarios.yaml does not list.
        RateMissing: where a figure's year has no rate or price level.
    """
    chosen_region, chosen_period = sources.region(region), sources.period(period)
    contributions = tuple(
        contribute(sources, cited, chosen_region, chosen_period)
        for cited in sources.figures()
        if takes_part(cited.figure, chosen_region)
    )
    return Estimate(
        region=chosen_region.id,
        period=chosen_period.id,
        price_year=sources.scenarios.price_year,
        euros=combine(contributions),
        contributions=contributions,
        digest=sources.digest,
    )


def takes_part(figure: Figure, region: ScenarioRegion) -> bool:
    """Tell whether a figure takes part; all others are context."""
    return (
        figure.form == "sexual-exploitation"
        and figure.measure in ("profit", "revenue")
        and figure.unit_per_victim is not None
        and region.weights.get(figure.region, 0) > 0
        and figure.reliability != "weak"
        and (figure.low is not None or figure.central is not None)
    )


def complete(figure: Figure) -> Range:
    """Fill in what a figure leaves out of low, central and high.

    Raises:
        ValueError: for a figure with only a high; `takes_part` lets none through.
    """
    low, central, high = figure.low, figure.central, figure.high
    if central is None:
        if low is None:
            raise ValueError(f"{figure.id} states neither low nor central")
        central = low if high is None else (low + high) / 2
    return Range(
        low=central if low is None else low,
        central=central,
        high=central if high is None else high,
    )


def contribute(
    sources: Sources, cited: Cited, region: ScenarioRegion, period: Period
) -> Contribution:
    """Bring one figure to euros of the scenario.

    Raises:
        RateMissing: where its year is unknown, or has no rate or price level.
    """
    figure, scenarios, year, currency = cited.figure, sources.scenarios, cited.year, cited.currency
    unit = figure.unit_per_victim
    if year is None or unit is None:
        raise RateMissing(f"{figure.id} has no year, or is no sum per victim")
    years = scenarios.years_of(period)
    per_year = units_per_year(unit, scenarios)
    factors: tuple[tuple[StepKind, float, str], ...] = (
        ("yearly", per_year, unit),
        ("period", years, period.id),
        ("currency", 1 / sources.rate(currency, year), f"{currency} {year}"),
        ("prices", sources.price_factor(year), f"{year} {scenarios.price_year}"),
    )
    values = complete(figure)
    steps = [Step("completed", 1, unit, values)]
    for kind, factor, detail in factors:
        values = values.times(factor)
        steps.append(Step(kind, factor, detail, values))
    limit = scenarios.stretch.units.get(unit, math.inf)
    stretch = min(1.0, limit / (per_year * years))
    return Contribution(cited, values, tuple(steps), weigh(cited, region, scenarios, stretch))


def weigh(
    cited: Cited, region: ScenarioRegion, scenarios: Scenarios, stretch: float = 1.0
) -> WeightFactors:
    """Return why a figure weighs what it weighs in a region, stretch left out unless given."""
    return WeightFactors(
        region=region.weights[cited.figure.region],
        kind=scenarios.kind.weights[cited.publication.kind],
        scope=scenarios.scope.weights[cited.figure.scope],
        stretch=stretch,
    )


def weights_of(cited: Cited, scenarios: Scenarios) -> dict[Region, float]:
    """Return the weight of a figure before stretch in each region where it takes part."""
    return {
        region.id: weigh(cited, region, scenarios).product
        for region in scenarios.regions
        if takes_part(cited.figure, region)
    }


def units_per_year(unit: PerVictimUnit, scenarios: Scenarios) -> float:
    """Return how often a unit counts in a year; days only as far as they are active days."""
    weeks = scenarios.weeks_per_year.value
    return {
        "per-victim-per-day": scenarios.active_days_per_week.value * weeks,
        "per-victim-per-week": weeks,
        "per-victim-per-month": MONTHS_PER_YEAR,
        "per-victim-per-year": 1.0,
    }[unit]


def combine(
    contributions: Sequence[Contribution],
    weigh: Callable[[Contribution], float] = lambda item: item.weight,
) -> Range:
    """Combine figures: a quarter of the lows, half of the centrals, three quarters of the highs.

    Raises:
        ValueError: without a single contribution.
    """
    return Range(
        low=weighted_quantile(((c.euros.low, weigh(c)) for c in contributions), 0.25),
        central=weighted_quantile(((c.euros.central, weigh(c)) for c in contributions), 0.50),
        high=weighted_quantile(((c.euros.high, weigh(c)) for c in contributions), 0.75),
    )


def weighted_quantile(weighted: Iterable[tuple[float, float]], q: float) -> float:
    """Interpolate linearly between values that stand at the middle of their weight.

    Args:
        weighted: pairs of value and weight (above zero); ties keep their order.
        q: between 0 and 1; below the first position the first value, above the last the last.
    """
    ordered = sorted(weighted, key=lambda pair: pair[0])
    if not ordered:
        raise ValueError("a quantile needs at least one value")
    total = sum(weight for _, weight in ordered)
    below = 0.0
    previous: tuple[float, float] | None = None
    for value, weight in ordered:
        position = (below + weight / 2) / total
        if q <= position:
            if previous is None:
                return value
            last_position, last_value = previous
            share = (q - last_position) / (position - last_position)
            return last_value + share * (value - last_value)
        previous = (position, value)
        below += weight
    return ordered[-1][0]


def round_to_two_digits(euros: float) -> float:
    """Round to two significant digits, halves up, as a reader would."""
    if euros <= 0:
        return 0.0
    exact = Decimal(repr(euros))
    step = Decimal(1).scaleb(exact.adjusted() - 1)
    return float((exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step)
