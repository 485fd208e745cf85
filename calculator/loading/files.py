"""The files of a folder by name: the bytes of each, or the problem that kept it from being read.

Loaders take such a mapping and never a path: an edit is tried, and a kept state is taken up again,
by handing over other bytes.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from calculator.errors import Problem

MAX_BYTES: Final = 1_000_000
# Ten times what there is: reading ever more would keep the processor from its visitors.
MAX_FILES: Final = 1_500

Files = Mapping[str, bytes | Problem]


def missing(file: str) -> Problem:
    """Return the problem of a file that is not there."""
    return Problem(file, 1, "is missing. Put it back")


def read_file(path: Path, file: str) -> bytes | Problem:
    """Return what stands in a file, cut one byte above MAX_BYTES, or why it cannot be read.

    Never waits: a pipe opened the usual way would hold the reader until someone writes to it.
    """
    not_a_file = Problem(file, 1, "is not a file. Remove it")
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return not_a_file
        # What was a file a moment ago may be a pipe by now: opened so that it cannot block.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return not_a_file
            with open(descriptor, "rb", closefd=False) as opened:
                return opened.read(MAX_BYTES + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        # What a link in a circle leads to is as missing as what a broken one leads to.
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            return missing(file)
        reason = error.strerror or "unknown reason"
        return Problem(file, 1, f"cannot be read ({reason}). Check its permissions")


def names_in(folder: Path, name: str) -> list[str] | Problem:
    """Return the names in a folder, hidden ones left out, or why they cannot be used.

    Args:
        folder: the folder on disk.
        name: its name in messages.
    """
    try:
        found = sorted(each for each in os.listdir(folder) if not each.startswith("."))  # noqa: PTH208
    except OSError as error:
        return Problem(name, 1, f"folder cannot be read ({error.strerror or 'unknown reason'})")
    if len(found) > MAX_FILES:
        message = f"holds {len(found)} files, more than {MAX_FILES}. Is it the right folder?"
        return Problem(name, 1, message)
    return found
