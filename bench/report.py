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
        side = "at least" if self.at_least else "at most"
        return [
            self.what,
            f"{side} {self.bound:g} {self.unit}",
            f"{self.measured:.2f} {self.unit}",
            "met" if self.is_met else "**missed**",
        ]


def format_aims(aims: Iterable[Aim]) -> str:
    """Return a Markdown table of aims and whether they are met."""
    return format_table(["aim", "bound", "measured", ""], [aim.cells() for aim in aims], words=1)


def format_missed(aims: Iterable[Aim]) -> list[str]:
    """Return the missed aims as items of a Markdown list."""
    return [
        f"- Aim missed: {what}, {bound}, measured {measured}."
        for what, bound, measured, _ in (aim.cells() for aim in aims if not aim.is_met)
    ]


def format_table(head: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> str:
    """Return a Markdown table; the first `words` columns hold text, the others numbers."""
    line = "|---" * words + "|---:" * (len(head) - words) + "|"
    return "\n".join([f"| {' | '.join(head)} |", line, *(f"| {' | '.join(row)} |" for row in rows)])


def describe_machine(load: float, more: Mapping[str, str] | None = None) -> str:
    """Return the date, machine and versions; `load` is the load average before the run."""
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    versions = {name: version(name.lower()) for name in ("Pillow", "numpy")}
    versions["OpenCV"] = version("opencv-python-headless")
    versions["libjpeg-turbo"] = features.version("libjpeg_turbo") or "none"
    listed = ", ".join(f"{name} {number}" for name, number in (versions | dict(more or {})).items())
    cores = len(os.sched_getaffinity(0))
    busy = (
        f"The machine was at work for others: {load:.1f} processes wanted its cores before the run."
        if load > _QUIET_LOAD
        else "The machine had nothing else to do."
    )
    return (
        f"{datetime.datetime.now(tz=datetime.UTC).date()}, {cores} cores"
        f" ({platform.machine()}), {system}, Python {platform.python_version()}, {listed}. {busy}"
    )


def load_now() -> float:
    """Return the load average of the last minute."""
    return os.getloadavg()[0]


def publish(
    part: str,
    losses_part: str,
    texts: Sequence[str],
    aims: Sequence[Aim],
    losses: Iterable[str] = (),
) -> None:
    """Print a benchmark's texts and aims, and write them and all losses into their parts.

    Raises ValueError as write_part does. `losses` are list items, added to the missed aims.
    """
    text = "\n\n".join([*texts, format_aims(aims)])
    print(text)
    write_part(part, text)
    write_part(losses_part, "\n".join([*format_missed(aims), *losses]))


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
