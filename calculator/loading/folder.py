"""Load the folder of figures, or say everything that is wrong with it, all at once."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel, ValidationError

from calculator.errors import Problem, SourcesInvalid
from calculator.figures.publication import Publication
from calculator.figures.scenarios import Rates, ScenarioRegion, Scenarios
from calculator.figures.sources import Located, Sources
from calculator.loading.rules import check_rates, check_scenarios
from calculator.loading.wording import say_what_is_wrong
from calculator.loading.yaml_text import Document, Location, read_document

# Of one file: thousands mean that it is another kind of file, and would bury those of the others.
MAX_PROBLEMS_SHOWN: Final = 100
# Ten times what there is: reading ever more would keep the processor from its visitors.
MAX_FILES: Final = 1_500

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
    paths = _publication_paths(folder / "publications", problems)
    for path in paths:
        file = _name_in_messages(path)
        publication = _load_file(path, file, Publication, problems, documents)
        if publication is not None:
            loaded.append(_Loaded(documents[-1], publication))

    by_file = {document.file: document for document in documents}
    day = today or datetime.date.today()  # noqa: DTZ011 - a local day
    problems += _check_identities(loaded)
    problems += _check_dates(loaded, day)
    # What a damaged file would have held counts as there, or one mistake would read like many.
    known = {item.publication.id for item in loaded} | {path.stem for path in paths}
    problems += _check_newer_editions(loaded, known)
    if rates is not None:
        problems += _check_rate_dates(rates, by_file["rates.yaml"], day)
    if scenarios is not None:
        problems += _check_citations(scenarios, by_file["scenarios.yaml"], known)
    if rates is None or scenarios is None:
        raise SourcesInvalid(problems)

    sources = Sources(
        publications=tuple(sorted((item.publication for item in loaded), key=lambda p: p.id)),
        rates=rates,
        scenarios=scenarios,
        digest=_digest(documents),
    )
    chosen = by_file["scenarios.yaml"]
    price_year = Located(chosen.file, chosen.line_of(("price_year",)))
    problems += check_rates(sources, _locate_figures(loaded), price_year)
    if not problems:
        # Only now: with a file left out, a scenario could fall below its minimum for no reason.
        problems += check_scenarios(sources, _locate_regions(scenarios, chosen))
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
    visible = [path for path in names if not path.name.startswith(".")]
    if len(visible) > MAX_FILES:
        message = f"holds {len(visible)} files, more than {MAX_FILES}. Is it the right folder?"
        problems.append(Problem("publications", 1, message))
        return []
    for path in visible:
        # Such as ilo.yml, ilo.YAML, and ilo.yaml.txt as some editors save it without asking.
        if path.suffix != ".yaml" and {".yml", ".yaml"} & set(map(str.lower, path.suffixes)):
            message = "would be overlooked. Rename it to end in .yaml, or remove it"
            problems.append(Problem(_name_in_messages(path), 1, message))
    return [path for path in visible if path.suffix == ".yaml"]


def _name_in_messages(path: Path) -> str:
    """Name a publication's file so that any terminal and log can show it."""
    name = path.name.encode("utf-8", "replace").decode()
    return f"publications/{name if name.isprintable() else ascii(name)}"


def _load_file(
    path: Path, file: str, model: type[Model], problems: list[Problem], documents: list[Document]
) -> Model | None:
    document = read_document(path, file, problems)
    if document is None:
        return None
    try:
        record = model.model_validate(document.content)
    except ValidationError as error:
        details = [
            detail
            for detail in error.errors(include_url=False)
            # A list all of whose entries are wrong is reported as too short on top of that.
            if not (detail["type"] == "too_short" and document.value_at(tuple(detail["loc"])))
        ]
        for detail in details[:MAX_PROBLEMS_SHOWN]:
            location: Location = tuple(detail["loc"])
            message = say_what_is_wrong(detail, document.value_at(location), model)
            problems.append(Problem(file, document.line_of(location), message))
        if len(details) > MAX_PROBLEMS_SHOWN:
            more = len(details) - MAX_PROBLEMS_SHOWN
            problems.append(Problem(file, 1, f"{more} more problems. Mend the others first"))
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


def _check_rate_dates(rates: Rates, document: Document, today: datetime.date) -> Iterator[Problem]:
    for name, series in (
        ("exchange_rates", rates.exchange_rates),
        ("consumer_prices", rates.consumer_prices),
    ):
        if series.accessed > today.isoformat():
            yield Problem(
                document.file,
                document.line_of((name, "accessed")),
                f"accessed is {series.accessed}, which lies in the future."
                " Write the day you read the table",
            )


def _check_newer_editions(loaded: Sequence[_Loaded], known: Collection[str]) -> Iterator[Problem]:
    for item in loaded:
        newer = item.publication.superseded_by
        if newer is not None and (newer not in known or newer == item.publication.id):
            yield Problem(
                item.document.file,
                item.document.line_of(("superseded_by",)),
                f"superseded_by is {newer}, which is no other publication here."
                " Use the id of a file in publications/",
            )


def _check_citations(
    scenarios: Scenarios, document: Document, known: Collection[str]
) -> Iterator[Problem]:
    for location, part in scenarios.reasoned():
        for i, cited in enumerate(part.cites):
            if cited not in known:
                name = part.id if isinstance(part, ScenarioRegion) else location[-1]
                yield Problem(
                    document.file,
                    document.line_of((*location, "cites", i)),
                    f"{name} cites {cited}, which is no publication here."
                    " Use the id of a file in publications/",
                )


def _locate_figures(loaded: Sequence[_Loaded]) -> dict[str, Located]:
    return {
        figure.id: Located(item.document.file, item.document.line_of(("figures", i)))
        for item in loaded
        for i, figure in enumerate(item.publication.figures)
    }


def _locate_regions(scenarios: Scenarios, document: Document) -> dict[str, Located]:
    return {
        region.id: Located(document.file, document.line_of(("regions", i)))
        for i, region in enumerate(scenarios.regions)
    }


def _digest(documents: Sequence[Document]) -> str:
    """Name a state of the figures: the same content gives the same 12 letters, in any order."""
    content = sorted(
        json.dumps([document.file, document.content], sort_keys=True) for document in documents
    )
    return hashlib.sha256("\n".join(content).encode()).hexdigest()[:12]
