"""Load the folder of figures, or raise all its problems at once."""

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from calculator.clock import belgian_day
from calculator.errors import Location, Problem, SourcesInvalid
from calculator.errors import message as _
from calculator.estimate import Estimate
from calculator.figures.document import Document
from calculator.figures.publication import Publication
from calculator.figures.scenarios import FamilyNames, Rates, Scenarios
from calculator.figures.sources import Sources
from calculator.loading.files import Files, missing, names_in, read_file
from calculator.loading.rules import (
    SCENARIOS,
    check_citations,
    check_figures,
    check_newer_figures,
    check_same_as,
    estimate_all,
)
from calculator.loading.wording import say_what_is_wrong
from calculator.loading.yaml_text import read_document

# For each file: thousands mean another kind of file, and would hide the problems of the others.
MAX_PROBLEMS_SHOWN: Final = 100
PUBLICATIONS: Final = "publications"
RATES: Final = "rates.yaml"
FAMILIES: Final = "families.yaml"

Model = TypeVar("Model", bound=BaseModel)
_Found = tuple[Document, Publication]


class Loaded(NamedTuple):
    """Checked figures, and the estimate of every region and period: the checks need each."""

    sources: Sources
    estimates: Mapping[tuple[str, str], Estimate]


def load_sources(folder: Path, *, today: datetime.date | None = None) -> Sources:
    """Read and check all figures, rates and scenarios of a folder; see check_sources."""
    return check_sources(read_sources(folder), today=today).sources


def read_sources(folder: Path) -> Files:
    """Read the files about all figures and publications/*.yaml without checking them."""
    files: dict[str, bytes | Problem] = {
        name: read_file(folder, name) for name in (RATES, SCENARIOS, FAMILIES)
    }
    names = names_in(folder / PUBLICATIONS, PUBLICATIONS)
    if isinstance(names, Problem):
        return files | {PUBLICATIONS: names}
    for name in names:
        path, file = Path(PUBLICATIONS) / name, _name_in_messages(name)
        if path.suffix == ".yaml":
            files[file] = read_file(folder, str(path), file)
        # Such as ilo.yml, ilo.YAML, and ilo.yaml.txt, which some editors write.
        elif {".yml", ".yaml"} & set(map(str.lower, path.suffixes)):
            message = "would be overlooked. Rename it to end in .yaml, or remove it"
            files[file] = Problem(file, 1, message)
    return files


def check_sources(files: Files, *, today: datetime.date | None = None) -> Loaded:
    """Check all figures, rates and scenarios, and compute every estimate.

    Args:
        files: what read_sources returned, or the same with other texts in it.
        today: dates after this day are refused; the day in Belgium by default.

    Raises:
        SourcesInvalid: with every problem found, each with file, line and what to do.
    """
    problems: list[Problem] = []
    documents: dict[str, Document] = {}

    rates = read_record(files, RATES, Rates, problems, documents)
    scenarios = read_record(files, SCENARIOS, Scenarios, problems, documents)
    names_of = read_record(files, FAMILIES, FamilyNames, problems, documents)
    read: list[_Found] = []
    if isinstance(unread := files.get(PUBLICATIONS), Problem):
        problems.append(unread)
    names = sorted(file for file in files if file.startswith(f"{PUBLICATIONS}/"))
    for file in names:
        publication = read_record(files, file, Publication, problems, documents)
        if publication is not None:
            read.append((documents[file], publication))

    day = today or belgian_day()
    problems += _check_identities(read)
    problems += _check_dates(read, day)
    # Count a damaged file's publication as present, else each citation of it is a problem too.
    publications = sorted((publication for _, publication in read), key=lambda p: p.id)
    known = {item.id for item in publications} | {Path(file).stem for file in names}
    if len(read) == len(names):  # or the newer figure may stand in a file that is damaged
        problems += check_newer_figures(read)
    if rates is not None:
        problems += _check_rate_dates(rates, documents[RATES], day)
    if scenarios is not None:
        problems += _check_help_dates(scenarios, documents[SCENARIOS], day)
        problems += check_citations(scenarios, documents[SCENARIOS], known)
        problems += check_same_as(scenarios, documents[SCENARIOS])
    if rates is None or scenarios is None or names_of is None:
        raise SourcesInvalid(problems)

    sources = Sources(
        publications=tuple(publications),
        rates=rates,
        scenarios=scenarios,
        families={family.id: family.label for family in names_of.families},
        digest=_digest(documents),
        documents=documents,
    )
    problems += check_figures(sources, read)
    estimates: Mapping[tuple[str, str], Estimate] = {}
    if not problems:
        # Only without problems: a file left out could put a scenario below its minimum.
        estimates, problems = estimate_all(sources)
    if problems:
        raise SourcesInvalid(problems)
    return Loaded(sources, estimates)


