"""Turn an error of pydantic into a sentence for staff: found, allowed, what to do."""

import difflib
from collections.abc import Mapping

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from calculator.errors import Location
from calculator.figures.describe import FieldDescription, describe
from calculator.figures.document import Value

_EXAMPLES = {
    r"^[a-z]{2}$": "fr: two small letters",
    r"^[A-Z]+(-[A-Z]+)*$": "NL: capital letters and single hyphens",
    r"^\d{1,2}[wmy]$": "6m: a number and w, m or y for weeks, months or years",
}


def say_what_is_wrong(detail: ErrorDetails, found: Value | None, model: type[BaseModel]) -> str:
    """Return the sentence for one error of a file.

    `found` is the value at its place, None where there is none; `model` tells what is allowed.
    """
    name = _name(detail["loc"])
    shown = _shown(found)
    if detail["loc"] and detail["loc"][-1] == "[key]":
        # A table keyed by year, currency or region: the key itself is what was found.
        shown, found, name = _shown(name), name, f"{_name(detail['loc'][:-2])}: the key"
    match detail["type"]:
        case "missing":
            return f"{name} is missing. Add it: {_purpose(model, detail['loc'])}"
        case "extra_forbidden":
            known = sorted(_fields(model, detail["loc"][:-1]))
            hint = _nearest(name, known)
            return f"{name} is not a known field.{hint} Allowed: {', '.join(known)}"
        case "literal_error" | "enum":
            allowed = str(detail.get("ctx", {}).get("expected", "")).replace("'", "")
            hint = _nearest(str(found), allowed.replace(" or ", ", ").split(", "))
            return f"{name} is {shown}.{hint} Allowed: {allowed}"
        case "value_error":
            reason = detail["msg"].removeprefix("Value error, ")
            if isinstance(found, dict | list):
                return f"{_title(found, name)} {reason}"
            return f"{name} is {shown}, which {reason}"
        case "string_type":
            return f"{name} must be text, but a list or a group of fields stands here"
        case "model_type" | "dict_type" | "mapping_type":
            return f"{name} is {shown}, but fields must stand below it, each on its own line"
        case "tuple_type" | "list_type":
            return f"{name} is {shown}, but must be a list: each entry begins with a dash (-)"
        case "string_pattern_mismatch":
            usual = "ilo-2024: small letters, digits and single hyphens"
            example = _EXAMPLES.get(str(detail.get("ctx", {}).get("pattern")), usual)
            return f"{name} is {shown}. Write it like {example}"
        case "too_short":
            return f"{name} is empty. Add at least one"
        case _:
            return f"{name} is {shown}: {detail['msg']}"


def _nearest(found: str, known: list[str]) -> str:
    # The comparison takes quadratic time, and all our field names are shorter.
    close = difflib.get_close_matches(found, known, n=1) if len(found) <= 60 else []
    return f" Did you mean {close[0]}?" if close else ""


def _name(location: Location) -> str:
    words = [str(step) for step in location if isinstance(step, str) and step != "[key]"]
    if not words:
        return "the file"
    return words[-1] if words[-1].isprintable() and len(words[-1]) <= 60 else _shown(words[-1])


def _title(found: Value, name: str) -> str:
    identity = found.get("id") if isinstance(found, dict) else None
    return identity if isinstance(identity, str) else name


def _shown(found: Value | None) -> str:
    if found is None or found == "":
        return "empty"
    if isinstance(found, str):
        return repr(found if len(found) <= 60 else f"{found[:57]}…")
    return "a list" if isinstance(found, list) else "a group of fields"


def _fields(model: type[BaseModel], location: Location) -> Mapping[str, FieldDescription]:
    """Return the fields of the record at a location of the file."""
    record: type[BaseModel] | None = model
    for step in location:
        if isinstance(step, str) and record is not None:
            field = describe(record).get(step)
            record = field.record if field is not None else None
    return {} if record is None else describe(record)


def _purpose(model: type[BaseModel], location: Location) -> str:
    field = _fields(model, location[:-1]).get(str(location[-1]))
    return field.description if field and field.description else f"{location[-1]}: …"
