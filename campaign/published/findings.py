"""The rules of the charter over the files that staff edit: each fault with its place."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from calculator.errors import Location, Problem
from calculator.errors import message as _
from calculator.figures.document import Document, Value
from calculator.languages import LANGUAGES, Language
from calculator.loading.files import Files
from calculator.loading.plain_text import read_text
from calculator.loading.yaml_text import parse_document
from campaign.published.amounts import DIFFERS, differing_amounts
from campaign.published.overruled import Overruled
from campaign.words.charter import Rule, find_faults

# As much of a sentence as a line of overruled.yaml may hold.
MOST_WORDS: Final = 300
# What no reader sees: remarks, addresses, short names of parts.
_UNREAD: Final = re.compile(r"<!--.*?-->|\]\([^)\n]*\)|\{#[^}\n]*\}|https?://\S+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a text breaks: where, by which words, and as a problem for staff.

    `file` is its name in overruled.yaml.
    """

    file: str
    words: str
    rule: Rule
    problem: Problem

    @property
    def refused(self) -> bool:
        """Tell whether nobody may overrule it."""
        return self.rule.severity == "refuse"

    @property
    def key(self) -> str:
        """Name it in a form: 12 hex digits."""
        return hashlib.sha256(f"{self.file}\n{self.words}".encode()).hexdigest()[:12]


def find_in(files: Files, overruled: Overruled) -> Iterator[Finding]:
    """Yield what the texts of files say that they may not, but for warnings that are overruled."""
    allowed = {(entry.file, entry.words) for entry in overruled.overruled}
    for file in sorted(files):
        for finding in _findings(file, files[file]):
            if finding.refused or (file, finding.words) not in allowed:
                yield finding


@lru_cache(maxsize=512)  # of some 170 files an edit changes one: the others cost nothing
def _findings(file: str, raw: bytes | Problem) -> Sequence[Finding]:
    """Return the findings of one file; none where it cannot be read, which is said elsewhere."""
    if file.endswith(".md"):
        text = read_text({file: raw}, file)
        return () if isinstance(text, Problem) else tuple(_in_page(file, text))
    document, _problems = parse_document(file, raw)
    return () if document is None else tuple(_in_document(document))


def _in_page(file: str, text: str) -> Iterator[Finding]:
    language = Path(file).parent.name
    if language not in LANGUAGES:
        return
    read = _UNREAD.sub(lambda part: re.sub(r"[^\n]", " ", part[0]), text)
    for fault in find_faults(read, language):
        line = text.count("\n", 0, fault.start) + 1
        yield _finding(fault.rule, text[fault.start : fault.end], file, line)


def _in_document(document: Document) -> Iterator[Finding]:
    for place, language, text in _texts(document.content, ()):
        line = document.line_of(place)
        for fault in find_faults(text, language, of_figure=place[0] == "figures"):
            words = text[fault.start : fault.end]
            yield _finding(fault.rule, words, document.file, line, place)
    figures = document.content.get("figures") if isinstance(document.content, dict) else None
    for i, figure in enumerate(figures if isinstance(figures, list) else ()):
        for place, words in differing_amounts(figure):
            whole = ("figures", i, *place)
            yield _finding(DIFFERS, words, document.file, document.line_of(whole), whole)


def _texts(value: Value, place: Location) -> Iterator[tuple[Location, Language, str]]:
    """Yield each text that is written in a language: names and titles stand by themselves."""
    if isinstance(value, str):
        return
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, part in steps:
        here = (*place, step)
        if isinstance(part, str):
            if step in LANGUAGES and not part.startswith("http"):
                yield here, step, part
        else:
            yield from _texts(part, here)


def _finding(rule: Rule, words: str, file: str, line: int, place: Location = ()) -> Finding:
    shown = " ".join(words.split())[:MOST_WORDS]
    said = {"words": shown, "rule": _(rule.sentence), "better": _(rule.better)}
    message = _("“%(words)s”: %(rule)s %(better)s", **said)
    return Finding(file, shown, rule, Problem(file, line, message, place))
