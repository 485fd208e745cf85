"""Folders in shared memory, in which the workers of an instance have something in common."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - folders of our own are made there
_IN_USE: Final = ".in-use"


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
