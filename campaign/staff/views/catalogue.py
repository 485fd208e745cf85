"""What the overview lists: publications and figures, with what needs a look first."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from calculator.evidence import where_it_counts
from calculator.figures.publication import Figure, Publication
from calculator.figures.sources import Cited, Sources
from calculator.formatting import format_number
from calculator.languages import OF_THE_CODE
from calculator.loading.folder import read_record
from campaign.staff.files.checking import State
from campaign.staff.files.checkout import SOURCES
from campaign.staff.views.words import count
from campaign.upkeep.links.memory import Remembered
from campaign.upkeep.stale import A_YEAR, days_since
from campaign.words.figure import say_value

# "blocked" only says that a robot was turned away.
LINKS_TO_LOOK_AT = ("gone", "unreachable", "moved")


@dataclass(frozen=True, slots=True)
class ListedFigure:
    """One figure of the overview, with its number and weights as texts."""

    figure: Figure
    value: str
    weights: str


@dataclass(frozen=True, slots=True)
class ListedPublication:
    """One file of the overview; `alerts` say what needs a look, the worst first.

    Without a publication where the file cannot be read as one.
    """

    name: str
    alerts: tuple[str, ...]
    rank: int
    publication: Publication | None = None
    age: str = ""
    link: Remembered | None = None
    figures: tuple[ListedFigure, ...] = ()

    @property
    def id(self) -> str:
        return Path(self.name).stem

    @property
    def takes_part(self) -> bool:
        return any(figure.weights for figure in self.figures)

    def matches(self, words: Sequence[str]) -> bool:
        """Tell whether all words stand somewhere in the row."""
        parts = [self.id]
        if self.publication is not None:
            own = self.publication
            parts += [own.publisher, own.title, str(own.year), own.kind]
        for listed in self.figures:
            parts += [listed.figure.id, listed.figure.label.in_language(OF_THE_CODE), listed.value]
        text = " ".join(parts).casefold()
        return all(word in text for word in words)


def list_publications(
    names: Sequence[str], state: State, links: Mapping[str, Remembered], today: datetime.date
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
        rows.append(_row(name, publication, state.sources, wrong[name], links, today))
    return sorted(rows, key=lambda row: (row.rank, row.id))


def _row(
    name: str,
    publication: Publication | None,
    sources: Sources | None,
    wrong: int,
    links: Mapping[str, Remembered],
    today: datetime.date,
) -> ListedPublication:
    alerts: list[tuple[int, str]] = []
    if wrong:
        alerts.append((0, f"{count(wrong, 'problem')} to mend"))
    if publication is None:
        return ListedPublication(name, tuple(words for _, words in alerts), rank=0)
    figures = tuple(_figure(Cited(publication, each), sources) for each in publication.figures)
    link = links.get(publication.url)
    if link is not None and link.verdict in LINKS_TO_LOOK_AT:
        alerts.append((1, f"link {link.verdict}"))
    age = days_since(publication.accessed, today)
    if age > A_YEAR:
        alerts.append((2, "not looked at for a year"))
    waiting = sum(figure.status == "waiting" for figure in publication.figures)
    if waiting:
        alerts.append((3, f"{waiting} figure{'s' if waiting > 1 else ''} waiting"))
    return ListedPublication(
        name,
        tuple(words for _, words in sorted(alerts)),
        rank=min((rank for rank, _ in alerts), default=9),
        publication=publication,
        age=_say_age(age),
        link=link,
        figures=figures,
    )


def _figure(cited: Cited, sources: Sources | None) -> ListedFigure:
    counts = where_it_counts(sources, cited) if sources else {}
    said = [
        f"{region} {item.role} {format_number(item.weight, 'en', decimals=3)}"
        for region, item in counts.items()
    ]
    return ListedFigure(cited.figure, say_value(cited.figure, "en"), ", ".join(said))


def _say_age(days: int) -> str:
    if days < 60:
        return count(max(days, 0), "day")
    return f"{days // 30} months"
