"""The figures as bytes of CSV and JSON, with a dictionary of their columns."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

from flask import json

from calculator.figures.describe import describe
from calculator.figures.publication import Figure, Publication
from calculator.figures.sources import Sources
from calculator.languages import LANGUAGES

PUBLICATION_FIELDS: Final = tuple(name for name in Publication.model_fields if name != "figures")
TEXT_FIELDS: Final = ("label", "says", "caveat")
# What staff note about a figure on the way; what visitors get waits for nothing.
STAFF_NOTES: Final = ("missing",)
STAFF_ONLY: Final = ("status", *STAFF_NOTES)
PLAIN_FIELDS: Final = tuple(
    name for name in Figure.model_fields if name not in (*TEXT_FIELDS, *STAFF_ONLY)
)
# What a spreadsheet runs: at the beginning of a cell, after what it skips there, and after a
# semicolon, by which those of half of Europe divide cells.
FORMULA: Final = re.compile(r"(^|;)(?=[\s\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠\t\r])")  # noqa: RUF001 - as wide as two


def figures_json(sources: Sources) -> bytes:
    """Write every publication with its figures, and the digest that names them all."""
    everything = {
        "digest": sources.digest,
        "publications": [
            item.model_copy(update={"figures": item.shown}).model_dump(
                exclude_none=True, exclude={"figures": {"__all__": set(STAFF_ONLY)}}
            )
            for item in sources.publications
            if item.shown
        ],
    }
    return json.dumps(everything, separators=(",", ":")).encode() + b"\n"


def figures_csv(sources: Sources) -> bytes:
    """Write one row for each figure, with its publication repeated."""
    return _csv(_figure_rows(sources))


def figures_for_spreadsheets(sources: Sources, *, staff: bool = False) -> bytes:
    """Write the same rows as spreadsheets in Belgium open them: semicolons and decimal commas.

    For `staff` with the figures that wait, and what only staff note.
    """
    return _csv(_figure_rows(sources, staff=staff), ";")


def dictionary_csv() -> bytes:
    """Write what each column means and which values it may have."""
    return _csv(_dictionary_rows())


def _figure_rows(sources: Sources, *, staff: bool = False) -> Iterator[list[Any]]:
    fields = (*PLAIN_FIELDS, "status") if staff else PLAIN_FIELDS
    texts = (*TEXT_FIELDS, *STAFF_NOTES) if staff else TEXT_FIELDS
    yield [
        *(f"publication_{name}" for name in PUBLICATION_FIELDS),
        *fields,
        *(f"{name}_{language}" for name in texts for language in LANGUAGES),
    ]
    for publication, figure in sources.figures() if staff else sources.shown():
        yield [
            *(_cell(getattr(publication, name)) for name in PUBLICATION_FIELDS),
            *(_cell(getattr(figure, name)) for name in fields),
            *(
                _cell(getattr(getattr(figure, name), language, None))
                for name in texts
                for language in LANGUAGES
            ),
        ]


def _dictionary_rows() -> Iterator[list[str]]:
    yield ["column", "meaning", "required", "allowed"]
    for prefix, model in (("publication_", Publication), ("", Figure)):
        for field in describe(model).values():
            if field.name in ("figures", *STAFF_ONLY):
                continue
            for language in LANGUAGES if field.name in TEXT_FIELDS else ("",):
                yield [
                    f"{prefix}{field.name}" + (f"_{language}" if language else ""),
                    field.description,
                    "yes" if field.required else "no",
                    " | ".join(field.choices),
                ]


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return FORMULA.sub(r"\1'", value) if isinstance(value, str) else value


def _csv(rows: Iterable[list[Any]], divided_by: str = ",") -> bytes:
    text = io.StringIO()
    # The mark tells spreadsheets that the text is UTF-8.
    text.write("\ufeff")
    if divided_by == ";":
        rows = ([_with_comma(cell) for cell in row] for row in rows)
    csv.writer(text, delimiter=divided_by).writerows(rows)
    return text.getvalue().encode()


def _with_comma(cell: Any) -> Any:
    # As it is written in the file: 0.00001 and not 1e-05.
    is_broken = isinstance(cell, float)
    return format(Decimal(repr(cell)), "f").replace(".", ",") if is_broken else cell
