"""What the page before saving leads to: save, propose, or edit on."""

from collections.abc import Iterator

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from campaign.staff.desk import desk, user
from campaign.staff.files.checkout import ChangedUnderneath, Edit, text_digest
from campaign.staff.files.git import NotRecorded
from campaign.staff.files.records import Versions
from campaign.staff.files.saving import save
from campaign.staff.views.editing_on import edit_on
from campaign.staff.views.overruling import overrule, sent_reasons
from campaign.staff.views.preview_page import sent_edit, show_preview
from campaign.staff.views.previews import changed_only
from campaign.staff.views.second_person import needs_second_person
from campaign.staff.views.words import say_hindrance
from campaign.words.i18n import gettext
from campaign.words.i18n import mark as _

blueprint = Blueprint("saving", __name__)

LONGEST_REASON = 300


@blueprint.post("/save")
def save_edit() -> ResponseReturnValue:
    """Do what the button of the preview page says."""
    edit, bases = sent_edit()
    action, why = request.form.get("do", ""), " ".join(request.form.get("why", "").split())
    if action == "edit":
        return edit_on(edit, bases, from_draft=request.form.get("draft", ""))
    if action == "preview":
        return show_preview(edit, bases, why=why)
    if action not in ("save", "propose"):
        abort(400)
    changed = changed_only(desk().checkout, edit)
    if any(text_digest(desk().checkout.read(name)) != bases[name] for name in changed):
        return show_preview(edit, bases, why=why)
    warnings = desk().try_edit(changed).warnings if changed else ()
    reasons = sent_reasons(warnings)
    wrong = [gettext(said) % {"most": LONGEST_REASON} for said in _refusals(action, changed, why)]
    if reasons is None:
        wrong.append(gettext("Give a reason for each warning, or write it in other words"))
    if wrong or reasons is None:
        return show_preview(edit, bases, why=why, wrong=". ".join(wrong))
    if warnings:
        changed, bases = overrule(changed, bases, warnings, reasons)
    if action == "propose":
        answer = _propose(changed, why)
    else:
        try:
            record = save(desk().checkout, desk().records, changed, bases, user(), why)
        except ChangedUnderneath:
            return show_preview(edit, bases, why=why)
        except NotRecorded as error:
            return show_preview(edit, bases, why=why, wrong=say_hindrance(error))
        answer = redirect(url_for("history.one", record_id=record, done="saved"), 303)
    draft = desk().drafts.find(user(), request.form.get("draft", ""))
    # What was typed since the preview, on another page or phone, stays.
    if draft is not None and draft.when == request.form.get("draft.when"):
        desk().drafts.drop(user(), draft.path)
    return answer


@blueprint.get("/save")
def after_saving() -> ResponseReturnValue:
    """Lead whoever comes back to this address to the first page, which lists the drafts."""
    return redirect(url_for("board.week"), 303)


def _refusals(action: str, changed: Edit, why: str) -> Iterator[str]:
    """Yield the sentences why this is not saved."""
    if not why or len(why) > LONGEST_REASON:
        yield _("Say in a line why you make this edit (at most %(most)s characters)")
    if not changed:
        yield _("Nothing changes, so nothing was saved")
    elif desk().try_edit(changed).problems:
        yield _("Mend the problems first")
    elif action == "save" and needs_second_person(changed):
        yield _("This moves the estimate, so another person looks at it: save it as a proposal")


def _propose(edit: Edit, why: str) -> ResponseReturnValue:
    """Keep an edit as a new proposal, or in the place of the one that its draft changes."""
    running = desk()
    versions = {name: Versions(running.checkout.read(name), edit[name]) for name in edit}
    draft = running.drafts.find(user(), request.form.get("draft", ""))
    proposal = running.proposals.find(draft.proposal) if draft is not None else None
    if proposal is not None and proposal.status == "open":
        running.proposals.change(proposal, user(), why, versions)
    else:
        proposal = running.proposals.add(user(), why, versions)
    return redirect(url_for("proposals.one", proposal_id=proposal.id, done="proposed"), 303)


@blueprint.get("/remove/<path:name>")
def remove(name: str) -> ResponseReturnValue:
    """Preview what is left without a publication."""
    checkout = desk().checkout
    if name not in checkout.publications():
        abort(404)
    bases = {name: text_digest(checkout.read(name))}
    return show_preview({name: None}, bases, title=gettext(_("Remove this publication?")))
