"""Turn an error of pydantic into a sentence for staff: found, allowed, what to do."""

import difflib
from collections.abc import Mapping

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from calculator.errors import Location, Message, message
from calculator.errors import message as _
from calculator.figures.describe import FieldDescription, describe
from calculator.figures.document import Value

_EXAMPLES = {
    r"^[a-z]{2}$": _("fr: two small letters"),
    r"^[A-Z]+(-[A-Z]+)*$": _("NL: capital letters and single hyphens"),
    r"^\d{1,2}[wmy]$": _("6m: a number and w, m or y for weeks, months or years"),
}
_USUAL = _("ilo-2024: small letters, digits and single hyphens")
_NO_GROUP = _("%(name)s is %(shown)s, but fields must stand below it, each on its own line")
_NO_LIST = _("%(name)s is %(shown)s, but must be a list: each entry begins with a dash (-)")
_BY_TYPE = {
    "string_type": _("%(name)s must be text, but a list or a group of fields stands here"),
    "model_type": _NO_GROUP,
    "dict_type": _NO_GROUP,
    "mapping_type": _NO_GROUP,
    "tuple_type": _NO_LIST,
    "list_type": _NO_LIST,
    "string_too_long": _("%(name)s is longer than %(limit)s characters. Shorten it"),
    "too_short": _("%(name)s has too few. Give at least %(limit)s"),
    "too_long": _("%(name)s has too many. Give at most %(limit)s"),
}
# These stand alone beside a field of a form, where its name and what was typed are seen.
_BEYOND = {
    "greater_than": _("must be greater than %(limit)s"),
    "greater_than_equal": _("must be at least %(limit)s"),
    "less_than": _("must be less than %(limit)s"),
    "less_than_equal": _("must be at most %(limit)s"),
}
_ANY = _("%(name)s is %(shown)s: %(error)s")
_LIMITS = ("max_length", "min_length", "gt", "ge", "lt", "le")


def say_what_is_wrong(detail: ErrorDetails, found: Value | None, model: type[BaseModel]) -> Message:
    """Return the sentence for one error of a file.

    `found` is the value at its place, None where there is none; `model` tells what is allowed.
    """
    name, ctx = _name(detail["loc"]), detail.get("ctx", {})
    shown = _shown(found)
    if detail["loc"] and detail["loc"][-1] == "[key]":
        # A table keyed by year, currency or region: the key itself is what was found.
        whole = _name(detail["loc"][:-2])
        shown, found, name = _shown(name), name, _("%(name)s: the key", name=whole)
    match detail["type"]:
        case "missing":
            purpose = _purpose(model, detail["loc"])
            return _("%(name)s is missing. Add it: %(purpose)s", name=name, purpose=purpose)
        case "extra_forbidden":
            known = sorted(_fields(model, detail["loc"][:-1]))
            hint = _nearest(name, known)
            allowed = ", ".join(known)
            return _(
                "%(name)s is not a known field.%(hint)s Allowed: %(allowed)s",
                name=name,
                hint=hint,
                allowed=allowed,
            )
        case "literal_error" | "enum":
            allowed = str(ctx.get("expected", "")).replace("'", "")
            hint = _nearest(str(found), allowed.replace(" or ", ", ").split(", "))
            return _(
                "%(name)s is %(shown)s.%(hint)s Allowed: %(allowed)s",
                name=name,
                shown=shown,
                hint=hint,
                allowed=allowed,
            )
        case "value_error":
            reason = ctx["error"].args[0]
            if isinstance(found, dict | list):
                return _("%(name)s %(reason)s", name=_title(found, name), reason=reason)
            return _(
                "%(name)s is %(shown)s, which %(reason)s", name=name, shown=shown, reason=reason
            )
        case "string_pattern_mismatch":
            example = _EXAMPLES.get(str(ctx.get("pattern")), _USUAL)
            return _(
                "%(name)s is %(shown)s. Write it like %(example)s",
                name=name,
                shown=shown,
                example=example,
            )
        case "too_short" if not found:
            return _("%(name)s is empty. Add at least one", name=name)
        case other:
            limit = next((f"{ctx[key]:g}" for key in _LIMITS if key in ctx), "")
            if other in _BEYOND:
                reason = message(_BEYOND[other].pattern, limit=limit)
                return _(
                    "%(name)s is %(shown)s, but %(reason)s", name=name, shown=shown, reason=reason
                )
            pattern = _BY_TYPE.get(other, _ANY).pattern
            return message(pattern, name=name, shown=shown, limit=limit, error=detail["msg"])


def _nearest(found: str, known: list[str]) -> str:
    # The comparison takes quadratic time, and all our field names are shorter.
    close = difflib.get_close_matches(found, known, n=1) if len(found) <= 60 else []
    return _(" Did you mean %(name)s?", name=close[0]) if close else ""


def _name(location: Location) -> str:
    words = [str(step) for step in location if isinstance(step, str) and step != "[key]"]
    if not words:
        return _("the file")
    return words[-1] if words[-1].isprintable() and len(words[-1]) <= 60 else _shown(words[-1])


def _title(found: Value, name: str) -> str:
    identity = found.get("id") if isinstance(found, dict) else None
    return identity if isinstance(identity, str) else name


def _shown(found: Value | None) -> str:
    if found is None or found == "":
        return _("empty")
    if isinstance(found, str):
        return repr(found if len(found) <= 60 else f"{found[:57]}…")
    return _("a list") if isinstance(found, list) else _("a group of fields")


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
