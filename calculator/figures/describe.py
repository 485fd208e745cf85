"""The fields of a record, read from its model: for messages, manual, questions and forms."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator


@dataclass(frozen=True, slots=True)
class FieldDescription:
    """One field of a record, in the order and with the name of the file."""

    name: str
    description: str
    required: bool
    choices: tuple[str, ...]
    """The words it allows, where it takes nothing else."""
    record: type[BaseModel] | None
    """The record that stands in it, or that each entry of its list is."""
    many: bool
    """Whether it is a list."""
    reader: Callable[..., Any] | None
    """What reads a single value, such as parse_number, check_date or check_line."""


@cache
def describe(model: type[BaseModel]) -> Mapping[str, FieldDescription]:
    """Return the fields of a record by name."""
    found = {}
    for name, field in model.model_fields.items():
        parts = [*_parts(field.annotation), *field.metadata]
        types = [part for part in parts if part not in (None, type(None))]
        choice = types[0] if types and get_origin(types[0]) is Literal else None
        found[name] = FieldDescription(
            name=name,
            description=field.description or "",
            required=field.is_required(),
            choices=tuple(map(str, get_args(choice))) if len(types) == 1 else (),
            record=next((part for part in types if _is_record(part)), None),
            many=any(part is tuple for part in types),
            reader=next(
                (p.func for p in parts if isinstance(p, AfterValidator | BeforeValidator)), None
            ),
        )
    return MappingProxyType(found)


def _parts(annotation: Any) -> Iterator[Any]:
    """Walk over the types inside `X | None`, `Annotated[…]` and `tuple[X, ...]`."""
    origin = get_origin(annotation)
    if origin is Annotated:
        first, *metadata = get_args(annotation)
        yield from _parts(first)
        yield from metadata
    elif origin in (Union, UnionType):
        for part in get_args(annotation):
            yield from _parts(part)
    elif origin is tuple:
        yield tuple
        yield from _parts(get_args(annotation)[0])
    else:
        yield annotation


def _is_record(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel)
