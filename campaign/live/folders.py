"""The files that staff edit: whether they changed, and what stands in them, byte for byte."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from calculator.figures.publication import LANGUAGES
from calculator.loading.folder import MAX_FILES
from calculator.loading.yaml_text import read_bytes
from campaign.published.texts import PAGES

SOURCES_FILES: Final = ("rates.yaml", "scenarios.yaml")
CONTENT_FILES: Final = ("help.yaml", "press.yaml", "facts.yaml")

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

    def read(self) -> dict[str, str]:
        """Return the text of every file the site is made from, by its place.

        Raises:
            OSError: where one cannot be read.
            UnicodeDecodeError: where one is no text; of sound folders all are.
        """
        return {name: read_bytes(path).decode() for name, path in sorted(self._files())}

    def _files(self) -> Iterator[tuple[str, Path]]:
        for name in SOURCES_FILES:
            yield f"sources/{name}", self.sources / name
        for path in (self.sources / "publications").iterdir():
            if path.suffix == ".yaml" and not path.name.startswith("."):
                yield f"sources/publications/{path.name}", path
        for name in CONTENT_FILES:
            yield f"content/{name}", self.content / name
        for language in LANGUAGES:
            for page in PAGES:
                yield f"content/{language}/{page}.md", self.content / language / f"{page}.md"


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
