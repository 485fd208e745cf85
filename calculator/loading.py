"""Load the folder of figures, or say everything that is wrong with it, all at once."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from calculator.errors import Problem, SourcesInvalid
from calculator.figures import Publication
from calculator.rules import check_rules
from calculator.scenarios import Rates, Scenarios
from calculator.sources import Located, Sources
from calculator.wording import say_what_is_wrong
from calculator.yaml_text import Document, Location, read_document

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class _Loaded:
    document: Document
    publication: Publication


def load_sources(folder: Path, *, today: datetime.date | None = None) -> Sources:
    """Read and check all figures, rates and scenarios of a folder.

    Args:
        folder: holds publications/*.yaml, rates.yaml and scenarios.yaml.
        today: dates after this day are refused; the day itself by default.

    Raises:
        SourcesInvalid: with every problem found, each with file, line and what to do.
    """
    problems: list[Problem] = []
    documents: list[Document] = []

    rates = _load_file(folder / "rates.yaml", "rates.yaml", Rates, problems, documents)
    scenarios = _load_file(
        folder / "scenarios.yaml", "scenarios.yaml", Scenarios, problems, documents
    )
    loaded: list[_Loaded] = []
    for path in _publication_paths(folder / "publications", problems):
        file = f"publications/{path.name}"
        publication = _load_file(path, file, Publication, problems, documents)
        if publication is not None:
            loaded.append(_Loaded(documents[-1], publication))

    problems += _check_identities(loaded)
    problems += _check_dates(loaded, today or datetime.date.today())  # noqa: DTZ011 - a local day
    if rates is not None and scenarios is not None:
        lines = {document.file: document for document in documents}
        problems += _check_citations(loaded, scenarios, lines)
    if problems or rates is None or scenarios is None:
        raise SourcesInvalid(problems)

    sources = Sources(
        publications=tuple(sorted((item.publication for item in loaded), key=lambda p: p.id)),
        rates=rates,
        scenarios=scenarios,
        digest=_digest(documents),
    )
    problems += check_rules(sources, _locate_figures(loaded))
    if problems:
        raise SourcesInvalid(problems)
    return sources


def _publication_paths(folder: Path, problems: list[Problem]) -> list[Path]:
    try:
        names = sorted(folder.iterdir())
    except OSError as error:
        reason = error.strerror or "unknown reason"
        problems.append(Problem("publications", 1, f"folder cannot be read ({reason})"))
        return []
    for path in names:
        if path.suffix == ".yml":
            file = f"publications/{path.name}"
            problems.append(Problem(file, 1, "ends in .yml. Rename it to end in .yaml"))
    return [path for path in names if path.suffix == ".yaml" and not path.name.startswith(".")]


def _load_file(
    path: Path, file: str, model: type[Model], problems: list[Problem], documents: list[Document]
) -> Model | None:
    document = read_document(path, file, problems)
    if document is None:
        return None
    try:
        record = model.model_validate(document.content)
    except ValidationError as error:
        for detail in error.errors():
            location: Location = tuple(detail["loc"])
            message = say_what_is_wrong(detail, document.value_at(location), model)
            problems.append(Problem(file, document.line_of(location), message))
        return None
    documents.append(document)
    return record


def _check_identities(loaded: Sequence[_Loaded]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for item in loaded:
        file, publication = item.document.file, item.publication
        name = Path(file).stem
        if publication.id != name:
            yield Problem(
                file,
                item.document.line_of(("id",)),
                f"id is {publication.id} but the file is called {name}.yaml. Make them the same",
            )
        for i, figure in enumerate(publication.figures):
            line = item.document.line_of(("figures", i, "id"))
            if figure.id in seen:
                yield Problem(
                    file,
                    line,
                    f"figure id {figure.id} is used already at {seen[figure.id]}."
                    " Give each figure its own id",
                )
            seen.setdefault(figure.id, f"{file}:{line}")


def _check_dates(loaded: Sequence[_Loaded], today: datetime.date) -> Iterator[Problem]:
    for item in loaded:
        file, publication = item.document.file, item.publication
        years: list[tuple[Location, object]] = [(("year",), publication.year)]
        years += [
            (("figures", i, "reference_year"), figure.reference_year)
            for i, figure in enumerate(publication.figures)
        ]
        for location, year in years:
            if isinstance(year, int) and year > today.year:
                yield Problem(
                    file,
                    item.document.line_of(location),
                    f"{location[-1]} is {year}, which lies in the future. Check the page cited",
                )
        if publication.accessed > today.isoformat():
            yield Problem(
                file,
                item.document.line_of(("accessed",)),
                f"accessed is {publication.accessed}, which lies in the future."
                " Write the day you read the page",
            )


def _check_citations(
    loaded: Sequence[_Loaded], scenarios: Scenarios, documents: Mapping[str, Document]
) -> Iterator[Problem]:
    known = {item.publication.id for item in loaded}
    for item in loaded:
        newer = item.publication.superseded_by
        if newer is not None and (newer not in known or newer == item.publication.id):
            yield Problem(
                item.document.file,
                item.document.line_of(("superseded_by",)),
                f"superseded_by is {newer}, which is no other publication here."
                " Use the id of a file in publications/",
            )
    for location, part in scenarios.reasoned():
        for i, cited in enumerate(part.cites):
            if cited not in known:
                yield Problem(
                    "scenarios.yaml",
                    documents["scenarios.yaml"].line_of((*location, "cites", i)),
                    f"{location[-1]} cites {cited}, which is no publication here."
                    " Use the id of a file in publications/",
                )


def _locate_figures(loaded: Sequence[_Loaded]) -> dict[str, Located]:
    return {
        figure.id: Located(item.document.file, item.document.line_of(("figures", i)))
        for item in loaded
        for i, figure in enumerate(item.publication.figures)
    }


def _digest(documents: Sequence[Document]) -> str:
    """Name a state of the figures: the same content gives the same 12 letters, in any order."""
    content = sorted(
        json.dumps([document.file, document.content], sort_keys=True) for document in documents
    )
    return hashlib.sha256("\n".join(content).encode()).hexdigest()[:12]
