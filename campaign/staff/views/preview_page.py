"""The page before saving, and what it carries from one request to the next."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue

from campaign.staff.desk import desk, user
from campaign.staff.files.checkout import Edit, text_digest
from campaign.staff.views.awaiting import awaiting
from campaign.staff.views.meeting import Meeting, meet
from campaign.staff.views.overruling import list_doubts
from campaign.staff.views.previews import compare_texts, preview
from campaign.staff.views.second_person import needs_second_person
from campaign.staff.views.words import edit_path
from campaign.words.i18n import LANGUAGE_NAMES, gettext

MOST_FILES = 8


def show_preview(
    edit: Edit, bases: Mapping[str, str], *, why: str = "", wrong: str = "", title: str = ""
) -> ResponseReturnValue:
    """Show what an edit does, with the buttons to save it.

    Where a file changed since its form was opened, both edits are joined first, or shown for
    someone to choose.
    """
    met = meet(edit, bases)
    if not all(each.fits for each in met):
        return _show_meeting(met, edit, bases, why)
    if met:
        edit = {**edit, **{each.name: each.text for each in met}}
        bases = {**bases, **{each.name: text_digest(each.now) for each in met}}
    shown = preview(desk(), edit)
    code = 422 if shown.trial.problems or wrong else 200
    draft = g.get("draft")
    draft_path = draft.path if draft is not None else request.form.get("draft", "")
    proposal = desk().proposals.find(draft.proposal) if draft is not None else None
    if proposal is not None and not wrong:
        why = why or proposal.why
    form = draft_path if desk().drafts.find(user(), draft_path) is not None else ""
    page = render_template(
        "staff/preview.html",
        preview=shown,
        edit=edit,
        bases=bases,
        why=why,
        wrong=wrong,
        met=met,
        title=title or gettext("What this edit does"),
        as_before=_languages_as_before(edit),
        doubts=list_doubts(edit, shown.trial.warnings, form),
        draft_path=draft_path,
        draft_when=draft.when if draft is not None else request.form.get("draft.when", ""),
        by_form=page_of(edit) is not None or draft is not None,
        needs_second_person=needs_second_person(edit),
        waiting=awaiting(shown.trial.after.sources, edit),
    )
    return page, code


def _languages_as_before(edit: Edit) -> list[str]:
    """Name the languages of a page of words in which an edit changes nothing."""
    changed = {Path(name).parent.name for name in edit if name.endswith(".md")}
    if not changed:
        return []
    return [name for language, name in LANGUAGE_NAMES.items() if language not in changed]


def page_of(edit: Edit) -> str | None:
    """Return the page on which all files of an edit are written, None where there is none."""
    pages = {edit_path(name) for name in edit}
    removed = any(text is None and not name.endswith(".md") for name, text in edit.items())
    return None if removed or len(pages) != 1 else pages.pop()


def _show_meeting(
    met: Sequence[Meeting], edit: Edit, bases: Mapping[str, str], why: str
) -> ResponseReturnValue:
    """Show who changed what in the meantime, and let someone choose field by field."""
    page = render_template(
        "staff/conflict.html",
        met=met,
        edit=edit,
        bases=bases,
        # Of what cannot be joined, the own version is edited on against the file as it is now.
        new_bases={name: text_digest(desk().checkout.read(name)) for name in edit},
        joinable=all(each.fits or each.to_choose for each in met),
        diffs={each.name: compare_texts(each.now, each.wanted) for each in met},
        page=page_of(edit),
        why=why,
        draft_path=request.form.get("draft", ""),
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
