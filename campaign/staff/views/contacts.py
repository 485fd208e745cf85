"""Who helps: helplines as a list, each with a form of its own, and "called today".

Nobody calls an emergency number to test it, nor a service without one: those are looked at.
"""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from campaign.published.contacts import Contacts
from campaign.published.services import Service
from campaign.staff.desk import desk, user
from campaign.staff.files.checkout import text_digest
from campaign.staff.forms.yaml_editing import apply_content
from campaign.staff.views import preview_page
from campaign.staff.views.confirming import (
    EVERY,
    confirm_entries,
    confirm_record,
    marks,
    read_file,
    save_at_once,
    today,
)
from campaign.staff.views.parts import HELP, PRESS
from campaign.words.i18n import current_language, gettext
from campaign.words.i18n import mark as _

blueprint = Blueprint("contacts", __name__)

ON_TOP = ("first_call", "emergency")
LONGEST_NAME = 200
EMERGENCY = frozenset({"100", "101", "112"})
# What a button confirms, and the reason that stands in the history.
CALLED = {
    "services": (_("Looked at today: %(name)s"), _("All helplines called or looked at today")),
    "after_report": (_("Asked today: %(name)s"), _("All steps after a report asked today")),
}


@blueprint.get("/contacts")
def every() -> ResponseReturnValue:
    """List who helps, with who called last and when."""
    return _show()


def _show(wrong: str = "") -> ResponseReturnValue:
    state = desk().state()
    page = render_template(
        "staff/contacts.html",
        contacts=state.contacts,
        services=_rows(state.contacts) if state.contacts is not None else [],
        problems=[item for item in state.problems if item.file in (HELP, PRESS)],
        emergency=EMERGENCY,
        saved=request.args.get("saved", ""),
        at=request.args.get("at", ""),
        wrong=wrong,
    )
    return page, 422 if wrong else 200


@blueprint.post("/contacts/called")
def called() -> ResponseReturnValue:
    """Write down that someone called, or asked, today: one entry, or all of a list."""
    kind, _separator, wanted = request.form.get("called", "").partition(":")
    said = marks(user(), today())
    if kind == "press":
        text = confirm_record(read_file(PRESS), "", said)
        return save_at_once(PRESS, text, gettext(_("Press contact tried today")), "/contacts")
    if kind not in CALLED:
        abort(400)
    if wanted == EVERY and not request.form.get("sure"):
        return _show(gettext(_("Tick that you did each of them, or confirm them one by one")))
    one, all_of_them = map(gettext, CALLED[kind])
    why = all_of_them if wanted == EVERY else one % {"name": _name_of(wanted)}
    text = confirm_entries(read_file(HELP), kind, {wanted}, said)
    return save_at_once(HELP, text, why, "/contacts", "" if wanted == EVERY else wanted)


@blueprint.post("/contacts/first")
def first() -> ResponseReturnValue:
    """Choose the two services on top of the page."""
    text = read_file(HELP)
    chosen = {name: request.form.get(name, "") for name in ON_TOP}
    edit = {HELP: apply_content(text, chosen)}
    return preview_page.show_preview(edit, {HELP: text_digest(text)})


def _name_of(wanted: str) -> str:
    """Return what people call a service or a step; what is none of them keeps its short name."""
    contacts, language = desk().state().contacts, current_language()
    services = contacts.help.services if contacts is not None else ()
    steps = contacts.help.after_report if contacts is not None else ()
    names = {each.id: each.name_in(language) for each in services}
    names |= {each.id: each.text.in_language(language) for each in steps}
    return names.get(wanted, wanted)[:LONGEST_NAME]


def _rows(contacts: Contacts) -> list[tuple[Service, str]]:
    language = current_language()
    return [(each, each.name_in(language)) for each in contacts.help.services]
