"""Files written whole: whoever reads one sees the old or the new, never a half.

On the lowest floor, because the running site, the desk and the commands all write such files.
"""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

# What file systems of memory sticks and some network drives say of a second name.
_NO_SECOND_NAMES: Final = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)


def write_whole(path: Path, data: bytes) -> None:
    """Put data in the place of a file in one step, with the file's permissions; raises OSError."""
    with _written_beside(path, data) as unfinished:
        unfinished.replace(path)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet; raises FileExistsError and other OSError."""
    with _written_beside(path, data) as unfinished:
        # A second name, and not a rename: that would replace a file someone made meanwhile.
        try:
            os.link(unfinished, path)
        except OSError as error:
            if error.errno not in _NO_SECOND_NAMES:
                raise
            if path.exists():
                raise FileExistsError(error.errno, "exists already", str(path)) from error
            unfinished.rename(path)


def unfinished_beside(path: Path) -> Iterator[Path]:
    """List what processes left of a file that were ended while they wrote it."""
    return path.parent.glob(f".{path.name}.*.part")


@contextlib.contextmanager
def _written_beside(path: Path, data: bytes) -> Iterator[Path]:
    """Write a file in the same folder, and see to it that its new name is safe on the disk too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        mode = path.stat().st_mode & 0o777
    except FileNotFoundError:
        mode = 0o644
    # A name with a dot in front: the loader and the site do not look at it.
    descriptor, name = tempfile.mkstemp(".part", f".{path.name}.", path.parent)
    unfinished = Path(name)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(data)
            file.flush()
            os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        yield unfinished
    finally:
        unfinished.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
