"""The press page as plain text for the kit: live amounts, whole addresses, nothing to fill in."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Final

from calculator.languages import LANGUAGES, Language
from campaign.press.figures import PressFigure, press_example, press_figures
from campaign.published.contacts import PressContact
from campaign.published.launch import may_stand
from campaign.published.state import Published
from campaign.published.texts import Section
from campaign.words.addresses import page_path
from campaign.words.card import NAME
from campaign.words.help import CONTENT_NOTE, TALK
from campaign.words.i18n import catalogue
from campaign.words.i18n import mark as _

VERSION: Final = _("Version of the figures: %(version)s")
AGAIN: Final = _(
    "If the press page shows another version, download the press kit again: %(address)s"
)
FIGURES: Final = _("The figures for one year")
EXAMPLE: Final = _("An example:")
CONTACT: Final = _("Contact")
TERMS: Final = "what-you-may-use"
_LINK: Final = re.compile(r"\[(?P<words>[^]]+)\]\((?P<to>[^)\s]+)\)")
# What Markdown means to a browser only. Lists stay as they are: a plain text writes them so too.
_PLAIN: Final = (
    (re.compile(r"(?<=[^\n])\n(?!\n|[-*>#]|\d+\. )"), " "),  # a paragraph on several lines
    (re.compile(r"^#+ ", re.MULTILINE), ""),
    (re.compile(r"^> ?", re.MULTILINE), "  "),
    (re.compile(r"(?<![\\/])(?:\*(?=\S)|(?<=\S)\*|(?<!\w)_(?=\S)|(?<=\S)_(?!\w))"), ""),
    (re.compile(r"\\(?=[^a-zA-Z0-9\s])"), ""),
)


def press_text(state: Published, language: Language, site: str) -> str:
    """Write the press page of a language: contact, figures, example, then staff's own text."""
    gettext = catalogue(language).gettext
    figures = press_figures(state, language)
    parts = [
        *_opening(state, language, site),
        _heading(gettext(CONTACT)),
        "\n".join(_contact(state.contacts.press, language)),
        _heading(gettext(FIGURES)),
        f"{gettext(CONTENT_NOTE)} {gettext(TALK)} {site}{page_path('help', language)}",
        *(_figure(figure, site) for figure in figures),
        " ".join([figures[0].words.no_price, *dict.fromkeys(map(_help, figures))]),
        gettext(EXAMPLE),
        press_example(state, language, site),
        *_sections(state.content[language, "press"], site, page_path("press", language)),
    ]
    return "\n\n".join(parts) + "\n"


def _contact(contact: PressContact, language: Language) -> Iterator[str]:
    yield contact.name
    if contact.email and may_stand(contact):
        yield contact.email
    if contact.phone:
        yield contact.phone
    yield contact.url.in_language(language)


def _help(figure: PressFigure) -> str:
    return f"{figure.words.help_line}."


def _figure(figure: PressFigure, site: str) -> str:
    words = figure.words
    cautions = " ".join(filter(None, (words.range_line, words.minors_line, figure.caution)))
    return f"{figure.name}\n{words.statement} {words.amount}\n{cautions}\n{site}{figure.path}"


def read_me(state: Published, site: str) -> str:
    """Write what the kit was made from and what it may be used for, in every language."""
    parts: list[str] = []
    for language in LANGUAGES:
        terms = [part for part in state.content[language, "press"] if part.anchor == TERMS]
        parts += _opening(state, language, site)
        parts += _sections(terms, site, page_path("press", language))
    return "\n\n".join(parts) + "\n"


def _opening(state: Published, language: Language, site: str) -> Iterator[str]:
    gettext = catalogue(language).gettext
    yield _heading(gettext(NAME), "=")
    version = gettext(VERSION) % {"version": state.sources.digest}
    again = gettext(AGAIN) % {"address": site + page_path("press", language)}
    yield f"{version}\n{again}"


def _sections(sections: Sequence[Section], site: str, path: str) -> Iterator[str]:
    for section in sections:
        yield _heading(section.title)
        yield plain_text(section.markdown, site, path)


def _heading(title: str, line: str = "-") -> str:
    return f"{title}\n{line * len(title)}"


def plain_text(markdown: str, site: str, path: str) -> str:
    """Write a section's Markdown as plain text; links are followed by their whole address."""
    begins = {"/": site, "#": site + path}

    def say_link(link: re.Match[str]) -> str:
        words, to = link["words"], link["to"]
        whole = begins.get(to[0], "") + to.removeprefix("mailto:")
        # A telephone number is dialled as it stands.
        return words if to.startswith("tel:") or whole in words else f"{words} ({whole})"

    text = _LINK.sub(say_link, markdown)
    for pattern, instead in _PLAIN:
        text = pattern.sub(instead, text)
    return unescape(text)
