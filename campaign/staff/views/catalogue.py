"""What the overview lists: publications and figures, with what needs a look first."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from calculator.errors import Problem
from calculator.estimate import takes_part
from calculator.figures.publication import Figure, Publication
from calculator.figures.sources import Cited, Sources
from calculator.formatting import format_number
from calculator.loading.files import read_file
from calculator.loading.yaml_text import read_document
from campaign.staff.files.checkout import PUBLICATIONS, Checkout
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
    publisher: str
    title: str
    year: str
    kind: str
    accessed: str
    age: str
    link: Remembered | None
    alerts: tuple[str, ...]
    figures: tuple[ListedFigure, ...]
    takes_part: bool
    rank: int

    def matches(self, words: Sequence[str]) -> bool:
        """Tell whether all words stand somewhere in the row."""
        text = " ".join(
            [self.id, self.publisher, self.title, self.year, self.kind]
            + [f"{figure.id} {figure.label} {figure.value}" for figure in self.figures]
        ).casefold()
        return all(word in text for word in words)


def list_publications(
    checkout: Checkout,
    sources: Sources | None,
    problems: Sequence[Problem],
    links: Mapping[str, Remembered],
    today: datetime.date,
) -> list[ListedPublication]:
    """List every publication's file, those that need a look first."""
    wrong: dict[str, int] = {}
    for problem in problems:
        wrong[problem.file] = wrong.get(problem.file, 0) + 1
    loaded = {item.id: item for item in sources.publications} if sources is not None else {}
    rows = []
    for name in checkout.names():
        if not name.startswith(PUBLICATIONS):
            continue
        stem = Path(name).stem
        publication = loaded.get(stem) or _read_alone(checkout.root / name)
        rows.append(_row(name, publication, sources, wrong.get(name, 0), links, today))
    return sorted(rows, key=lambda row: (row.rank, row.id))


def _read_alone(path: Path) -> Publication | None:
    """Read one file for as long as the folder as a whole cannot be used."""
    document = read_document({path.name: read_file(path, path.name)}, path.name, [])
    if document is None:
        return None
    try:
        return Publication.model_validate(document.content)
    except ValidationError:
        return None


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
        return ListedPublication(
            name, Path(name).stem, "", "", "", "", "", "", None,
            tuple(words for _, words in alerts), (), takes_part=False, rank=0,
        )  # fmt: skip
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
    return ListedFigure(
        id=figure.id,
        label=figure.label.en,
        value=say_value(figure, "en"),
        region=figure.region,
        year=str(figure.reference_year or ""),
        reliability=figure.reliability,
        weights=_weights(Cited(publication, figure), sources) if sources is not None else "",
    )


def _weights(cited: Cited, sources: Sources) -> str:
    """Say in which scenarios a figure takes part, with its weight there before stretch."""
    scenarios = sources.scenarios
    parts = []
    for region in scenarios.regions:
        if takes_part(cited.figure, region):
            weight = (
                region.weights[cited.figure.region]
                * scenarios.kind.weights[cited.publication.kind]
                * scenarios.scope.weights[cited.figure.scope]
            )
            parts.append(f"{region.id} {format_number(weight, 'en', decimals=3)}")
    return ", ".join(parts)


def _say_age(days: int) -> str:
    if days < 60:
        return f"{max(days, 0)} day{'' if days == 1 else 's'}"
    return f"{days // 30} months"
