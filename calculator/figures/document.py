"""One file as it was read: plain texts in lists and tables, and the line of each part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.errors import Location, Problem

Value = str | list["Value"] | dict[str, "Value"]


@dataclass(frozen=True, slots=True)
class Document:
    """The content of one file and the line of every part of it."""

    file: str
    content: Value
    lines: Mapping[Location, int]

    def problem(self, location: Location, message: str) -> Problem:
        """Return a problem of a part, with its line or that of the nearest part around it."""
        around = location
        while around and around not in self.lines:
            around = around[:-1]
        return Problem(self.file, self.lines.get(around, 1), message, location)

    def value_at(self, location: Location) -> Value | None:
        """Return what stands at a location, None where there is nothing."""
        value: Value | None = self.content
        for step in location:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value
