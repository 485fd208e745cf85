"""Proposals: what someone wants to change, for a second pair of eyes."""

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.staff.desk import alone_here, desk, user
from campaign.staff.files.checkout import ChangedUnderneath, text_digest
from campaign.staff.files.git import NotRecorded
from campaign.staff.files.proposals import Proposal
from campaign.staff.files.saving import save
from campaign.staff.views.editing_on import edit_on
from campaign.staff.views.meeting import Meeting, join_texts, sent_choices
from campaign.staff.views.places import say_file, say_files
from campaign.staff.views.preview_page import page_of
from campaign.staff.views.previews import changed_only, compare_texts, preview
from campaign.staff.views.words import say_hindrance
from campaign.words.i18n import gettext
from campaign.words.i18n import mark as _

blueprint = Blueprint("proposals", __name__)

LONGEST_COMMENT: Final = 2000
STATES: Final[Mapping[str, str]] = {
    "open": _("open"),
    "approved": _("approved"),
    "declined": _("declined"),
    "withdrawn": _("withdrawn"),
}
DEEDS: Final[Mapping[str, str]] = {
    "commented": _("commented"),
    "changed": _("changed what is proposed"),
    "approved": _("approved it"),
    "declined": _("declined it"),
    "withdrawn": _("withdrew it"),
    "reopened": _("opened it again"),
}


@blueprint.get("/proposals")
def every() -> ResponseReturnValue:
    """List proposals, open ones first."""
    proposals = desk().proposals.every()
    return render_template(
        "staff/proposals.html",
        proposals=proposals,
        names={item.id: say_files(item.files, _texts(item)) for item in proposals},
        states=_said(STATES),
    )


def _texts(proposal: Proposal) -> dict[str, str | None]:
    """Return what is proposed for each file; of one that would go, what stands there."""
    return {name: item.after or item.before for name, item in proposal.files.items()}


def _said(words: Mapping[str, str]) -> dict[str, str]:
    return {name: gettext(text) for name, text in words.items()}


@blueprint.get("/proposals/<proposal_id>")
def one(proposal_id: str) -> ResponseReturnValue:
    """Show what a proposal would do to the files as they are now."""
    return _show(_find(proposal_id))


@blueprint.post("/proposals/<proposal_id>")
def decide(proposal_id: str) -> ResponseReturnValue:
    """Comment, approve, decline, withdraw, reopen, or edit it on."""
    proposal, action = _find(proposal_id), request.form.get("do", "")
    words = request.form.get("words", "").replace("\r\n", "\n").strip()[:LONGEST_COMMENT]
    is_open, own = proposal.status == "open", proposal.who == user()
    if action == "comment":
        if not words:
            return _show(proposal, wrong=gettext(_("Write what you want to say")))
        desk().proposals.say(proposal, user(), "commented", words)
    elif action == "reopen" and not is_open and proposal.status != "approved":
        desk().proposals.say(proposal, user(), "reopened", words)
    elif not is_open:
        return _show(proposal, wrong=gettext(_("This proposal was closed in the meantime")))
    elif action == "approve":
        return _approve(proposal, words)
    elif action == "edit":
        return _edit(proposal)
    elif action == "withdraw" and own:
        desk().proposals.say(proposal, user(), "withdrawn", words)
    elif action == "decline" and not own:
        if not words:
            return _show(proposal, wrong=gettext(_("Say why you decline it, for who proposed it")))
        desk().proposals.say(proposal, user(), "declined", words)
    else:
        abort(400)
    return redirect(url_for("proposals.one", proposal_id=proposal.id), 303)


def _approve(proposal: Proposal, words: str) -> ResponseReturnValue:
    if not _may_approve(proposal):
        wrong = _("What stands in this proposal is yours: another person approves it")
        return _show(proposal, wrong=gettext(wrong))
    checkout, joined = desk().checkout, _onto_now(proposal)
    if not all(each.fits for each in joined):
        return _show(proposal)
    # What the approver saw, not what happens to stand there now.
    bases = {each.name: request.form.get(f"base.{each.name}", "") for each in joined}
    edit = changed_only(checkout, {each.name: each.text for each in joined})
    wrong = ""
    if not edit:
        wrong = _("The files say this already. Decline or withdraw it")
    elif desk().try_edit(edit).problems:
        wrong = _("It has problems now. They stand below")
    elif desk().try_edit(edit).warnings:
        wrong = _("Words of it are doubtful: decline it, and make it anew with a reason")
    if wrong:
        return _show(proposal, wrong=gettext(wrong))
    names = {proposal.who: "Proposed-by", proposal.author: "Proposed-by", user(): "Approved-by"}
    signed = "\n".join(f"{role}: {name}" for name, role in names.items())
    why = f"{proposal.why}\n\n{signed}"
    try:
        record = save(checkout, desk().records, edit, bases, proposal.author, why)
    except ChangedUnderneath as error:
        wrong = gettext(_("%(file)s was changed since you opened this page. Look at it once more"))
        return _show(proposal, wrong=wrong % {"file": say_file(str(error))})
    except NotRecorded as error:
        return _show(proposal, wrong=say_hindrance(error))
    desk().proposals.say(proposal, user(), "approved", words)
    return redirect(url_for("history.one", record_id=record, done="saved"), 303)


def _edit(proposal: Proposal) -> ResponseReturnValue:
    """Go on with a proposal in the form, joined with the files as they are now."""
    joined = _onto_now(proposal)
    if any(each.to_choose for each in joined):
        return _show(proposal, wrong=gettext(_("Choose for each field first")))
    # Of what cannot be joined, the version proposed is edited against the file as it is now.
    edit = {each.name: each.text if each.fits else each.wanted for each in joined}
    bases = {each.name: text_digest(each.now) for each in joined}
    return edit_on(edit, bases, proposal=proposal.id)


def _onto_now(proposal: Proposal) -> list[Meeting]:
    """Bring what is proposed over to the files as they are now, with the choices sent."""
    joined = []
    for name, versions in proposal.files.items():
        now = desk().checkout.read(name)
        _base, later = desk().records.since(name, text_digest(versions.before))
        texts = (versions.before, versions.after, now)
        joined.append(join_texts(name, texts, sent_choices(name), later))
    return joined


def _may_approve(proposal: Proposal) -> bool:
    return proposal.author != user() or alone_here()


def _find(proposal_id: str) -> Proposal:
    proposal = desk().proposals.find(proposal_id)
    if proposal is None:
        abort(404)
    return proposal


def _show(proposal: Proposal, wrong: str = "") -> ResponseReturnValue:
    is_open = proposal.status == "open"
    joined = _onto_now(proposal) if is_open else []
    stale = [each for each in joined if not each.fits]
    edit = {each.name: each.text for each in joined}
    page = render_template(
        "staff/proposal.html",
        proposal=proposal,
        states=_said(STATES),
        deeds=_said(DEEDS),
        preview=preview(desk(), edit) if is_open and not stale else None,
        stale=stale,
        met=[each for each in joined if each.later],
        wrong=wrong,
        bases={each.name: text_digest(each.now) for each in joined},
        own=proposal.who == user(),
        own_words=proposal.author == user(),
        may_approve=_may_approve(proposal),
        by_form=page_of({name: item.after for name, item in proposal.files.items()}) is not None,
        proposed=request.args.get("done") == "proposed",
        address=f"{desk().settings.staff_url}{request.path}",
        files=say_files(proposal.files, _texts(proposal)),
        texts=_texts(proposal),
        diffs={
            name: compare_texts(item.before, item.after) for name, item in proposal.files.items()
        },
    )
    return page, 409 if wrong or stale else 200
