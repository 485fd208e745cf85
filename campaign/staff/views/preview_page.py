"""The page before saving, and what it carries from one request to the next."""

from collections.abc import Mapping
from pathlib import Path

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from campaign.staff.desk import desk
from campaign.staff.files.checkout import Edit, text_digest
from campaign.staff.views.previews import compare_texts, preview
from campaign.words.i18n import LANGUAGE_NAMES, gettext

MOST_FILES = 8


def show_preview(
    edit: Mapping[str, str | None],
    bases: Mapping[str, str],
    *,
    why: str = "",
    wrong: str = "",
    title: str = "",
) -> ResponseReturnValue:
    """Show what an edit does, with the buttons to save it."""
    shown = preview(desk(), edit)
    code = 422 if shown.trial.problems or wrong else 200
    page = render_template(
        "staff/preview.html",
        preview=shown,
        edit=edit,
        bases=bases,
        why=why,
        wrong=wrong,
        title=title or gettext("What this edit does"),
        as_before=_languages_as_before(edit),
    )
    return page, code


def _languages_as_before(edit: Edit) -> list[str]:
    """Name the languages of a page of words in which an edit changes nothing."""
    changed = {Path(name).parent.name for name in edit if name.endswith(".md")}
    if not changed:
        return []
    return [name for language, name in LANGUAGE_NAMES.items() if language not in changed]


def show_changed_underneath(
    name: str, edit: Mapping[str, str | None], why: str
) -> ResponseReturnValue:
    """Show the file as it is now beside the edit that was made on an older one."""
    current = {each: desk().checkout.read(each) for each in edit}
    page = render_template(
        "staff/conflict.html",
        name=name,
        edit=edit,
        bases={each: text_digest(text) for each, text in current.items()},
        now=current[name] or "",
        yours=edit[name] or "",
        diff=compare_texts(current[name], edit[name]),
        why=why,
    )
    return page, 409


def sent_edit() -> tuple[dict[str, str | None], dict[str, str]]:
    """Read the files a page carries along; names that may not be changed end in 404."""
    edit: dict[str, str | None] = {}
    bases: dict[str, str] = {}
    for i in range(MOST_FILES):
        if f"file.{i}.name" not in request.form:
            break
        name = desk().checkout.hold(request.form[f"file.{i}.name"])
        removed = f"file.{i}.removed" in request.form
        edit[name] = None if removed else sent_text(f"file.{i}.text", name)
        bases[name] = request.form.get(f"file.{i}.base", "")
    if not edit:
        abort(400)
    return edit, bases


def sent_text(field: str, name: str) -> str:
    """Read a text from a form with the line ends of its file: browsers send their own."""
    text = request.form.get(field, "").replace("\r\n", "\n").replace("\r", "\n")
    current = desk().checkout.read(name) if name else None
    return text.replace("\n", "\r\n") if current is not None and "\r\n" in current else text
