"""The content of one file as texts in lists and tables, with the line of each part."""

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

    def line_of(self, location: Location) -> int:
        """Return the line of a part, or of the nearest part around it that exists."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def problem(self, location: Location, message: str) -> Problem:
        """Return a problem of a part, with its file and line."""
        return Problem(self.file, self.line_of(location), message, location)

    def value_at(self, location: Location) -> Value | None:
        """Return the value at a location, None where there is none."""
        value: Value | None = self.content
        for step in location:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value
