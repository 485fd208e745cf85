"""A file as a form: what stands in it, field by field, and what a sent form wants it to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from calculator.errors import Problem, message
from calculator.figures.fields import UNSEEN
from calculator.languages import LANGUAGES, name_in
from campaign.staff.forms.faults import field_meant, figure_named, say, say_at_field, values_of
from campaign.staff.forms.fields import FormField
from campaign.staff.forms.yaml_editing import WAS, Content, NotEditable, Sentence
from campaign.words.i18n import current_language, gettext, say_colon
from campaign.words.i18n import mark as _

# As many as are read of a field in which several things can be chosen.
MOST_CHOSEN: Final = 40
_UNKNOWN: Final = _("The form does not know the field %(names)s. Edit the file as text")
_STRANGE: Final = _("%(path)s is not what its form can show. Edit the file as text")


@dataclass(slots=True)
class Bound:
    """One field with what stands in it and what is wrong there.

    `rows` holds the entries of a list of records, each a list of bound fields; `values` the four
    languages, what was chosen by its place, or the one text of any other field; `wrong_in` what is
    wrong in one language.
    """

    shape: FormField
    path: str
    values: dict[str, str]
    rows: list[Row] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    wrong_in: dict[str, str] = field(default_factory=dict)

    @property
    def value(self) -> str:
        """Return the text of a field that is one text."""
        return self.values.get("", "")

    @property
    def wrong(self) -> bool:
        """Tell whether anything is wrong with it."""
        return bool(self.problems or self.wrong_in)


@dataclass(slots=True)
class Row:
    """One entry of a list: its place in the file, its fields and what is wrong with the whole."""

    path: str
    was: str
    entry: Mapping[str, Any]
    fields: list[Bound]
    problems: list[str] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Tell whether it needs someone: it has no name yet, or something is wrong with it."""
        return not self.title or bool(self.problems) or any(each.wrong for each in self.fields)

    @property
    def title(self) -> str:
        """Return what the entry is called, in the language of the page where it can be."""
        return title_of_entry(self.entry)


def content_of_form(
    shapes: Sequence[FormField], sent: Mapping[str, str], prefix: str = ""
) -> dict[str, Content]:
    """Read a sent form into the content of a file; every field of the schema is there."""
    return {shape.name: _sent_value(shape, sent, f"{prefix}{shape.name}") for shape in shapes}


def _sent_value(shape: FormField, sent: Mapping[str, str], path: str) -> Content:
    if shape.kind == "languages":
        return {
            language: Sentence(one_line(sent.get(f"{path}.{language}", "")))
            for language in LANGUAGES
        }
    if shape.kind == "records":
        return [
            {WAS: sent.get(f"{path}.{i}.{WAS}", "")}
            | content_of_form(shape.parts, sent, f"{path}.{i}.")
            for i in rows_sent(sent, path)
        ]
    if shape.kind == "several":
        return [sent[f"{path}.{i}"] for i in range(MOST_CHOSEN) if sent.get(f"{path}.{i}")]
    text = sent.get(path, "")
    return Sentence(one_line(text)) if shape.sentence else shape.write(one_line(text))


def rows_sent(sent: Mapping[str, str], path: str) -> list[int]:
    """List the numbers of the entries a form sent for a list, in order."""
    pattern = re.compile(rf"{re.escape(path)}\.(\d{{1,4}})\.{WAS}")
    return sorted(int(found[1]) for name in sent if (found := pattern.fullmatch(name)))


def one_line(text: str) -> str:
    """Fold a text into one line, as every text stands in the files; other blanks stay.

    A sign that nobody sees at either end came along with what was copied, and is left out.
    """
    return re.sub(r"[ \t]*[\r\n]+[ \t]*", " ", text).strip(f" \t{UNSEEN}")


def bind(shapes: Sequence[FormField], tree: Mapping[str, Any], prefix: str = "") -> list[Bound]:
    """Lay a file into its form; raises NotEditable where the file has another shape."""
    unknown = [str(name) for name in tree if name not in {shape.name for shape in shapes}]
    if unknown:
        raise NotEditable(message(_UNKNOWN, names=", ".join(unknown)))
    return [_bind_one(shape, tree.get(shape.name), f"{prefix}{shape.name}") for shape in shapes]


def _bind_one(shape: FormField, found: Any, path: str) -> Bound:
    strange = NotEditable(message(_STRANGE, path=path))
    bound = Bound(shape, path, {})
    if found is None:
        return bound
    if shape.kind == "languages":
        if not isinstance(found, Mapping) or set(found) - set(LANGUAGES):
            raise strange
        bound.values = {language: _text(found.get(language, ""), strange) for language in found}
    elif shape.kind in ("records", "several") and not isinstance(found, list):
        raise strange
    elif shape.kind == "records":
        for i, entry in enumerate(found):
            if not isinstance(entry, Mapping):
                raise strange
            fields = bind(shape.parts, entry, f"{path}.{i}.")
            bound.rows.append(Row(f"{path}.{i}", str(i), entry, fields))
    elif shape.kind == "several":
        bound.values = {str(i): _text(each, strange) for i, each in enumerate(found)}
    else:
        bound.values = {"": _text(found, strange)}
    return bound


