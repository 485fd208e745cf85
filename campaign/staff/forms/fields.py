"""The fields of a form, read from the schema: name, the manual's words, what may be chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from pydantic import BaseModel

from calculator.figures.describe import FieldDescription, describe
from calculator.figures.fields import InEachLanguage
from calculator.figures.manual import FIGURE, PUBLICATION, VALUES, Words
from calculator.figures.publication import Figure, Publication
from calculator.languages import LANGUAGES, OF_THE_CODE, name_in
from campaign.published.contacts import Facts, PressContact
from campaign.published.launch import CONFIRMED
from campaign.published.services import Help

FieldKind = Literal["line", "choice", "languages", "records", "ids"]
LONG: Final = {"says", "caveat", "advice", "what", "where", "note", "text", "question"}
FILE_MODELS: Final[Mapping[str, type[BaseModel]]] = {
    "campaign/content/help.yaml": Help,
    "campaign/content/press.yaml": PressContact,
    "campaign/content/facts.yaml": Facts,
}
# Edited as text: its groups are no lists, and fields that are empty show where a value belongs.
TEXT_ONLY: Final = frozenset({"campaign/content/launch.yaml"})
_NO_WORDS: Final = Words("", "")
# Words for what the schema describes in no manual of its own: the contacts.
ABOUT: Final[Mapping[str, str]] = {
    "services": "Helplines, centres and reporting points",
    "roles": "Who the reader may be, what to do first, and who helps",
    "after_report": "What happens after a report, step by step",
    "waiting": "What a person must find out before it may stand on the page: for staff alone",
    "first_call": "Id of the service on the first label of the page",
    "emergency": "Id of the service on the label for danger; what it does stands there",
    "reader": "How the page speaks to them",
    "phone": "Digits and blanks only, such as 116 000",
    "email": "A role address, not a person's own",
    "chat": "Address of the chat",
    "url": "Web address, with https:// in front",
    "link": "What the link says, instead of its web address",
    "where": "Where the service works",
    "what": "What it does, in one or two sentences",
    "confirmed_by": "Who called or opened or asked: a role or initials will do",
    "confirmed_on": "On which day, such as 2026-11-28",
    "advice": "What to do first",
    "facts": "Ids of three to five figures, in the order in which the first page shows them",
    "id": "Short name in small letters, digits and hyphens",
    "name": "Name as readers know it",
    "names": "Its name in each language, where it has more than one",
    "speaks": "Codes of its languages, one on each line; none where it helps in all of Belgium",
    "note": "One line below the contact",
    "title": "What the reader sees",
    "text": "One step, in a sentence",
    "question": "What to find out, and where to ask",
    **{
        f"services_{code}": "Ids of one to three services for readers of"
        f" {name_in(code, OF_THE_CODE)}, the first first"
        for code in LANGUAGES
    },
}
ENTRIES: Final = {
    "figures": "a figure",
    "services": "a service",
    "roles": "a role",
    "after_report": "a step",
    "waiting": "a question",
}


@dataclass(frozen=True, slots=True)
class FormField:
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
    parts: tuple[FormField, ...]
    sentence: bool
    long: bool

    @property
    def title(self) -> str:
        """Return the name as the form shows it."""
        return self.name.replace("_", " ")

    @property
    def entry(self) -> str:
        """Return what one entry of a list is called."""
        return ENTRIES.get(self.name, "an entry")


@cache
def fields_of(model: type[BaseModel]) -> tuple[FormField, ...]:
    """List the fields of a record, in the order of the file and in the words of the manual."""
    manual = {Publication: PUBLICATION, Figure: FIGURE}.get(model, {})
    fields = [_field(each, manual.get(each.name, _NO_WORDS)) for each in describe(model).values()]
    # Every record that is confirmed inherits who and when, but they come after what is confirmed.
    return tuple(sorted(fields, key=lambda field: field.name in CONFIRMED))


def fields_of_file(name: str) -> tuple[FormField, ...]:
    """List the fields of the record that a file is read as."""
    return fields_of(FILE_MODELS.get(name, Publication))


def _field(field: FieldDescription, words: Words) -> FormField:
    kind = _kind(field)
    # Those of a list are about the text of the file.
    examples = words if kind != "records" else _NO_WORDS
    meanings = VALUES.get(field.name, {})
    return FormField(
        name=field.name,
        kind=kind,
        required=field.required,
        needed="needed" if field.required else _plain(words.needed.replace("with", "needed with")),
        description=field.description or ABOUT.get(field.name, ""),
        note=_plain(examples.note),
        good=_plain(examples.good),
        bad=_plain(examples.bad),
        choices=tuple((choice, _plain(meanings.get(choice, ""))) for choice in field.choices),
        parts=fields_of(field.record) if field.record is not None and kind == "records" else (),
        sentence=field.is_line,
        long=field.name in LONG,
    )


def _kind(field: FieldDescription) -> FieldKind:
    if field.record is not None and issubclass(field.record, InEachLanguage):
        return "languages"
    if field.record is not None:
        return "records"
    if field.many:
        return "ids"
    return "choice" if field.choices else "line"


def _plain(example: str) -> str:
    """Write an example as it is typed into a form: without the marks that YAML needs."""
    code = rf"^({'|'.join(LANGUAGES)}): "
    return re.sub(code, "", example).replace('"', "").replace("`", "").rstrip(".")
