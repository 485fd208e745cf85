"""Compare two records: which fields differ, with the text before and after."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs, such as `says.nl`; None on the side that lacks it."""

    field: str
    before: str | None
    after: str | None


def differences(
    before: BaseModel, after: BaseModel, without: Collection[str] = ()
) -> tuple[Change, ...]:
    """Return the fields that differ between two records of one kind, in the order of the file."""
    old, new = dict(_fields(before, "", without)), dict(_fields(after, "", without))
    return changed_texts(old, new)


def changed_texts(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Change, ...]:
    """Return the texts that differ, by name."""
    names = dict.fromkeys((*new, *old))
    return tuple(
        Change(name, old.get(name), new.get(name))
        for name in names
        if old.get(name) != new.get(name)
    )


def _fields(value: object, name: str, without: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    inside = f"{name}." if name else ""
    if isinstance(value, BaseModel):
        for field in type(value).model_fields:
            if field not in without:
                yield from _fields(getattr(value, field), inside + field)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _fields(part, f"{inside}{key}")
    elif isinstance(value, tuple) and value and hasattr(value[0], "id"):
        yield name, ", ".join(item.id for item in value)
        for item in value:
            yield from _fields(item, inside + item.id, without=("id",))
    elif isinstance(value, tuple):
        if value:
            yield name, ", ".join(map(str, value))
    elif value is not None:
        yield name, f"{value:.12g}" if isinstance(value, float) else str(value)
