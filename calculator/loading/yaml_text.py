"""Read one YAML file into texts, each with its line.

Nothing is guessed: `NO` stays "NO", `1.250` stays "1.250"; the schema decides what a text
means. Duplicate keys, aliases, anchors, tags and text that is no plain text are problems.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import yaml

from calculator.errors import Location, Problem
from calculator.errors import message as _
from calculator.figures.document import Document, Value
from calculator.loading.files import Files, missing
from calculator.loading.plain_text import find_damage, read_text

_MAX_DEPTH: Final = 20
# What its reader stops at, and what ends a line to it alone.
_STOPS: Final = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
# A value may also hold a sign by its number, or the mark of a merge behind other words.
_MAY_HIDE: Final = re.compile(r"\\|<{7}|={7}|>{7}|\|{7}")
# Typed by a text processor in the place of a straight one: to YAML it is part of the words.
_CURLY_QUOTES: Final = tuple("“”„‘’«»")


class _TooDeep(Exception):
    """The file is nested deeper than any of our records."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)


@dataclass(slots=True)
class _Reader:
    """Build the content from parser events.

    Not from composed nodes: PyYAML composes by recursion in C, where 40 kB of `- - - - …` overflows
    the stack and ends the process. With events the depth is known before it does harm.
    """

    file: str
    problems: list[Problem]
    events: Iterator[yaml.Event]
    lines: dict[Location, int] = field(default_factory=dict)
    damaged: list[Problem] = field(default_factory=list)
    """What is wrong with the signs of a value: the file can be read for all that."""
    look: bool = True
    """Whether any value can be damaged, which few files have."""

    def refuse(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.file, line, message))

    def read_stream(self) -> Value | None:
        """Return the one document of the file, None if there is nothing in it."""
        next(self.events)  # the start of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return None
        content = self._read(next(self.events), ())
        next(self.events)  # the end of the document
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self.refuse(_line(after), "begins a second document here (---). Keep only one")
        return content

    def _read(self, event: yaml.Event, location: Location) -> Value:
        # Nearly every event is a plain scalar, so check for that one first.
        if isinstance(event, yaml.ScalarEvent) and event.anchor is None and event.tag is None:
            text: str = event.value
            if self.look:
                for _place, message in find_damage(text):
                    self.damaged.append(Problem(self.file, _line(event), message, location))
            if text.startswith(_CURLY_QUOTES) and not event.style:
                self.refuse(
                    _line(event),
                    _(
                        "begins with %(sign)s, which visitors would see. Put the whole text"
                        ' between straight quotation marks: "…"',
                        sign=text[0],
                    ),
                )
            return text
        if len(location) > _MAX_DEPTH:
            raise _TooDeep(_line(event))
        self._refuse_properties(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._read_mapping(location)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._read_sequence(location)
        return ""

    def _refuse_properties(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.refuse(_line(event), "uses an alias (*name). Write the text out in full")
        elif getattr(event, "anchor", None) is not None:
            self.refuse(_line(event), "has an anchor (&name). Remove the word that starts with '&'")
        if (tag := getattr(event, "tag", None)) is not None:
            self.refuse(_line(event), f"has the tag {tag!r}. Remove the word that starts with '!'")

    def _read_sequence(self, location: Location) -> Value:
        items: list[Value] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            here = (*location, len(items))
            self.lines[here] = _line(event)
            items.append(self._read(event, here))
        return items

    def _read_mapping(self, location: Location) -> Value:
        mapping: dict[str, Value] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse(_line(event), "a field name must be a plain word")
                self._read(event, (*location, ""))
                self._read(next(self.events), (*location, ""))
                continue
            if event.anchor is not None or event.tag is not None:
                self._refuse_properties(event)
            key: str = event.value
            here = (*location, key)
            if key in mapping:
                self.refuse(
                    _line(event),
                    f"{key:.60} is given twice (first on line {self.lines[here]})."
                    " Keep one of the two",
                )
                self._read(next(self.events), here)
                continue
            self.lines[here] = _line(event)
            mapping[key] = self._read(next(self.events), here)
        return mapping


def read_document(files: Files, file: str, problems: list[Problem]) -> Document | None:
    """Read a YAML file; add what is wrong to `problems`, return None if nothing is usable."""
    document, found = parse_document(file, files.get(file, missing(file)))
    problems += found
    return document


@lru_cache(maxsize=512)  # of some 150 files an edit changes one: the others cost nothing
def parse_document(file: str, raw: bytes | Problem) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return the document in a file, None if nothing is usable, and what is wrong with it.

    Where only the signs of some values are wrong, there is a document all the same.
    """
    problems: list[Problem] = []
    document = _parse(file, raw, problems)
    return document, tuple(problems)


def _parse(file: str, raw: bytes | Problem, problems: list[Problem]) -> Document | None:
    text = read_text({file: raw}, file)
    if isinstance(text, Problem):
        problems.append(text)
        return None
    found = [
        Problem(file, text.count("\n", 0, place) + 1, message)
        for place, message in find_damage(text, of_file=True)
    ]
    if _STOPS.search(text):
        problems.append(min(found))
        return None
    reader = _Reader(file, problems, yaml.parse(text, Loader=yaml.CSafeLoader))
    reader.look = bool(found) or _MAY_HIDE.search(text) is not None
    try:
        content = reader.read_stream()
    except yaml.MarkedYAMLError as error:
        problems.append(min(found) if found else _syntax_problem(file, error))
        return None
    except _TooDeep as error:
        reader.refuse(error.line, "is nested too deeply. Check the indentation and the brackets")
        return None
    if content is None:
        reader.refuse(1, "is empty. Restore it, or remove the file")
        return None
    usable = not problems
    said = {problem.message for problem in reader.damaged}
    # Also of what stands in no value: a remark, the name of a field.
    problems += [*reader.damaged, *(each for each in found if each.message not in said)]
    return Document(file, content, reader.lines) if usable else None


def _line(event: yaml.Event) -> int:
    return 1 if event.start_mark is None else event.start_mark.line + 1


def _syntax_problem(file: str, error: yaml.MarkedYAMLError) -> Problem:
    mark, what = error.problem_mark or error.context_mark, error.problem or error.context
    message = f"cannot be read as YAML: {what or 'unclear text'}"
    if error.context and error.context_mark:
        if "end of stream" in message:
            # The parser notices this at the end of the file; name the line where the quote began.
            mark, message = error.context_mark, "cannot be read as YAML: a quote is not closed"
        else:
            line = error.context_mark.line + 1
            message += f" ({error.context}, which begins on line {line})"
    line = mark.line + 1 if mark else 1
    return Problem(file, line, f"{message}. Check quotes, colons and indentation near it")
