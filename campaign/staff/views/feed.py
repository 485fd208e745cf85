"""What happened at the desk, as a feed that a mail program or a reader of news follows."""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Final

from flask import Blueprint, Response, render_template

from campaign.staff.desk import desk
from campaign.staff.files.proposals import Proposal
from campaign.staff.views.words import first_line
from campaign.words.i18n import gettext
from campaign.words.i18n import mark as _

blueprint = Blueprint("feed", __name__)

MOST_ENTRIES: Final = 50
_NO_XML: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DEEDS: Final = {
    "proposed": _("%(who)s proposes: %(what)s"),
    "commented": _("%(who)s commented on: %(what)s"),
    "changed": _("%(who)s changed the proposal: %(what)s"),
    "approved": _("%(who)s approved: %(what)s"),
    "declined": _("%(who)s declined: %(what)s"),
    "withdrawn": _("%(who)s withdrew: %(what)s"),
    "reopened": _("%(who)s reopened: %(what)s"),
    "saved": _("%(who)s saved: %(what)s"),
}


@blueprint.get("/feed.xml")
def feed() -> Response:
    """List proposals, what was said to them, and what was saved, the newest first."""
    running = desk()
    entries = [entry for item in running.proposals.every() for entry in _of(item)]
    # What was approved stands among the proposals already.
    entries += [
        _entry("saved", edit.who, edit.when, first_line(edit.why), f"/history/{edit.id}", "")
        for edit in running.records.history()[:MOST_ENTRIES]
        if "\nApproved-by: " not in edit.why
    ]
    newest = sorted(entries, key=lambda entry: entry["moment"], reverse=True)[:MOST_ENTRIES]
    text = render_template(
        "staff/feed.xml",
        title=gettext(_("Staff desk")),
        entries=newest,
        address=running.settings.staff_url,
    )
    return Response(text, mimetype="application/atom+xml")


def _of(proposal: Proposal) -> Iterator[Mapping[str, str]]:
    path = f"/proposals/{proposal.id}"
    yield _entry("proposed", proposal.who, proposal.when, proposal.why, path, "")
    for number, said in enumerate(proposal.talk, start=1):
        yield _entry(
            said.did, said.who, said.when, proposal.why, f"{path}#said-{number}", said.words
        )


def _entry(deed: str, who: str, when: str, what: str, path: str, words: str) -> Mapping[str, str]:
    moment = datetime.datetime.fromisoformat(when).astimezone(datetime.UTC)
    title = gettext(_DEEDS[deed]) % {"who": who, "what": gettext(what) if what else ""}
    entry = {"title": title, "who": who, "moment": moment.isoformat(), "path": path, "words": words}
    # One sign that XML has no place for would make the whole feed unreadable.
    return {name: _NO_XML.sub(" ", text) for name, text in entry.items()}
