"""Figures that take part in the estimate once their year has a rate and a price level."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from calculator.clock import belgian_day
from calculator.evidence import what_it_awaits
from calculator.figures.sources import Sources
from campaign.staff.files.checkout import PUBLICATIONS_FOLDER
from campaign.staff.forms.faults import say
from campaign.words.i18n import current_language


@dataclass(frozen=True, slots=True)
class Awaiting:
    """One figure: its publication, its name, its year, and what that year lacks.

    A year that is not `over` has no numbers yet, and no page to fill them in.
    """

    publication: str
    label: str
    year: int | None
    lacks: str
    over: bool


def awaiting(sources: Sources | None, files: Collection[str] | None = None) -> list[Awaiting]:
    """List the figures that wait, of some files of publications or of all."""
    names = None if files is None else {_id(name) for name in files}
    found = []
    for cited in sources.figures() if sources is not None else ():
        if names is not None and cited.publication.id not in names:
            continue
        lacks = what_it_awaits(sources, cited) if sources is not None else ()
        if lacks:
            label = cited.figure.label.in_language(current_language())
            said = ", ".join(map(say, lacks))
            over = cited.year is None or cited.year < belgian_day().year
            found.append(Awaiting(cited.publication.id, label, cited.year, said, over))
    return found


def _id(name: str) -> str:
    return Path(name).stem if name.startswith(PUBLICATIONS_FOLDER) else ""
