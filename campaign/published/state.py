"""What the running site stands on: one state of figures, texts and contacts, swapped as a whole."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

from flask import Flask, current_app, g

from calculator.errors import Problem, SourcesInvalid
from calculator.estimate import Estimate
from calculator.figures.sources import Sources
from calculator.languages import OF_THE_CODE, Language, name_in
from calculator.loading.files import Files
from calculator.loading.folder import Loaded, check_sources
from campaign.published.contacts import Contacts, check_contacts
from campaign.published.findings import Finding, find_in
from campaign.published.overruled import read_overruled
from campaign.published.texts import PageTexts, check_content
from campaign.words.charter import languages_without_words

Scenario = tuple[str, str]
Found = TypeVar("Found")

# What pages show of their own accord: previews, charts and the worked example.
NEEDED_REGIONS: Final = ("BE", "EUROPE")
NEEDED_PERIOD: Final = "1y"


@dataclass(frozen=True, slots=True)
class Published:
    """Figures, texts and contacts, and every estimate, computed once. Never changed: replaced."""

    sources: Sources
    estimates: Mapping[Scenario, Estimate]
    content: PageTexts
    contacts: Contacts

    @property
    def regions(self) -> tuple[str, ...]:
        """List the regions a visitor can choose."""
        return tuple(region.id for region in self.sources.scenarios.regions)

    @property
    def periods(self) -> tuple[str, ...]:
        """List the periods a visitor can choose."""
        return tuple(period.id for period in self.sources.scenarios.periods)


class Checked(NamedTuple):
    """What the files hold, None for what cannot be used, every problem, and every finding.

    A finding that is refused is a problem as well; the others are warnings nobody overruled.
    """

    loaded: Loaded | None
    texts: PageTexts | None
    contacts: Contacts | None
    figure_problems: Sequence[Problem]
    text_problems: Sequence[Problem]
    findings: Sequence[Finding]


def check_files(figures: Files, texts: Files, *, today: datetime.date | None = None) -> Checked:
    """Check figures, texts and contacts; every scenario is computed on the way.

    Dates after `today`, by default the day itself, are refused.
    """
    in_figures: list[Problem] = []
    in_texts: list[Problem] = []
    loaded = _try(partial(check_sources, figures, today=today), in_figures)
    in_figures += check_needed(loaded.sources) if loaded else ()
    content = _try(partial(check_content, texts), in_texts)
    known = {cited.figure.id for cited in loaded.sources.shown()} if loaded else None
    contacts = _try(partial(check_contacts, texts, known, today=today), in_texts)
    overruled = read_overruled(texts, in_texts)
    in_texts += map(_without_words, languages_without_words())
    findings: list[Finding] = []
    for files, problems in ((figures, in_figures), (texts, in_texts)):
        found = list(find_in(files, overruled))
        problems += [finding.problem for finding in found if finding.refused]
        findings += found
    return Checked(loaded, content, contacts, in_figures, in_texts, findings)


def _without_words(language: Language) -> Problem:
    message = f"lacks words in {name_in(language, OF_THE_CODE)}. Fill in each table, so that texts"
    return Problem("campaign/words/charter_words.py", 1, f"{message} in it are held by the charter")


def _try(check: Callable[[], Found], problems: list[Problem]) -> Found | None:
    try:
        return check()
    except SourcesInvalid as error:
        problems += error.problems
        return None


def publish(figures: Files, texts: Files, *, today: datetime.date | None = None) -> Published:
    """Check all files as check_files does; raises SourcesInvalid with every problem."""
    loaded, content, contacts, in_figures, in_texts, _found = check_files(
        figures, texts, today=today
    )
    if in_figures or in_texts or loaded is None or content is None or contacts is None:
        raise SourcesInvalid([*in_figures, *in_texts])
    estimates = MappingProxyType(loaded.estimates)
    return Published(loaded.sources, estimates, MappingProxyType(content), contacts)


def check_needed(sources: Sources) -> Iterator[Problem]:
    """Yield a problem for each region or period that pages show of their own accord and lack."""
    document, scenarios = sources.documents["scenarios.yaml"], sources.scenarios
    for place, found, needed in (
        ("regions", {each.id for each in scenarios.regions}, NEEDED_REGIONS),
        ("periods", {each.id for each in scenarios.periods}, (NEEDED_PERIOD,)),
    ):
        for name in needed:
            if name not in found:
                message = f"{name} is missing, and pages need it. Put it back"
                yield document.problem((place,), message)


def published() -> Published:
    """Return the state the current request is answered from: the same one to its end."""
    if "published" not in g:
        g.published = current_app.extensions["published"]
    state: Published = g.published
    return state


def swap(app: Flask, state: Published) -> None:
    """Answer from another state from the next request on."""
    app.extensions["published"] = state
