"""Lead an address that is nearly right to its page, in one step.

Addresses are typed from a card, cut from a message, and changed by programs on the way: a slash too
many or too few, capitals, `index.html`, a bracket behind them.
"""

import re
from typing import Final

from flask import Flask, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from calculator.languages import LANGUAGES, Language
from campaign.published.state import published
from campaign.published.texts import fold
from campaign.views.context import USUAL
from campaign.views.pages import welcome
from campaign.web.headers import let_caches_keep
from campaign.words.addresses import PAGES, page_path

# A page is known by its name in any language, so that changing the language alone is enough.
_PAGE_NAMED: Final = {name: page for page, names in PAGES.items() for name in names.values()}
# What clings to an address copied from a sentence.
_AROUND: Final = " \t\u00a0\u200b\u200e\ufeff.,;:!?'\"()[]<>«»‘’“”…"
_FILE_NAME: Final = re.compile(r"index\.\w+|(.+)\.html?", re.IGNORECASE)


def scenario_meant(region: str | None, period: str | None) -> tuple[str, str] | None:
    """Return the scenario of two choices, the usual where one is not made; None for others."""
    region, period = (word.strip() if word else "" for word in (region, period))
    meant = (region or USUAL[0]).upper(), (period or USUAL[1]).lower()
    return meant if meant in published().estimates else None


def page_meant(path: str) -> str | None:
    """Return the path of the page that a path means, "/" for the first page, None for no page."""
    parts = [part for raw in path.split("/") if (part := raw.strip(_AROUND))]
    if parts and (file := _FILE_NAME.fullmatch(parts[-1])):
        parts[-1:] = [file[1]] if file[1] else []
    if not parts:
        return "/"
    language = _language_named(parts[0].lower())
    page = _PAGE_NAMED.get(fold(parts[1]) if len(parts) > 1 else "")
    if language is None or page is None:
        return None
    match parts[2:]:
        case []:
            return page_path(page, language)
        case [region, period] if page == "result" and (meant := scenario_meant(region, period)):
            return "/".join((page_path(page, language), *meant))
    return None


def _language_named(name: str) -> Language | None:
    return next((language for language in LANGUAGES if language == name), None)


def way_to_page() -> Response | None:
    """Return the way to the page that the address of this request means; None where it is there."""
    path = page_meant(request.path)
    if path is None or path == request.path:
        return None
    if path == "/":
        return welcome()  # at once to the first page in the visitor's language
    let_caches_keep()
    question = request.query_string.decode("latin-1")
    return redirect(f"{path}?{question}" if question else path, 301)


def _lead_back() -> Response | None:
    """Answer what matches no address, before Flask answers 404 or Werkzeug with its own 308."""
    astray = isinstance(request.routing_exception, NotFound | RequestRedirect)
    return way_to_page() if astray and request.method in ("GET", "HEAD") else None


def init_app(app: Flask) -> None:
    """Lead every request that is nearly right."""
    app.before_request(_lead_back)
