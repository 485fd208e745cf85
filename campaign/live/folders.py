"""The files that staff edit: whether they changed, and their bytes."""

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from calculator.languages import LANGUAGES
from calculator.loading.files import MAX_FILES, Files
from calculator.loading.folder import read_sources
from campaign.published.contacts import read_contacts
from campaign.published.texts import read_content

Fingerprint = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Folders:
    """The folder of figures and the folder of texts."""

    sources: Path
    content: Path

    def fingerprint(self) -> Fingerprint:
        """Return a value that changes with any file, from their metadata alone."""
        folders = [self.sources, self.sources / "publications", self.content]
        folders += [self.content / language for language in LANGUAGES]
        return tuple(_look_at(folder) for folder in folders)

    def read(self) -> tuple[Files, Files]:
        """Read the files of the figures, and those of texts and contacts."""
        content = {**read_contacts(self.content), **read_content(self.content)}
        return read_sources(self.sources), content


def digest_of(files: Mapping[str, str]) -> str:
    """Return 12 hex digits of a hash of all files."""
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:12]


def _look_at(folder: Path) -> Fingerprint:
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))  # noqa: PTH208
    except OSError as error:
        return (error.errno,)
    # One more than the loader accepts: it refuses a folder with more files for their number.
    return (len(names), *(_look_at_file(folder, name) for name in names[: MAX_FILES + 1]))


def _look_at_file(folder: Path, name: str) -> Fingerprint:
    try:
        # Of a link itself, which is not read either.
        found = os.lstat(f"{folder}/{name}")
    except OSError as error:
        return (name, error.errno)
    if stat.S_ISDIR(found.st_mode):
        # A folder's time says nothing of its files; those that matter are looked at by name.
        return (name, "folder", found.st_ino)
    return (
        name,
        found.st_mode,
        found.st_dev,
        found.st_ino,
        found.st_size,
        # Compared for equality, because clocks go back and copies may be older.
        found.st_mtime_ns,
        found.st_ctime_ns,
    )
