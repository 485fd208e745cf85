"""Warnings that a person overruled, each with a reason that stays: overruled.yaml."""

import json
from collections.abc import Iterable
from typing import Final

from calculator.errors import Problem
from calculator.figures.document import Document
from calculator.figures.fields import DateText, Line, Record
from calculator.loading.files import Files, missing
from calculator.loading.folder import read_record

OVERRULED: Final = "overruled.yaml"
_NONE: Final = "overruled: []"


class Entry(Record):
    """One warning that is none: where, about which words, why, and who says so."""

    file: Line
    words: Line
    reason: Line
    who: Line
    when: DateText


class Overruled(Record):
    """All of overruled.yaml."""

    overruled: tuple[Entry, ...] = ()


def read_overruled(files: Files, problems: list[Problem]) -> Overruled:
    """Read the file, which may be missing; add what is wrong with it to `problems`."""
    if files.get(OVERRULED, missing(OVERRULED)) == missing(OVERRULED):
        return Overruled()
    documents: dict[str, Document] = {}
    return read_record(files, OVERRULED, Overruled, problems, documents) or Overruled()


def write_entries(text: str | None, entries: Iterable[Entry]) -> str:
    """Return the text of the file with more entries at its end."""
    written = (text or _NONE).replace(_NONE, "overruled:").rstrip("\n") + "\n"
    for entry in entries:
        # What JSON writes is what YAML reads between straight quotation marks.
        lines = (
            f"{name}: {json.dumps(value, ensure_ascii=False)}"
            for name, value in entry.model_dump().items()
        )
        written += "  - " + "\n    ".join(lines) + "\n"
    return written