def _name_in_messages(name: str) -> str:
    """Return a publication's file name in a form that any terminal and log can show."""
    shown = name.encode("utf-8", "replace").decode()
    return f"{PUBLICATIONS}/{shown if shown.isprintable() else ascii(shown)}"


def read_record(
    files: Files,
    file: str,
    model: type[Model],
    problems: list[Problem],
    documents: dict[str, Document],
) -> Model | None:
    """Read a file as a record; add what is wrong to `problems`, and its document to `documents`."""
    document, record, found = _read(file, files.get(file, missing(file)), model)
    problems += found
    if document is not None:
        documents[file] = document
    return record


@lru_cache(maxsize=512)  # of some 140 files an edit changes one: the others cost nothing
def _read(
    file: str, raw: bytes | Problem, model: type[Model]
) -> tuple[Document | None, Model | None, tuple[Problem, ...]]:
    """Return a file's document and record, both or neither, and what is wrong with it."""
    problems: list[Problem] = []
    document = read_document({file: raw}, file, problems)
    if document is None:
        return None, None, tuple(problems)
    # Of a value with a sign that cannot stand, nothing else is said.
    damaged = {problem.location for problem in problems}
    try:
        record = model.model_validate(document.content)
    except ValidationError as error:
        found = error.errors(include_url=False)
        places = {detail["loc"][:i] for detail in found for i in range(len(detail["loc"]))}
        # pydantic also reports a list as too short when all its entries are wrong.
        details = [
            detail
            for detail in found
            if not (detail["type"] == "too_short" and detail["loc"] in places)
            and detail["loc"] not in damaged
        ]
        for detail in details[:MAX_PROBLEMS_SHOWN]:
            location: Location = tuple(detail["loc"])
            message = say_what_is_wrong(detail, document.value_at(location), model)
            problems.append(document.problem(location, message))
        if len(details) > MAX_PROBLEMS_SHOWN:
            more = len(details) - MAX_PROBLEMS_SHOWN
            problems.append(
                Problem(file, 1, _("%(more)s more problems. Mend the others first", more=more))
            )
        return None, None, tuple(problems)
    return (None, None, tuple(problems)) if problems else (document, record, ())


def _check_identities(read: Sequence[_Found]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for document, publication in read:
        name = Path(document.file).stem
        if publication.id != name:
            yield document.problem(
                ("id",),
                _(
                    "id is %(id)s but the file is called %(file)s.yaml. Make them the same",
                    id=publication.id,
                    file=name,
                ),
            )
        for i, figure in enumerate(publication.figures):
            place = document.problem(
                ("figures", i, "id"),
                _(
                    "figure id %(id)s is used already at %(place)s. Give each figure its own id",
                    id=figure.id,
                    place=seen.get(figure.id),
                ),
            )
            if figure.id in seen:
                yield place
            seen.setdefault(figure.id, f"{place.file}:{place.line}")


def _check_dates(read: Sequence[_Found], today: datetime.date) -> Iterator[Problem]:
    for document, publication in read:
        years: list[tuple[Location, object]] = [(("year",), publication.year)]
        years += [
            (("figures", i, "reference_year"), figure.reference_year)
            for i, figure in enumerate(publication.figures)
        ]
        for location, year in years:
            if isinstance(year, int) and year > today.year:
                message = _("%(year)s lies in the future. Check the page cited", year=year)
                yield document.problem(location, message)
        yield from _check_read(document, ("accessed",), publication.accessed, today)


def _check_rate_dates(rates: Rates, document: Document, today: datetime.date) -> Iterator[Problem]:
    for name in ("exchange_rates", "consumer_prices"):
        day = getattr(rates, name).accessed
        yield from _check_read(document, (name, "accessed"), day, today)


def _check_help_dates(
    scenarios: Scenarios, document: Document, today: datetime.date
) -> Iterator[Problem]:
    for i, region in enumerate(scenarios.regions):
        if region.help is not None and (called := region.help.confirmed_on) > today.isoformat():
            message = _(
                "%(day)s lies in the future. Write the day it was",
                day=called,
            )
            yield document.problem(("regions", i, "help", "confirmed_on"), message)


def _check_read(
    document: Document, location: Location, day: str, today: datetime.date
) -> Iterator[Problem]:
    if day > today.isoformat():
        message = _("%(day)s lies in the future. Write the day you read it", day=day)
        yield document.problem(location, message)


def _digest(documents: Mapping[str, Document]) -> str:
    """Return 12 hex digits of a hash of the content, the same for any order of the files."""
    content = sorted(
        json.dumps([file, document.content], sort_keys=True) for file, document in documents.items()
    )
    return hashlib.sha256("\n".join(content).encode()).hexdigest()[:12]
