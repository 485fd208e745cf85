"""Write down at once who confirmed what, and on which day: a button, no form."""

from collections.abc import Collection, Mapping

from flask import redirect, request
from flask.typing import ResponseReturnValue

from calculator.clock import belgian_day
from campaign.published.launch import CONFIRMED
from campaign.staff.desk import desk, user
from campaign.staff.files.checkout import ChangedUnderneath, UnknownFile, text_digest
from campaign.staff.files.git import NotRecorded
from campaign.staff.files.saving import save
from campaign.staff.forms.yaml_editing import (
    Content,
    Sentence,
    apply_content,
    content_of,
    read_tree,
)
from campaign.staff.views import preview_page
from campaign.staff.views.words import say_hindrance

EVERY = "*"


def today() -> str:
    """Return the day as the files write it."""
    return belgian_day().isoformat()


def marks(who: str, day: str) -> dict[str, Content]:
    """Return the two lines that confirm something."""
    return dict(zip(CONFIRMED, (Sentence(who), day), strict=True))


def confirm_record(text: str, key: str, said: Mapping[str, Content]) -> str:
    """Confirm a record of a file; without a key, all of the file."""
    held = content_of(read_tree(text))
    whole = dict(held) if isinstance(held, Mapping) else {}
    if not key:
        return apply_content(text, {**whole, **said})
    inner = whole.get(key)
    record = dict(inner) if isinstance(inner, Mapping) else {}
    return apply_content(text, {**whole, key: {**record, **said}})


def confirm_entries(text: str, key: str, ids: Collection[str], said: Mapping[str, Content]) -> str:
    """Confirm entries of a list in a file by their ids, or EVERY one."""
    held = content_of(read_tree(text).get(key) or [])
    rows = [
        {**row, **said} if EVERY in ids or row.get("id") in ids else row
        for row in (held if isinstance(held, list) else [])
        if isinstance(row, Mapping)
    ]
    return apply_content(text, {key: [*rows]})


def list_entries(
    text: str, key: str, named: Collection[Mapping[str, Content]], said: Mapping[str, Content]
) -> str:
    """Confirm entries that are known by what they name, and add those not listed yet."""
    held = content_of(read_tree(text).get(key) or [])
    rows = [
        dict(row) for row in (held if isinstance(held, list) else []) if isinstance(row, Mapping)
    ]
    for names in named:
        found = [row for row in rows if all(row.get(name) == names[name] for name in names)]
        if not found:
            rows.append({"_was": "", **names})
        for row in found or rows[-1:]:
            row.update(said)
    return apply_content(text, {key: [*rows]})


def read_file(name: str) -> str:
    """Return the text of a file; raises UnknownFile."""
    text = desk().checkout.read(name)
    if text is None:
        raise UnknownFile(name)
    return text


def opened(name: str) -> tuple[str, str]:
    """Return a file as it was when the form that is sent now was opened, and its digest.

    Where the record has no such state any more, the file as it is.
    """
    text, base = read_file(name), request.form.get("base", "")
    if base and base != text_digest(text):
        then, _later = desk().records.since(name, base)
        if then is not None:
            return then, base
    return text, text_digest(text)


def save_at_once(name: str, text: str, why: str, back: str, at: str = "") -> ResponseReturnValue:
    """Save one file and go back to the list, `at` an entry; where it cannot be saved, show why."""
    edit, bases = {name: text}, {name: text_digest(desk().checkout.read(name))}
    if text == desk().checkout.read(name):
        return redirect(back, 303)  # pressed twice on one day
    trial = desk().try_edit(edit)
    if trial.problems or trial.warnings:
        return preview_page.show_preview(edit, bases, why=why)
    try:
        record = save(desk().checkout, desk().records, edit, bases, user(), why)
    except ChangedUnderneath:
        return preview_page.show_preview(edit, bases, why=why)
    except NotRecorded as error:
        return preview_page.show_preview(edit, bases, why=why, wrong=say_hindrance(error))
    return redirect(f"{back}?saved={record}" + (f"&at={at}#{at}" if at else ""), 303)
