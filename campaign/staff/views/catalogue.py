"""What the list of publications and figures says of each: ready texts, and what to find it by."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from calculator.evidence import where_it_counts
from calculator.figures.publication import Figure, Publication
from calculator.figures.sources import Cited, Sources
from calculator.formatting import format_large, format_number
from calculator.languages import LANGUAGES, Language
from calculator.loading.folder import read_record
from campaign.staff.files.checking import State
from campaign.staff.files.checkout import SOURCES
from campaign.staff.files.records import SavedEdit
from campaign.staff.views.finding import searched
from campaign.staff.views.links import TO_LOOK_AT, VERDICTS
from campaign.staff.views.words import region_names
from campaign.upkeep.links.memory import Remembered
from campaign.upkeep.stale import A_YEAR, days_since
from campaign.words.figure import say_value
from campaign.words.i18n import catalogue, current_language, gettext, ngettext, say_colon
from campaign.words.terms import FIGURE_REGIONS, KINDS, MEASURES, ROLES


@dataclass(frozen=True, slots=True)
class Alert:
    """Why a row needs a look; the lowest rank is the most urgent."""

    rank: int
    words: str


@dataclass(frozen=True)
class ListedFigure:
    """One figure with its number and weights as texts, and its publication's row."""

    row: "ListedPublication"
    cited: Cited
    value: str
    weights: str

    @property
    def figure(self) -> Figure:
        return self.cited.figure

    @property
    def label(self) -> str:
        return self.figure.label.in_language(current_language())

    @cached_property
    def text(self) -> str:
        """Return what the figure is found by: all its texts, names and numbers."""
        own = self.figure
        parts = [own.id, own.family or "", own.locator or "", self.value]
        for language in LANGUAGES:
            parts += [each.in_language(language) for each in (own.label, own.says, own.caveat)]
            parts += [_translated(FIGURE_REGIONS, own.region, language)]
            parts += [_translated(MEASURES, own.measure, language)]
            parts += [format_large(value, language) or "" for _name, value in own.stated() if value]
        parts += [f"{value:.15g}" for _name, value in own.stated() if value is not None]
        return searched(parts)


@dataclass(frozen=True)
class ListedPublication:
    """One file of the list; without a publication where the file cannot be read as one."""

    name: str
    alerts: tuple[Alert, ...]
    publication: Publication | None
    edit: SavedEdit | None
    link: Remembered | None
    counts: Mapping[str, Mapping[str, str]]

    @property
    def id(self) -> str:
        return Path(self.name).stem

    @property
    def title(self) -> str:
        return self.publication.title if self.publication else self.name

    @property
    def rank(self) -> int:
        return min((alert.rank for alert in self.alerts), default=9)

    @cached_property
    def figures(self) -> tuple[ListedFigure, ...]:
        if self.publication is None:
            return ()
        return tuple(
            ListedFigure(
                self,
                Cited(self.publication, figure),
                say_value(figure, current_language()),
                ", ".join(self.counts.get(figure.id, {}).values()),
            )
            for figure in self.publication.figures
        )

    @property
    def taking_part(self) -> int:
        return sum(bool(figure.weights) for figure in self.figures)

    @cached_property
    def own_text(self) -> str:
        """Return what the publication is found by, without its figures."""
        if self.publication is None:
            return searched([self.id])
        own = self.publication
        kinds = [_translated(KINDS, own.kind, language) for language in LANGUAGES]
        named = [own.publisher, own.reported_by or "", own.title, str(own.year), own.url]
        return searched([self.id, *named, *kinds])

    @cached_property
    def text(self) -> str:
        """Return what the publication and all its figures are found by."""
        return "\n".join([self.own_text, *(figure.text for figure in self.figures)])


def list_publications(
    names: Sequence[str],
    state: State,
    links: Mapping[str, Remembered],
    edits: Mapping[str, SavedEdit],
    today: datetime.date,
) -> list[ListedPublication]:
    """List the files of publications, those that need a look first."""
    wrong = Counter(problem.file for problem in state.problems)
    loaded = {item.id: item for item in state.sources.publications} if state.sources else {}
    rows = []
    for name in names:
        publication = loaded.get(Path(name).stem)
        if publication is None:  # while the folder as a whole cannot be used
            file = name.removeprefix(SOURCES)
            publication = read_record(state.figures, file, Publication, problems=[], documents={})
        link = links.get(publication.url) if publication else None
        rows.append(
            ListedPublication(
                name,
                _alerts(publication, wrong[name], link, today),
                publication,
                edits.get(name),
                link,
                _counts(publication, state.sources),
            )
        )
    return sorted(rows, key=lambda row: (row.rank, row.id))


def _alerts(
    publication: Publication | None, wrong: int, link: Remembered | None, today: datetime.date
) -> tuple[Alert, ...]:
    found = []
    if wrong:
        said = ngettext("%(number)s problem to mend", "%(number)s problems to mend", wrong)
        found.append(Alert(0, said % {"number": wrong}))
    if link is not None and link.verdict in TO_LOOK_AT:
        said = f"{gettext('Link')}{say_colon()}{gettext(VERDICTS[link.verdict])}"
        found.append(Alert(1, said))
    if publication is not None:
        if days_since(publication.accessed, today) > A_YEAR:
            found.append(Alert(2, gettext("not looked at for a year")))
        if waiting := sum(figure.status == "waiting" for figure in publication.figures):
            said = ngettext("%(number)s figure waiting", "%(number)s figures waiting", waiting)
            found.append(Alert(3, said % {"number": waiting}))
    return tuple(found)


def _counts(
    publication: Publication | None, sources: Sources | None
) -> Mapping[str, Mapping[str, str]]:
    """Return for each figure that takes part its weight in each region, in words."""
    if publication is None or sources is None:
        return {}
    names = region_names(sources)
    return {
        figure.id: {
            region: names.get(region, region)
            + say_colon()
            + format_number(item.weight, current_language(), decimals=3)
            + f" ({gettext(ROLES[item.role])})"
            for region, item in where_it_counts(sources, Cited(publication, figure)).items()
        }
        for figure in publication.figures
    }


def _translated(names: Mapping[str, str], key: str, language: Language) -> str:
    return catalogue(language).gettext(names[key])
