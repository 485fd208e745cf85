"""What a file is called, and where in it something stands, in the words of its form."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from calculator.errors import Location, Problem
from campaign.staff.desk import desk
from campaign.staff.files.checkout import (
    CHOICES_FILE,
    FAMILIES_FILE,
    PUBLICATIONS_FOLDER,
    RATES_FILE,
    UnknownFile,
    names_of_page,
)
from campaign.staff.forms.binding import say_in, title_of_entry
from campaign.staff.forms.fields import FILE_MODELS, FormField, fields_of_file
from campaign.staff.forms.joining import BETWEEN
from campaign.staff.forms.markdown_editing import anchors_of, part_at, split_parts
from campaign.staff.forms.yaml_editing import NotEditable, read_tree
from campaign.staff.views.parts import PARTS
from campaign.staff.views.text_list import title_of
from campaign.words.i18n import LANGUAGE_NAMES, current_language, gettext, say_colon
from campaign.words.i18n import mark as _

_LANGUAGES: Final = {str(code): name for code, name in LANGUAGE_NAMES.items()}
_TABLES: Final[Mapping[str, str]] = {
    RATES_FILE: _("Rates and prices"),
    CHOICES_FILE: _("Choices of the method"),
    FAMILIES_FILE: _("Who works numbers out"),
}
# Of tables that have a page of their own.
_OF_TABLES: Final[Mapping[str, str]] = {
    "exchange_rates": _("What one euro buys"),
    "consumer_prices": _("Consumer prices in Belgium"),
    "by_year": _("per year"),
    "accessed": _("looked at on"),
    "facts": _("Figures on the first page"),
}
_OF_TEXTS: Final = {"title": _("heading"), "body": _("text")}


def say_file(name: str, text: str | None = None) -> str:
    """Return what people call a file: the title of its publication, or that of its page.

    `text` is what would stand in a file that is not there yet.
    """
    title, language = _called(name, text)
    return f"{title} ({language})" if language else title


def say_files(names: Iterable[str], texts: Mapping[str, str | None] | None = None) -> list[str]:
    """Return what people call the files of an edit: a page once, with its languages."""
    found: dict[str, list[str]] = {}
    for name in names:
        title, language = _called(name, (texts or {}).get(name))
        found.setdefault(title, []).extend([language] if language else [])
    return [
        f"{title} ({', '.join(languages)})" if languages else title
        for title, languages in found.items()
    ]


def _called(name: str, text: str | None) -> tuple[str, str]:
    """Return the title of a file, and its language where it is a page's."""
    if name.endswith(".md"):
        return title_of(name), _LANGUAGES.get(Path(name).parent.name, "")
    if name.startswith(PUBLICATIONS_FOLDER):
        try:
            kept = desk().checkout.read(name)
        except UnknownFile:  # a pipe, or a link that leads nowhere
            kept = None
        return _title_in(kept or text) or Path(name).stem, ""
    return gettext(_TABLES[name]) if name in _TABLES else title_of(name), ""


def _title_in(text: str | None) -> str:
    try:
        title = read_tree(text or "").get("title")
    except NotEditable:
        return ""
    return title if isinstance(title, str) else ""


def say_place(place: str, name: str, text: str | None = None) -> str:
    """Write a place such as `figures / ilo-2024-profit / label / nl` with the labels of the form.

    In the text of its file an entry has a name: without one its id stands as it is.
    """
    keys = place.split(BETWEEN)
    if name.endswith(".md"):
        return BETWEEN.join(_labels_of_page(keys, text or ""))
    try:
        tree = read_tree(text or "")
    except NotEditable:
        tree = None
    return BETWEEN.join(_labels(keys, name, tree))


def _labels_of_page(keys: Sequence[str], text: str) -> Iterator[str]:
    titles = {part.anchor: part.title for part, _own in split_parts(text)[1]}
    for key in keys:
        yield gettext(_OF_TEXTS[key]) if key in _OF_TEXTS else titles.get(key) or key


def _labels(keys: Sequence[str], name: str, found: Any) -> Iterator[str]:
    known = name.startswith(PUBLICATIONS_FOLDER) or name in FILE_MODELS
    shapes: Sequence[FormField] = fields_of_file(name) if known else ()
    for key in keys:
        shape = next((each for each in shapes if each.name == key), None)
        if isinstance(found, list):
            rows = [each for each in found if isinstance(each, Mapping)]
            found = next((each for each in rows if each.get("id") == key), None)
            yield (title_of_entry(found) if found else "") or key
            continue
        part = next((each for each in PARTS.values() if (each.file, each.key) == (name, key)), None)
        found = found.get(key) if isinstance(found, Mapping) else None
        if shape is not None:
            shapes = shape.parts
            yield gettext(shape.label)
        elif part is not None:
            shapes = part.fields
            yield gettext(part.title)
        else:
            yield gettext(_OF_TABLES[key]) if key in _OF_TABLES else _LANGUAGES.get(key, key)


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
    shape: FormField | None = None
    for step in place:
        found = found[step]
        if isinstance(step, int):
            title = title_of_entry(found) if isinstance(found, Mapping) else ""
            if shape is not None and shape.kind == "records":
                said = gettext(shape.one) % {"number": step + 1}
            else:
                said += f" {step + 1}"
            said += f"{say_colon()}{title}" if title else ""
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
            said = say_in(step) if step in _LANGUAGES else step
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
