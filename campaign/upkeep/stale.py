"""What was not checked for long: publications, rates, help contacts, superseded editions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from calculator.estimate import takes_part
from calculator.figures.publication import Publication
from calculator.figures.sources import Sources
from campaign.published.contacts import Contacts

StaleKind = Literal["contact", "superseded", "publication", "rates"]
A_YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class Stale:
    """One thing to check again; `looked_at` is the date as written in the file."""

    kind: StaleKind
    id: str
    file: str
    looked_at: str
    days: int
    what_to_do: str


def find_stale(
    sources: Sources, contacts: Contacts | None, today: datetime.date, days: int = A_YEAR
) -> tuple[Stale, ...]:
    """Return what was not checked for more than `days`, and superseded editions that still count.

    In this order: help contacts, superseded editions, rates, publications; the oldest first.
    """
    found = [
        *_contacts(contacts, today, days),
        *_superseded(sources, today),
        *_publications(sources, today, days),
        *_rates(sources, today, days),
    ]
    order = ("contact", "superseded", "rates", "publication")
    return tuple(sorted(found, key=lambda item: (order.index(item.kind), -item.days, item.id)))


def days_since(date: str, today: datetime.date) -> int:
    """Return the days since a YYYY-MM-DD or YYYY-MM date; a month counts from its first day."""
    day = datetime.date.fromisoformat(date if len(date) == 10 else f"{date}-01")
    return (today - day).days


def regions_of(publication: Publication, sources: Sources) -> tuple[str, ...]:
    """Return the ids of the regions in whose estimates a publication takes part."""
    return tuple(
        region.id
        for region in sources.scenarios.regions
        if any(takes_part(figure, region) for figure in publication.figures)
    )


def _contacts(contacts: Contacts | None, today: datetime.date, days: int) -> Iterator[Stale]:
    if contacts is None:
        return
    dated = [(service.id, "help.yaml", service.checked) for service in contacts.help.services]
    dated.append(("press contact", "press.yaml", contacts.press.checked))
    for name, file, checked in dated:
        since = days_since(checked, today)
        if since > days:
            what = "call the number and open the page, then write the day in checked"
            yield Stale("contact", name, file, checked, since, what)


def _superseded(sources: Sources, today: datetime.date) -> Iterator[Stale]:
    for publication in sources.publications:
        regions = regions_of(publication, sources)
        if publication.superseded_by is not None and regions:
            yield Stale(
                "superseded",
                publication.id,
                _file(publication),
                publication.accessed,
                days_since(publication.accessed, today),
                f"{publication.superseded_by} is newer, but this edition still takes part in"
                f" {', '.join(regions)}: mark its figures reliability: weak, or say in their"
                " caveat why both count",
            )


def _publications(sources: Sources, today: datetime.date, days: int) -> Iterator[Stale]:
    for publication in sources.publications:
        since = days_since(publication.accessed, today)
        if since > days:
            regions = regions_of(publication, sources)
            part = f"takes part in {', '.join(regions)}" if regions else "context only"
            what = f"{part}: open the page, compare the numbers, write the day in accessed"
            file = _file(publication)
            yield Stale("publication", publication.id, file, publication.accessed, since, what)


def _rates(sources: Sources, today: datetime.date, days: int) -> Iterator[Stale]:
    rates = sources.rates
    for name, accessed in (
        ("exchange_rates", rates.exchange_rates.accessed),
        ("consumer_prices", rates.consumer_prices.accessed),
    ):
        since = days_since(accessed, today)
        if since > days:
            what = "add the years that are missing, then write the day in accessed"
            yield Stale("rates", name, "rates.yaml", accessed, since, what)


def _file(publication: Publication) -> str:
    return f"publications/{publication.id}.yaml"
