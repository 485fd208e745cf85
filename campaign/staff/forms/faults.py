"""Problems of a file as sentences at the fields of its form, in the language of the page."""

from collections.abc import Mapping
from typing import Any, Final

from calculator.errors import Message, Problem
from campaign.staff.forms import labels, labels_of_parts
from campaign.words.i18n import gettext, say_semicolon
from campaign.words.i18n import mark as _

_NAMES: Final[Mapping[str, str]] = {
    name: label.name
    for record in (
        labels_of_parts.LAUNCH,
        labels_of_parts.CHOICES,
        labels.CONTACT,
        labels.PUBLICATION,
        labels.FIGURE,
    )
    for name, label in record.items()
} | {
    "low": _("the lowest number"),
    "central": _("the number itself"),
    "high": _("the highest number"),
    "empty": _("empty"),
}
_WORDS: Final[Mapping[str, str]] = {
    **_NAMES,
    **{
        choice: words
        for name in ("unit", "measure", "claim", "reliability")
        for choice, words in labels.CHOICES[name].items()
        if words
    },
}
# What a sentence about several fields is about first; its value of this name says which field.
_ABOUT: Final = ("unit", "claim", "missing")


def say(found: object, *, for_form: bool = False) -> str:
    """Return a message in the language of the page; a text without a pattern stays as it is.

    In a form a field is called by its label, elsewhere by its name in the file.
    """
    if not isinstance(found, Message):
        return str(found)
    pattern = gettext(found.pattern)
    values = {name: _say_value(value, for_form) for name, value in found.values.items()}
    # What a field is for stands in the schema in English alone; its label says as much.
    label = _NAMES.get(values.get("name", "")) if "purpose" in values else None
    if label is not None:
        values["purpose"] = gettext(label)
    return pattern % values if values else pattern


def _say_value(value: object, for_form: bool) -> str:
    if isinstance(value, Message):
        return say(value, for_form=for_form)
    if not for_form:
        return str(value)
    parts = str(value).split(", ")
    if all(part in _WORDS for part in parts):
        return say_semicolon().join(gettext(_WORDS[part]) for part in parts)
    return str(value)


def say_at_field(problem: Problem) -> str:
    """Return what is wrong without the name and the content of the field, which stand there."""
    values = values_of(problem)
    if "purpose" in values:
        return gettext("fill this in")
    if "allowed" in values and "shown" in values:
        return gettext("choose one of these")
    if "example" in values:
        return gettext("write it like %(example)s") % {"example": say(values["example"])}
    reason = values.get("reason", problem.message)
    if "name" not in values and "figure" not in values:
        reason = problem.message
    return say(reason, for_form=True)


def values_of(problem: Problem) -> Mapping[str, Any]:
    """Return the values in the message of a problem; none where it has no pattern."""
    return problem.message.values if isinstance(problem.message, Message) else {}


def field_meant(problem: Problem) -> str:
    """Return the field that a problem of a whole figure is about, empty where none is named."""
    values = values_of(problem)
    reason = values.get("reason")
    inner = reason.values if isinstance(reason, Message) else values
    if "next_name" in inner:
        return str(inner["name"])
    if "number" in inner:
        return str(inner["number"])
    about = next((name for name in _ABOUT if name in inner), "")
    return str(inner["missing"]).split(", ")[0] if about == "missing" else about
