"""Take from the current process, for good, every right that reading photos does not need.

Called in the child once fonts, model and code are loaded.
"""

import resource
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from calculator.renderer.seccomp import FilterUnavailable, set_filter

PAGE_BYTES: Final = resource.getpagesize()


@dataclass(frozen=True)
class Confinement:
    """What a child may use; `lifetime_cpu_s` stops one that computes without a job.

    With `niceness` 5 the kernel gives pages more time than cards where cores are short.
    """

    memory_bytes: int = 600_000_000
    photo_cpu_s: float = 4.0
    lifetime_cpu_s: int = 600
    niceness: int = 5


def confine(limits: Confinement) -> list[str]:
    """Set every limit this system has; return a sentence for each that it lacks."""
    missing = []
    wanted = {
        "RLIMIT_CORE": 0,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CPU": limits.lifetime_cpu_s,
        # No free file descriptor: 0, 1 and 2 stay.
        "RLIMIT_NOFILE": 3,
    }
    sizes = memory_of("self")
    if sizes is None:
        missing.append("no limit of memory: /proc/self/statm is missing")
    else:
        # Code and libraries reserve address space that they never use, so that part is added.
        address_space, resident = sizes
        wanted["RLIMIT_AS"] = address_space + limits.memory_bytes - resident
    for name, most in wanted.items():
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (ValueError, OSError) as error:
            missing.append(f"no {name}: {error}")
    try:
        set_filter()
    except FilterUnavailable as error:
        missing.append(f"no filter of system calls: {error}")
    return missing


def memory_of(process: int | str) -> tuple[int, int] | None:
    """Return a process's address space and used memory, in bytes; None where /proc is missing."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        fields = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()
    except OSError:
        return None
    return int(fields[0]) * PAGE_BYTES, int(fields[1]) * PAGE_BYTES


def start_cpu_clock(seconds: float) -> None:
    """Have the kernel end this process after so much processor time; 0 stops the clock."""
    # Nothing handles SIGPROF, so it ends the process even inside a decoder's loop.
    signal.setitimer(signal.ITIMER_PROF, seconds)
