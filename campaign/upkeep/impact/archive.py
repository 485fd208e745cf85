"""The folder of figures as it was at a commit: what git archives, as the loader's files."""

import io
import tarfile
from pathlib import PurePosixPath

from calculator.errors import Problem
from calculator.loading.files import Files
from calculator.loading.folder import PUBLICATIONS


def unpack(packed: bytes) -> Files:
    """Return the files of an archive of the folder: only those the loader looks for."""
    files: dict[str, bytes | Problem] = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            path = PurePosixPath(member.name)
            content = archive.extractfile(member) if member.isreg() else None
            if content and path.suffix == ".yaml" and str(path.parent) in (".", PUBLICATIONS):
                files[str(path)] = content.read()
    return files
