"""Measure works against each other in one run, and the memory that one of them takes."""

from __future__ import annotations

import os
import re
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

Work = Callable[[], object]
Stopwatch = Callable[[], float]  # does one work and gives its milliseconds
Times = dict[str, list[float]]

WARM_UP_ROUNDS: Final = 2
_MEGABYTE: Final = 1e6


def timed(work: Work) -> Stopwatch:
    """Make a work tell how long it took."""

    def run() -> float:
        begin = time.perf_counter()
        work()
        return (time.perf_counter() - begin) * 1000

    return run


def take_turns(works: Mapping[str, Stopwatch], rounds: int) -> Times:
    """Do every work once a round, each round beginning with another; give the milliseconds.

    What else the machine does then hits all of them alike, so that their ratios say something
    where the times do not.
    """
    names = list(works)
    times: Times = {name: [] for name in names}
    for number in range(-WARM_UP_ROUNDS, rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            took = works[name]()
            if number >= 0:
                times[name].append(took)
    return times


def median(times: Times, name: str) -> float:
    """Return the milliseconds of a work in the middle round."""
    return statistics.median(times[name])


def ratio(times: Times, name: str, to: str) -> float:
    """Return how many times as long as `to` a work took, round by round, in the middle round."""
    return statistics.median(a / b for a, b in zip(times[name], times[to], strict=True))


# ---- Memory, on Linux


def measure_peak_mb(process: int, work: Work) -> float:
    """Return how far the memory of a process and its children rose above the start, at its highest.

    Their highest moments are added up, also where they were not the same moment.
    """
    for each in family(process):
        Path(f"/proc/{each}/clear_refs").write_text("5")  # the peak counts from here
    start = sum(_status_bytes(each, "VmRSS") for each in family(process))
    work()
    return (sum(_status_bytes(each, "VmHWM") for each in family(process)) - start) / _MEGABYTE


def family(process: int) -> Iterator[int]:
    """List a process and all that descend from it."""
    yield process
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for child in path.read_text().split():
            yield from family(int(child))


def spent_seconds(processes: Iterable[int]) -> float:
    """Return the processor time that some processes have used so far."""
    ticks = 0
    for each in processes:
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def counting(stopwatch: Stopwatch, process: int, spent: dict[str, float], name: str) -> Stopwatch:
    """Make a work add to `spent[name]` the processor time of a process and its children."""

    def run() -> float:
        before = spent_seconds(family(process))
        took = stopwatch()
        spent[name] = spent.get(name, 0.0) + spent_seconds(family(process)) - before
        return took

    return run


def busy_seconds() -> float:
    """Return the processor time that everything on this machine has used so far."""
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    user, nice, system, _idle, _wait, interrupts, soft_interrupts = map(int, fields[:7])
    return (user + nice + system + interrupts + soft_interrupts) / os.sysconf("SC_CLK_TCK")


def _status_bytes(process: int, field: str) -> int:
    text = Path(f"/proc/{process}/status").read_text()
    found = re.search(rf"^{field}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
