"""What the running site stands on: one state of figures, texts and contacts, swapped as a whole."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from flask import Flask, current_app, g

from calculator.errors import Problem, SourcesInvalid
from calculator.estimate import Estimate, estimate
from calculator.figures.sources import Sources
from calculator.loading.folder import load_sources
from calculator.loading.yaml_text import read_document
from campaign.published.contacts import Contacts, load_contacts
from campaign.published.texts import Texts, load_content
from campaign.words.terms import PERIODS, REGIONS

Scenario = tuple[str, str]

# What pages show of their own accord: previews, charts and the worked example.
NEEDED_REGIONS: Final = ("BE", "EUROPE")
NEEDED_PERIOD: Final = "1y"


@dataclass(frozen=True, slots=True)
class Published:
    """Figures, texts and contacts, and every estimate, computed once. Never changed: replaced."""

    sources: Sources
    estimates: Mapping[Scenario, Estimate]
    content: Texts
    contacts: Contacts

    @property
    def regions(self) -> tuple[str, ...]:
        """List the regions a visitor can choose."""
        return tuple(region.id for region in self.sources.scenarios.regions)

    @property
    def periods(self) -> tuple[str, ...]:
        """List the periods a visitor can choose."""
        return tuple(period.id for period in self.sources.scenarios.periods)


def publish(
    sources_folder: Path, content_folder: Path, *, today: datetime.date | None = None
) -> Published:
    """Load figures, texts and contacts, and compute every scenario.

    Raises:
        SourcesInvalid: with every problem of both folders.
    """
    problems: list[Problem] = []
    sources: Sources | None = None
    try:
        sources = load_sources(sources_folder, today=today)
        problems += _check_words(sources, sources_folder / "scenarios.yaml")
    except SourcesInvalid as error:
        problems += error.problems
    content: Texts = {}
    try:
        content = load_content(content_folder)
    except SourcesInvalid as error:
        problems += error.problems
    contacts: Contacts | None = None
    try:
        known = {cited.figure.id for cited in sources.figures()} if sources else None
        contacts = load_contacts(content_folder, known)
    except SourcesInvalid as error:
        problems += error.problems
    if problems or sources is None or contacts is None:
        raise SourcesInvalid(problems)
    estimates: dict[Scenario, Estimate] = {
        (region.id, period.id): estimate(sources, region.id, period.id)
        for region in sources.scenarios.regions
        for period in sources.scenarios.periods
    }
    return Published(sources, MappingProxyType(estimates), MappingProxyType(content), contacts)


def _check_words(sources: Sources, path: Path) -> Iterator[Problem]:
    """Hold regions and periods to those the site has words for, and to those its pages need."""
    regions = [region.id for region in sources.scenarios.regions]
    periods = [period.id for period in sources.scenarios.periods]
    found = [
        *((("regions", i), name, "region", REGIONS) for i, name in enumerate(regions)),
        *((("periods", i), name, "period", PERIODS) for i, name in enumerate(periods)),
    ]
    wrong = [(place, name, kind, known) for place, name, kind, known in found if name not in known]
    missing = [name for name in NEEDED_REGIONS if name not in regions]
    missing += [NEEDED_PERIOD] if NEEDED_PERIOD not in periods else []
    if not wrong and not missing:
        return
    # Read again for its lines: this is rare, and the figures themselves do not carry them.
    document = read_document(path, path.name, [])
    for place, name, kind, known in wrong:
        line = document.line_of(place) if document else 1
        message = f"{name} is a {kind} the site has no words for. Allowed: {', '.join(known)}"
        yield Problem(path.name, line, message)
    for name in missing:
        table = "periods" if name == NEEDED_PERIOD else "regions"
        line = document.line_of((table,)) if document else 1
        yield Problem(path.name, line, f"{name} is missing, and pages need it. Put it back")


def published() -> Published:
    """Return the state the current request is answered from: the same one to its end."""
    if "published" not in g:
        g.published = current_app.extensions["published"]
    state: Published = g.published
    return state


def swap(app: Flask, state: Published) -> None:
    """Answer from another state from the next request on."""
    app.extensions["published"] = state
