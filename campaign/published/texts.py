"""Texts that staff edit in Markdown: read once, cleaned, with an address for each part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from pathlib import Path
from typing import Final

import nh3
from markdown_it import MarkdownIt

from calculator.errors import Problem, SourcesInvalid
from calculator.figures.publication import LANGUAGES, Language
from calculator.loading.yaml_text import read_text

FOLDER: Final = Path(__file__).parent.parent / "content"
PAGES: Final = ("about", "accessibility", "faq", "press", "privacy", "signs", "youth")
_ANY_HEADING: Final = re.compile(r"^##(?!#).*$", re.MULTILINE)
_HEADING: Final = re.compile(r"## (?P<title>.+?) \{#(?P<anchor>[a-z0-9-]+)\}\s*")
_REMARK: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_TAGS: Final = {"p", "ul", "ol", "li", "a", "strong", "em", "h3", "blockquote"}

Texts = Mapping[tuple[Language, str], tuple["Section", ...]]


@dataclass(frozen=True)
class Section:
    """One part of a page: its anchor, its heading, its text as written and as safe HTML."""

    anchor: str
    title: str
    markdown: str
    html: str

    @cached_property
    def plain(self) -> str:
        """Return heading and text without tags, folded, to search in."""
        return fold(f"{self.title} {unescape(re.sub('<[^>]+>', ' ', self.html))}")


def fold(text: str) -> str:
    """Leave out what people do not type when they search: accents, capitals, curly signs.

    Digits come together, so that 116000 finds "116 000".
    """
    bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text))
    return re.sub(r"(?<=\d)\s+(?=\d)", "", bare.replace("’", "'").casefold())


class ContentInvalid(SourcesInvalid):
    """The texts cannot be used; `problems` lists every reason at once."""


def load_sections(path: Path) -> tuple[Section, ...]:
    """Read a page of `## Heading {#anchor}` parts; raises ContentInvalid."""
    problems: list[Problem] = []
    found = _read_page(path, f"{path.parent.name}/{path.name}", problems)
    if problems:
        raise ContentInvalid(problems)
    return tuple(section for _line, section in found)


def load_content(folder: Path = FOLDER) -> Texts:
    """Read every page in every language, by language and page.

    Raises:
        ContentInvalid: with every problem found, each with file, line and what to do.
    """
    problems: list[Problem] = []
    texts: dict[tuple[Language, str], list[tuple[int, Section]]] = {}
    for language in LANGUAGES:
        problems += _check_names(folder / language, language)
        for page in PAGES:
            file = f"{language}/{page}.md"
            texts[language, page] = _read_page(folder / language / f"{page}.md", file, problems)
    if not problems:
        # Only now: beside a damaged page, those of the other languages would seem too long.
        for page in PAGES:
            problems += _check_counterparts(page, texts)
    if problems:
        raise ContentInvalid(problems)
    return {key: tuple(section for _line, section in found) for key, found in texts.items()}


def _check_names(folder: Path, language: Language) -> Iterator[Problem]:
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        return  # each page of this folder is reported as missing
    for name in names:
        if name.endswith(".md") and name.removesuffix(".md") not in PAGES and name[0] != ".":
            shown = name if name.isprintable() else ascii(name)
            yield Problem(
                f"{language}/{shown:.80}",
                1,
                f"is no page of the site. The pages are {', '.join(PAGES)}."
                " Rename it, or remove it",
            )
            return


def _read_page(path: Path, file: str, problems: list[Problem]) -> list[tuple[int, Section]]:
    """Read one page: each part with the line of its heading."""
    text = read_text(path, file, problems)
    if text is None:
        return []
    parts = list(_ANY_HEADING.finditer(text))
    before = _REMARK.sub(_only_its_lines, text[: parts[0].start()] if parts else text)
    if before.strip():
        line = before[: len(before) - len(before.lstrip())].count("\n") + 1
        message = "stands before the first heading, so nobody would see it. Move it below one"
        problems.append(Problem(file, line, message))
    elif not parts:
        problems.append(Problem(file, 1, "is empty. Restore it"))
    if not parts:
        return []
    found: list[tuple[int, Section]] = []
    ends = [part.start() for part in parts[1:]] + [len(text)]
    for part, end in zip(parts, ends, strict=True):
        line = text.count("\n", 0, part.start()) + 1
        heading = _HEADING.fullmatch(part[0])
        if heading is None:
            message = "is no heading as it must be. Write it like: ## Question {#short-name}"
            problems.append(Problem(file, line, message))
            continue
        anchor = heading["anchor"]
        if first := next((at for at, known in found if known.anchor == anchor), None):
            message = f"{{#{anchor}}} is used already on line {first}. Give it another short name"
            problems.append(Problem(file, line, message))
        markdown = text[part.end() : end].strip()
        html = _render(markdown)
        if not html.strip():
            problems.append(Problem(file, line, "has no text below its heading. Add it"))
        found.append((line, Section(anchor, heading["title"], markdown, html)))
    return found


def _only_its_lines(remark: re.Match[str]) -> str:
    return "\n" * remark[0].count("\n")


def _check_counterparts(
    page: str, texts: Mapping[tuple[Language, str], Sequence[tuple[int, Section]]]
) -> Iterator[Problem]:
    """Hold a page to the same parts in every language: one cut short stands out from the others."""
    anchors = {
        language: {section.anchor for _line, section in texts[language, page]}
        for language in LANGUAGES
    }
    for language in LANGUAGES:
        for other in LANGUAGES:
            for line, section in texts[other, page]:
                if section.anchor not in anchors[language]:
                    yield Problem(
                        f"{language}/{page}.md",
                        texts[language, page][-1][0],
                        f"lacks the part {{#{section.anchor}}} of {other}/{page}.md:{line}."
                        " Add it after this or another part",
                    )
                    return


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("js-default", {"linkify": False, "typographer": False})


def _render(markdown: str) -> str:
    html: str = _parser().render(markdown)
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "lang"}},
        url_schemes={"https", "http", "mailto", "tel"},
        link_rel=None,
    )
