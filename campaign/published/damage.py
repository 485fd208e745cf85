"""Texts that can be read but that nobody wrote so: half merged, cut off, mixed up, or a trap."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final

from markdown_it import MarkdownIt

from calculator.errors import Problem
from calculator.errors import message as _
from calculator.figures.fields import check_web_address
from calculator.languages import FACTS, LANGUAGES
from campaign.words.addresses import PAGES, page_path

# Five times the longest page, which takes 0.02 s.
MOST_BYTES: Final = 100_000
MOST_SECONDS: Final = 2.0

_HTML: Final = re.compile(r"<(?!https?:|mailto:|tel:)[A-Za-z/!?]")
_REMARK: Final = re.compile(r"<!-- waiting: .*? -->", re.DOTALL)  # no visitor sees it
# How text processors write a point of a list; Markdown makes one paragraph of them all.
_BULLET: Final = re.compile(r"^[ \t]*[•●▪◦‣·\uf0b7]", re.MULTILINE)
_ADDRESS: Final = re.compile(r"\]\(([^)\n]*)\)")
_CODE: Final = re.compile(r"^ {0,3}(```|~~~)", re.MULTILINE)
_HALF_LINK: Final = re.compile(r"\]\([^)\n]*$|\[[^\]\n]*$", re.MULTILINE)
_INNER_LINK: Final = re.compile(r"\]\(/([a-z]{2})(?=[/)])")
_DIAL: Final = re.compile(r"\[([^\[\]\n]{0,80})\]\(tel:([^)\s]{0,40})\)")
_PATHS: Final = {page_path(page, language) for page in PAGES for language in LANGUAGES}
_ENDS: Final = re.compile(r"[.!?:…][)\]»”’“\"'*_]*$|[)*_»”’“]$")
# A few words that hardly occur in the other languages; short texts are not judged.
_COMMON: Final[dict[str, frozenset[str]]] = {
    language: frozenset(facts.common.split()) for language, facts in FACTS.items()
}
_FEWEST_WORDS: Final = 60

_until: ContextVar[float] = ContextVar("until", default=float("inf"))


class TooSlow(Exception):
    """A text takes too long to read."""


def too_slow(file: str) -> Problem:
    """Return the problem of a text that takes too long to read."""
    message = _(
        "takes over %(seconds)s s to read: a sign such as [ stands there too often. Restore it",
        seconds=f"{MOST_SECONDS:.0f}",
    )
    return Problem(file, 1, message)


@contextmanager
def clock() -> Iterator[None]:
    """Have what reads texts in the block give up after MOST_SECONDS of processor time."""
    token = _until.set(time.thread_time() + MOST_SECONDS)
    try:
        yield
    finally:
        _until.reset(token)


def look_at_clock(*_rule: Any) -> bool:
    """Raise TooSlow when the time is up; as a rule of the reader it matches nothing."""
    if time.thread_time() > _until.get():
        raise TooSlow
    return False


def watch_clock(reader: MarkdownIt) -> MarkdownIt:
    """Have a reader look at the clock with each piece of a text."""
    reader.inline.ruler.before("text", "clock", look_at_clock)
    reader.block.ruler.before("table", "clock", look_at_clock)
    return reader


def damages(text: str, file: str) -> Iterator[Problem]:
    """Yield what is wrong with a text, each with its line."""
    language = Path(file).parent.name
    text = _REMARK.sub(lambda remark: "\n" * remark[0].count("\n"), text)
    found: list[tuple[int, str]] = []
    for pattern, said in (
        (_HTML, _("holds HTML, which visitors would see as it stands. Write Markdown, or a space")),
        (_CODE, _("begins a block of code, which no page has. Remove the line")),
        (_BULLET, _("begins a point of a list with a sign that is none. Begin it with “- ”")),
        (_HALF_LINK, _("breaks off in the middle of a link. Write it out: [words](address)")),
    ):
        if place := pattern.search(text):
            found.append((place.start(), said))
    for link in _ADDRESS.finditer(text):
        if not _leads_somewhere(link[1]):
            message = _(
                "%(address)s is no address. Copy it from the browser: [words](https://…)",
                address=link[1][:80],
            )
            found.append((link.start(), message))
    for link in _DIAL.finditer(text):
        if not _is_dialled(link[1], link[2]):
            message = _(
                "says %(said)s but dials %(dialled)s. Write the same number twice",
                said=link[1][:80],
                dialled=link[2],
            )
            found.append((link.start(), message))
    for link in _INNER_LINK.finditer(text):
        if language in LANGUAGES and link[1] != language and link[1] in LANGUAGES:
            message = _(
                "leads to a page in another language, /%(other)s/. Is the text in its place?",
                other=link[1],
            )
            found.append((link.start(), message))
            break
    end = text.rstrip()
    # A heading at the end lacks its text, which is said where parts are read.
    if end and not _ENDS.search(end) and not end[end.rfind("\n") + 1 :].startswith("## "):
        found.append(
            (len(end) - 1, _("ends in the middle of a sentence. Restore what was cut off"))
        )
    if language in LANGUAGES and (other := _other_language(text, language)):
        message = _(
            "is written in another language (%(other)s). Put the right text here", other=other
        )
        found.append((0, message))
    for at, told in sorted(found):
        yield Problem(file, text.count("\n", 0, at) + 1, told)


def _leads_somewhere(address: str) -> bool:
    """Tell whether an address in a text can be followed, on this site or elsewhere."""
    if address.startswith(("http:", "https:")):
        try:
            check_web_address(address)
        except ValueError:
            return False
        return True
    if address.startswith("/"):
        path = address.partition("#")[0]
        results = (f"{page_path('result', language)}/" for language in LANGUAGES)
        return path in _PATHS or path.startswith((*results, "/downloads/", "/data/", "/poster/"))
    return re.fullmatch(r"#[\w-]+|mailto:[^\s@]+@[\w.-]+|tel:\+?\d+", address) is not None


def _is_dialled(words: str, dialled: str) -> bool:
    """Tell whether a number in the words of a link is the one that it dials."""
    said, number = (re.sub(r"\D", "", each) for each in (words, dialled))
    return not said or number in (said, f"32{said.lstrip('0')}")


def _other_language(text: str, language: str) -> str | None:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if len(words) < _FEWEST_WORDS:
        return None
    counts = {name: sum(word in common for word in words) for name, common in _COMMON.items()}
    most = max(counts, key=lambda name: counts[name])
    return most if most != language and counts[most] > 2 * counts[language] else None
