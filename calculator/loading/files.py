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
from calculator.errors import message as _

MAX_BYTES: Final = 1_000_000
# Ten times what there is; reading more would slow down the site.
MAX_FILES: Final = 1_500

Files = Mapping[str, bytes | Problem]


def missing(file: str) -> Problem:
    """Return the problem of a file that is not there."""
    return Problem(file, 1, _("is missing. Put it back"))


def linked(file: str) -> Problem:
    """Return the problem of a link in the place of a file or folder."""
    words = _("is a link, or stands behind one. Put what it leads to in its place")
    return Problem(file, 1, words)


def read_file(folder: Path, name: str, called: str = "") -> bytes | Problem:
    """Return a file's content, cut one byte above MAX_BYTES, or why it cannot be read.

    Never blocks, as reading a pipe in the usual way would until someone writes to it. Follows no
    link below the folder, to any file of this machine: messages quote what is wrong. They call the
    file `called`, or as it is named.
    """
    path, file = folder / name, called or name
    not_a_file = Problem(file, 1, "is not a file. Remove it")
    try:
        if path.is_symlink() or (path.parent != folder and path.parent.is_symlink()):
            return linked(file)
        if not stat.S_ISREG(path.stat().st_mode):
            return not_a_file
        # It may have become a pipe or a link since it was checked: neither is waited for.
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(path, flags)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return not_a_file
            with open(descriptor, "rb", closefd=False) as opened:
                return opened.read(MAX_BYTES + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno == errno.ELOOP:  # a folder above it leads in a circle, or it became a link
            return linked(file)
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            return missing(file)
        reason = error.strerror or "unknown reason"
        return Problem(file, 1, f"cannot be read ({reason}). Check its permissions")


def names_in(folder: Path, name: str) -> list[str] | Problem:
    """Return the names in a folder, hidden ones left out, or why it cannot be used.

    Messages call the folder `name`.
    """
    if folder.is_symlink():
        return linked(name)
    try:
        found = sorted(each for each in os.listdir(folder) if not each.startswith("."))  # noqa: PTH208
    except OSError as error:
        return Problem(name, 1, f"folder cannot be read ({error.strerror or 'unknown reason'})")
    if len(found) > MAX_FILES:
        message = f"holds {len(found)} files, more than {MAX_FILES}. Is it the right folder?"
        return Problem(name, 1, message)
    return found
