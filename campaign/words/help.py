"""Where help is to be had: the helpline, the note before the figures, and addresses in words."""

from collections.abc import Sequence
from typing import Final

from calculator.languages import Language, name_in
from campaign.words.i18n import current_language, gettext
from campaign.words.i18n import mark as _

HELP_NUMBER: Final = "116\u00a0000"
HELP_SENDER: Final = "Child Focus"
HELP_EMAIL: Final = "116000@childfocus.org"
HELP: Final = _("Need help or want to report? %(number)s, free, day and night")
CONTENT_NOTE: Final = _(
    "About the sexual exploitation of children, in figures and without details."
    " Is this upsetting to read?"
)
TALK: Final = _("You can talk to someone.")
LONGEST_ADDRESS: Final = 34


def dial(number: str) -> str:
    """Return the address that dials a number."""
    return "tel:" + "".join(number.split())


def say_number(number: str) -> str:
    """Return a telephone number that stays on one line."""
    return number.replace(" ", "\u00a0")


def say_address(url: str) -> str:
    """Return a web address as people read it, the end of a long one left out."""
    bare = url.removeprefix("https://").removeprefix("www.")
    if len(bare) > LONGEST_ADDRESS:
        bare = bare[: LONGEST_ADDRESS - 1] + "…"
    return bare.strip("/")


def say_languages(languages: Sequence[Language]) -> str:
    """Return in which languages a service helps."""
    named = ", ".join(name_in(language, current_language()) for language in languages)
    return gettext(_("in %(languages)s")) % {"languages": named}
