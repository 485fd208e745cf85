"""What the page before saving leads to: save, propose, or edit on."""

from collections.abc import Mapping
from pathlib import Path

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from campaign.staff.desk import desk, user
from campaign.staff.files.checkout import RATES_FILE, ChangedUnderneath, text_digest
from campaign.staff.files.records import NotRecorded, Versions
from campaign.staff.files.saving import save
from campaign.staff.views import editing, entries, facts, rates, texts
from campaign.staff.views.parts import FACTS
from campaign.staff.views.preview_page import sent_edit, show_changed_underneath, show_preview
from campaign.staff.views.previews import changed_only

blueprint = Blueprint("saving", __name__)

LONGEST_REASON = 300


@blueprint.post("/save")
def save_edit() -> ResponseReturnValue:
    """Do what the button of the preview page says."""
    edit, bases = sent_edit()
    action, why = request.form.get("do", ""), " ".join(request.form.get("why", "").split())
    if action == "edit":
        return _edit_on(edit, bases)
    if action == "preview":
        return show_preview(edit, bases, why=why)
    if action not in ("save", "propose"):
        abort(400)
    if not why or len(why) > LONGEST_REASON:
        wrong = f"Say in a line why you make this edit (at most {LONGEST_REASON} characters)"
        return show_preview(edit, bases, why=why, wrong=wrong)
    edit = changed_only(desk().checkout, edit)
    if not edit:
        return show_preview(edit, bases, why=why, wrong="Nothing changes, so nothing was saved")
    for name in edit:
        if text_digest(desk().checkout.read(name)) != bases[name]:
            return show_changed_underneath(name, edit, why)
    if desk().try_edit(edit).problems:
        return show_preview(edit, bases, why=why, wrong="Mend the problems first")
    if action == "propose":
        versions = {name: Versions(desk().checkout.read(name), edit[name]) for name in edit}
        proposal = desk().proposals.add(user(), why, versions)
        return redirect(url_for("proposals.one", proposal_id=proposal.id, done="proposed"), 303)
    try:
        record = save(desk().checkout, desk().records, edit, bases, user(), why)
    except ChangedUnderneath as error:
        return show_changed_underneath(str(error), edit, why)
    except NotRecorded as error:
        return show_preview(edit, bases, why=why, wrong=f"Nothing was saved: {error}")
    return redirect(url_for("history.one", record_id=record, done="saved"), 303)


def _edit_on(edit: Mapping[str, str | None], bases: Mapping[str, str]) -> ResponseReturnValue:
    first = next(iter(edit))
    if first.endswith(".md"):
        return texts.show_page(Path(first).stem, edit, bases)
    text = edit[first] or ""
    if first == RATES_FILE:
        return rates.reopen(text)
    if first == FACTS:
        return facts.reopen(text)
    return entries.reopen(first, text) or editing.show_file(first, edit[first] or "", bases[first])
