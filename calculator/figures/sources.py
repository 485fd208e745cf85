"""All figures, rates and scenarios of one state of the folder, immutable."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, TypeVar

from calculator.errors import RateMissing, UnknownScenario
from calculator.errors import message as _
from calculator.figures.document import Document
from calculator.figures.publication import Currency, Figure, Publication, Texts
from calculator.figures.scenarios import Period, Rates, ScenarioRegion, Scenarios

Choice = TypeVar("Choice", Period, ScenarioRegion)


class Cited(NamedTuple):
    """A figure with the publication it comes from."""

    publication: Publication
    figure: Figure

    @property
    def year(self) -> int | None:
        """Return the year the number is about, or the publication's where that is unknown."""
        if self.figure.reference_year is not None:
            return self.figure.reference_year
        return self.publication.year if isinstance(self.publication.year, int) else None

    @property
    def currency(self) -> Currency:
        """Return the currency of its sums; EUR where the number is no sum."""
        return self.figure.currency or "EUR"

    @property
    def address(self) -> str:
        """Return the page on which the number was read."""
        return self.figure.url or self.publication.url

    @property
    def reporter(self) -> str | None:
        """Return who reports the number, or None where it was read in the publication itself."""
        if self.figure.read_at == "publisher":
            return None
        return self.figure.reported_by or self.publication.reported_by


@dataclass(frozen=True, slots=True)
class Sources:
    """One checked state of the folder; `digest` changes whenever its content does."""

    publications: tuple[Publication, ...]
    rates: Rates
    scenarios: Scenarios
    families: Mapping[str, Texts]
    """The name of each family, by its id."""
    digest: str
    documents: Mapping[str, Document] = field(default_factory=dict, repr=False, compare=False)
    """The files themselves, for the line of a part that a later check finds wrong."""

    def figures(self) -> Iterator[Cited]:
        """Yield all figures, in the order of publications and of their files."""
        for publication in self.publications:
            for figure in publication.figures:
                yield Cited(publication, figure)

    def shown(self) -> Iterator[Cited]:
        """Return the figures that visitors see: those that wait for nothing."""
        return (cited for cited in self.figures() if cited.figure.status is None)

    def region(self, region_id: str) -> ScenarioRegion:
        """Return a region; raises UnknownScenario."""
        return _find("region", self.scenarios.regions, region_id)

    def period(self, period_id: str) -> Period:
        """Return a period; raises UnknownScenario."""
        return _find("period", self.scenarios.periods, period_id)

    def rate(self, currency: Currency, year: int) -> float:
        """Return the units of a currency for one euro, average of a year; raises RateMissing."""
        if currency == "EUR":
            return 1.0
        try:
            return self.rates.exchange_rates.by_year[year][currency]
        except KeyError:
            raise RateMissing(
                _("no exchange rate of %(currency)s for %(year)s", currency=currency, year=year)
            ) from None

    def lacks(self, cited: Cited) -> tuple[str, ...]:
        """Say which rate and price level of a figure's year the tables do not have yet."""
        found = []
        for lookup in (partial(self.rate, cited.currency), self.price_level):
            try:
                if cited.year is not None:
                    lookup(cited.year)
            except RateMissing as error:
                found.append(error.args[0])
        return tuple(found)

    def price_factor(self, year: int) -> float:
        """Return how much Belgian prices rose from a year to the price year; raises RateMissing."""
        return self.price_level(self.scenarios.price_year.value) / self.price_level(year)

    def price_level(self, year: int) -> float:
        """Return the price level of a year: 1 for the year before the table's first.

        Raises RateMissing for any other year that is not in the table.
        """
        inflation = self.rates.consumer_prices.by_year
        first = min(inflation) - 1
        if year != first and year not in inflation:
            raise RateMissing(_("no price level for %(year)s", year=year))
        level = 1.0
        for step in range(first + 1, year + 1):
            level *= 1 + inflation[step] / 100
        return level


def _find(kind: str, listed: Sequence[Choice], name: str) -> Choice:
    for choice in listed:
        if choice.id == name:
            return choice
    allowed = ", ".join(choice.id for choice in listed)
    raise UnknownScenario(f"{kind} {name} is not one of {allowed}")
