"""Help contacts, press contact, the facts of the first page, the launch list: staff-edited YAML."""

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import AfterValidator, Field, model_validator

from calculator.clock import belgian_day
from calculator.errors import Location, Problem, SourcesInvalid
from calculator.errors import message as _
from calculator.figures.document import Document, Value
from calculator.figures.fields import Id, Line, Phone, Record
from calculator.figures.publication import Texts
from calculator.loading.files import Files, read_file
from calculator.loading.folder import read_record
from campaign.published.launch import CONFIRMED, Confirmed, Launch, RoleEmail
from campaign.published.overruled import OVERRULED
from campaign.published.services import Addresses, Help

CONTACT_FILES: Final = ("help.yaml", "press.yaml", "facts.yaml", "launch.yaml", OVERRULED)


class PressContact(Confirmed):
    """All of press.yaml."""

    name: Line
    email: RoleEmail | None = None
    phone: Phone | None = None
    url: Addresses
    note: Texts

    @model_validator(mode="after")
    def _address_to_confirm(self) -> Self:
        if self.confirmed and self.email is None:
            raise ValueError(_("is confirmed, but has no email. Write it, or take both lines away"))
        return self


def _each_once(facts: tuple[str, ...]) -> tuple[str, ...]:
    twice = [name for name in facts if facts.count(name) > 1]
    if twice:
        raise ValueError(
            _("lists %(figure)s twice. Each place shows another figure", figure=twice[0])
        )
    return facts


class Facts(Record):
    """All of facts.yaml: ids of the figures that the first page shows."""

    facts: Annotated[tuple[Id, ...], Field(min_length=3, max_length=5), AfterValidator(_each_once)]


@dataclass(frozen=True, slots=True)
class Contacts:
    """Everything staff edit beside the figures and the texts."""

    help: Help
    press: PressContact
    facts: Facts
    launch: Launch


def load_contacts(folder: Path, figures: Collection[str] | None = None) -> Contacts:
    """Read and check these files of a folder; see check_contacts."""
    return check_contacts(read_contacts(folder), figures)


def read_contacts(folder: Path) -> Files:
    """Read the files, without a look at what they say."""
    return {name: read_file(folder, name) for name in CONTACT_FILES}


def check_contacts(
    files: Files, figures: Collection[str] | None = None, *, today: datetime.date | None = None
) -> Contacts:
    """Check the files of contacts; raises SourcesInvalid with every problem found.

    `figures` are the ids that facts.yaml may name; None where they are not known. Days after
    `today`, by default the day itself, are refused.
    """
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    help_ = read_record(files, "help.yaml", Help, problems, documents)
    press = read_record(files, "press.yaml", PressContact, problems, documents)
    facts = read_record(files, "facts.yaml", Facts, problems, documents)
    launch = read_record(files, "launch.yaml", Launch, problems, documents)
    if facts is not None and figures is not None:
        for i, name in enumerate(facts.facts):
            if name not in figures:
                message = _(
                    "%(figure)s is no figure. Use the id of a figure in sources/publications/",
                    figure=name,
                )
                problems.append(documents["facts.yaml"].problem(("facts", i), message))
    for document in documents.values():
        problems += _check_days(document, document.content, (), today or belgian_day())
    if help_ is None or press is None or facts is None or launch is None or problems:
        raise SourcesInvalid(problems)
    return Contacts(help_, press, facts, launch)


def _check_days(
    document: Document, found: Value, place: Location, today: datetime.date
) -> Iterator[Problem]:
    """Yield a problem for each day on which something is said to be confirmed in the future."""
    if isinstance(found, str):
        if place and place[-1] == CONFIRMED[1] and found > today.isoformat():
            message = _("%(day)s lies in the future. Write the day it was", day=found)
            yield document.problem(place, message)
        return
    steps = found.items() if isinstance(found, dict) else enumerate(found)
    for step, part in steps:
        yield from _check_days(document, part, (*place, step), today)
