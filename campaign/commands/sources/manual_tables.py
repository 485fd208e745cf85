"""The tables of sources/README.md, made from the models and the manual's words."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from pydantic import BaseModel

from calculator.figures.describe import FieldDescription, describe
from calculator.figures.fields import InEachLanguage
from calculator.figures.manual import FAMILIES, FIGURE, PUBLICATION, RATES, SCENARIOS, VALUES, Words
from calculator.figures.publication import UNITS_OF_MEASURE, Figure, Note, Publication
from calculator.figures.scenarios import FamilyNames, Rates, Scenarios

_PART: Final = re.compile(
    r"(<!-- made by `schatje sources manual`: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL
)
_PROSE: Final = ("a ", "an ", "the ", "your ")


def fill_in(manual: str) -> str:
    """Write every table of the manual anew; the rest stays as it is."""
    return _PART.sub(lambda part: part[1] + _TABLES[part[2]]() + part[3], manual)


def _fields(record: type[BaseModel], words: Mapping[str, Words]) -> str:
    lines = ["| field | needed | what it is | good | not |", "|---|---|---|---|---|"]
    seen: set[str] = set()
    for field in every_field(record):
        if field.name not in seen:
            seen.add(field.name)
            lines.append(_row(field, words[field.name]))
    return "\n".join(lines) + "\n"


def _row(field: FieldDescription, words: Words) -> str:
    needed = "yes" if field.required else words.needed or "no"
    meaning = ". ".join(text.rstrip(".") for text in (field.description, words.note) if text)
    return f"| `{field.name}` | {needed} | {meaning}. | {_code(words.good)} | {_code(words.bad)} |"


def _code(example: str) -> str:
    return example if example.startswith(_PROSE) else f"`{example}`"


def every_field(record: type[BaseModel]) -> Iterator[FieldDescription]:
    """Walk over the fields of a record and of those within it, but for figures and languages."""
    for field in describe(record).values():
        yield field
        if field.record and not issubclass(field.record, (Figure, InEachLanguage, Note)):
            yield from every_field(field.record)


def _values() -> str:
    lines = ["| field | value | what it stands for |", "|---|---|---|"]
    for field, values in VALUES.items():
        for value, meaning in values.items():
            fits = [measure for measure, units in UNITS_OF_MEASURE.items() if value in units]
            with_ = f"; with measure {', '.join(fits)}" if field == "unit" else ""
            lines.append(f"| `{field}` | `{value}` | {meaning}{with_} |")
    return "\n".join(lines) + "\n"


_TABLES: Final[Mapping[str, Callable[[], str]]] = {
    "Publication": lambda: _fields(Publication, words=PUBLICATION),
    "Figure": lambda: _fields(Figure, words=FIGURE),
    "Scenarios": lambda: _fields(Scenarios, words=SCENARIOS),
    "Families": lambda: _fields(FamilyNames, words=FAMILIES),
    "Rates": lambda: _fields(Rates, words=RATES),
    "values": _values,
}
