"""The rules of the estimate: every choice it rests on, in one place, to be changed one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from calculator.figures.publication import Basis, Claim, Read, Region, Unit
from calculator.figures.scenarios import ScenarioRegion, Scenarios


@dataclass(frozen=True, slots=True)
class Rules:
    """Every choice the estimate of a region rests on: what the sensitivity changes one by one."""

    typical: tuple[Region, ...]
    floor: tuple[Region, ...]
    claims: tuple[Claim, ...]
    times_a_year: Mapping[Unit, float]
    """How often a unit counts in a year; a unit that is missing takes no part."""
    read: Mapping[Read, float]
    basis: Mapping[Basis, float]
    """The weight of each basis; a basis that is missing takes no part."""
    margin: float
    quantile_low: float
    quantile_high: float
    middle: Literal["mean", "median", "none"] = "mean"
    before_costs: bool = False
    inflation: bool = True
    back_in: frozenset[str] = frozenset()
    """Ids of figures that take part although a newer one stands in their place."""
    split_family: str | None = None
    """A family whose cases each count as a family of their own."""


def rules_of(region: ScenarioRegion, scenarios: Scenarios) -> Rules:
    """Return the rules of a region that has an estimate of its own."""
    weeks, read, basis = scenarios.weeks_per_year.value, scenarios.read, scenarios.basis
    return Rules(
        typical=region.typical,
        floor=region.floor,
        claims=("typical", "at-least", "up-to"),
        times_a_year={
            "per-victim-per-week": weeks,
            "per-victim-per-month": 12,
            "per-victim-per-year": 1,
            "network-per-month": 12,
            "network-per-year": 1,
            "total-per-year": 1,
            "total-once": 12,  # divided by its months
        },
        read={"own": read.own, "confirmed": read.confirmed, "once": read.once},
        basis={"study": basis.study, "statement": basis.statement, "case": basis.case},
        margin=scenarios.margin.value,
        quantile_low=scenarios.quantiles.low,
        quantile_high=scenarios.quantiles.high,
    )


def own_rules(scenarios: Scenarios) -> tuple[Rules, ...]:
    """Return the rules of every region that has an estimate of its own."""
    return tuple(
        rules_of(region, scenarios) for region in scenarios.regions if region.same_as is None
    )
