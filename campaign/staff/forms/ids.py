"""Short names that nobody needs to think up: of publisher and year, and of what a figure says."""

import re
import unicodedata
from collections.abc import Collection, Mapping, MutableMapping
from typing import Final

from campaign.staff.forms.yaml_editing import Content

LONGEST: Final = 60
_NOT_IN_AN_ID: Final = re.compile("[^a-z0-9]+")


def fill_in_ids(
    content: MutableMapping[str, Content], files: Collection[str], figures: Collection[str]
) -> None:
    """Give a publication and its figures the short names that were left empty.

    `files` and `figures` are the names that are taken. A publication without publisher or year,
    and a figure that says nothing yet, get none.
    """
    publisher, year = _text(content, "publisher"), _text(content, "year")
    if not content.get("id") and publisher and year:
        content["id"] = free_id(as_id(f"{publisher} {year}"), files)
    own, rows = _text(content, "id"), content.get("figures")
    if not own or not isinstance(rows, list):
        return
    taken = set(figures) | {_text(row, "id") for row in rows if isinstance(row, Mapping)}
    for row in rows:
        if not isinstance(row, MutableMapping) or row.get("id"):
            continue
        label = row.get("label")
        words = _text(label, "en") or _text(label, "nl") if isinstance(label, Mapping) else ""
        if words := words or _text(row, "measure"):
            row["id"] = free_id(as_id(f"{own} {words}"), taken)
            taken.add(_text(row, "id"))


def _text(record: Mapping[str, Content], name: str) -> str:
    found = record.get(name, "")
    return found if isinstance(found, str) else ""


def as_id(text: str) -> str:
    """Make an id of any text: plain small letters, digits and single hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_AN_ID.sub("-", plain)[:LONGEST].strip("-") or "publication"


def free_id(name: str, taken: Collection[str]) -> str:
    """Return a name that is not taken: the name itself, or with a number behind it."""
    number = 2
    free = name
    while free in taken:
        free = f"{name}-{number}"
        number += 1
    return free
