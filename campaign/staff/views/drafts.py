"""Drafts: what someone sends of a form is kept, and shown again by the page that takes it.

So every page of a form is the answer to a GET: it can be left, reloaded and come back to.
"""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from flask import Blueprint, abort, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException

from campaign.staff.desk import desk, user
from campaign.staff.errors import FORGOTTEN, handle_http, show_error
from campaign.staff.files.drafts import PREVIEW, Draft
from campaign.staff.views.text_list import title_of
from campaign.staff.views.words import edit_path, own_path
from campaign.words.i18n import gettext
from campaign.words.i18n import mark as _

blueprint = Blueprint("drafts", __name__)

# The pages whose forms are kept, by the view that takes the form.
KEPT: Final = frozenset({"editing.sent", "texts.sent", "entries.sent", "rates.sent", "facts.sent"})
KEEP: Final = "keep"
_PAGES_OF_FILE: Final = (edit_path, own_path)
_NOT_KEPT: Final = frozenset({"csrf_token", "do"})


@blueprint.before_app_request
def keep_or_show() -> ResponseReturnValue | None:
    """Keep a form that was sent and go to its page; show there what was kept."""
    if request.method == "POST" and request.endpoint in KEPT:
        return _keep()
    taken_by = _view_that_takes(request.path) if request.method == "GET" else None
    draft = desk().drafts.find(user(), request.path) if taken_by else None
    if taken_by is None or draft is None:
        return None
    g.draft, action = draft, draft.action
    if "as" in request.args:
        action = request.args["as"]
    elif action == PREVIEW and PREVIEW not in request.args:
        action = ""
    # As if the form were sent now; whoever shows it need not know that it was kept.
    request.form = ImmutableMultiDict([*draft.fields, ("do", action)])
    view, arguments = taken_by
    answer: ResponseReturnValue = view(**arguments)
    return answer


def _keep() -> ResponseReturnValue | None:
    action, checkout = request.form.get("do", ""), desk().checkout
    arguments = request.view_args or {}
    if name := arguments.get("name"):
        checkout.hold(name)
    elif page := arguments.get("page"):
        checkout.text_names(page)
    fields = [each for each in request.form.items(multi=True) if each[0] not in _NOT_KEPT]
    try:
        desk().drafts.keep(user(), request.path, fields, "" if action == KEEP else action)
    except OSError:  # a full disk: the form is shown as it was sent, and nothing of it is lost
        return None
    return redirect(f"{request.path}?{PREVIEW}" if action == PREVIEW else request.path, 303)


@blueprint.app_errorhandler(CSRFError)
def send_again(error: CSRFError) -> ResponseReturnValue:
    """Offer what was filled in for sending once more: it makes a draft or a preview, no edit."""
    if request.endpoint not in KEPT:
        return handle_http(error)
    sent = [field for field in request.form.items(multi=True) if field[0] != "csrf_token"]
    said = _("Your browser forgot its key to this desk. What you filled in is still here.")
    return show_error(400, FORGOTTEN[0], said, sent)


def _view_that_takes(path: str) -> tuple[Callable[..., Any], Mapping[str, Any]] | None:
    """Return the view that takes the form of a page, None where its form is not kept."""
    try:
        endpoint, arguments = current_app.url_map.bind("").match(path, method="POST")
    except HTTPException:
        return None
    return (current_app.view_functions[endpoint], arguments) if endpoint in KEPT else None


@blueprint.post("/drafts/discard")
def discard() -> ResponseReturnValue:
    """Throw a draft away and begin again from the file."""
    path = request.form.get("path", "")
    if _view_that_takes(path) is None:
        abort(400)
    desk().drafts.drop(user(), path)
    return redirect(path, 303)


def own_drafts() -> list[dict[str, str]]:
    """List the drafts of who is asking, the newest first: page, name and time."""
    return [
        {"path": draft.path, "name": _name(draft), "when": draft.when}
        for draft in desk().drafts.every()
        if draft.who == user()
    ]


def _name(draft: Draft) -> str:
    if draft.path == edit_path(""):
        return draft.field("title") or gettext(_("A new publication"))
    return draft.field("title") or title_of(PurePosixPath(draft.path).name)


def about_this_page() -> dict[str, Any]:
    """Return the draft shown, and what others have open or proposed of the same file."""
    if _view_that_takes(request.path) is None:
        return {"draft": None}
    running = desk()
    return {
        "draft": g.get("draft"),
        "open_elsewhere": [
            draft
            for draft in running.drafts.every()
            if draft.path == request.path and draft.who != user()
        ],
        "proposed_here": [
            proposal
            for proposal in running.proposals.every()
            if proposal.status == "open"
            and request.path in {say(name) for name in proposal.files for say in _PAGES_OF_FILE}
        ],
    }
