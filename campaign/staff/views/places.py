"""Where in a file something stands, in the words of its form."""

from collections.abc import Iterator, Sequence
from typing import Final

from campaign.staff.files.checkout import PUBLICATIONS_FOLDER
from campaign.staff.forms.fields import FILE_MODELS, FormField, fields_of_file
from campaign.staff.forms.joining import BETWEEN
from campaign.words.i18n import LANGUAGE_NAMES, gettext
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
