"""One published figure: whether it takes part, at which end it counts, its euros and its weight.

The euros are always those of one victim in one year, after costs. docs/method.md and the method
page say the same in a reader's words; every step keeps a trace that a pencil can follow.
"""

from dataclasses import dataclass
from typing import Final, Literal

from calculator.figures.publication import Description, Figure, Region
from calculator.figures.sources import Cited, Sources
from calculator.method import Rules, rules_of

Role = Literal["typical", "floor", "ceiling"]
StepKind = Literal["yearly", "victims", "margin", "currency", "prices"]

# Units that the number of victims must divide, and the one that needs its months as well.
SHARED_UNITS: Final = ("network-per-month", "network-per-year", "total-per-year", "total-once")
MARKET_UNITS: Final = ("total-per-year", "total-per-day")


@dataclass(frozen=True, slots=True)
class Ends:
    """Low, central and high in one unit; None where a figure does not count at that place."""

    low: float | None
    central: float | None
    high: float | None

    @property
    def stated(self) -> list[float]:
        """Return what is there, from low to high."""
        return [value for value in (self.low, self.central, self.high) if value is not None]

    def times(self, factor: float) -> "Ends":
        """Multiply what is there."""
        low, central, high = (
            None if value is None else value * factor
            for value in (self.low, self.central, self.high)
        )
        return Ends(low, central, high)


@dataclass(frozen=True, slots=True)
class Step:
    """One step from the published number to euros per victim-year.

    `factor` is what the values before were multiplied by (1 where nothing was), `detail` the
    currency, years, unit or number it rests on.
    """

    kind: StepKind
    factor: float
    detail: str
    values: Ends


@dataclass(frozen=True, slots=True)
class Contribution:
    """One figure that takes part: its role, its euros, its weight, and how they came about."""

    cited: Cited
    described: Description
    family: str
    role: Role
    completed: Ends
    steps: tuple[Step, ...]
    euros: Ends
    read_weight: float
    basis_weight: float

    @property
    def weight(self) -> float:
        """Return read × basis."""
        return self.read_weight * self.basis_weight


def may_take_part(figure: Figure, rules: Rules) -> bool:
    """Tell whether a figure takes part once it is described and has no twin."""
    return (
        figure.form in ("sexual-exploitation", "all-forms")
        and figure.measure in ("profit", "revenue", "confiscation")
        and figure.reliability != "weak"
        and figure.status is None
        and (figure.superseded_by is None or figure.id in rules.back_in)
        and (figure.basis is None or figure.basis in rules.basis)
        and (figure.claim is None or figure.claim in rules.claims)
        and (figure.region in rules.typical or figure.region in rules.floor)
        and _times_a_year(figure, rules) is not None
    )


def _times_a_year(figure: Figure, rules: Rules) -> float | None:
    """Return how often a figure counts in a year, None where it cannot be brought to one."""
    times = rules.times_a_year.get(figure.unit)
    if figure.unit in SHARED_UNITS and figure.victims is None:
        return None
    if figure.unit == "total-once" or figure.measure == "confiscation":
        if figure.period_months is None or figure.victims is None or times is None:
            return None
        return times / figure.period_months if figure.unit == "total-once" else times
    return times


def has_twin(cited: Cited) -> bool:
    """Tell whether a turnover stands beside the profit of the same work: only that one counts."""
    figure = cited.figure
    return figure.measure == "revenue" and any(
        other.measure == "profit"
        and other.description is not None
        and (other.region, other.unit, other.reference_year)
        == (figure.region, figure.unit, figure.reference_year)
        for other in cited.publication.figures
    )


def role_of(figure: Figure, rules: Rules) -> Role | None:
    """Return at which end a figure counts; None for one that says both 'at least' and 'up to'."""
    floor = (
        figure.claim == "at-least"
        or figure.measure == "confiscation"
        or figure.victims_are == "in-all"
        or figure.form == "all-forms"
        or figure.region in rules.floor
    )
    if figure.claim == "up-to":
        return None if floor else "ceiling"
    return "floor" if floor else "typical"


def complete(figure: Figure, role: Role) -> Ends:
    """Fill in what a typical figure leaves out; keep of the others the end at which they count."""
    low, central, high = figure.low, figure.central, figure.high
    stated = [value for value in (low, central, high) if value is not None]
    if role == "floor":
        return Ends(stated[0], None, None)
    if role == "ceiling":
        return Ends(None, None, stated[-1])
    if low is not None and high is not None:
        middle = (low + high) / 2
    else:
        middle = stated[0] if central is None else central
    return Ends(
        low=middle if low is None else low, central=middle, high=middle if high is None else high
    )


def contribute(sources: Sources, cited: Cited, rules: Rules) -> Contribution | None:
    """Bring one figure to euros per victim-year; None for a figure that takes no part.

    Raises:
        RateMissing: where its year has no rate or price level.
    """
    figure, described = cited.figure, cited.figure.description
    times, role = _times_a_year(figure, rules), role_of(figure, rules)
    if described is None or times is None or role is None or cited.year is None:
        return None
    if not may_take_part(figure, rules) or has_twin(cited):
        return None
    values = completed = complete(figure, role)
    shared = figure.unit in SHARED_UNITS
    victims = figure.victims if shared and figure.victims is not None else 1
    year, price_year = cited.year, sources.scenarios.price_year.value
    factors: tuple[tuple[StepKind, float, str], ...] = (
        ("yearly", times, figure.unit),
        ("victims", 1 / victims, str(victims)),
        ("margin", _margin(figure, rules), figure.measure),
        ("currency", 1 / sources.rate(cited.currency, year), f"{cited.currency} {year}"),
        ("prices", sources.price_factor(year) if rules.inflation else 1, f"{year} {price_year}"),
    )
    steps = []
    for kind, factor, detail in factors:
        values = values.times(factor)
        steps.append(Step(kind, factor, detail, values))
    split = described.family == rules.split_family and described.basis == "case"
    return Contribution(
        cited=cited,
        described=described,
        family=figure.id if split else described.family,
        role=role,
        completed=completed,
        steps=tuple(steps),
        euros=values,
        read_weight=rules.read[described.read],
        basis_weight=rules.basis[described.basis],
    )


def _margin(figure: Figure, rules: Rules) -> float:
    """Return what brings a sum before costs to one after them, or the other way round."""
    is_before = figure.measure == "revenue"
    if rules.before_costs:
        return 1 if is_before else 1 / rules.margin
    return rules.margin if is_before else 1


def is_beside(cited: Cited, regions: tuple[Region, ...]) -> bool:
    """Tell whether a figure that takes no part is quoted beside the estimate: a sum of a case."""
    figure = cited.figure
    return (
        figure.region in regions
        and figure.currency is not None
        and figure.form == "sexual-exploitation"
        and figure.unit not in MARKET_UNITS
        and figure.reliability != "weak"
        and figure.status is None
        and figure.superseded_by is None
        and not has_twin(cited)
    )


def where_it_counts(sources: Sources, cited: Cited) -> dict[str, Contribution]:
    """Return what a figure contributes to each region a visitor can choose, where it does.

    Raises:
        RateMissing: where its year has no rate or price level.
    """
    found = {}
    for chosen in sources.scenarios.regions:
        region = sources.region(chosen.same_as or chosen.id)
        contribution = contribute(sources, cited, rules_of(region, sources.scenarios))
        if contribution is not None:
            found[chosen.id] = contribution
    return found