def _text(found: Any, strange: NotEditable) -> str:
    if not isinstance(found, str):
        raise strange
    return str(found)


def title_of_entry(entry: Mapping[str, Any]) -> str:
    """Return what an entry of a list is called, in the language of the page where it can be."""
    for name in ("label", "title", "text"):
        words = entry.get(name)
        if isinstance(words, Mapping):
            for language in (current_language(), *LANGUAGES):
                if isinstance(words.get(language), str):
                    return str(words[language])
    named = entry.get("name") or entry.get("id")
    return str(named) if isinstance(named, str | int | float) else ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the summary: the element to jump to, the name of the field, what is wrong."""

    target: str
    label: str
    words: str


@dataclass(slots=True)
class FaultGroup:
    """The faults of the publication as a whole, or of one entry of a list, with its title."""

    title: str
    faults: list[Fault] = field(default_factory=list)


def attach_problems(fields: Sequence[Bound], problems: Sequence[Problem]) -> dict[str, FaultGroup]:
    """Put each problem of a file to its field; return all of them, entry by entry."""
    places = _places(fields)
    groups: dict[str, FaultGroup] = {}
    missing: dict[str, list[str]] = {}
    for problem in sorted(problems, key=lambda problem: list(map(str, problem.location))):
        steps = list(map(str, problem.location)) or _steps_of_figure(problem, places)
        if meant := field_meant(problem):
            steps.append(meant)
        while steps and ".".join(steps) not in places:
            steps.pop()
        path = ".".join(steps)
        place = places.get(path)
        language = str(problem.location[-1]) if problem.location else ""
        if isinstance(place, Bound) and place.shape.kind == "languages" and language in LANGUAGES:
            if "purpose" in values_of(problem):
                missing.setdefault(path, []).append(language)
            else:
                place.wrong_in[language] = say_at_field(problem)
        elif place is not None:
            place.problems.append(say_at_field(problem))
        else:
            _group(groups, "", fields).faults.append(Fault("form", "", say(problem.message)))
    for path, languages in missing.items():
        places[path].problems.append(_say_missing(languages))
    for path, place in places.items():
        for fault in _faults(path, place):
            _group(groups, path, fields).faults.append(fault)
    return groups


def _steps_of_figure(problem: Problem, places: Mapping[str, Bound | Row]) -> list[str]:
    """Return where the figure stands that a problem of the whole publication names."""
    named = figure_named(problem)
    rows = [place for place in places.values() if isinstance(place, Row)]
    return next((row.path.split(".") for row in rows if row.entry.get("id") == named), [])


def say_in(language: str) -> str:
    """Return "in Dutch", in the language of the page."""
    return gettext(_("in %(language)s")) % {"language": name_in(language, current_language())}


def _say_missing(languages: Sequence[str]) -> str:
    if set(languages) == set(LANGUAGES):
        return gettext("fill this in, in four languages")
    names = ", ".join(say_in(each) for each in LANGUAGES if each in languages)
    return gettext("missing %(languages)s") % {"languages": names}


def _faults(path: str, place: Bound | Row) -> Iterator[Fault]:
    if isinstance(place, Row):
        yield from (Fault(f"f-{path}", "", words) for words in place.problems)
        return
    label = gettext(place.shape.label)
    single = place.shape.kind in ("line", "choice")
    target = f"i-{path}" if single else f"f-{path}"
    yield from (Fault(target, label, words) for words in place.problems)
    for language, words in place.wrong_in.items():
        yield Fault(f"i-{path}.{language}", f"{label}, {say_in(language)}", words)


def _group(groups: dict[str, FaultGroup], path: str, fields: Sequence[Bound]) -> FaultGroup:
    """Return the group of a place: that of its entry, or that of the file itself."""
    for bound in fields:
        for number, row in enumerate(bound.rows, 1):
            if path == row.path or path.startswith(f"{row.path}."):
                title = gettext(bound.shape.one) % {"number": number}
                title += f"{say_colon()}{row.title}" if row.title else ""
                return groups.setdefault(row.path, FaultGroup(title))
    return groups.setdefault("", FaultGroup(""))


def _places(fields: Sequence[Bound]) -> dict[str, Bound | Row]:
    places: dict[str, Bound | Row] = {}
    for bound in fields:
        places[bound.path] = bound
        for row in bound.rows:
            places[row.path] = row
            places |= _places(row.fields)
    return places
