"""The errors of the calculator, one class for each cause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

PhotoReason = Literal[
    "empty",
    "too-big",
    "unknown-format",
    "too-many-pixels",
    "too-many-scans",
    "damaged",
    # From the renderer: the child that read the photo took too long or crashed.
    "too-slow",
    "crashed",
]
# Why the whole photo was made unrecognisable: the search could not be sure of every face.
WholeReason = Literal["no-face", "unsure", "too-dark", "too-small", "out-of-time"]


# Where a part of a file is: names of fields and indexes in lists.
Location = tuple[str | int, ...]


class Message(str):
    """A sentence for staff that keeps its pattern and values, so that it can be translated."""

    __slots__ = ("pattern", "values")
    pattern: str
    values: Mapping[str, object]


def message(pattern: str, **values: object) -> Message:
    """Return a pattern such as "Write %(digits)s" filled in; a value may be a message itself."""
    said = Message(pattern % values if values else pattern)
    said.pattern, said.values = pattern, values
    return said


class CalculatorError(Exception):
    """Root of all errors this package raises on purpose."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing for staff to correct in the files: where, what was found, what to do."""

    file: str
    line: int
    message: str
    location: Location = field(default=(), compare=False)
    """The field inside the file, such as ("figures", 2, "low"); () for the whole file."""
    of_all: bool = field(default=False, compare=False)
    """Whether a rule for all figures together is broken: no line of this file is at fault."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class SourcesInvalid(CalculatorError):
    """The folder of figures cannot be used; `problems` lists every reason at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class UnknownScenario(CalculatorError):
    """The region or the period is not in scenarios.yaml."""


class TooFewFamilies(CalculatorError):
    """No family of figures stands at one of the ends of a range."""


class RateMissing(CalculatorError):
    """No exchange rate or price level is known for the year of a figure."""


class PhotoRejected(CalculatorError):
    """The photo cannot be used; `reason` says why in a word the site can translate."""

    def __init__(self, reason: PhotoReason) -> None:
        self.reason: PhotoReason = reason
        super().__init__(reason)
