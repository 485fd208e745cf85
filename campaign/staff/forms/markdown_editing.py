"""A page of words as parts, each in four languages; changed parts change, the others stay."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from calculator.languages import Language

_PART: Final = re.compile(
    r"^## (?P<title>.*?)[ \t]*(\{#(?P<anchor>[^}\n]*)\})?[ \t\r]*$", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class PagePart:
    """One part of a page in one language: its heading and its Markdown."""

    anchor: str
    title: str
    body: str


def split_parts(text: str) -> tuple[str, list[tuple[PagePart, str]]]:
    """Return what stands before the first part, and each part with its own bytes."""
    found = list(_PART.finditer(text))
    if not found:
        return text, []
    ends = [match.start() for match in found[1:]] + [len(text)]
    parts = [
        (
            PagePart(match["anchor"] or "", match["title"], text[match.end() : end].strip("\r\n")),
            text[match.start() : end],
        )
        for match, end in zip(found, ends, strict=True)
    ]
    return text[: found[0].start()], parts


def part_at(text: str, line: int) -> tuple[str, bool] | None:
    """Return the anchor of the part on a line, and whether its heading stands there.

    None where the line comes before the first part.
    """
    found = None
    for match in _PART.finditer(text):
        begins = text.count("\n", 0, match.start()) + 1
        if begins > line:
            break
        found = (match["anchor"] or "", begins == line)
    return found


def write_parts(text: str, wanted: Sequence[PagePart]) -> str:
    """Return the text with these parts: one that did not change keeps every byte."""
    before, parts = split_parts(text)
    raw = {part.anchor: (part, own) for part, own in parts}
    written = []
    for part in wanted:
        if not part.title and not part.body:
            continue
        old = raw.get(part.anchor)
        if old is not None and old[0] == part:
            written.append(old[1])
        else:
            written.append(f"## {part.title} {{#{part.anchor}}}\n\n{part.body}\n\n")
    if [own for _, own in parts] == written:
        return text
    # Blank lines between parts, one line end at the end of the file.
    joined = "".join(own.rstrip("\r\n") + "\n\n" for own in written)
    text_of_parts = before + joined.rstrip("\n") + "\n"
    return text_of_parts.replace("\r\n", "\n").replace("\n", "\r\n" if "\r\n" in text else "\n")


def changed_parts(before: str, after: str) -> tuple[str, ...]:
    """Return the short names of the parts of a text that are new or say something else."""
    known = {part.anchor: part for part, _own in split_parts(before)[1]}
    return tuple(
        part.anchor for part, _own in split_parts(after)[1] if known.get(part.anchor) != part
    )


def anchors_of(texts: Mapping[Language, str] | Mapping[str, str]) -> list[str]:
    """List the parts of a page in the order of the first language that has them."""
    found: list[str] = []
    for text in texts.values():
        previous = -1
        for part, _own in split_parts(text)[1]:
            if part.anchor in found:
                previous = found.index(part.anchor)
            else:
                previous += 1
                found.insert(previous, part.anchor)
    return found
