"""Write the measurements into docs/benchmarks.md, each benchmark into its own part."""

from __future__ import annotations

import datetime
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from PIL import features

REPORT: Final = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
_QUIET_LOAD: Final = 0.5  # the most load average at which the machine counts as idle


@dataclass(frozen=True)
class Aim:
    """One target of the project; `at_least` where more is better."""

    what: str
    measured: float
    bound: float
    unit: str = "×"
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound

    def cells(self) -> list[str]:
        """Return a row of the table of aims."""
        measured = f"{self.measured:.2f} {self.unit}".strip()
        return [
            self.what,
            f"{'≥' if self.at_least else '≤'} {self.bound:g} {self.unit}".strip(),
            measured if self.is_met else f"{measured}, **missed**",
        ]


def format_aims(aims: Iterable[Aim]) -> str:
    """Return a Markdown table of aims and what was measured."""
    return format_table(["aim", "bound", "measured"], [aim.cells() for aim in aims])


def format_table(head: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> str:
    """Return a Markdown table; the first `words` columns hold text, the others numbers."""
    line = "|---" * words + "|---:" * (len(head) - words) + "|"
    return "\n".join([f"| {' | '.join(head)} |", line, *(f"| {' | '.join(row)} |" for row in rows)])


def describe_machine(load: float, more: Mapping[str, str] | None = None) -> str:
    """Return the date, machine and versions; `load` is the load average before the run."""
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    versions = {"Pillow": version("pillow")}
    versions["OpenCV"] = version("opencv-python-headless")
    versions["libjpeg-turbo"] = features.version("libjpeg_turbo") or "none"
    listed = ", ".join(f"{name} {number}" for name, number in (versions | dict(more or {})).items())
    cores = len(os.sched_getaffinity(0))
    busy = (
        f"Busy machine: {load:.1f} processes wanted its cores before the run."
        if load > _QUIET_LOAD
        else "Idle machine."
    )
    return (
        f"{datetime.datetime.now(tz=datetime.UTC).date()}, {cores} cores"
        f" ({platform.machine()}), {system}, Python {platform.python_version()}, {listed}. {busy}"
    )


def load_now() -> float:
    """Return the load average of the last minute."""
    return os.getloadavg()[0]


def publish(part: str, texts: Sequence[str], aims: Sequence[Aim]) -> None:
    """Print a benchmark's texts with its aims, and write them; ValueError as of write_part."""
    text = "\n\n".join([*texts, format_aims(aims)])
    print(text)
    write_part(part, text)


def write_part(name: str, text: str, path: Path = REPORT) -> None:
    """Replace a part by `text`; raises ValueError when the report has no such part, or two."""
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    report = path.read_text(encoding="utf-8")
    if report.count(begin) != 1 or report.count(end) != 1:
        raise ValueError(f"{path.name} must hold {begin!r} and {end!r} once each")
    before, _, rest = report.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"{path.name} has {end!r} before {begin!r}")
    path.write_text(f"{before}{begin}\n{text.strip()}\n{end}{after}", encoding="utf-8")
