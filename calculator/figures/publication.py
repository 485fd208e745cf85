"""Publications and their figures, as staff write them and as the estimate reads them.

The schema admits aggregates only (charter, rule 3): there is no field for an act, a price
per act or a client, and every model refuses unknown fields.
"""

from itertools import pairwise
from typing import Annotated, Any, Final, Literal, NamedTuple, Self, get_args

from pydantic import Field, model_validator

from calculator.errors import message as _
from calculator.figures.fields import (
    Amount,
    DateText,
    Id,
    InEachLanguage,
    Line,
    Named,
    Number,
    PublicationYear,
    Record,
    WebAddress,
    WholeNumber,
    Year,
    field_for_each_language,
)
from calculator.languages import LANGUAGES, Language

Kind = Literal["court", "authority", "organisation", "research", "press"]
ReadAt = Literal["publisher", "copy", "press", "other"]
Scope = Literal["minors", "women-and-girls", "all", "adults"]
Measure = Literal["profit", "revenue", "confiscation", "total", "share", "count", "duration", "age"]
Form = Literal["sexual-exploitation", "all-forms", "abuse-images", "sexual-abuse", "missing"]
Reliability = Literal["strong", "fair", "weak"]
Basis = Literal["study", "statement", "case", "testimony"]
Claim = Literal["typical", "at-least", "up-to", "quota"]
Read = Literal["own", "confirmed", "once"]
VictimsAre = Literal["throughout", "in-all"]
Currency = Literal["EUR", "USD", "GBP", "CAD"]
Region = Literal[
    "BE", "NL", "FR", "DE", "LU", "UK", "ES", "IT", "EU", "EUROPE",
    "INDUSTRIALISED-COUNTRIES", "EU+DEVELOPED-ECONOMIES", "WORLD", "US", "CA",
]  # fmt: skip
PerVictimUnit = Literal[
    "per-victim-per-day", "per-victim-per-week", "per-victim-per-month", "per-victim-per-year"
]
MoneyUnit = Literal[
    PerVictimUnit,
    "per-exploiter-per-day", "per-exploiter-per-week", "per-exploiter-per-month",
    "network-per-week", "network-per-month", "network-per-year",
    "total-once", "total-per-day", "total-per-year", "debt-per-victim",
]  # fmt: skip
CountUnit = Literal["cases", "reports", "persons"]
Unit = Literal[MoneyUnit, CountUnit, "share", "months", "years"]

UNITS_OF_MEASURE: Final[dict[Measure, tuple[str, ...]]] = {
    "profit": get_args(MoneyUnit),
    "revenue": get_args(MoneyUnit),
    "confiscation": get_args(MoneyUnit),
    "total": get_args(MoneyUnit) + get_args(CountUnit),
    "share": ("share",),
    "count": get_args(CountUnit),
    "duration": ("months",),
    "age": ("years",),
}


@field_for_each_language(Line)
class Texts(InEachLanguage):
    """One sentence in the languages of the site."""


class Said(NamedTuple):
    """Words, and the language they are in."""

    words: str
    language: Language


@field_for_each_language(Line | None, default=None)
class Note(Record):
    """What staff note for each other, in one language or more."""

    @model_validator(mode="before")
    @classmethod
    def _stands_under_its_language(cls, content: Any) -> Any:
        if isinstance(content, str):
            raise ValueError(  # noqa: TRY004 - what pydantic reads
                _(
                    "stands under no language. Write it under the language it is in,"
                    " for instance nl: …"
                )
            )
        return content

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if all(getattr(self, code) is None for code in LANGUAGES):
            raise ValueError(_("says nothing yet. Write it in at least one language"))
        return self

    def in_language(self, language: Language) -> Said:
        """Return what is noted in a language, or else in the first that has it."""
        there = (code for code in (language, *LANGUAGES) if getattr(self, code) is not None)
        found = next(there)
        return Said(getattr(self, found), found)


class Description(NamedTuple):
    """The four words that place a figure in the estimate: what takes part has them all."""

    family: str
    basis: Basis
    claim: Claim
    read: Read


