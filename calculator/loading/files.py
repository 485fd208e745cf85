"""The files of a folder by name: the bytes of each, or the problem that kept it from being read.

Loaders take such a mapping, never a path, so that an edit or a kept state can be checked by passing
other bytes.
"""

import errno
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from calculator.errors import Problem

MAX_BYTES: Final = 1_000_000
# Ten times what there is; reading more would slow down the site.
MAX_FILES: Final = 1_500

Files = Mapping[str, bytes | Problem]


def missing(file: str) -> Problem:
    """Return the problem of a file that is not there."""
    return Problem(file, 1, "is missing. Put it back")


def read_file(path: Path, file: str) -> bytes | Problem:
    """Return a file's content, cut one byte above MAX_BYTES, or why it cannot be read.

    Never blocks, as reading a pipe in the usual way would until someone writes to it.
    """
    not_a_file = Problem(file, 1, "is not a file. Remove it")
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return not_a_file
        # It may have become a pipe since it was checked, so open it without blocking.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return not_a_file
            with open(descriptor, "rb", closefd=False) as opened:
                return opened.read(MAX_BYTES + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        # Links that lead in a circle (ELOOP) count as broken ones.
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            return missing(file)
        reason = error.strerror or "unknown reason"
        return Problem(file, 1, f"cannot be read ({reason}). Check its permissions")


def names_in(folder: Path, name: str) -> list[str] | Problem:
    """Return the names in a folder, hidden ones left out, or why it cannot be used.

    Messages call the folder `name`.
    """
    try:
        found = sorted(each for each in os.listdir(folder) if not each.startswith("."))  # noqa: PTH208
    except OSError as error:
        return Problem(name, 1, f"folder cannot be read ({error.strerror or 'unknown reason'})")
    if len(found) > MAX_FILES:
        message = f"holds {len(found)} files, more than {MAX_FILES}. Is it the right folder?"
        return Problem(name, 1, message)
    return found
