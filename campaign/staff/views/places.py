"""Where in a file something stands, in the words of its form."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from calculator.errors import Location, Problem
from campaign.staff.files.checkout import PUBLICATIONS_FOLDER, names_of_page
from campaign.staff.forms.binding import IN_LANGUAGE, title_of_entry
from campaign.staff.forms.fields import FILE_MODELS, FormField, fields_of_file
from campaign.staff.forms.joining import BETWEEN
from campaign.staff.forms.markdown_editing import anchors_of, part_at, split_parts
from campaign.staff.forms.yaml_editing import read_tree
from campaign.staff.views.parts import PARTS
from campaign.words.i18n import LANGUAGE_NAMES, current_language, gettext, say_colon
from campaign.words.i18n import mark as _

_LANGUAGES: Final = {str(code): name for code, name in LANGUAGE_NAMES.items()}
_OF_TEXTS: Final = {"title": _("heading"), "body": _("text")}


def say_place(place: str, name: str) -> str:
    """Write a place such as `figures / ilo-2024-profit / label / nl` with the labels of the form.

    What the form has no label for, an id or a short name, stands as it is.
    """
    return BETWEEN.join(_labels(place.split(BETWEEN), name))


def _labels(keys: Sequence[str], name: str) -> Iterator[str]:
    known = name.startswith(PUBLICATIONS_FOLDER) or name in FILE_MODELS
    shapes: Sequence[FormField] = fields_of_file(name) if known else ()
    for key in keys:
        shape = next((each for each in shapes if each.name == key), None)
        if shape is not None:
            shapes = shape.parts
            yield gettext(shape.label)
        elif name.endswith(".md"):
            yield gettext(_OF_TEXTS[key]) if key in _OF_TEXTS else key
        else:
            yield _LANGUAGES.get(key, key)


def find_field(problem: Problem, name: str, read: Callable[[str], str]) -> tuple[str, str]:
    """Return where in a file something stands, in the words of its form, and its field's id.

    `read` gives the text of a file by its name. Raises NotEditable.
    """
    if name.endswith(".md"):
        return _find_in_page(problem.line, name, read)
    words = ", ".join(_names(problem.location, name, read_tree(read(name))))
    return words, f"i-{'.'.join(map(str, problem.location))}"


def _names(place: Location, name: str, found: Any) -> Iterator[str]:
    known = name.startswith(PUBLICATIONS_FOLDER) or name in FILE_MODELS
    shapes: Sequence[FormField] = fields_of_file(name) if known else ()
    said = ""
    for step in place:
        found = found[step]
        if isinstance(step, int):
            title = title_of_entry(found) if isinstance(found, Mapping) else ""
            said += f" {step + 1}" + (f"{say_colon()}{title}" if title else "")
            continue
        if said:
            yield said
        shape = next((each for each in shapes if each.name == step), None)
        part = next(
            (each for each in PARTS.values() if (each.file, each.key) == (name, step)), None
        )
        if shape is not None:
            said, shapes = gettext(shape.label), shape.parts
        elif part is not None:
            said, shapes = gettext(part.title), part.fields
        else:
            said = gettext(IN_LANGUAGE[step]) if step in IN_LANGUAGE else step
    yield said


def _find_in_page(line: int, name: str, read: Callable[[str], str]) -> tuple[str, str]:
    names = names_of_page(Path(name).stem)
    texts = {language: read(file) for language, file in names.items()}
    language = next(each for each, file in names.items() if file == name)
    anchor, heading = part_at(texts[language], line) or ("", False)
    titles = {
        written: part.title
        for written, text in texts.items()
        for part, _own in split_parts(text)[1]
        if part.anchor == anchor
    }
    anchors = anchors_of(texts)
    if anchor not in anchors:
        return LANGUAGE_NAMES[language], "main"
    title = titles.get(current_language()) or titles[language]
    field = f"{'t' if heading else 'b'}-{anchors.index(anchor)}-{language}"
    return f"{title}, {LANGUAGE_NAMES[language]}", field
