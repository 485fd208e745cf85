"""What was changed, by whom, when and why; and back again."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from campaign.staff.desk import desk, user
from campaign.staff.files.checkout import UnknownFile, text_digest
from campaign.staff.files.merging import carry_over
from campaign.staff.files.proposals import Proposal
from campaign.staff.files.records import SavedEdit
from campaign.staff.views import preview_page
from campaign.staff.views.finding import found_in, lay_out, searched, words_of
from campaign.staff.views.parts import HELP
from campaign.staff.views.previews import changed_only, compare_texts
from campaign.staff.views.public_pages import public_pages
from campaign.staff.views.text_list import title_of
from campaign.staff.views.times import day_of
from campaign.staff.views.words import first_line
from campaign.words.i18n import current_language, gettext
from campaign.words.i18n import mark as _

blueprint = Blueprint("history", __name__)


@blueprint.get("/history")
def every() -> ResponseReturnValue:
    """List what was saved at the desk, the newest first, or what developers changed as well."""
    asked = {
        name: request.args.get(name, "").strip()[:80] for name in ("q", "since", "others", "page")
    }
    words = words_of(asked["q"])
    found = [
        record
        for record in desk().records.history()
        if (record.at_desk or asked["others"])
        and found_in(searched([record.who, record.why, *_named(record)]), words)
        and day_of(record.when) >= asked["since"]
    ]
    listing = lay_out("/history", asked, found, {})
    return render_template("staff/history.html", listing=listing, asked=asked)


def _named(record: SavedEdit) -> tuple[str, ...]:
    """Return the files of an edit, and what staff call them."""
    return (*record.files, *map(title_of, record.files))


def _find(record_id: str) -> SavedEdit:
    found = [item for item in desk().records.history() if item.id == record_id]
    if not found:
        abort(404)
    return found[0]


@blueprint.get("/history/<record_id>")
def one(record_id: str) -> ResponseReturnValue:
    """Show one saved edit."""
    record = _find(record_id)
    versions = desk().records.versions(record)
    return render_template(
        "staff/record.html",
        record=record,
        diffs={name: compare_texts(item.before, item.after) for name, item in versions.items()},
        done=request.args.get("done") == "saved",
        public=public_pages(desk().settings.site_url, record.files),
        unlisted=_unlisted() if HELP in record.files else [],
        next_proposal=next(filter(_may_be_mine, desk().proposals.every()), None),
    )


def _unlisted() -> list[str]:
    """Name the helplines that no reader is shown yet."""
    contacts = desk().state().contacts
    if contacts is None:
        return []
    listed = contacts.help.unlisted()
    services = (each for each in contacts.help.services if each.id in listed)
    return [each.name_in(current_language()) for each in services]


def _may_be_mine(proposal: Proposal) -> bool:
    return proposal.status == "open" and proposal.author != user()


@blueprint.get("/history/<record_id>/undo")
def undo(record_id: str) -> ResponseReturnValue:
    """Preview the way back, or show why it no longer fits."""
    record = _find(record_id)
    edit: dict[str, str | None] = {}
    bases: dict[str, str] = {}
    for name, versions in desk().records.versions(record).items():
        try:
            current = desk().checkout.read(name)
        except UnknownFile:
            said = gettext(_("%(file)s is not edited at this desk")) % {"file": name}
            return _refuse(record, said, name, "", "")
        try:
            edit[name] = carry_over(versions.after, versions.before, current)
        except ValueError:
            said = gettext(_("Its lines, or those beside them, were changed again"))
            return _refuse(record, said, name, versions.after or "", current or "")
        bases[name] = text_digest(current)
    edit = changed_only(desk().checkout, edit)
    if not edit:
        return _refuse(record, gettext(_("Nothing of it is left to undo")), "", "", "")
    title = gettext(_("Undo: %(what)s")) % {"what": first_line(record.why) or record.id}
    return preview_page.show_preview(edit, bases, title=title, why=title)


def _refuse(record: SavedEdit, reason: str, name: str, then: str, now: str) -> ResponseReturnValue:
    page = render_template(
        "staff/no_undo.html",
        record=record,
        reason=reason,
        name=name,
        diff=compare_texts(then, now),
    )
    return page, 409
