"""The fields of a form, read from the schema: what each holds, how it is called, what is rare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from pydantic import BaseModel

from calculator.figures.describe import FieldDescription, describe
from calculator.figures.fields import InEachLanguage, check_date, check_line
from calculator.figures.publication import Figure, Note, Publication
from calculator.figures.scenarios import FamilyName, Reasoned, RegionHelp
from campaign.published.contacts import PressContact
from campaign.published.launch import CONFIRMED, Funding, Mistakes, OpenTexts, Owner, Privacy
from campaign.published.services import Help, Service
from campaign.staff.forms import labels, labels_of_parts
from campaign.staff.forms.typed import WRITERS

FieldKind = Literal["line", "choice", "languages", "records", "several"]
LONG: Final = {
    "says", "caveat", "advice", "what", "where", "note", "text", "question", "reason", "sentence",
    "caution", "missing",
}  # fmt: skip
FILE_MODELS: Final[Mapping[str, type[BaseModel]]] = {
    "campaign/content/help.yaml": Help,
    "campaign/content/press.yaml": PressContact,
}
# As a whole edited as text alone; their parts have pages of their own.
TEXT_ONLY: Final = frozenset(
    {
        "campaign/content/facts.yaml",
        "campaign/content/help.yaml",
        "campaign/content/launch.yaml",
        "campaign/content/overruled.yaml",
        "sources/rates.yaml",
        "sources/scenarios.yaml",
        "sources/families.yaml",
    }
)
LABELS: Final[Mapping[type[BaseModel], Mapping[str, labels.Label]]] = {
    Publication: labels.PUBLICATION,
    Figure: labels.FIGURE,
    **dict.fromkeys((Owner, Funding, Privacy, Mistakes), labels_of_parts.LAUNCH),
    **dict.fromkeys((FamilyName, RegionHelp, *Reasoned.__subclasses__()), labels_of_parts.CHOICES),
}
# Folded: few figures have them, or the desk fills them in.
RARE: Final = {
    Publication: frozenset({"id"}),
    Figure: frozenset(
        {
            "id", "victims", "victims_are", "period_months", "superseded_by", "status", "missing",
            "url", "read_at", "reported_by", "confirmed_by", "locator",
        }
    ),
    Service: frozenset({"names"}),
}  # fmt: skip
# What may be chosen is listed when the form is shown: names of languages, what the files hold.
LISTED: Final = frozenset({"language", "family", "same_as"})


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a record, with everything its form needs; words in English, to be translated."""

    name: str
    kind: FieldKind
    required: bool
    label: str
    hint: str
    choices: tuple[tuple[str, str], ...]
    parts: tuple[FormField, ...]
    sentence: bool
    long: bool
    rare: bool
    field: FieldDescription

    @property
    def is_day(self) -> bool:
        """Tell whether a day stands in it."""
        return self.field.reader is check_date

    def write(self, typed: str) -> str:
        """Return what somebody typed as the file has it."""
        writer = WRITERS.get(self.field.reader) if self.field.reader is not None else None
        return writer(typed) if writer is not None else typed

    @property
    def in_every_language(self) -> bool:
        """Tell whether a text must stand in it in each language: a note needs but one."""
        return self.required and self.field.record is not Note

    @property
    def add(self) -> str:
        """Return what the button says that adds an entry to a list."""
        return labels.ENTRIES[self.name].add

    @property
    def new(self) -> str:
        """Return what an entry of a list is called that has no name yet."""
        return labels.ENTRIES[self.name].new

    @property
    def one(self) -> str:
        """Return what an entry of a list is called, with the place for its number."""
        return labels.ENTRIES[self.name].one


@cache
def fields_of(model: type[BaseModel]) -> tuple[FormField, ...]:
    """List the fields of a record, in the order of the file but for what is confirmed."""
    fields = [_field(model, each) for each in describe(model).values()]
    # Every record that is confirmed inherits who and when, but they come after what is confirmed.
    return tuple(sorted(fields, key=lambda field: field.name in CONFIRMED))


def fields_of_file(name: str) -> tuple[FormField, ...]:
    """List the fields of the record that a file is read as."""
    return fields_of(FILE_MODELS.get(name, Publication))


def _field(model: type[BaseModel], field: FieldDescription) -> FormField:
    kind = _kind(model, field)
    said = LABELS.get(model, labels.CONTACT)[field.name]
    meanings = labels.CHOICES.get(field.name, {})
    return FormField(
        name=field.name,
        kind=kind,
        required=field.required,
        label=said.name,
        hint=said.hint,
        choices=tuple((choice, meanings.get(choice, choice)) for choice in field.choices),
        parts=fields_of(field.record) if field.record is not None and kind == "records" else (),
        sentence=field.reader is check_line,
        long=field.name in LONG,
        rare=field.name in RARE.get(model, ()),
        field=field,
    )


def _kind(model: type[BaseModel], field: FieldDescription) -> FieldKind:
    if field.record is not None and issubclass(field.record, (InEachLanguage, Note, OpenTexts)):
        return "languages"
    if field.record is not None:
        return "records"
    if field.many:
        return "several"
    return "choice" if field.choices or (model in LABELS and field.name in LISTED) else "line"
