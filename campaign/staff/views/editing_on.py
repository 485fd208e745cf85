"""Bring an edit back into the form of its page, as a draft."""

from collections.abc import Mapping
from pathlib import Path

from flask import abort, redirect
from flask.typing import ResponseReturnValue

from campaign.staff.desk import desk, user
from campaign.staff.files.checkout import PUBLICATIONS_FOLDER, Edit
from campaign.staff.views import texts
from campaign.staff.views.preview_page import page_of
from campaign.staff.views.words import edit_path


def edit_on(
    edit: Edit, bases: Mapping[str, str], *, from_draft: str = "", proposal: str | None = None
) -> ResponseReturnValue:
    """Keep an edit as a draft of its page and go there; `from_draft` is the page it came from.

    Another draft of that page is shown as it is: nobody's work is written over.
    """
    path = page_of(edit)
    if from_draft not in ("", path) and desk().drafts.find(user(), from_draft) is not None:
        return redirect(from_draft, 303)  # a form of a part of the file
    if path is None:
        abort(400)
    first = next(iter(edit))
    if first.startswith(PUBLICATIONS_FOLDER) and bases[first] == "none":
        path = edit_path("")
    if from_draft != path and desk().drafts.find(user(), path) is not None:
        return redirect(path, 303)
    if first.endswith(".md"):
        fields, action = texts.fields_of(Path(first).stem, edit, bases), ""
    else:
        fields = {"mode": "text", "text": edit[first] or "", "base": bases[first]}
        action = "form"
        if path != edit_path(""):
            fields["name"] = first
    desk().drafts.keep(user(), path, list(fields.items()), action, proposal)
    return redirect(path, 303)
