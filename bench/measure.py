"""Compare the time of several tasks in one run, and measure the memory of one."""

from __future__ import annotations

import os
import re
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

Work = Callable[[], object]
Stopwatch = Callable[[], float]  # does the work and returns its milliseconds
Times = dict[str, list[float]]  # milliseconds of each round, by name

WARM_UP_ROUNDS: Final = 2
_MEGABYTE: Final = 1e6


def timed(work: Work) -> Stopwatch:
    """Return a function that does the work and returns its milliseconds."""

    def run() -> float:
        begin = time.perf_counter()
        work()
        return (time.perf_counter() - begin) * 1000

    return run


def take_turns(works: Mapping[str, Stopwatch], rounds: int) -> Times:
    """Do every work once a round, each round beginning with another; return the milliseconds.

    Other load on the machine then slows all of them alike, so their ratios hold where their times
    do not.
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
    """Return the median of a work's milliseconds."""
    return statistics.median(times[name])


def ratio(times: Times, name: str, to: str) -> float:
    """Return the median, over all rounds, of a work's time divided by that of `to`."""
    return statistics.median(a / b for a, b in zip(times[name], times[to], strict=True))


# ---- Memory, on Linux


def measure_peak_mb(process: int, work: Work) -> float:
    """Return the peak memory of a process and its children during the work, above the start, in MB.

    The peaks of the processes are added up, even if they were not at the same time.
    """
    for each in family(process):
        Path(f"/proc/{each}/clear_refs").write_text("5")  # resets the peak
    start = sum(_status_bytes(each, "VmRSS") for each in family(process))
    work()
    return (sum(_status_bytes(each, "VmHWM") for each in family(process)) - start) / _MEGABYTE


def family(process: int) -> Iterator[int]:
    """Yield a process and all its descendants."""
    yield process
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        for child in path.read_text().split():
            yield from family(int(child))


def spent_seconds(processes: Iterable[int]) -> float:
    """Return the processor seconds that some processes have used so far."""
    ticks = 0
    for each in processes:
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def counting(stopwatch: Stopwatch, process: int, spent: dict[str, float], name: str) -> Stopwatch:
    """Also add to `spent[name]` the processor seconds of a process and its children."""

    def run() -> float:
        before = spent_seconds(family(process))
        took = stopwatch()
        spent[name] = spent.get(name, 0.0) + spent_seconds(family(process)) - before
        return took

    return run


def busy_seconds() -> float:
    """Return the processor seconds that this machine has used so far."""
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    user, nice, system, _idle, _wait, interrupts, soft_interrupts = map(int, fields[:7])
    return (user + nice + system + interrupts + soft_interrupts) / os.sysconf("SC_CLK_TCK")


def _status_bytes(process: int, field: str) -> int:
    text = Path(f"/proc/{process}/status").read_text()
    found = re.search(rf"^{field}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