class Figure(Record):
    """One published aggregate number, with what it stands for."""

    id: Id = Field(description="Name of the figure, unique among all files")
    label: Texts = Field(description="What the figure is, in a few words")
    measure: Measure = Field(description="What was measured")
    form: Form = Field(description="Which form of harm the number is about")
    scope: Scope = Field(description="Whom the number is about")
    region: Region = Field(description="Where the number holds")
    low: Number | None = Field(None, description="Lowest value stated ('at least')")
    central: Number | None = Field(None, description="The value itself")
    high: Number | None = Field(None, description="Highest value stated ('up to')")
    currency: Currency | None = Field(None, description="Only for sums of money")
    unit: Unit = Field(description="What the number is counted in")
    reference_year: Year | None = Field(None, description="Year the number is about, if known")
    victims: Annotated[WholeNumber, Field(gt=0)] | None = Field(
        None, description="How many people a sum is about"
    )
    victims_are: VictimsAre | None = Field(
        None, description="Whether they were held throughout, or were ever counted"
    )
    period_months: Annotated[Number, Field(ge=1, json_schema_extra={"minimum": 1})] | None = Field(
        None, description="How many months a sum covers"
    )
    family: Id | None = Field(None, description="Who worked the number out; a family counts once")
    basis: Basis | None = Field(None, description="What the number rests on")
    claim: Claim | None = Field(None, description="What the words around the number claim")
    read: Read | None = Field(None, description="How surely it was read")
    superseded_by: Id | None = Field(
        None, description="Id of the newer figure of the same family on the same matter"
    )
    status: Literal["waiting"] | None = Field(
        None, description="Waiting: only staff see the figure until what is missing is found"
    )
    missing: Note | None = Field(None, description="For staff: what is still to be found")
    url: WebAddress | None = Field(
        None, description="Page of this figure, if it stands on another page than the rest"
    )
    read_at: ReadAt | None = Field(None, description="Where the number was read")
    reported_by: Line | None = Field(None, description="Whose page this figure was read on")
    confirmed_by: WebAddress | None = Field(
        None, description="Address of a second page with the same figure"
    )
    locator: Line | None = Field(
        None, description="Where on the page: page number, table or paragraph"
    )
    reliability: Reliability = Field(description="How far the number can be relied on")
    says: Texts = Field(description="What the publication says, in one line")
    caveat: Texts = Field(description="What to keep in mind, in one line")

    @model_validator(mode="after")
    def _hold_together(self) -> Self:
        stated = [(name, value) for name, value in self.stated() if value is not None]
        if not stated:
            raise ValueError(_("states no number. Give low, central or high"))
        for number, value in stated:
            if not value and self.unit != "share":
                raise ValueError(
                    _(
                        "%(number)s is 0. What is not known is left empty, never written as 0",
                        number=number,
                    )
                )
        for (name, value), (next_name, next_value) in pairwise(stated):
            if value > next_value:
                raise ValueError(
                    _(
                        "%(name)s is %(value)s but must not be above %(next_name)s"
                        " (%(next_value)s). Check the numbers on the page cited",
                        name=name,
                        value=Amount(value),
                        next_name=next_name,
                        next_value=Amount(next_value),
                    )
                )
        if self.unit not in UNITS_OF_MEASURE[self.measure]:
            allowed = ", ".join(UNITS_OF_MEASURE[self.measure])
            raise ValueError(
                _(
                    "unit %(unit)s does not fit %(measure)s. Allowed: %(allowed)s",
                    unit=self.unit,
                    measure=self.measure,
                    allowed=allowed,
                )
            )
        if (self.currency is None) == (self.unit in get_args(MoneyUnit)):
            raise ValueError(
                _(
                    "unit %(unit)s needs a currency. Add currency: EUR, USD, GBP or CAD",
                    unit=self.unit,
                )
                if self.currency is None
                else _("unit %(unit)s takes no currency. Remove the line", unit=self.unit)
            )
        if self.unit == "share" and stated[-1][1] > 1:
            raise ValueError(_("a share lies between 0 and 1. Write 13 percent as 0.13"))
        if self.claim not in (None, "up-to") and self.low is None and self.central is None:
            raise ValueError(
                _(
                    "states only a high, but claim is %(claim)s. Write claim: up-to, or give low"
                    " or central",
                    claim=self.claim,
                )
            )
        if self.status is not None and self.missing is None:
            raise ValueError(
                _(
                    "is waiting, but not for what. Add missing: what is still to be found",
                    missing="missing",
                )
            )
        return self

    @property
    def description(self) -> Description | None:
        """Return the four words that place the figure in the estimate, None where one lacks."""
        if self.family and self.basis and self.claim and self.read:
            return Description(self.family, self.basis, self.claim, self.read)
        return None

    def stated(self) -> tuple[tuple[str, float | None], ...]:
        """Return low, central and high as published, None where not stated."""
        return (("low", self.low), ("central", self.central), ("high", self.high))


class Publication(Record):
    """One publication and its figures: one file in sources/publications/."""

    id: Id = Field(description="Name of the publication: the file's name without .yaml")
    publisher: Line = Field(description="Who published it: an organisation, court or paper")
    title: Line = Field(description="Title as published")
    year: PublicationYear = Field(description="Year of publication, or undated")
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = Field(
        description="Language of the publication"
    )
    kind: Kind = Field(description="Who speaks in it")
    url: WebAddress = Field(description="Address of the page where the numbers were read")
    read_at: ReadAt = Field(description="Where the numbers were read")
    reported_by: Line | None = Field(None, description="Whose page that is, if not the publisher’s")
    accessed: DateText = Field(description="When the page was read")
    figures: Annotated[tuple[Figure, ...], Field(min_length=1)] = Field(
        description="One or more figures"
    )

    @model_validator(mode="after")
    def _name_the_reporter(self) -> Self:
        if (self.read_at == "publisher") != (self.reported_by is None):
            raise ValueError(
                _(
                    "read_at and reported_by do not fit together. Name whose page it is, or write"
                    " read_at: publisher and remove reported_by"
                )
            )
        return self

    @model_validator(mode="after")
    def _strong_is_earned(self) -> Self:
        for figure in self.figures:
            seen_there = (figure.read_at or self.read_at) in ("publisher", "copy")
            if figure.reliability == "strong" and (
                self.kind == "press" or not (seen_there or figure.confirmed_by)
            ):
                raise ValueError(
                    _(
                        "calls %(figure)s strong, but it was neither read with the body that"
                        " measured it nor on two pages."
                        " Write reliability: fair, or add confirmed_by",
                        figure=Named(figure.id, figure.label),
                    )
                )
        return self

    @property
    def shown(self) -> tuple[Figure, ...]:
        """Return the figures that visitors see: those that wait for nothing."""
        return tuple(figure for figure in self.figures if figure.status is None)
