"""Edit a publication or the contacts: as a form or as text, both of the same file."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from calculator.clock import belgian_day
from calculator.errors import Problem
from campaign.staff.desk import desk
from campaign.staff.files.checkout import PUBLICATIONS_FOLDER, UnknownFile, text_digest
from campaign.staff.forms.binding import Bound, attach_problems, bind, content_of_form
from campaign.staff.forms.faults import move_to_figures, say
from campaign.staff.forms.fields import TEXT_ONLY, fields_of_file
from campaign.staff.forms.ids import fill_in_ids
from campaign.staff.forms.yaml_editing import WAS, Content, NotEditable, apply_content, read_tree
from campaign.staff.views import preview_page
from campaign.staff.views.awaiting import awaiting
from campaign.staff.views.choosing import choices_of
from campaign.staff.views.text_list import title_of
from campaign.words.i18n import gettext

blueprint = Blueprint("editing", __name__)

NEW: Final = ""
_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADD: Final = re.compile(r"add:([a-z_]+)")
_REMOVE: Final = re.compile(r"remove:([a-z_]+)\.(\d{1,4})")


@blueprint.get("/edit/<path:name>")
def edit(name: str) -> ResponseReturnValue:
    """Show a file as a form, or as text."""
    text = desk().checkout.read(_yaml_name(name))
    if text is None:
        raise UnknownFile(name)
    return show_file(name, text, text_digest(text), as_text=request.args.get("as") == "text")


@blueprint.get("/publications/new")
def new() -> ResponseReturnValue:
    """Show the form of a publication that is yet to be written."""
    text = f'accessed: {belgian_day()}\nfigures:\n  - id: ""\n'
    return show_file(NEW, text, text_digest(None))


@blueprint.post("/publications/new", defaults={"name": NEW})
@blueprint.post("/edit/<path:name>")
def sent(name: str) -> ResponseReturnValue:
    """Take the form or the text of a file: preview it, or change what the form shows."""
    name = _yaml_name(name)
    base, action = request.form.get("base", ""), request.form.get("do", "")
    text = preview_page.sent_text("text", name)
    if request.form.get("mode") == "text":
        if action == "preview":
            return _preview(name, text, base, as_text=True)
        return show_file(name, text, base, as_text=action != "form")
    content = content_of_form(fields_of_file(name), request.form)
    if name == NEW or name.startswith(PUBLICATIONS_FOLDER):
        _fill_in_ids(name, content)
    _change_rows(content, action)
    try:
        text = apply_content(text, content)
    except NotEditable as error:
        return show_file(name, text, base, as_text=True, wrong=say(error.sentence))
    if action == "preview":
        return _preview(name, text, base, as_text=False)
    return show_file(name, text, base, as_text=action == "text")


@blueprint.post("/check")
def check() -> ResponseReturnValue:
    """Say what is wrong with a text while it is typed; nothing is kept."""
    name = _yaml_name(request.form.get("name", NEW))
    text = preview_page.sent_text("text", name)
    place = name or _place_of(text)
    own = [item for item in _problems(place, text) if item.file == place]
    return jsonify(problems=[{"line": item.line, "message": say(item.message)} for item in own])


def _yaml_name(name: str) -> str:
    if name != NEW and not desk().checkout.hold(name).endswith(".yaml"):
        raise UnknownFile(name)
    return name


def _fill_in_ids(name: str, content: dict[str, Content]) -> None:
    files = [Path(file).stem for file in desk().checkout.publications() if file != name]
    sources = desk().state().sources
    figures = [cited.figure.id for cited in sources.figures()] if sources is not None else []
    fill_in_ids(content, files, figures)


def _change_rows(content: dict[str, Content], action: str) -> None:
    """Add or remove an entry of a list, by the button pressed."""
    if added := _ADD.fullmatch(action):
        rows = content.get(added[1])
        if isinstance(rows, list):
            rows.append({WAS: "", "id": ""})
    elif removed := _REMOVE.fullmatch(action):
        rows, place = content.get(removed[1]), int(removed[2])
        if isinstance(rows, list) and place < len(rows):
            del rows[place]


def _preview(name: str, text: str, base: str, *, as_text: bool) -> ResponseReturnValue:
    place = name or _place_of(text)
    if not name and desk().checkout.read(place) is not None:
        wrong = gettext("There is a publication %(name)s already. Choose another short name") % {
            "name": Path(place).stem
        }
        return show_file(name, text, base, as_text=as_text, wrong=wrong)
    problems = _problems(place, text)
    if problems:
        return show_file(name, text, base, as_text=as_text, problems=problems)
    return preview_page.show_preview({place: text}, {place: base})


def _place_of(text: str) -> str:
    """Return the file of a new publication, named by its id."""
    try:
        own = str(read_tree(text).get("id", ""))
    except NotEditable:
        own = ""
    stem = own if _ID.fullmatch(own) and len(own) <= 80 else "unnamed"
    return f"{PUBLICATIONS_FOLDER}{stem}.yaml"


def _problems(name: str, text: str) -> list[Problem]:
    """List what forbids a text as this file."""
    found = desk().try_edit({name: text}).problems
    # Said of a new publication without a usable id, this would only confuse.
    return [item for item in found if "the file is called unnamed.yaml" not in item.message]


def show_file(
    name: str,
    text: str,
    base: str,
    *,
    as_text: bool = False,
    wrong: str = "",
    problems: Sequence[Problem] = (),
) -> ResponseReturnValue:
    """Show a text of a file, as it stands on the disk or as someone is making it.

    A publication that is yet to be written has no name; `base` is the digest of the file when it
    was opened, `wrong` hinders the form as a whole.
    """
    if name and desk().checkout.read(name) is None:
        name = NEW  # its short name may still change
    tree: Mapping[str, Any] = {}
    fields: list[Bound] = []
    as_text = as_text or name in TEXT_ONLY
    try:
        tree = read_tree(text)
        fields = [] if as_text else bind(fields_of_file(name), tree)
    except NotEditable as error:
        wrong = wrong or ("" if as_text else say(error.sentence))
        as_text = True
    place = name or _place_of(text)
    own = [item for item in problems if item.file == place]
    own = without_unnamed(own, tree)
    elsewhere = [item for item in problems if item.file != place]
    groups = {}
    if not as_text:
        of_figures, elsewhere = move_to_figures(elsewhere, place, tree)
        groups = attach_problems(fields, [*own, *of_figures])
    page = render_template(
        "staff/edit.html",
        name=name,
        publications=desk().checkout.publications(),
        title=_title(name, tree),
        text=text,
        base=base,
        fields=fields,
        as_text=as_text,
        has_form=name not in TEXT_ONLY,
        wrong=wrong,
        groups=list(groups.values()),
        lines=own if as_text else [],
        elsewhere=elsewhere,
        choices_of=choices_of,
        waiting=awaiting(desk().state().sources, [name]),
        is_publication=name == NEW or name.startswith(PUBLICATIONS_FOLDER),
    )
    return page, 422 if wrong or problems else 200


def without_unnamed(problems: list[Problem], tree: Mapping[str, Any]) -> list[Problem]:
    """Leave out that a short name is empty: it is made once the rest is there."""
    return [item for item in problems if not _is_unnamed(item, tree)] or problems


def _is_unnamed(problem: Problem, tree: Mapping[str, Any]) -> bool:
    found: Any = tree
    for step in problem.location[:-1]:
        found = found[step]
    return problem.location[-1:] == ("id",) and not found.get("id")


def _title(name: str, tree: Mapping[str, Any]) -> str:
    if name.startswith(PUBLICATIONS_FOLDER):
        title = tree.get("title")
        return str(title) if title and isinstance(title, str) else Path(name).name
    return title_of(name) if name else gettext("A new publication")
