"""The last good files, kept beside the site, so that a restart does not depend on a sound folder.

One file for each pair of folders: a digest on the first line, then JSON. It is replaced as a
whole, so that any number of processes may write and read it at once.
"""

from __future__ import annotations

import datetime
import fcntl
import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from calculator.loading.files import Files
from campaign.disk import unfinished_beside, write_whole
from campaign.live.folders import Folders, digest_of

LARGEST_BYTES: Final = 100_000_000
_NAME: Final = re.compile(r"(sources|content)(/[a-z]+)?/[^/\0]+\.(yaml|md)")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Files that were found sound, and the day that was."""

    day: datetime.date
    files: Mapping[str, str]

    @property
    def digest(self) -> str:
        """Name what stands in the files."""
        return digest_of(self.files)

    @classmethod
    def of(cls, day: datetime.date, sources: Files, content: Files) -> Snapshot:
        """Take files that were found sound on a day: each of them is UTF-8 text."""
        return cls(day, _texts("sources", sources) | _texts("content", content))

    @property
    def sources(self) -> Files:
        """Return the files of the figures, as read_sources would."""
        return self._below("sources/")

    @property
    def content(self) -> Files:
        """Return the files of texts and contacts."""
        return self._below("content/")

    def _below(self, folder: str) -> Files:
        return {
            name.removeprefix(folder): text.encode()
            for name, text in self.files.items()
            if name.startswith(folder)
        }


def _texts(folder: str, files: Files) -> dict[str, str]:
    return {
        f"{folder}/{name}": content.decode()
        for name, content in files.items()
        if isinstance(content, bytes)
    }


class SnapshotStore:
    """Keeps and finds the snapshot of one pair of folders in a folder of its own."""

    def __init__(self, folder: Path, folders: Folders) -> None:
        # Named for what it is a snapshot of: with other folders, these files are not the good ones.
        places = "\n".join(os.path.abspath(path) for path in (folders.sources, folders.content))  # noqa: PTH100 - a link that is swapped keeps its name
        name = hashlib.sha256(places.encode()).hexdigest()[:8]
        self.path = folder / f"last-good-{name}.json"

    def signature(self) -> object:
        """Return what differs as soon as another snapshot is kept."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def read(self) -> Snapshot | None:
        """Return what is kept; None where there is nothing, or where it was damaged."""
        try:
            with self.path.open("rb") as file:
                digest, _newline, content = file.read(LARGEST_BYTES).partition(b"\n")
            if digest.decode() != hashlib.sha256(content).hexdigest():
                return None
            kept = json.loads(content)
            snapshot = Snapshot(datetime.date.fromisoformat(kept["day"]), kept["files"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        # It is written to disk again under these names.
        sound = all(_NAME.fullmatch(name) and ".." not in name for name in snapshot.files)
        return snapshot if sound else None

    def keep(self, snapshot: Snapshot, *, still_true: Callable[[], bool]) -> bool:
        """Keep a snapshot, unless the files are other ones by now.

        Returns False when another process is at it, so that it must be tried again.

        Raises:
            OSError: where the folder cannot be written to.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_suffix(".lock").open("a") as lock:
            try:
                # Released by the system, however this process ends. Never waited for: the
                # process that holds it may have been stopped.
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            if still_true():
                kept = self.read()
                if kept is None or kept.files != snapshot.files:
                    self._write(snapshot)
        return True

    def _write(self, snapshot: Snapshot) -> None:
        content = json.dumps(
            {"day": snapshot.day.isoformat(), "files": dict(snapshot.files)}, ensure_ascii=False
        ).encode()
        # Only whoever holds the lock writes, so these are of processes that were ended.
        for left in unfinished_beside(self.path):
            left.unlink(missing_ok=True)
        write_whole(self.path, hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
