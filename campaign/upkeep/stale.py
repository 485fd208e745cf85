"""What was not checked for long: publications, rates, contacts, card addresses; what is lacking."""

import datetime
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from calculator.evidence import where_it_counts
from calculator.figures.publication import Publication
from calculator.figures.sources import Cited, Sources
from calculator.languages import OF_THE_CODE
from campaign.published.contacts import Contacts

# In the order of the list.
StaleKind = Literal["contact", "missing", "address", "rates", "publication"]
A_YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class Stale:
    """One thing to check again; `looked_at` is the date as written in the file.

    What was never looked at has no date, and no days since.
    """

    kind: StaleKind
    id: str
    file: str
    looked_at: str | None
    days: int | None
    what_to_do: str


def find_stale(
    sources: Sources, contacts: Contacts | None, today: datetime.date, days: int = A_YEAR
) -> tuple[Stale, ...]:
    """Return what was not checked for more than `days`, and what figures lack.

    In this order: contacts, what is missing, card addresses, rates, publications; what was never
    or longest ago checked comes first.
    """
    found = [
        Stale(kind, name, file, looked_at, since, what)
        for kind, name, file, looked_at, what in _dated(sources, contacts)
        if (since := None if looked_at is None else days_since(looked_at, today)) is None
        or since > days
        or kind == "missing"
    ]
    return tuple(sorted(found, key=_never_and_oldest_first))


def _never_and_oldest_first(item: Stale) -> tuple[int, float, str]:
    days = math.inf if item.days is None else item.days
    return get_args(StaleKind).index(item.kind), -days, item.id


def days_since(date: str, today: datetime.date) -> int:
    """Return the days since a YYYY-MM-DD or YYYY-MM date; a month counts from its first day."""
    day = datetime.date.fromisoformat(date if len(date) == 10 else f"{date}-01")
    return (today - day).days


def regions_of(publication: Publication, sources: Sources) -> tuple[str, ...]:
    """Return the ids of the regions in whose estimates a publication takes part."""
    counting = {
        region
        for figure in publication.figures
        for region in where_it_counts(sources, Cited(publication, figure))
    }
    return tuple(region.id for region in sources.scenarios.regions if region.id in counting)


def _dated(
    sources: Sources, contacts: Contacts | None
) -> Iterator[tuple[StaleKind, str, str, str | None, str]]:
    """Yield what has a date: its kind, id, file and date, and what to do once that is old."""
    if contacts is not None:
        what = "call the number and open the page, then write confirmed_by and confirmed_on"
        for service in contacts.help.services:
            yield "contact", service.id, "help.yaml", service.confirmed_on, what
        yield "contact", "press contact", "press.yaml", contacts.press.confirmed_on, what
        what = "see in the register that the foundation owns it, then write confirmed_on"
        for item in contacts.launch.card_addresses:
            yield "address", item.address, "launch.yaml", item.confirmed_on, what
    rates, what = sources.rates, "add the years that are missing, then write the day in accessed"
    yield "rates", "exchange_rates", "rates.yaml", rates.exchange_rates.accessed, what
    yield "rates", "consumer_prices", "rates.yaml", rates.consumer_prices.accessed, what
    for publication in sources.publications:
        name, accessed = publication.id, publication.accessed
        file, regions = f"publications/{name}.yaml", ", ".join(regions_of(publication, sources))
        part = f"takes part in {regions}" if regions else "context only"
        what = f"{part}: open the page, compare the numbers, write the day in accessed"
        yield "publication", name, file, accessed, what
        for figure in publication.figures:
            if figure.missing is not None:
                waits = "waits for this" if figure.status == "waiting" else "still lacks"
                lacks = figure.missing.in_language(OF_THE_CODE).words
                yield "missing", figure.id, file, accessed, f"{waits}: {lacks}"
