"""The fields of a form, read from the schema: name, the manual's words, what may be chosen."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel
from pydantic.fields import FieldInfo

from calculator.figures.fields import check_line
from calculator.figures.manual import FIGURE, PUBLICATION, VALUES, Words
from calculator.figures.publication import Figure, Publication, Texts
from campaign.published.contacts import Addresses, Facts, Help, PressContact

FieldKind = Literal["line", "choice", "languages", "records", "ids"]
LONG: Final = {"says", "caveat", "advice", "what", "where", "note", "text"}
FILE_MODELS: Final[Mapping[str, type[BaseModel]]] = {
    "campaign/content/help.yaml": Help,
    "campaign/content/press.yaml": PressContact,
    "campaign/content/facts.yaml": Facts,
}
# Words for what the schema describes in no manual of its own: the contacts.
ABOUT: Final[Mapping[str, str]] = {
    "services": "Helplines, centres and reporting points",
    "roles": "Who the reader may be, what to do first, and who helps",
    "after_report": "What happens after a report, step by step",
    "phone": "Digits and blanks only, such as 116 000",
    "email": "A role address, not a person's own",
    "chat": "Address of the chat",
    "url": "Web address, with https:// in front",
    "where": "Where the service works",
    "what": "What it does, in one or two sentences",
    "checked": "The day or month someone called the number and opened the page, such as 2026-11-02",
    "advice": "What to do first",
    "facts": "Ids of three to five figures, in the order in which the first page shows them",
    "id": "Short name in small letters, digits and hyphens",
    "name": "Name as readers know it",
    "note": "One line below the contact",
    "title": "What the reader sees",
    "text": "One step, in a sentence",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record, with everything its form needs."""

    name: str
    kind: FieldKind
    required: bool
    needed: str
    description: str
    note: str
    good: str
    bad: str
    choices: tuple[tuple[str, str], ...]
    parts: tuple[Field, ...]
    sentence: bool
    long: bool


@cache
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """List the fields of a record, in the order of the schema and in the words of the manual."""
    examples = {Publication: PUBLICATION, Figure: FIGURE}.get(model, {})
    return tuple(
        _field(name, field, examples.get(name)) for name, field in model.model_fields.items()
    )


def model_of(name: str) -> type[BaseModel]:
    """Return the record a file is read as."""
    return FILE_MODELS.get(name, Publication)


def _field(name: str, field: FieldInfo, words: Words | None) -> Field:
    kinds = list(_leaves(field.annotation)) + list(field.metadata)
    choices = tuple(
        str(each) for part in kinds if get_origin(part) is Literal for each in get_args(part)
    )
    record = next((part for part in kinds if _is_record(part)), None)
    is_list = any(part is tuple for part in kinds)
    kind: FieldKind = "line"
    parts: tuple[Field, ...] = ()
    if record in (Texts, Addresses):
        kind = "languages"
    elif record is not None:
        kind, parts = "records", fields_of(record)
    elif is_list:
        kind = "ids"
    elif choices and str not in kinds and int not in kinds:
        kind = "choice"
    meanings = VALUES.get(name, {})
    sentence = record is not Addresses and _is_sentence(kinds)
    return Field(
        name=name,
        kind=kind,
        required=field.is_required(),
        needed=_needed(field, words),
        description=field.description or ABOUT.get(name, ""),
        note=_plain(words.note) if words is not None and kind != "records" else "",
        good=_plain(words.good) if words is not None and kind != "records" else "",
        bad=_plain(words.bad) if words is not None and kind != "records" else "",
        choices=tuple((choice, _plain(meanings.get(choice, ""))) for choice in choices),
        parts=parts,
        sentence=sentence or kind == "languages",
        long=name in LONG,
    )


def _leaves(annotation: Any) -> Any:
    """Walk over the types inside `X | None`, `Annotated[…]` and `tuple[X, ...]`."""
    origin = get_origin(annotation)
    if origin is Annotated:
        first, *metadata = get_args(annotation)
        yield from _leaves(first)
        yield from metadata
    elif origin in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _leaves(part)
    elif origin is tuple:
        yield tuple
        yield from _leaves(get_args(annotation)[0])
    else:
        yield annotation


def _is_record(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel)


def _is_sentence(kinds: list[Any]) -> bool:
    return any(isinstance(part, AfterValidator) and part.func is check_line for part in kinds)


def _plain(example: str) -> str:
    """Write an example as it is typed into a form: without the marks that YAML needs."""
    return re.sub(r"^(nl|fr|de|en): ", "", example).replace('"', "").replace("`", "").rstrip(".")


def _needed(field: FieldInfo, words: Words | None) -> str:
    if field.is_required():
        return "needed"
    when = words.needed if words is not None else ""
    return _plain(f"needed {when}" if when.startswith("with") else when)
