"""The press page as plain text for the kit: live amounts, whole addresses, nothing to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

from calculator.figures.publication import LANGUAGES, Language
from campaign.press.figures import press_example, press_figures
from campaign.published.state import Published
from campaign.published.texts import Section
from campaign.words.addresses import page_path
from campaign.words.card import NAME
from campaign.words.i18n import catalogue
from campaign.words.i18n import mark as _

VERSION: Final = _("Version of the figures: %(version)s")
AGAIN: Final = _(
    "If the press page shows another version, download the press kit again: %(address)s"
)
FIGURES: Final = _("The figures for one year")
EXAMPLE: Final = _("An example:")
NOTE: Final = _(
    "About the sexual exploitation of minors, in figures and without details."
    " Is this upsetting to read?"
)
TALK: Final = _("You can talk to someone.")
CONTACT: Final = _("Contact")
TERMS: Final = "what-you-may-use"
_BLOCKS: Final = frozenset({"p", "li", "h3", "blockquote"})


def press_text(state: Published, language: Language, site: str) -> str:
    """Write the press page of a language: contact, figures, example, then staff's own text."""
    gettext = catalogue(language).gettext
    figures = press_figures(state, language)
    contact = state.contacts.press
    parts = [
        *_opening(state, language, site),
        _heading(gettext(CONTACT)),
        "\n".join(
            [f"{contact.name}, {contact.email}"]
            + ([contact.phone] if contact.phone else [])
            + [contact.url.in_language(language)]
        ),
        _heading(gettext(FIGURES)),
        f"{gettext(NOTE)} {gettext(TALK)} {site}{page_path('help', language)}",
        *(
            f"{figure.name}\n{figure.words.statement} {figure.words.amount}\n"
            f"{figure.words.range_line} {figure.words.sources_line}\n{site}{figure.path}"
            for figure in figures
        ),
        f"{figures[0].words.no_price} {figures[0].words.help_line}.",
        gettext(EXAMPLE),
        press_example(state, language),
        *_sections(state.content[language, "press"], site + page_path("press", language)),
    ]
    return "\n\n".join(parts) + "\n"


def read_me(state: Published, site: str) -> str:
    """Write what the kit was made from and what it may be used for, in every language."""
    parts: list[str] = []
    for language in LANGUAGES:
        terms = [part for part in state.content[language, "press"] if part.anchor == TERMS]
        parts += _opening(state, language, site)
        parts += _sections(terms, site + page_path("press", language))
    return "\n\n".join(parts) + "\n"


def _opening(state: Published, language: Language, site: str) -> Iterator[str]:
    gettext = catalogue(language).gettext
    yield _heading(gettext(NAME), "=")
    version = gettext(VERSION) % {"version": state.sources.digest}
    again = gettext(AGAIN) % {"address": site + page_path("press", language)}
    yield f"{version}\n{again}"


def _sections(sections: Sequence[Section], address: str) -> Iterator[str]:
    for section in sections:
        yield _heading(section.title)
        yield plain_text(section.html, address)


def _heading(title: str, line: str = "-") -> str:
    return f"{title}\n{line * len(title)}"


def plain_text(html: str, address: str) -> str:
    """Write a section's HTML as plain text; links are followed by their whole address."""
    reader = _Reader(address)
    reader.feed(html)
    reader.close()
    reader.end_block()
    return "".join(reader.written)


@dataclass
class _Reader(HTMLParser):
    """Reads the few elements that `campaign.content` lets through."""

    address: str
    written: list[str] = field(default_factory=list)
    _words: str = ""
    _mark: str = ""
    _after_item: bool = False
    _counts: list[int | None] = field(default_factory=list)
    _quotes: int = 0
    _link: tuple[str, int] = ("", 0)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS or tag in ("ul", "ol"):
            self.end_block()
        if tag in ("ul", "ol"):
            self._counts.append(0 if tag == "ol" else None)
        elif tag == "li":
            count = self._counts[-1] if self._counts else None
            if count is not None:
                self._counts[-1] = count + 1
            self._mark = "- " if count is None else f"{count + 1}. "
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "a":
            self._link = dict(attrs).get("href") or "", len(self._words)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
        if tag in ("ul", "ol") and self._counts:
            self._counts.pop()
            self._after_item = False
        elif tag == "blockquote":
            self._quotes -= 1
        elif tag == "a":
            self._say_address()

    def handle_data(self, data: str) -> None:
        self._words += data

    def _say_address(self) -> None:
        href, start = self._link
        whole = urljoin(self.address, href).removeprefix("mailto:")
        # A telephone number is dialled as it stands.
        if href and not href.startswith("tel:") and whole not in self._words[start:]:
            self._words += f" ({whole})"

    def end_block(self) -> None:
        """Write what was gathered as a paragraph or an item of a list."""
        # Spaces that never break stay what they are.
        words = re.sub(r"[ \t\n]+", " ", self._words).strip(" ")
        self._words = ""
        if not words:
            return
        between = "\n" if self._mark and self._after_item else "\n\n"
        self.written.append(
            (between if self.written else "") + "  " * self._quotes + self._mark + words
        )
        self._after_item = bool(self._mark)
        self._mark = ""
