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
from calculator.languages import FACTS, LANGUAGES

# Five times the longest page, which takes 0.02 s.
MOST_BYTES: Final = 100_000
MOST_SECONDS: Final = 2.0

_MERGE_MARK: Final = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?!\S)", re.MULTILINE)
# Signs of no width, which hide words or turn their direction.
_UNSEEN: Final = re.compile("[\u0085\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_HTML: Final = re.compile(r"<(?!https?:|mailto:|tel:)[A-Za-z/!?]")
_REMARK: Final = re.compile(r"<!-- waiting: .*? -->", re.DOTALL)  # no visitor sees it
_CODE: Final = re.compile(r"^ {0,3}(```|~~~)", re.MULTILINE)
_HALF_LINK: Final = re.compile(r"\]\([^)\n]*$|\[[^\]\n]*$", re.MULTILINE)
_INNER_LINK: Final = re.compile(r"\]\(/([a-z]{2})(?=[/)])")
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
    message = f"takes over {MOST_SECONDS:.0f} s to read: a sign such as [ stands there too often"
    return Problem(file, 1, f"{message}. Restore it")


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
    for pattern, message in (
        (_MERGE_MARK, "holds a mark of a merge (<<<<<<<, ======= or >>>>>>>). Keep one of the two"),
        (_HTML, "holds HTML, which visitors would see as it stands. Write Markdown, or a space"),
        (_CODE, "begins a block of code, which no page has. Remove the line"),
        (_HALF_LINK, "breaks off in the middle of a link. Write it out: [words](address)"),
    ):
        if place := pattern.search(text):
            found.append((place.start(), message))
    if unseen := _UNSEEN.search(text):
        sign = f"U+{ord(unseen[0]):04X}"
        found.append((unseen.start(), f"holds the invisible sign {sign}. Delete it"))
    for link in _INNER_LINK.finditer(text):
        if language in LANGUAGES and link[1] != language and link[1] in LANGUAGES:
            message = f"leads to a page in another language, /{link[1]}/. Is the text in its place?"
            found.append((link.start(), message))
            break
    end = text.rstrip()
    if end and not _ENDS.search(end):
        found.append((len(end) - 1, "ends in the middle of a sentence. Restore what was cut off"))
    if language in LANGUAGES and (other := _other_language(text, language)):
        found.append((0, f"is written in another language ({other}). Put the right text here"))
    for at, message in sorted(found):
        yield Problem(file, text.count("\n", 0, at) + 1, message)


def _other_language(text: str, language: str) -> str | None:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    if len(words) < _FEWEST_WORDS:
        return None
    counts = {name: sum(word in common for word in words) for name, common in _COMMON.items()}
    most = max(counts, key=lambda name: counts[name])
    return most if most != language and counts[most] > 2 * counts[language] else None
