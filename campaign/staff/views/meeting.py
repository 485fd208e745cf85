"""Where two people edited one file: who, when and why, and both edits joined field by field."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from flask import request

from campaign.staff.desk import desk
from campaign.staff.files.checkout import text_digest
from campaign.staff.files.merging import carry_over
from campaign.staff.files.records import SavedEdit
from campaign.staff.forms.joining import FieldChange, Joined, NotJoinable, join
from campaign.staff.forms.yaml_editing import NotEditable


@dataclass(frozen=True, slots=True)
class Meeting:
    """One file that changed while someone edited it.

    `text` is both edits in one, where it `fits`: else a person must choose first. `later` are the
    edits made since; `changes` every field that either side changed, none where none can be told.
    """

    name: str
    fits: bool
    text: str | None
    now: str | None
    wanted: str | None
    later: Sequence[SavedEdit]
    changes: Sequence[FieldChange]
    to_choose: Sequence[FieldChange]


def meet(edit: Mapping[str, str | None], bases: Mapping[str, str]) -> list[Meeting]:
    """List the files of an edit that are no longer what they were when its form was opened."""
    running, found = desk(), []
    for name, wanted in edit.items():
        now = running.checkout.read(name)
        if text_digest(now) != bases[name]:
            opened, later = running.records.since(name, bases[name])
            texts = (opened, wanted, now)
            found.append(join_texts(name, texts, sent_choices(name), later))
    return found


def join_texts(
    name: str,
    texts: tuple[str | None, str | None, str | None],
    chosen: Mapping[str, str],
    later: Sequence[SavedEdit] = (),
) -> Meeting:
    """Join what turned the first text into the second with the third, which is the file now."""
    opened, wanted, now = texts
    fields, text, fits = Joined("", (), ()), now, False
    with suppress(NotEditable, NotJoinable):
        if opened is not None and wanted is not None and now is not None:
            fields = join(name, opened, wanted, now, chosen)
            text, fits = fields.text, not fields.to_choose
    if not fields.to_choose and not chosen:
        with suppress(ValueError):  # by lines, which keeps comments too
            text, fits = carry_over(opened, wanted, now), True
    return Meeting(name, fits, text, now, wanted, later, fields.changes, fields.to_choose)


def sent_choices(name: str) -> dict[str, str]:
    """Read which side someone chose for the fields of a file."""
    start = f"choose:{name}:"
    return {
        field.removeprefix(start): side
        for field, side in request.form.items()
        if field.startswith(start)
    }
