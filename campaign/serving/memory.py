"""Memory: what workers have in common, what is given back, and that none of it reaches a disk."""

import contextlib
import ctypes
import fcntl
import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - folders of our own are made there
# Names of glibc's mallopt.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENAS = -1, -3, -8
_SMALL: Final = 256 * 1024
_IN_USE: Final = ".in-use"


def write_no_core() -> None:
    """Forbid core dumps, for good: a worker's would hold photos of visitors."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def give_memory_back() -> None:
    """Have the memory of each photo given back to the system when it was answered.

    By default the library keeps what was freed, photos in it, and apart for each of many threads.
    """
    with contextlib.suppress(AttributeError, OSError):  # another library than glibc
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_MMAP_THRESHOLD, _SMALL)
        mallopt(_TRIM_THRESHOLD, _SMALL)
        mallopt(_ARENAS, 2)


@contextlib.contextmanager
def folder_in_memory(prefix: str) -> Iterator[Path | None]:
    """Make a folder in shared memory and remove it at the end; None where there is no such memory.

    Removes what instances left that were killed.
    """
    if not SHARED_MEMORY.is_dir():
        yield None
        return
    for left in SHARED_MEMORY.glob(f"{prefix}*"):
        _remove_unless_in_use(left)
    folder, made_by = Path(tempfile.mkdtemp(prefix=prefix, dir=SHARED_MEMORY)), os.getpid()
    try:
        # The workers hold this lock too: the system releases it when the last of them has ended.
        with (folder / _IN_USE).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder
    finally:
        # A worker that ends comes by here as well, being a copy of the process that made it.
        if os.getpid() == made_by:
            shutil.rmtree(folder, ignore_errors=True)


def _remove_unless_in_use(folder: Path) -> None:
    with contextlib.suppress(OSError), (folder / _IN_USE).open("r") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
