"""Who is asking: the user whom the sign-on proxy names, else the one of this computer."""

from __future__ import annotations

import getpass

from flask import request

from campaign.staff.desk import desk

LONGEST_NAME = 80


def name_user() -> str:
    """Return the name of who is asking, empty where the sign-on names nobody."""
    header = desk().settings.staff_user_header
    return _clean(request.headers.get(header, "")) if header else _user_of_this_computer()


def _user_of_this_computer() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        return "staff"


def _clean(name: str) -> str:
    """Keep what may stand in a commit's author line and on a page."""
    kept = "".join(letter for letter in name if letter.isprintable() and letter not in "<>")
    return kept.strip()[:LONGEST_NAME].strip()
