"""The scenarios: regions, periods, weights and assumptions, and the rates they need."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

from calculator.figures.fields import (
    DateText,
    Id,
    Line,
    Number,
    Record,
    SignedNumber,
    WebAddress,
    WholeNumber,
    Year,
)
from calculator.figures.publication import Currency, Kind, PerVictimUnit, Region, Scope, Texts

Basis = Literal["measured", "assumption"]
Weight = Annotated[Number, Field(ge=0, le=10)]
# Above zero, so that the weights of a scenario never sum to zero.
PositiveWeight = Annotated[Number, Field(gt=0, le=10)]
Positive = Annotated[Number, Field(gt=0)]
Percent = Annotated[SignedNumber, Field(gt=-50, lt=100)]
ReadOnly = AfterValidator(MappingProxyType)


def _complete(*keys: str) -> AfterValidator:
    """Return a check that a table of weights has all of these keys."""

    def check(weights: Mapping[str, float]) -> Mapping[str, float]:
        missing = [key for key in keys if key not in weights]
        if missing:
            raise ValueError(f"give no weight for {', '.join(missing)}. Add it")
        return weights

    return AfterValidator(check)


def _ids_once(listed: tuple[Any, ...]) -> tuple[Any, ...]:
    ids = [item.id for item in listed]
    twice = [name for name in ids if ids.count(name) > 1]
    if twice:
        raise ValueError(f"list the id {twice[0]} twice. Keep one of them")
    return listed


class Reasoned(Record):
    """Something chosen: whether it was measured or assumed, why, and what it rests on."""

    basis: Basis = Field(description="Measured or assumed")
    reason: Texts = Field(description="Why, in one line; shown on the method page")
    cites: tuple[Id, ...] = Field((), description="Ids of publications it rests on")


class Assumption(Reasoned):
    """One number the estimate needs."""

    value: Positive = Field(description="The number")


class ActiveDays(Assumption):
    """On how many days of a week a sum per day counts."""

    value: Annotated[Number, Field(gt=0, le=7)] = Field(description="Days, at most 7")


class Period(Record):
    """A length of time a visitor can choose: weeks or months, not both."""

    id: Annotated[str, Field(pattern=r"^\d{1,2}[wmy]$")] = Field(description="Its short name")
    weeks: Positive | None = Field(None, description="Its length in weeks")
    months: Positive | None = Field(None, description="Its length in months")

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if (self.weeks is None) == (self.months is None):
            raise ValueError("needs either weeks or months. Keep one of the two lines")
        return self


class ScenarioRegion(Reasoned):
    """A region a visitor can choose; a figure's region that is not listed weighs nothing."""

    id: Region = Field(description="The region")
    weights: Annotated[Mapping[Region, Weight], Field(min_length=1), ReadOnly] = Field(
        description="How heavily figures from each region count"
    )


class KindWeights(Reasoned):
    """How heavily each kind of publication counts."""

    weights: Annotated[Mapping[Kind, PositiveWeight], _complete(*get_args(Kind)), ReadOnly] = Field(
        description="A weight for every kind"
    )


class ScopeWeights(Reasoned):
    """How heavily a figure counts by whom it is about."""

    weights: Annotated[Mapping[Scope, PositiveWeight], _complete(*get_args(Scope)), ReadOnly] = (
        Field(description="A weight for every scope")
    )


class StretchLimits(Reasoned):
    """How many units a figure carries in full; a unit not listed carries any number."""

    units: Annotated[Mapping[PerVictimUnit, Positive], ReadOnly] = Field(
        description="Up to how many units a figure counts in full"
    )


class Minimum(Reasoned):
    """What must at least stand behind a scenario, or the files are refused."""

    figures: Annotated[WholeNumber, Field(ge=1)] = Field(description="At least so many figures")
    publications: Annotated[WholeNumber, Field(ge=1)] = Field(
        description="From at least so many publications"
    )


class Scenarios(Record):
    """All of scenarios.yaml."""

    price_year: Year = Field(description="The year whose euros everything is brought to")
    active_days_per_week: ActiveDays = Field(
        description="On how many days of a week a sum per day counts"
    )
    weeks_per_year: Assumption = Field(description="How many weeks make a year")
    periods: Annotated[tuple[Period, ...], Field(min_length=1), AfterValidator(_ids_once)] = Field(
        description="The lengths of time a visitor can choose"
    )
    regions: Annotated[
        tuple[ScenarioRegion, ...], Field(min_length=1), AfterValidator(_ids_once)
    ] = Field(description="The regions a visitor can choose")
    kind: KindWeights = Field(description="How heavily each kind of publication counts")
    scope: ScopeWeights = Field(description="How heavily a figure counts by whom it is about")
    stretch: StretchLimits = Field(description="How far a figure per day, week or month carries")
    minimum: Minimum = Field(description="What must at least stand behind an estimate")

    def reasoned(self) -> tuple[tuple[tuple[str | int, ...], Reasoned], ...]:
        """Return every choice that has a reason, with its location in the file."""
        names = ("active_days_per_week", "weeks_per_year", "kind", "scope", "stretch", "minimum")
        return (
            *(((name,), getattr(self, name)) for name in names),
            *((("regions", i), region) for i, region in enumerate(self.regions)),
        )

    def years_of(self, period: Period) -> float:
        """Return the length of a period in years: 12 months or weeks_per_year weeks are one."""
        # A period has either months or weeks.
        return (period.months or 0) / 12 + (period.weeks or 0) / self.weeks_per_year.value


class Series(Record):
    """Where a table of yearly numbers comes from."""

    what: Texts = Field(description="What the numbers are, in a few words")
    publisher: Line = Field(description="Who publishes them")
    title: Line = Field(description="Title as published")
    url: WebAddress = Field(description="Address of the table")
    computed_from: Line = Field(description="From which series or file they were computed")
    accessed: DateText = Field(description="When the table was read")


class ExchangeRates(Series):
    """Units of a currency for one euro, average of a year."""

    by_year: Annotated[
        Mapping[Year, Annotated[Mapping[Currency, Positive], ReadOnly]],
        Field(min_length=1),
        ReadOnly,
    ] = Field(description="A number for each currency, by year")


class ConsumerPrices(Series):
    """Inflation of Belgian consumer prices, percent over the year before."""

    by_year: Annotated[Mapping[Year, Percent], Field(min_length=1), ReadOnly] = Field(
        description="A percentage for each year, without a gap"
    )

    @model_validator(mode="after")
    def _no_gap(self) -> Self:
        years = sorted(self.by_year)
        gaps = [year for year in range(years[0], years[-1]) if year not in self.by_year]
        if gaps:
            raise ValueError(f"year {gaps[0]} is missing, so prices cannot be chained. Add it")
        return self


class Rates(Record):
    """All of rates.yaml."""

    exchange_rates: ExchangeRates = Field(description="Units of a currency for one euro")
    consumer_prices: ConsumerPrices = Field(description="Rise of Belgian consumer prices, percent")
