"""One part of a file as a form of its own: a helpline, a family, a choice of the method."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from calculator.errors import Problem
from calculator.figures.scenarios import ScenarioRegion
from calculator.languages import LANGUAGES
from campaign.published.launch import CONFIRMED, Confirmed
from campaign.staff.desk import desk
from campaign.staff.files.checkout import text_digest
from campaign.staff.forms.binding import attach_problems, bind, content_of_form
from campaign.staff.forms.faults import say
from campaign.staff.forms.ids import as_id, free_id
from campaign.staff.forms.yaml_editing import (
    WAS,
    Content,
    NotEditable,
    apply_content,
    content_of,
    read_tree,
)
from campaign.staff.views import preview_page
from campaign.staff.views.choosing import choices_of
from campaign.staff.views.confirming import opened, read_file
from campaign.staff.views.editing import without_unnamed
from campaign.staff.views.parts import PARTS, Part
from campaign.words.i18n import current_language, gettext, say_colon
from campaign.words.i18n import mark as _

blueprint = Blueprint("entries", __name__)

NEW: Final = "new"


@dataclass(frozen=True, slots=True)
class Place:
    """One record of a part in a text of its file; `index` is None where the part is no list."""

    part: Part
    text: str
    tree: Mapping[str, Any]
    index: int | None

    @property
    def found(self) -> Mapping[str, Any]:
        """Return what stands there; nothing yet for a new one."""
        held = self.tree.get(self.part.key)
        if self.index is not None:
            held = held[self.index] if isinstance(held, list) and self.index < len(held) else None
        return held if isinstance(held, Mapping) else {}

    @property
    def prefix(self) -> str:
        """Return how the names of its fields begin in the form."""
        return f"{self.part.key}." + ("" if self.index is None else f"{self.index}.")

    def written(self, record: Mapping[str, Content] | None) -> str:
        """Return the text with another record here; None removes it."""
        if self.index is None:
            return apply_content(self.text, {self.part.key: dict(record or {})})
        held = content_of(self.tree.get(self.part.key) or [])
        rows = list(held) if isinstance(held, list) else []
        if record is None:
            del rows[self.index]
        elif self.index < len(rows):
            rows[self.index] = {WAS: str(self.index), **record}
        else:
            rows.append({WAS: "", **record})
        return apply_content(self.text, {self.part.key: rows})


def find_place(part: Part, entry: str, text: str) -> Place:
    """Find a record by its id; raises NotEditable for a text no form can show."""
    tree = read_tree(text)
    if not part.many:
        return Place(part, text, tree, None)
    rows = tree.get(part.key) or []
    ids = [row.get("id") if isinstance(row, Mapping) else None for row in rows]
    if entry == NEW:
        return Place(part, text, tree, len(ids))
    if entry not in ids:
        abort(404)
    return Place(part, text, tree, ids.index(entry))


@blueprint.get("/part/<kind>", defaults={"entry": ""})
@blueprint.get("/part/<kind>/<entry>")
def edit(kind: str, entry: str) -> ResponseReturnValue:
    """Show a part as a form."""
    part = _part(kind, entry)
    text = read_file(part.file)
    return _show(kind, entry, find_place(part, entry, text), text_digest(text))


@blueprint.post("/part/<kind>", defaults={"entry": ""})
@blueprint.post("/part/<kind>/<entry>")
def sent(kind: str, entry: str) -> ResponseReturnValue:
    """Take the form of a part: preview it, or show what was typed."""
    part = _part(kind, entry)
    text, base = opened(part.file)
    place = find_place(part, entry, text)
    written = place.written(_record(place))
    typed = Place(part, written, read_tree(written), place.index)
    if request.form.get("do") != "preview":
        return _show(kind, entry, typed, base)
    if written == text:
        return _show(kind, entry, typed, base, wrong=gettext(_("Nothing changes yet")))
    problems = desk().try_edit({part.file: written}).problems
    if problems:
        return _show(kind, entry, typed, base, problems=problems)
    return preview_page.show_preview({part.file: written}, {part.file: base})


@blueprint.get("/part/<kind>/<entry>/remove")
def remove(kind: str, entry: str) -> ResponseReturnValue:
    """Preview what is left without an entry."""
    part = _part(kind, entry)
    if entry == NEW:
        abort(404)
    text = read_file(part.file)
    written = find_place(part, entry, text).written(None)
    return preview_page.show_preview({part.file: written}, {part.file: text_digest(text)})


def _show(
    kind: str,
    entry: str,
    place: Place,
    base: str,
    *,
    wrong: str = "",
    problems: Sequence[Problem] = (),
) -> ResponseReturnValue:
    """Show the form of a part, as it stands in the file or as someone is making it."""
    part = place.part
    hidden = ("id", *CONFIRMED, *part.as_text)
    shown = {key: value for key, value in place.found.items() if key not in hidden}
    fields = bind(part.fields, shown, place.prefix)
    own = [item for item in problems if item.file == part.file and not item.of_all]
    elsewhere = [item for item in problems if item not in own]
    own = without_unnamed(own, place.tree)
    page = render_template(
        "staff/part.html",
        title=_title(part, place.found),
        path=f"/part/{kind}/{entry}" if entry else f"/part/{kind}",
        back=part.back,
        fields=fields,
        base=base,
        wrong=wrong,
        groups=list(attach_problems(fields, own).values()),
        elsewhere=elsewhere,
        choices_of=choices_of,
        removable=part.many and entry != NEW,
        confirmed={key: place.found.get(key, "") for key in CONFIRMED},
    )
    return page, 422 if wrong or problems else 200


def _part(kind: str, entry: str) -> Part:
    part = PARTS.get(kind)
    if part is None or part.many != bool(entry):
        abort(404)
    return part


def _title(part: Part, found: Mapping[str, Any]) -> str:
    """Return what a form is called: the kind of its part, and the name of an entry that has one."""
    kind, name = gettext(part.title), found.get("name", "")
    for key in ("title", "label"):
        words = found.get(key)
        if isinstance(words, Mapping):
            name = words.get(current_language(), "")
    return f"{kind}{say_colon()}{name}" if part.many and name else kind


def _record(place: Place) -> dict[str, Content]:
    """Read the sent form: what is new, and what it takes away of what was confirmed."""
    part, found = place.part, place.found
    record = content_of_form(part.fields, request.form, place.prefix)
    if part.many:
        record = {"id": str(found.get("id", "")) or _make_id(place, record), **record}
    if issubclass(part.model, Confirmed) and found:
        same = all(_bare(record.get(key)) == _bare(found.get(key)) for key in part.proof)
        record |= {key: str(found.get(key, "")) if same else "" for key in CONFIRMED}
    return record


def _bare(value: Any) -> Any:
    """Return a value without what is empty in it."""
    if isinstance(value, Mapping):
        return {str(key): str(part) for key, part in value.items() if part}
    return [str(each) for each in value] if isinstance(value, list) else str(value or "")


def _make_id(place: Place, record: Mapping[str, Content]) -> str:
    """Make the short name of a new entry from the words it begins with; that of a region is big."""
    held = place.tree.get(place.part.key) or []
    taken = {str(row.get("id")) for row in held if isinstance(row, Mapping)}
    for key in ("name", "label", "title", "text", "question"):
        words = record.get(key)
        if isinstance(words, Mapping):
            named = [words[each] for each in ("en", *LANGUAGES) if words.get(each)]
            words = named[0] if named else ""
        if isinstance(words, str) and words:
            made = as_id(words)
            if place.part.model is ScenarioRegion:
                return re.sub("[^A-Z]+", "-", made.upper()).strip("-") or "REGION"
            return free_id(made, taken)
    return ""


@blueprint.errorhandler(NotEditable)
def not_a_form(error: NotEditable) -> ResponseReturnValue:
    """Say that a file must first be mended as text."""
    title, what_to_do = gettext(_("Mend this file as text first")), f"{say(error.sentence)}."
    return render_template("staff/error.html", title=title, what_to_do=what_to_do), 422
