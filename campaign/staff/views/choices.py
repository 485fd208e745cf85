"""Every choice of the method with its reason, the regions, and who works numbers out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from calculator.figures.scenarios import Reasoned
from campaign.staff.desk import desk
from campaign.staff.files.checkout import TABLES
from campaign.staff.forms.fields import fields_of
from campaign.staff.forms.yaml_editing import read_tree
from campaign.staff.views.confirming import read_file
from campaign.staff.views.parts import PARTS, Part
from campaign.staff.views.words import say_small
from campaign.words.i18n import current_language, gettext
from campaign.words.terms import FIGURE_REGIONS

blueprint = Blueprint("choices", __name__)

_NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: what it is called, its numbers, each with its words, and why."""

    path: str
    title: str
    values: tuple[tuple[str, str], ...]
    reason: str


@blueprint.get("/choices")
def every() -> ResponseReturnValue:
    """List the choices, each with a form of its own."""
    state = desk().state()
    regions = read_tree(read_file(PARTS["regions"].file)).get("regions") or []
    families = read_tree(read_file(PARTS["families"].file)).get("families") or []
    return render_template(
        "staff/choices.html",
        choices=list(_choices()),
        regions=[_choice("regions", str(each["id"]), PARTS["regions"], each) for each in regions],
        families=[(each["id"], each["label"].get(current_language(), "")) for each in families],
        problems=[item for item in state.problems if item.file in TABLES],
    )


def _choices() -> Iterator[Choice]:
    for name, part in PARTS.items():
        if issubclass(part.model, Reasoned) and not part.many:
            found = read_tree(read_file(part.file)).get(part.key)
            if isinstance(found, Mapping):
                yield _choice(name, "", part, found)


def _choice(name: str, entry: str, part: Part, found: Mapping[str, Any]) -> Choice:
    reason = found.get("reason")
    return Choice(
        path=f"/part/{name}/{entry}" if entry else f"/part/{name}",
        title=gettext(FIGURE_REGIONS.get(entry, entry) or part.title),
        values=tuple(
            (field.label, _say(found[field.name]))
            for field in fields_of(part.model)
            if isinstance(found.get(field.name), str | list)
            and field.name not in ("id", "basis", "reason", "cites")
        ),
        reason=str(reason.get(current_language(), "")) if isinstance(reason, Mapping) else "",
    )


def _say(value: Any) -> str:
    """Return the regions of a list by name, or a number as the language of the page writes it."""
    if isinstance(value, list):
        return ", ".join(map(_say, value))
    if value in FIGURE_REGIONS:
        return gettext(FIGURE_REGIONS[value])
    return say_small(value) if _NUMBER.fullmatch(value) else str(value)
