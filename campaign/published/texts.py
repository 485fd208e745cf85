"""PageTexts that staff edit in Markdown: read once, cleaned, with an address for each part."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Final

from calculator.errors import Problem, SourcesInvalid
from calculator.errors import message as _
from calculator.languages import LANGUAGES, Language
from calculator.loading.files import Files, names_in, read_file
from calculator.loading.plain_text import find_damage, read_text
from campaign.published.damage import (
    MOST_BYTES,
    TooSlow,
    clock,
    damages,
    look_at_clock,
    too_slow,
)
from campaign.published.markdown import read_markdown

TEXT_PAGES: Final = ("about", "accessibility", "faq", "press", "privacy", "signs", "youth")
_ANY_HEADING: Final = re.compile(r"^##(?!#).*$", re.MULTILINE)
_HEADING: Final = re.compile(r"## (?P<title>.+?) \{#(?P<anchor>[a-z0-9-]+)\}\s*")
_REMARK: Final = re.compile(r"<!--.*?-->", re.DOTALL)
# At the head of a part that no visitor sees until a person has found out what it asks.
_WAITING: Final = re.compile(r"<!-- waiting: (?P<question>.*?) -->", re.DOTALL)

PageTexts = Mapping[tuple[Language, str], tuple["Section", ...]]


@dataclass(frozen=True)
class Section:
    """One part of a page: its anchor, its heading, its text as written and as safe HTML."""

    anchor: str
    title: str
    markdown: str
    html: str

    @property
    def waits_for(self) -> str:
        """Return what a person must find out before visitors see this part; empty if nothing."""
        found = _WAITING.match(self.markdown)
        return found["question"] if found else ""

    @cached_property
    def plain(self) -> str:
        """Return heading and text without tags, folded, to search in."""
        return fold(f"{self.title} {unescape(re.sub('<[^>]+>', ' ', self.html))}")


def fold(text: str) -> str:
    """Return text without accents, capitals and curly quotes, as people type in a search.

    Spaces between digits are dropped, so that 116000 finds "116 000".
    """
    bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", text))
    return re.sub(r"(?<=\d)\s+(?=\d)", "", bare.replace("’", "'").casefold())


def check_sections(content: bytes, file: str) -> tuple[Section, ...]:
    """Check one page by itself; raises SourcesInvalid."""
    problems: list[Problem] = []
    found = _read_page({file: content}, file, problems)
    if problems:
        raise SourcesInvalid(problems)
    return tuple(section for _line, section in found if not section.waits_for)


@dataclass(frozen=True)
class WaitingPart:
    """A part that waits: where it stands, its heading, and what a person must find out."""

    language: Language
    page: str
    line: int
    anchor: str
    title: str
    question: str

    @property
    def file(self) -> str:
        """Return the name of its file in the folder of texts."""
        return f"{self.language}/{self.page}.md"


def waiting_parts(files: Files) -> tuple[WaitingPart, ...]:
    """Return the parts of all pages that no visitor sees yet."""
    return tuple(
        WaitingPart(language, page, line, section.anchor, section.title, section.waits_for)
        for language in LANGUAGES
        for page in TEXT_PAGES
        for line, section in _read_page(files, f"{language}/{page}.md", [])
        if section.waits_for
    )


def read_content(folder: Path) -> Files:
    """Read every page in every language, without a look at what it says."""
    files: dict[str, bytes | Problem] = {}
    for language in LANGUAGES:
        names = names_in(folder / language, language)
        # Of a folder that cannot be listed, each page is reported as missing.
        for name in () if isinstance(names, Problem) else names:
            if name.endswith(".md") and name.removesuffix(".md") not in TEXT_PAGES:
                file = f"{language}/{name if name.isprintable() else ascii(name):.80}"
                message = f"is no page of the site. The pages are {', '.join(TEXT_PAGES)}."
                files[file] = Problem(file, 1, f"{message} Rename it, or remove it")
                break  # the first one tells what is wrong with the folder
        for page in TEXT_PAGES:
            file = f"{language}/{page}.md"
            files[file] = read_file(folder, file)
    return files


def check_content(files: Files) -> PageTexts:
    """Return every page by language and page; raises SourcesInvalid with every problem found."""
    pages = {f"{language}/{page}.md" for language in LANGUAGES for page in TEXT_PAGES}
    problems = [
        found
        for file, found in files.items()
        if file.endswith(".md") and file not in pages and isinstance(found, Problem)
    ]
    texts: dict[tuple[Language, str], list[tuple[int, Section]]] = {
        (language, page): _read_page(files, f"{language}/{page}.md", problems)
        for language in LANGUAGES
        for page in TEXT_PAGES
    }
    if not problems:
        # Only now: beside a damaged page, those of the other languages would seem too long.
        for page in TEXT_PAGES:
            problems += _check_counterparts(page, texts)
    if problems:
        raise SourcesInvalid(problems)
    return {
        key: tuple(section for _line, section in found if not section.waits_for)
        for key, found in texts.items()
    }


def _read_page(files: Files, file: str, problems: list[Problem]) -> list[tuple[int, Section]]:
    """Read one page: each part with the line of its heading."""
    text = read_text(files, file)
    if isinstance(text, Problem):
        problems.append(text)
        return []
    if len(text.encode()) > MOST_BYTES:
        message = f"is larger than {MOST_BYTES // 1000} kB. Is it the right file?"
        problems.append(Problem(file, 1, message))
        return []
    for place, message in find_damage(text):
        problems.append(Problem(file, text.count("\n", 0, place) + 1, message))
    text = _without_remarks(text)
    problems += damages(text, file)
    try:
        with clock():
            return _read_parts(text, file, problems)
    except TooSlow:
        problems.append(too_slow(file))
        return []


def _without_remarks(text: str) -> str:
    """Return a text with the remarks before its first heading made empty lines."""
    heading = _ANY_HEADING.search(text)
    end = heading.start() if heading else len(text)
    kept, place = "", 0
    while (start := text.find("<!--", place, end)) >= 0:
        if (close := text.find("-->", start, end)) < 0:
            break
        kept += text[place:start] + "\n" * text.count("\n", start, close)
        place = close + len("-->")
    return kept + text[place:]


def _read_parts(text: str, file: str, problems: list[Problem]) -> list[tuple[int, Section]]:
    parts = list(_ANY_HEADING.finditer(text))
    before = text[: parts[0].start()] if parts else text
    if before.strip():
        line = before[: len(before) - len(before.lstrip())].count("\n") + 1
        message = _("stands before the first heading, so nobody would see it. Move it below one")
        problems.append(Problem(file, line, message))
    elif not parts:
        problems.append(Problem(file, 1, _("is empty. Restore it")))
    if not parts:
        return []
    found: list[tuple[int, Section]] = []
    lines_of: dict[str, int] = {}
    ends = [part.start() for part in parts[1:]] + [len(text)]
    for part, end in zip(parts, ends, strict=True):
        look_at_clock()
        line = text.count("\n", 0, part.start()) + 1
        heading = _HEADING.fullmatch(part[0])
        if heading is None:
            message = _("is no heading as it must be. Write it like: ## Question {#short-name}")
            problems.append(Problem(file, line, message))
            continue
        anchor = heading["anchor"]
        if (first := lines_of.setdefault(anchor, line)) != line:
            message = _(
                "{#%(part)s} is used already on line %(line)s. Give it another short name",
                part=anchor,
                line=first,
            )
            problems.append(Problem(file, line, message))
        written = text[part.end() : end]
        markdown = written.strip()
        html, wrong = read_markdown(markdown)
        begins = line + written[: len(written) - len(written.lstrip())].count("\n")
        problems += [Problem(file, begins + at, message) for at, message in wrong]
        if not html.strip():
            problems.append(
                Problem(file, line, _("has no text below its heading. Add it"), (anchor,))
            )
        found.append((line, Section(anchor, heading["title"], markdown, html)))
    return found


def _check_counterparts(
    page: str, texts: Mapping[tuple[Language, str], Sequence[tuple[int, Section]]]
) -> Iterator[Problem]:
    """Yield a problem where a page has other parts than in the other languages."""
    anchors = {
        language: {section.anchor for _line, section in texts[language, page]}
        for language in LANGUAGES
    }
    for language in LANGUAGES:
        lacking = (
            (other, line, section)
            for other in LANGUAGES
            for line, section in texts[other, page]
            if section.anchor not in anchors[language]
        )
        if found := next(lacking, None):
            other, line, section = found
            yield Problem(
                f"{language}/{page}.md",
                texts[language, page][-1][0],
                _(
                    "lacks the part {#%(part)s} of %(other)s/%(page)s.md:%(line)s."
                    " Add it after this or another part",
                    part=section.anchor,
                    other=other,
                    page=page,
                    line=line,
                ),
                (section.anchor,),
            )
