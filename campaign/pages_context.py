"""What every template may use: words, addresses and the facts of the frame around a page."""

from __future__ import annotations


from flask import Flask, current_app, g, request

from calculator.figures import LANGUAGES, Language
from calculator.formatting import format_money
from campaign.addresses import PAGES, page_path
from campaign.card_words import HELP_NUMBER, NAME
from campaign.i18n import LANGUAGE_NAMES, current_language, gettext, ngettext
from campaign.languages import choose_language


def page_url(page: str, language: Language | None = None, tail: str = "") -> str:
    """Give the absolute address of a page, for other sites to read."""
    return current_app.config["SITE_URL"] + path_to(page, language, tail)


def path_to(page: str, language: Language | None = None, tail: str = "") -> str:
    """Give the path of a page, by default in the language of the page being made."""
    return page_path(page, language or current_language()) + tail


def _choose_language() -> None:
    g.language = choose_language(request)


def _current_page() -> tuple[str, str]:
    """Give the page being made and the tail of its address, for links to other languages."""
    endpoint = (request.endpoint or "").rpartition(".")[2]
    page = endpoint.rpartition("_")[0]
    if page not in PAGES or request.view_args is None:
        return "home", ""
    return page, "".join(f"/{value}" for value in request.view_args.values())


def _frame() -> dict[str, Any]:
    page, tail = _current_page()
    return {
        "language": current_language(),
        "page": page,
        "languages": [
            {
                "code": code,
                "name": LANGUAGE_NAMES[code],
                "path": path_to(page, code, tail),
                "url": page_url(page, code, tail),
            }
            for code in LANGUAGES
        ],
        "canonical": page_url(page, None, tail),
        "campaign_name": gettext(NAME),
        "help_number": HELP_NUMBER,
    }


def _money(amount: float) -> str:
    return format_money(amount, current_language())


def init_app(app: Flask) -> None:
    """Give templates their words and addresses."""
    app.before_request(_choose_language)
    app.context_processor(_frame)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(path_to=path_to, page_url=page_url)
    app.jinja_env.filters["money"] = _money
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


