"""Texts that staff edit in Markdown: read once, cleaned, with an address for each part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import nh3
from markdown_it import MarkdownIt

from calculator.figures import LANGUAGES, Language

FOLDER: Final = Path(__file__).parent / "content"
_HEADING: Final = re.compile(r"^## (?P<title>.+?) \{#(?P<anchor>[a-z0-9-]+)\}\s*$", re.MULTILINE)
_TAGS: Final = {"p", "ul", "ol", "li", "a", "strong", "em", "h3", "blockquote"}


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page: its anchor, its heading and its text as safe HTML."""

    anchor: str
    title: str
    html: str

    @property
    def plain(self) -> str:
        """Give heading and text without tags, folded, to search in."""
        return f"{self.title} {re.sub('<[^>]+>', ' ', self.html)}".casefold()


class ContentInvalid(Exception):
    """A text cannot be used; the message names file, line and what to do."""


def load_sections(path: Path) -> tuple[Section, ...]:
    """Read a page of `## Heading {#anchor}` parts; raises ContentInvalid."""
    text = path.read_text(encoding="utf-8")
    headings = list(_HEADING.finditer(text))
    expected = len(re.findall(r"^## ", text, re.MULTILINE))
    if not headings or len(headings) != expected:
        raise ContentInvalid(
            f"{path.name}: each part begins with a line like '## Question {{#short-name}}'."
            f" {expected - len(headings)} of {expected} headings do not"
        )
    markdown = MarkdownIt("js-default", {"linkify": False, "typographer": False})
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    return tuple(
        Section(
            anchor=heading["anchor"],
            title=heading["title"],
            html=nh3.clean(
                markdown.render(text[heading.end() : end]),
                tags=_TAGS,
                attributes={"a": {"href", "lang"}},
                url_schemes={"https", "http", "mailto", "tel"},
                link_rel=None,
            ),
        )
        for heading, end in zip(headings, ends, strict=True)
    )


def load_content(folder: Path = FOLDER) -> Mapping[tuple[Language, str], tuple[Section, ...]]:
    """Read every text in every language, by language and page."""
    return {
        (language, path.stem): load_sections(path)
        for language in LANGUAGES
        for path in sorted((folder / language).glob("*.md"))
    }
