"""Which language a visitor gets: the one in the address, else the browser's, else Dutch."""

from __future__ import annotations

from typing import cast

from flask import Request

from calculator.figures import LANGUAGES, Language


def choose_language(request: Request) -> Language:
    """Give the language of the address, or the best of the browser's languages."""
    first = request.path.split("/", 2)[1] if request.path.startswith("/") else ""
    if first in LANGUAGES:
        return first
    return best_language(request)


def best_language(request: Request) -> Language:
    """Give the browser's favourite among ours; Dutch, the campaign's own, where it has none."""
    best = request.accept_languages.best_match(LANGUAGES, default="nl")
    return cast("Language", best)
