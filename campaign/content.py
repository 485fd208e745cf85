"""Texts that staff edit in Markdown: read once, cleaned, with an address for each part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Final

import nh3
from markdown_it import MarkdownIt

from calculator.figures import LANGUAGES, Language

FOLDER: Final = Path(__file__).parent / "content"
_HEADING: Final = re.compile(r"^## (?P<title>.+?) \{#(?P<anchor>[a-z0-9-]+)\}\s*$", re.MULTILINE)
_EXAMPLE: Final = "'## Question {#short-name}'"
_TAGS: Final = {"p", "ul", "ol", "li", "a", "strong", "em", "h3", "blockquote"}


@dataclass(frozen=True)
class Section:
    """One part of a page: its anchor, its heading and its text as safe HTML."""

    anchor: str
    title: str
    html: str

    @cached_property
    def plain(self) -> str:
        """Give heading and text without tags, folded, to search in."""
        return fold(f"{self.title} {unescape(re.sub('<[^>]+>', ' ', self.html))}")


def fold(text: str) -> str:
    """Leave out what people do not type when they search: accents, capitals, curly signs.

    Digits come together, so that 116000 finds "116 000".
    """
    bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text))
    return re.sub(r"(?<=\d)\s+(?=\d)", "", bare.replace("’", "'").casefold())


class ContentInvalid(Exception):
    """A text cannot be used; the message names file, line and what to do."""

    def __init__(self, path: Path, line: int, what_to_do: str) -> None:
        super().__init__(f"{path.parent.name}/{path.name}:{line}: {what_to_do}")


def load_sections(path: Path) -> tuple[Section, ...]:
    """Read a page of `## Heading {#anchor}` parts; raises ContentInvalid."""
    text = path.read_text(encoding="utf-8")
    headings = list(_HEADING.finditer(text))
    _check_headings(path, text, headings)
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


def _check_headings(path: Path, text: str, headings: Sequence[re.Match[str]]) -> None:
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## ") and not _HEADING.match(line):
            raise ContentInvalid(path, number, f"{line!r} lacks its name. Write {_EXAMPLE}")
    if not headings or text[: headings[0].start()].strip():
        raise ContentInvalid(path, 1, f"begins with something else than a line like {_EXAMPLE}")
    seen: set[str] = set()
    for heading in headings:
        line_number = text.count("\n", 0, heading.start()) + 1
        if heading["anchor"] in seen:
            raise ContentInvalid(
                path, line_number, f"#{heading['anchor']} stands twice. Give this part another name"
            )
        seen.add(heading["anchor"])


def load_content(folder: Path = FOLDER) -> Mapping[tuple[Language, str], tuple[Section, ...]]:
    """Read every text in every language, by language and page; raises ContentInvalid."""
    texts = {
        (language, path.stem): load_sections(path)
        for language in LANGUAGES
        for path in sorted((folder / language).glob("*.md"))
    }
    for name in {page for _language, page in texts}:
        parts = {language: [part.anchor for part in texts.get((language, name), ())]
                 for language in LANGUAGES}  # fmt: skip
        for language in LANGUAGES:
            if parts[language] != parts[LANGUAGES[0]]:
                path = folder / language / f"{name}.md"
                other = f"{LANGUAGES[0]}/{name}.md"
                raise ContentInvalid(
                    path, 1, f"has other parts than {other}. Give both the same names in one order"
                )
    return texts
