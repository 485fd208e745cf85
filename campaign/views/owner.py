"""Pages that say who answers for the site: the legal notice, and what it does with data."""

from collections.abc import Iterator
from typing import Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaign.published.launch import Item, OpenTexts, may_stand
from campaign.published.state import published
from campaign.views.pages import sections_of
from campaign.web.page_cache import kept
from campaign.words.addresses import language_rules
from campaign.words.i18n import current_language, gettext
from campaign.words.i18n import mark as _

blueprint = Blueprint("owner", __name__)

# The fields of launch.yaml with a value that a page shows as it stands, and what it is called.
OWNER: Final = {
    "name": _("Name"),
    "legal_form": _("Legal form"),
    "seat": _("Registered office"),
    "enterprise_number": _("Enterprise number"),
    "legal_register": _("Register of legal persons"),
    "email": _("Email"),
    "responsible_publisher": _("Responsible publisher"),
}
PRIVACY: Final = {
    "basis_photo": _("A photo that you send to our server"),
    "basis_counter": _("The counter that limits abuse"),
    "basis_email": _("An email that you write to us"),
    "email_kept": _("How long we keep an email"),
    "processor": _("Who runs our servers"),
}


@kept()
def legal() -> ResponseReturnValue:
    """Show who answers for the site, where to write to, and what may be used."""
    contacts = published().contacts
    launch = contacts.launch
    to_write = {
        "mistakes": (launch.mistakes, launch.mistakes.email),
        "privacy": (launch.privacy, launch.privacy.email),
        "press": (contacts.press, contacts.press.email),
    }
    return render_template(
        "pages/legal.html",
        owner=list(_lines(launch.owner, OWNER)),
        owner_open=_still_open(launch.owner),
        pays=_value(launch.funding, "who_pays"),
        pays_open=_still_open(launch.funding),
        emails={name: email for name, (item, email) in to_write.items() if may_stand(item)},
        emails_open=not all(item.confirmed for item, _email in to_write.values()),
        elsewhere=contacts.press.url.in_language(current_language()),
    )


@kept()
def privacy() -> ResponseReturnValue:
    """Show what happens to data: staff's text, and what only the foundation can say."""
    launch = published().contacts.launch
    return render_template(
        "pages/privacy.html",
        heading=gettext("Privacy"),
        sections=sections_of("privacy"),
        owner=_value(launch.owner, "name"),
        answers=list(_lines(launch.privacy, PRIVACY)),
        email=_value(launch.privacy, "email"),
        answers_open=_still_open(launch.privacy) or _still_open(launch.owner),
    )


def _lines(item: Item, names: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield field, name and value of what is known; nothing stands in for what is not."""
    for field, name in names.items():
        if value := _value(item, field):
            yield field, gettext(name), value


def _value(item: Item, field: str) -> str | None:
    """Return a value in the language of the page, None where it is not known or may not stand."""
    value = getattr(item, field) if may_stand(item) else None
    return value.in_language(current_language()) if isinstance(value, OpenTexts) else value


def _still_open(item: Item) -> bool:
    return not item.confirmed or any(item.lacks())


for _page, _view in {"legal": legal, "privacy": privacy}.items():
    for _language, _rule in language_rules(_page):
        blueprint.add_url_rule(_rule, f"{_page}_{_language}", _view)
