"""What every template may use: words, addresses and the facts of the frame around a page."""

import re
from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urljoin

from flask import Flask, current_app, g, request
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from calculator.card.layout import FORMATS, POSTERS
from calculator.formatting import format_money
from calculator.languages import FACTS, LANGUAGES, Language
from campaign.cards.addresses import DEFAULT_FORMAT, card_path, poster_path, words_for
from campaign.published.state import published
from campaign.published.texts import Section
from campaign.views.untranslated import untranslated
from campaign.words.addresses import PAGES, page_path
from campaign.words.card import NAME, name_format
from campaign.words.help import (
    CONTENT_NOTE,
    HELP,
    HELP_EMAIL,
    HELP_NUMBER,
    TALK,
    dial,
    say_address,
    say_languages,
    say_number,
)
from campaign.words.i18n import (
    LANGUAGE_NAMES,
    catalogue,
    choose_language,
    current_language,
    gettext,
    ngettext,
    say_colon,
)

# What is shown, and chosen in advance, where nobody has chosen yet.
USUAL: Final = ("BE", "1y")
# The pages that say what criminals earn; the preview of any other shows no amount either.
WITH_AMOUNT: Final = ("result", "sources", "method", "press")


def page_url(page: str, language: Language | None = None, tail: str = "") -> str:
    """Return the absolute address of a page, for other sites to read."""
    site: str = current_app.config["SITE_URL"]
    return site + path_to(page, language, tail)


def path_to(page: str, language: Language | None = None, tail: str = "") -> str:
    """Return the path of a page, by default in the language of the page being made."""
    return page_path(page, language or current_language()) + tail


def _choose_language() -> None:
    g.language = choose_language(request)


def _current_page() -> tuple[str, str]:
    """Return the page being made and the tail of its address, for links to other languages."""
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
        "preview_card": _preview_card(),
        "campaign_name": gettext(NAME),
        "colon": say_colon(),
    }


def _preview_card() -> dict[str, Any]:
    """Return what other sites show for a shared page: a card, with an amount where it has one."""
    state, language, chosen = published(), current_language(), request.view_args or {}
    if _current_page()[0] not in WITH_AMOUNT:
        return _poster(DEFAULT_FORMAT) | {"locale": FACTS[language].preview_locale}
    scenario = chosen.get("region", USUAL[0]), chosen.get("period", USUAL[1])
    result = state.estimates.get(scenario) or state.estimates[USUAL]
    words, layout = words_for(result, language), FORMATS[DEFAULT_FORMAT]
    return {
        "url": current_app.config["SITE_URL"] + card_path(words, result, layout.name),
        "width": layout.width_px,
        "height": layout.height_px,
        "locale": FACTS[language].preview_locale,
        "alt": gettext(
            "A drawing with the word ‘priceless’ over the eyes, an illustrative estimate and the"
            " helpline %(number)s."
        )
        % {"number": words.help_number},
    }


def _poster(card_format: str) -> dict[str, Any]:
    language, layout = current_language(), POSTERS[card_format]
    path = poster_path(language, card_format)
    return {
        "path": path,
        "url": current_app.config["SITE_URL"] + path,
        "name": name_format(card_format, catalogue(language)),
        "width": layout.width_px,
        "height": layout.height_px,
        "alt": gettext(
            "A drawing with the word ‘priceless’ over the eyes, and the helpline of Child Focus,"
            " %(number)s."
        )
        % {"number": HELP_NUMBER},
    }


def posters() -> list[dict[str, Any]]:
    """Return the card without an amount in every form, in the language of the page."""
    return [_poster(card_format) for card_format in POSTERS]


def _with_absolute_links(html: str, page: str) -> str:
    """Return the HTML of a page as it can be read elsewhere: every link with its whole address."""
    own = r'(?<=href=")(?:#|/(?!/))[^"]*'
    return re.sub(own, lambda link: urljoin(page_url(page), link[0]), html)


def faq_data(questions: Sequence[Section]) -> Markup:
    """Return questions and answers as FAQPage data, safe inside a script element."""
    data = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": item.title,
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": _with_absolute_links(item.html, "faq"),
                },
            }
            for item in questions
        ],
    }
    return htmlsafe_json_dumps(data)


def _money(amount: float) -> str:
    return format_money(amount, current_language())


def prepare_templates(app: Flask) -> None:
    """Set what the templates of the site and of the desk both use."""
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(help_number=HELP_NUMBER, help_email=HELP_EMAIL, help_sentence=HELP)
    env.globals.update(content_note=CONTENT_NOTE, talk=TALK)
    env.filters.update(money=_money, dial=dial, number=say_number, address=say_address)
    env.filters.update(untranslated=untranslated, in_languages=say_languages)
    env.trim_blocks = env.lstrip_blocks = True


def init_app(app: Flask) -> None:
    """Set what only the site's templates use."""
    app.before_request(_choose_language)
    app.context_processor(_frame)
    prepare_templates(app)
    app.jinja_env.globals.update(path_to=path_to, page_url=page_url, faq_data=faq_data)
    app.jinja_env.globals.update(posters=posters)
