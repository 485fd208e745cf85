"""Problems of a file as sentences at the fields of its form, in the language of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from calculator.errors import Message, Problem
from calculator.figures.fields import Amount, Euros, Named
from calculator.formatting import format_money, format_number
from campaign.staff.forms import labels, labels_of_parts
from campaign.staff.forms.typed import say_day
from campaign.words.i18n import current_language, gettext, say_semicolon
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


def say(found: object, *, for_form: bool = False, at: str = "") -> str:
    """Return a message in the language of the page; a text without a pattern stays as it is.

    In a form a field is called by its label, elsewhere by its name in the file; and `at` its own
    field it is not named once more.
    """
    if not isinstance(found, Message):
        return str(found)
    pattern = gettext(found.pattern)
    values = {name: _say_value(value, for_form) for name, value in found.values.items()}
    if for_form and isinstance(found.values.get("figure"), Named):
        values["figure"] = gettext("this figure")
    if at and found.values.get("name") == at:
        values["name"] = gettext("this")
    if "day" in values:
        values["day"] = say_day(values["day"])
    # What a field is for stands in the schema in English alone; its label says as much.
    label = _NAMES.get(values.get("name", "")) if "purpose" in values else None
    if label is not None:
        values["purpose"] = gettext(label)
    return pattern % values if values else pattern


def _say_value(value: object, for_form: bool) -> str:
    if isinstance(value, Message):
        return say(value, for_form=for_form)
    if isinstance(value, Named):
        return value.label.in_language(current_language())
    if isinstance(value, Amount):
        return format_number(value, current_language(), 4)
    if isinstance(value, Euros):
        return format_money(round(value), current_language())
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
    own = field_meant(problem) or (str(problem.location[-1]) if problem.location else "")
    return say(reason, for_form=True, at=own)


def values_of(problem: Problem) -> Mapping[str, Any]:
    """Return the values in the message of a problem; none where it has no pattern."""
    return problem.message.values if isinstance(problem.message, Message) else {}


def _inner_values(problem: Problem) -> Mapping[str, Any]:
    values = values_of(problem)
    reason = values.get("reason")
    return reason.values if isinstance(reason, Message) else values


def figure_named(problem: Problem) -> str | None:
    """Return the id of the figure that a problem names, None where it names none."""
    named = _inner_values(problem).get("figure")
    return named if isinstance(named, Named) else None


def field_meant(problem: Problem) -> str:
    """Return the field that a problem of a whole figure is about, empty where none is named."""
    inner = _inner_values(problem)
    if "next_name" in inner:
        return str(inner["name"])
    if "number" in inner:
        return str(inner["number"])
    about = next((name for name in _ABOUT if name in inner), "")
    return str(inner["missing"]).split(", ")[0] if about == "missing" else about


def move_to_figures(
    problems: Sequence[Problem], file: str, tree: Mapping[str, Any]
) -> tuple[list[Problem], list[Problem]]:
    """Return the problems of all figures together that a figure of this file causes, and the rest.

    Each of the first stands at the field where the figure can be set to wait, once for all regions.
    What else breaks a rule then is no cause but a consequence, and is left out.
    """
    held = tree.get("figures")
    figures = [each for each in held if isinstance(each, Mapping)] if held else []
    caused: dict[int, Problem] = {}
    rest, others = [], []
    for problem in problems:
        name = values_of(problem).get("name") if problem.of_all else None
        if not isinstance(name, Named):
            rest.append(problem)
            continue
        places = [
            i for i, each in enumerate(figures) if name in (each.get("id"), each.get("family"))
        ]
        if not places:
            others.append(problem)
        elif places[-1] not in caused:
            place = ("figures", places[-1], "status")
            caused[places[-1]] = replace(problem, file=file, location=place, of_all=False)
    return list(caused.values()), rest if caused else [*rest, *others]
