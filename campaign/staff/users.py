"""Who is asking: the user whom the sign-on proxy names, else the one of this computer."""

from __future__ import annotations

from flask import request

from campaign.staff.desk import desk

LONGEST_NAME = 80


def name_user() -> str:
    """Return the name of who is asking, empty where the sign-on names nobody."""
    settings = desk().settings
    if not settings.user_header:
        return settings.user_of_this_computer()
    return _clean(request.headers.get(settings.user_header, ""))


def _clean(name: str) -> str:
    """Keep what may stand in a commit's author line and on a page."""
    kept = "".join(letter for letter in name if letter.isprintable() and letter not in "<>")
    return kept.strip()[:LONGEST_NAME].strip()
