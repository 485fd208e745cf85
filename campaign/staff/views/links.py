"""The pages that figures and contacts cite: whether they still answer, asked in the background."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from calculator.figures.sources import Sources
from campaign.staff.desk import Desk, desk
from campaign.staff.files.checkout import CONTENT, PUBLICATIONS_FOLDER
from campaign.staff.forms.typed import say_day
from campaign.staff.views.words import edit_path
from campaign.upkeep.links.ask import CitedAddress, LinkFinding, cited_addresses
from campaign.upkeep.links.memory import Remembered
from campaign.words.i18n import gettext
from campaign.words.i18n import mark as _

blueprint = Blueprint("links", __name__)

# The page of a running check loads itself again; without JavaScript too.
SECONDS_BETWEEN: Final = "3"
# The worst first; "blocked" only says that a robot was turned away.
VERDICTS: Final = {
    "gone": _("is gone"),
    "unreachable": _("does not answer"),
    "moved": _("has moved"),
    "blocked": _("refuses programs: open it yourself"),
    "ok": _("answers"),
}
COUNTED: Final = {
    "gone": _("%(number)s gone"),
    "unreachable": _("%(number)s without an answer"),
    "moved": _("%(number)s moved"),
    "blocked": _("%(number)s that refuse programs"),
    "ok": _("%(number)s in order"),
    "": _("%(number)s not asked yet"),
}
TO_LOOK_AT: Final = ("gone", "unreachable", "moved")
FAILURES: Final = {
    "nothing-answered": _("No page answered at all. Is this computer online? Nothing was kept."),
    "unreadable": _("What the last check left cannot be read. Tell whoever looks after the desk."),
    "unwritable": _("What was found could not be written. Tell whoever looks after the desk."),
}


@dataclass(frozen=True, slots=True)
class ListedLink:
    """One cited address, what it answered last, and where it is edited."""

    address: str
    found: Remembered | None
    cited_by: str
    path: str
    archived: str | None

    @property
    def verdict(self) -> str:
        return self.found.verdict if self.found else ""

    @property
    def went(self) -> bool:
        return self.verdict in TO_LOOK_AT


def list_links(running: Desk) -> Sequence[ListedLink]:
    """List every cited address, the worst first; none while the figures cannot be used."""
    state, known = running.state(), running.known_links()
    if state.sources is None:
        return ()
    files, editable = _files_of(state.sources), set(running.checkout.names())
    order = (*VERDICTS, "")
    listed = [
        _listed(cited, known.get(cited.address), files, editable)
        for cited in cited_addresses(state.sources, state.contacts)
    ]
    return sorted(listed, key=lambda each: (order.index(each.verdict), each.address))


def sum_up(links: Sequence[ListedLink]) -> str:
    """Say how many links answered what, and when they were last asked."""
    counts = Counter(each.verdict for each in links)
    said = ", ".join(
        gettext(words) % {"number": counts[verdict]}
        for verdict, words in COUNTED.items()
        if counts[verdict]
    )
    days = [each.found.checked for each in links if each.found is not None]
    if not days:
        return said
    return said + gettext("; last asked on %(day)s") % {"day": say_day(max(days))}


@blueprint.get("/links")
def every() -> ResponseReturnValue:
    """List the links that went; while they are being asked, how far it is."""
    running = desk()
    links = list_links(running)
    page = render_template(
        "staff/links.html",
        links=[each for each in links if each.verdict not in ("", "ok")],
        about_links=sum_up(links),
        verdicts=VERDICTS,
        check=running.links,
        failure=gettext(FAILURES[running.links.failure]) if running.links.failure else "",
    )
    response = make_response(page)
    if running.links.running:
        response.headers["Refresh"] = SECONDS_BETWEEN
    return response


@blueprint.post("/links")
def check() -> ResponseReturnValue:
    """Begin to ask every address, unless that is under way."""
    running = desk()
    state = running.state()
    if state.sources is not None:
        running.links.start(cited_addresses(state.sources, state.contacts))
    return redirect(url_for("links.every"), 303)


def _listed(
    cited: CitedAddress,
    found: Remembered | None,
    files: Mapping[str, str],
    editable: Container[str],
) -> ListedLink:
    first = cited.cited_by[0]
    file = files.get(first, f"{CONTENT}{first.partition(':')[0]}")
    known = file in editable
    archived = None
    if found is not None and found.verdict == "gone":
        archived = LinkFinding(cited, "gone", found.status, "").archived
    return ListedLink(
        cited.address, found, ", ".join(cited.cited_by), edit_path(file) if known else "", archived
    )


def _files_of(sources: Sources) -> Mapping[str, str]:
    """Return the file of each publication and figure, by its id."""
    return {
        name: f"{PUBLICATIONS_FOLDER}{publication.id}.yaml"
        for publication in sources.publications
        for name in (publication.id, *(figure.id for figure in publication.figures))
    }
