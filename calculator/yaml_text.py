"""Read one YAML file into plain text values, each with the line it stands on.

Nothing is guessed: `NO` stays "NO", `1.250` stays "1.250"; the schema decides what a text
means. Duplicate keys, aliases, tags and files that are not small UTF-8 text are problems.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from calculator.errors import Problem

MAX_BYTES = 1_000_000
_MAX_DEPTH = 20
_CORE_TAG = "tag:yaml.org,2002:"

Value = str | list["Value"] | dict[str, "Value"]
Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The content of one file and the line of every part of it."""

    file: str
    content: Value
    lines: Mapping[Location, int]

    def line_of(self, location: Location) -> int:
        """Give the line of a part, or of the nearest part around it that exists."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def value_at(self, location: Location) -> Value | None:
        """Give what stands at a location, None where there is nothing."""
        value: Value | None = self.content
        for step in location:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value


@dataclass(slots=True)
class _Reader:
    file: str
    problems: list[Problem]
    lines: dict[Location, int] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def refuse(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.file, line, message))

    def read(self, node: yaml.Node, location: Location) -> Value:
        line = node.start_mark.line + 1
        self.lines.setdefault(location, line)
        if id(node) in self.seen:
            self.refuse(line, "uses an alias (*name). Write the text out in full")
            return ""
        self.seen.add(id(node))
        if not node.tag.startswith(_CORE_TAG) or "/" in node.tag.removeprefix(_CORE_TAG):
            self.refuse(line, f"has the tag {node.tag}. Remove the word that starts with '!'")
            return ""
        if len(location) > _MAX_DEPTH:
            self.refuse(line, "is nested too deeply. Check the indentation and the brackets")
            return ""
        if isinstance(node, yaml.MappingNode):
            return self._read_mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*location, i)) for i, item in enumerate(node.value)]
        text: str = node.value
        return text

    def _read_mapping(self, node: yaml.MappingNode, location: Location) -> Value:
        mapping: dict[str, Value] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.refuse(line, "a field name must be a plain word")
                continue
            key: str = key_node.value
            here = (*location, key)
            if key in mapping:
                first = self.lines[here]
                self.refuse(
                    line, f"{key} is given twice (first on line {first}). Keep one of the two"
                )
                continue
            self.lines[here] = line
            mapping[key] = self.read(value_node, here)
        return mapping


def read_document(path: Path, file: str, problems: list[Problem]) -> Document | None:
    """Read a file; add what is wrong to `problems` and give None if nothing is usable.

    Args:
        path: the file on disk.
        file: its name in messages, such as `publications/ilo-2024.yaml`.
        problems: the list that every problem found is added to.
    """
    text = _read_text(path, file, problems)
    if text is None:
        return None
    found_before = len(problems)
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        problems.append(_syntax_problem(file, error))
        return None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        first_line = str(error).splitlines()[0] if str(error) else "unreadable"
        problems.append(Problem(file, 1, f"cannot be read as YAML: {first_line}"))
        return None
    if root is None:
        problems.append(Problem(file, 1, "is empty. Restore it, or remove the file"))
        return None
    reader = _Reader(file, problems)
    content = reader.read(root, ())
    return Document(file, content, reader.lines) if len(problems) == found_before else None


def _read_text(path: Path, file: str, problems: list[Problem]) -> str | None:
    try:
        if not path.is_file():
            message = "is missing. Put it back" if not path.exists() else "is not a file. Remove it"
            problems.append(Problem(file, 1, message))
            return None
        with path.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        problems.append(Problem(file, 1, f"cannot be read ({reason}). Check its permissions"))
        return None
    if len(raw) > MAX_BYTES:
        problems.append(Problem(file, 1, "is larger than 1 MB. Is it the right file?"))
        return None
    if b"\0" in raw:
        problems.append(Problem(file, 1, "is not a text file. Save it as plain text (UTF-8)"))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.append(Problem(file, line, "is not UTF-8 text. Save it with encoding UTF-8"))
        return None
    deepest = max(text.count("["), text.count("{"))
    if deepest > 2_000:
        # libyaml and its Python binding recurse per bracket; no file of ours comes near this.
        problems.append(Problem(file, 1, "has thousands of brackets. Is it the right file?"))
        return None
    return text


def _syntax_problem(file: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    message = f"cannot be read as YAML: {error.problem or error.context or 'unclear text'}"
    if error.context and error.context_mark:
        # An unclosed quote is only noticed at the end of the file; name where it began.
        message += f" ({error.context}, which begins on line {error.context_mark.line + 1})"
    return Problem(file, line, f"{message}. Check quotes, colons and indentation just above")
