"""A file as a form: what stands in it, field by field, and what a sent form wants it to be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from calculator.errors import Problem
from calculator.figures.publication import LANGUAGES
from campaign.staff.forms.fields import FormField
from campaign.staff.forms.yaml_editing import WAS, Content, NotEditable, Sentence


@dataclass(slots=True)
class Bound:
    """One field with what stands in it and what is wrong there.

    `rows` holds the entries of a list of records, each a list of bound fields; `values` the four
    languages, or the one text of any other field.
    """

    shape: FormField
    path: str
    values: dict[str, str]
    rows: list[Row] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def value(self) -> str:
        """Return the text of a field that is one text."""
        return self.values.get("", "")


@dataclass(slots=True)
class Row:
    """One entry of a list: its place in the file, its fields and what is wrong with the whole."""

    path: str
    was: str
    title: str
    fields: list[Bound]
    problems: list[str] = field(default_factory=list)


def content_of_form(
    shapes: Sequence[FormField], sent: Mapping[str, str], prefix: str = ""
) -> dict[str, Content]:
    """Read a sent form into the content of a file; every field of the schema is there."""
    return {shape.name: _sent_value(shape, sent, f"{prefix}{shape.name}") for shape in shapes}


def _sent_value(shape: FormField, sent: Mapping[str, str], path: str) -> Content:
    if shape.kind == "languages":
        return {
            language: Sentence(_one_line(sent.get(f"{path}.{language}", "")))
            for language in LANGUAGES
        }
    if shape.kind == "records":
        return [
            {WAS: sent.get(f"{path}.{i}.{WAS}", "")}
            | content_of_form(shape.parts, sent, f"{path}.{i}.")
            for i in rows_sent(sent, path)
        ]
    text = sent.get(path, "")
    if shape.kind == "ids":
        return [line.strip() for line in text.splitlines() if line.strip()]
    return Sentence(_one_line(text)) if shape.sentence else _one_line(text)


def rows_sent(sent: Mapping[str, str], path: str) -> list[int]:
    """List the numbers of the entries a form sent for a list, in order."""
    pattern = re.compile(rf"{re.escape(path)}\.(\d{{1,4}})\.{WAS}")
    return sorted(int(found[1]) for name in sent if (found := pattern.fullmatch(name)))


def _one_line(text: str) -> str:
    """Fold a text into one line: in the files every text stands on one."""
    return re.sub(r"\s*[\r\n]+\s*", " ", text).strip()


def bind(shapes: Sequence[FormField], tree: Mapping[str, Any], prefix: str = "") -> list[Bound]:
    """Lay a file into its form; raises NotEditable where the file has another shape."""
    unknown = [str(name) for name in tree if name not in {shape.name for shape in shapes}]
    if unknown:
        raise NotEditable(
            f"the form does not know the field {', '.join(unknown)}. Edit the file as text"
        )
    return [_bind_one(shape, tree.get(shape.name), f"{prefix}{shape.name}") for shape in shapes]


def _bind_one(shape: FormField, found: Any, path: str) -> Bound:
    strange = NotEditable(f"{path} is not what its form can show. Edit the file as text")
    bound = Bound(shape, path, {})
    if found is None:
        return bound
    if shape.kind == "languages":
        if not isinstance(found, Mapping) or set(found) - set(LANGUAGES):
            raise strange
        bound.values = {language: _text(found.get(language, ""), strange) for language in found}
    elif shape.kind in ("records", "ids") and not isinstance(found, list):
        raise strange
    elif shape.kind == "records":
        for i, entry in enumerate(found):
            if not isinstance(entry, Mapping):
                raise strange
            fields = bind(shape.parts, entry, f"{path}.{i}.")
            bound.rows.append(Row(f"{path}.{i}", str(i), _title(entry), fields))
    elif shape.kind == "ids":
        bound.values = {"": "\n".join(_text(each, strange) for each in found)}
    else:
        bound.values = {"": _text(found, strange)}
    return bound


def _text(found: Any, strange: NotEditable) -> str:
    if not isinstance(found, str):
        raise strange
    return str(found)


def _title(entry: Mapping[str, Any]) -> str:
    for name in ("label", "title", "text"):
        words = entry.get(name)
        if isinstance(words, Mapping) and isinstance(words.get("en"), str):
            return str(words["en"])
    named = entry.get("name") or entry.get("id")
    return str(named) if isinstance(named, str | int | float) else ""


def attach_problems(
    fields: Sequence[Bound], problems: Sequence[Problem]
) -> list[tuple[str, Problem]]:
    """Put each problem of a file to its field; return all of them with the id to jump to."""
    places = _places(fields)
    found = []
    for problem in problems:
        steps = list(map(str, problem.location))
        while steps and ".".join(steps) not in places:
            steps.pop()
        path = ".".join(steps)
        if steps:
            places[path].problems.append(problem.message)
        found.append((f"f-{path}" if steps else "form", problem))
    return found


def _places(fields: Sequence[Bound]) -> dict[str, Bound | Row]:
    places: dict[str, Bound | Row] = {}
    for bound in fields:
        places[bound.path] = bound
        for row in bound.rows:
            places[row.path] = row
            places |= _places(row.fields)
    return places
