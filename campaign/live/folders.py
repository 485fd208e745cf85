"""The files that staff edit: whether they changed, and what stands in them, byte for byte."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from calculator.figures.publication import LANGUAGES
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
        """Return what differs as soon as any file does, from a look at each name alone."""
        folders = [self.sources, self.sources / "publications", self.content]
        folders += [self.content / language for language in LANGUAGES]
        return tuple(_look_at(folder) for folder in folders)

    def read(self) -> tuple[Files, Files]:
        """Read every file the site is made from: those of the figures, those of the texts."""
        content = {**read_contacts(self.content), **read_content(self.content)}
        return read_sources(self.sources), content


def digest_of(files: Mapping[str, str]) -> str:
    """Name what stands in all files: 12 letters, other ones after any change."""
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:12]


def _look_at(folder: Path) -> Fingerprint:
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))  # noqa: PTH208
    except OSError as error:
        return (error.errno,)
    # No more than the loader takes: a folder beyond that is refused for their number alone.
    return (len(names), *(_look_at_file(folder, name) for name in names[: MAX_FILES + 1]))


def _look_at_file(folder: Path, name: str) -> Fingerprint:
    try:
        # Of what a link leads to, since that is what is read.
        found = os.stat(f"{folder}/{name}")  # noqa: PTH116 - 170 of them every two seconds
    except OSError as error:
        return (name, error.errno)
    if stat.S_ISDIR(found.st_mode):
        # What happens inside is looked at where it matters; a folder's own time tells nothing.
        return (name, "folder", found.st_ino)
    return (
        name,
        found.st_mode,
        found.st_dev,
        found.st_ino,
        found.st_size,
        # Any other time counts, also an earlier one: clocks go back, and so do old copies.
        found.st_mtime_ns,
        found.st_ctime_ns,
    )
