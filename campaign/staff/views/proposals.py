"""Proposals: what someone else wants to change, for a second pair of eyes."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from campaign.staff.desk import alone_here, desk, user
from campaign.staff.files.checkout import ChangedUnderneath, text_digest
from campaign.staff.files.proposals import Proposal
from campaign.staff.files.records import NotRecorded
from campaign.staff.files.saving import save
from campaign.staff.views.previews import changed_only, compare_texts, preview
from campaign.words.i18n import gettext

blueprint = Blueprint("proposals", __name__)


@blueprint.get("/proposals")
def every() -> ResponseReturnValue:
    """List proposals, open ones first."""
    return render_template("staff/proposals.html", proposals=desk().proposals.every())


@blueprint.get("/proposals/<proposal_id>")
def one(proposal_id: str) -> ResponseReturnValue:
    """Show what a proposal would do to the files as they are now."""
    return _show(_find(proposal_id), wrong="")


@blueprint.post("/proposals/<proposal_id>")
def decide(proposal_id: str) -> ResponseReturnValue:
    """Approve, decline or withdraw."""
    proposal, action = _find(proposal_id), request.form.get("do", "")
    own = proposal.who == user()
    if proposal.status != "open":
        return _show(proposal, wrong=f"This proposal was {proposal.status} in the meantime")
    if action == "approve":
        return _approve(proposal)
    if action == "withdraw" and own:
        desk().proposals.decide(proposal, "withdrawn", user())
    elif action == "decline" and not own:
        desk().proposals.decide(proposal, "declined", user())
    else:
        abort(400)
    return redirect(url_for("proposals.one", proposal_id=proposal.id), 303)


def _approve(proposal: Proposal) -> ResponseReturnValue:
    if not _may_approve(proposal):
        return _show(proposal, wrong="It is your own proposal: another person approves it")
    checkout = desk().checkout
    try:
        edit = proposal.onto(checkout)
    except ValueError as error:
        return _show(proposal, wrong=f"It no longer fits: {error}")
    # What the approver saw, not what happens to stand there now.
    bases = {name: request.form.get(f"base.{name}", "") for name in edit}
    edit = changed_only(checkout, edit)
    if not edit:
        return _show(proposal, wrong="The files say this already. Decline or withdraw it")
    trial = desk().try_edit(edit)
    if trial.problems:
        return _show(proposal, wrong="It has problems now. They stand below")
    if trial.warnings:
        doubtful = gettext("Words of it are doubtful: decline it, and make it anew with a reason")
        return _show(proposal, wrong=doubtful)
    why = f"{proposal.why}\n\nProposed-by: {proposal.who}\nApproved-by: {user()}"
    try:
        record = save(checkout, desk().records, edit, bases, proposal.who, why)
    except ChangedUnderneath as error:
        wrong = f"{error} was changed since you opened this page. Look at it once more"
        return _show(proposal, wrong=wrong)
    except NotRecorded as error:
        return _show(proposal, wrong=f"Nothing was saved: {error}")
    desk().proposals.decide(proposal, "approved", user())
    return redirect(url_for("history.one", record_id=record, done="saved"), 303)


def _may_approve(proposal: Proposal) -> bool:
    return proposal.who != user() or alone_here()


def _find(proposal_id: str) -> Proposal:
    proposal = desk().proposals.find(proposal_id)
    if proposal is None:
        abort(404)
    return proposal


def _show(proposal: Proposal, wrong: str) -> ResponseReturnValue:
    checkout, shown, stale = desk().checkout, None, ""
    bases = {name: text_digest(checkout.read(name)) for name in proposal.files}
    if proposal.status == "open":
        try:
            shown = preview(desk(), proposal.onto(checkout))
        except ValueError as error:
            stale = str(error)
    page = render_template(
        "staff/proposal.html",
        proposal=proposal,
        preview=shown,
        stale=stale,
        wrong=wrong,
        bases=bases,
        own=proposal.who == user(),
        may_approve=_may_approve(proposal),
        proposed=request.args.get("done") == "proposed",
        diffs={
            name: compare_texts(item.before, item.after) for name, item in proposal.files.items()
        },
    )
    return page, 409 if wrong or stale else 200
