"""What the overview lists: publications and figures, with what needs a look first."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from calculator.estimate import weights_of
from calculator.figures.publication import Figure, Publication
from calculator.figures.sources import Cited, Sources
from calculator.formatting import format_number
from calculator.loading.folder import read_record
from campaign.staff.files.checking import State
from campaign.staff.files.checkout import SOURCES
from campaign.upkeep.links.memory import Remembered
from campaign.upkeep.stale import A_YEAR, days_since
from campaign.words.figure import say_value

# "blocked" only says that a robot was turned away.
LINKS_TO_LOOK_AT = ("gone", "unreachable", "moved")


@dataclass(frozen=True, slots=True)
class ListedFigure:
    """One figure of the overview."""

    id: str
    label: str
    value: str
    region: str
    year: str
    reliability: str
    weights: str


@dataclass(frozen=True, slots=True)
class ListedPublication:
    """One publication of the overview; `alerts` say what needs a look, the worst first."""

    name: str
    id: str
    alerts: tuple[str, ...]
    rank: int
    publisher: str = ""
    title: str = ""
    year: str = ""
    kind: str = ""
    accessed: str = ""
    age: str = ""
    link: Remembered | None = None
    figures: tuple[ListedFigure, ...] = ()
    takes_part: bool = False

    def matches(self, words: Sequence[str]) -> bool:
        """Tell whether all words stand somewhere in the row."""
        text = " ".join(
            [self.id, self.publisher, self.title, self.year, self.kind]
            + [f"{figure.id} {figure.label} {figure.value}" for figure in self.figures]
        ).casefold()
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
        alerts.append((0, f"{wrong} problem{'s' if wrong > 1 else ''} to mend"))
    if publication is None:
        stem = Path(name).stem
        return ListedPublication(name, stem, tuple(words for _, words in alerts), rank=0)
    figures = tuple(_figure(publication, figure, sources) for figure in publication.figures)
    link = links.get(publication.url)
    if link is not None and link.verdict in LINKS_TO_LOOK_AT:
        alerts.append((1, f"link {link.verdict}"))
    age = days_since(publication.accessed, today)
    if age > A_YEAR:
        alerts.append((2, "not looked at for a year"))
    part = any(figure.weights for figure in figures)
    if publication.superseded_by:
        alerts.append((3 if part else 4, f"superseded by {publication.superseded_by}"))
    return ListedPublication(
        name=name,
        id=publication.id,
        publisher=publication.publisher,
        title=publication.title,
        year=str(publication.year),
        kind=publication.kind,
        accessed=publication.accessed,
        age=_say_age(age),
        link=link,
        alerts=tuple(words for _, words in sorted(alerts)),
        figures=figures,
        takes_part=part,
        rank=min((rank for rank, _ in alerts), default=9),
    )


def _figure(publication: Publication, figure: Figure, sources: Sources | None) -> ListedFigure:
    weights = weights_of(Cited(publication, figure), sources.scenarios) if sources else {}
    return ListedFigure(
        id=figure.id,
        label=figure.label.en,
        value=say_value(figure, "en"),
        region=figure.region,
        year=str(figure.reference_year or ""),
        reliability=figure.reliability,
        weights=", ".join(
            f"{region} {format_number(weight, 'en', decimals=3)}"
            for region, weight in weights.items()
        ),
    )


def _say_age(days: int) -> str:
    if days < 60:
        return f"{max(days, 0)} day{'' if days == 1 else 's'}"
    return f"{days // 30} months"
