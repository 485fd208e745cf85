"""The scenarios: regions, periods and every choice with its reason; families; the rates."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from calculator.errors import message as _
from calculator.figures.fields import (
    DateText,
    Id,
    InEachLanguage,
    Line,
    Number,
    Phone,
    Record,
    SignedNumber,
    WebAddress,
    WholeNumber,
    Year,
    field_for_each_language,
)
from calculator.figures.publication import Currency, Region, Texts

Grounds = Literal["measured", "assumption"]
# Above zero, so that the weights of a scenario never sum to zero.
Weight = Annotated[Number, Field(gt=0, le=10)]
Positive = Annotated[Number, Field(gt=0)]
Share = Annotated[Number, Field(gt=0, le=1)]
Percent = Annotated[SignedNumber, Field(gt=-50, lt=100)]
ReadOnly = AfterValidator(MappingProxyType)
Families = Annotated[WholeNumber, Field(ge=1)]
# Not only a place that figures are about: "same as" holds for any.
RegionId = Annotated[str, Field(pattern=r"^[A-Z]+(-[A-Z]+)*$", max_length=30)]
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


def _ids_once(listed: tuple[Any, ...]) -> tuple[Any, ...]:
    ids = [item.id for item in listed]
    twice = [name for name in ids if ids.count(name) > 1]
    if twice:
        raise ValueError(_("list the id %(id)s twice. Keep one of them", id=twice[0]))
    return listed


def _with(place: str, *, always: bool = True) -> AfterValidator:
    """Return a check of a line in which the site fills in one place, such as {period}."""

    def check(text: str) -> str:
        found = _BRACES.findall(text)
        if found != [place] and (always or found):
            if always:
                raise ValueError(
                    _(
                        "must hold %(place)s once, and no other braces. Compare the other regions",
                        place=place,
                    )
                )
            raise ValueError(
                _(
                    "may hold %(place)s once, and no other braces. Compare the other regions",
                    place=place,
                )
            )
        return text

    return AfterValidator(check)


@field_for_each_language(Annotated[Line, _with("{period}")])
class Sentence(InEachLanguage):
    """The sentence before an amount, in each language."""


@field_for_each_language(Annotated[Line, _with("{number}", always=False)])
class Caution(InEachLanguage):
    """What to know of a region, in each language."""


@field_for_each_language(Annotated[Line, _with("{number}")])
class HelpLine(InEachLanguage):
    """Whom to call, in each language."""


class Reasoned(Record):
    """Something chosen: whether it was measured or assumed, why, and what it rests on."""

    basis: Grounds = Field(description="Measured or assumed")
    reason: Texts = Field(description="Why, in one line; shown on the method page")
    cites: tuple[Id, ...] = Field((), description="Ids of publications it rests on")


class Assumption(Reasoned):
    """One number the estimate needs."""

    value: Positive = Field(description="The number")


class ShareAssumption(Reasoned):
    """One share the estimate needs, at most 1."""

    value: Share = Field(description="The number")


class PriceYear(Reasoned):
    """The year whose euros everything is brought to."""

    value: Year = Field(description="The year")


class Period(Record):
    """A length of time a visitor can choose: weeks or months, not both."""

    id: Annotated[str, Field(pattern=r"^\d{1,2}[wmy]$")] = Field(description="Its short name")
    weeks: Positive | None = Field(None, description="Its length in weeks")
    months: Positive | None = Field(None, description="Its length in months")
    label: Texts = Field(description="What readers call it, as a choice")
    in_sentence: Texts = Field(description="What {period} stands for in `sentence`")

    @model_validator(mode="after")
    def _one_length(self) -> Self:
        if (self.weeks is None) == (self.months is None):
            raise ValueError(_("needs either weeks or months. Keep one of the two lines"))
        return self


class RegionHelp(Record):
    """The helpline on the cards of a region, once somebody has called it."""

    number: Phone = Field(description="Its telephone number")
    who: Line = Field(description="Who answers, as the card names them")
    line: HelpLine = Field(description="Whom to call and when; {number} stands for the number")
    confirmed_by: Line = Field(description="Who called it: a role or initials will do")
    confirmed_on: DateText = Field(description="On which day they called it")


class ScenarioRegion(Reasoned):
    """A region a visitor can choose: an estimate of its own, or that of another region."""

    id: RegionId = Field(description="Its short name")
    label: Texts = Field(description="What readers call it")
    choice: Texts | None = Field(None, description="What it is called as a choice")
    sentence: Sentence = Field(description="The sentence before the amount, with {period}")
    caution: Caution | None = Field(
        None, description="What to know of it; {number} stands for how many groups of sources"
    )
    beside_title: Texts | None = Field(None, description="Heading of what stands beside it")
    help: RegionHelp | None = Field(None, description="Its own helpline on the cards")
    same_as: RegionId | None = Field(None, description="The region whose estimate holds here too")
    typical: tuple[Region, ...] = Field((), description="Where figures count as they stand")
    floor: tuple[Region, ...] = Field((), description="Where figures count only as ‘at least’")
    beside: tuple[Region, ...] = Field((), description="Where figures to quote beside it are from")

    @model_validator(mode="after")
    def _one_estimate(self) -> Self:
        if (self.same_as is None) != bool(self.typical) or (self.same_as and self.floor):
            raise ValueError(
                _("needs either same_as, or typical and perhaps floor. Keep one of the two")
            )
        return self


class ReadWeights(Reasoned):
    """How heavily a figure counts by how surely it was read."""

    own: Weight = Field(description="In the maker’s own words")
    confirmed: Weight = Field(description="Reported by two pages")
    once: Weight = Field(description="Reported by one page")


class BasisWeights(Reasoned):
    """How heavily a figure counts by what it rests on."""

    study: Weight = Field(description="Worked out over many victims by a published method")
    statement: Weight = Field(description="Said by an official or expert")
    case: Weight = Field(description="One investigation, trial or ring")


class Quantiles(Reasoned):
    """At which share of the weight the range begins and ends."""

    low: Share = Field(description="Share of the weight of the lows")
    high: Share = Field(description="Share of the weight of the highs")


class Minimum(Reasoned):
    """How many families must stand behind what is shown."""

    families_for_a_range: Families = Field(description="At each end, or the files are refused")
    families_for_the_middle: Families = Field(description="Behind an ‘around’")
    families_for_a_row: Families = Field(description="At each end of a row under ‘how sure is it?’")


class Scenarios(Record):
    """All of scenarios.yaml."""

    price_year: PriceYear = Field(description="The year whose euros everything is brought to")
    margin: ShareAssumption = Field(description="The part of the takings that is left after costs")
    weeks_per_year: Assumption = Field(description="How many weeks make a year")
    periods: Annotated[tuple[Period, ...], Field(min_length=1), AfterValidator(_ids_once)] = Field(
        description="The lengths of time a visitor can choose"
    )
    regions: Annotated[
        tuple[ScenarioRegion, ...], Field(min_length=1), AfterValidator(_ids_once)
    ] = Field(description="The regions a visitor can choose")
    read: ReadWeights = Field(description="How heavily a figure counts by how surely it was read")
    basis: BasisWeights = Field(description="How heavily a figure counts by what it rests on")
    quantiles: Quantiles = Field(description="Where the range begins and ends")
    minimum: Minimum = Field(description="How many families must stand behind what is shown")
    one_family_moves_at_most: ShareAssumption = Field(
        description="How far leaving out one family, or one figure, may move the middle"
    )

    def reasoned(self) -> tuple[tuple[tuple[str | int, ...], Reasoned], ...]:
        """Return every choice that has a reason, with its location in the file."""
        return (
            (("price_year",), self.price_year),
            (("margin",), self.margin),
            (("weeks_per_year",), self.weeks_per_year),
            *((("regions", i), region) for i, region in enumerate(self.regions)),
            (("read",), self.read),
            (("basis",), self.basis),
            (("quantiles",), self.quantiles),
            (("minimum",), self.minimum),
            (("one_family_moves_at_most",), self.one_family_moves_at_most),
        )

    def over(self, period: Period, a_year: float) -> float:
        """Return the part of an amount per year that falls in a period."""
        if period.months is not None:
            return a_year * period.months / 12
        return a_year * (period.weeks or 0) / self.weeks_per_year.value


class FamilyName(Record):
    """Who works numbers out: all that rest on one piece of work are one family."""

    id: Id = Field(description="Its short name")
    label: Texts = Field(description="What readers call it")


class FamilyNames(Record):
    """All of families.yaml."""

    families: Annotated[tuple[FamilyName, ...], AfterValidator(_ids_once)] = Field(
        description="Everyone whose numbers may count"
    )


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
