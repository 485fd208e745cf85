"""Write files in one step: a reader sees the old or the new content, never a part.

On the lowest floor, because the running site, the desk and the commands all write such files.
"""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file's content in one step, keeping its permissions; raises OSError."""
    with _written_beside(path, data) as unfinished:
        unfinished.replace(path)


def unfinished_beside(path: Path) -> Iterator[Path]:
    """Return the temporary files of processes that ended while they wrote this file."""
    return path.parent.glob(f".{path.name}.*.part")


@contextlib.contextmanager
def _written_beside(path: Path, data: bytes) -> Iterator[Path]:
    """Yield a temporary file beside `path` with the data; sync the folder after its renaming."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        mode = path.stat().st_mode & 0o777
    except FileNotFoundError:
        mode = 0o644
    # The loader and the site ignore names that begin with a dot.
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
