"""The last good files, saved so that the site can restart while the folders have an error.

One file for each pair of folders: a digest on the first line, then JSON. It is replaced in one
step, so that several processes may write and read it at the same time.
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
    """Files that passed all checks, and the day of the check."""

    day: datetime.date
    files: Mapping[str, str]

    @property
    def digest(self) -> str:
        """Return the digest of the files."""
        return digest_of(self.files)

    @classmethod
    def of(cls, day: datetime.date, sources: Files, content: Files) -> Snapshot:
        """Return a snapshot of files that passed all checks on a day; each is UTF-8 text."""
        return cls(day, _texts("sources", sources) | _texts("content", content))

    @property
    def sources(self) -> Files:
        """Return the files of the figures in the form of read_sources."""
        return self._below("sources/")

    @property
    def content(self) -> Files:
        """Return the files of texts and contacts in the form of the two readers."""
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
    """Writes and reads the snapshot of one pair of folders, in a folder of its own."""

    def __init__(self, folder: Path, folders: Folders) -> None:
        # The name depends on the paths, so that a site with other folders does not use it.
        places = "\n".join(os.path.abspath(path) for path in (folders.sources, folders.content))  # noqa: PTH100 - a link that is swapped keeps its name
        name = hashlib.sha256(places.encode()).hexdigest()[:8]
        self.path = folder / f"last-good-{name}.json"

    def signature(self) -> object:
        """Return a value that changes with the snapshot; None where there is none."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def read(self) -> Snapshot | None:
        """Return the snapshot; None where there is none or it is damaged."""
        try:
            with self.path.open("rb") as file:
                digest, _newline, content = file.read(LARGEST_BYTES).partition(b"\n")
            if digest.decode() != hashlib.sha256(content).hexdigest():
                return None
            kept = json.loads(content)
            snapshot = Snapshot(datetime.date.fromisoformat(kept["day"]), kept["files"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        # A tampered file could hold any names; accept only those that the readers give.
        sound = all(_NAME.fullmatch(name) and ".." not in name for name in snapshot.files)
        return snapshot if sound else None

    def keep(self, snapshot: Snapshot, *, still_true: Callable[[], bool]) -> bool:
        """Write a snapshot, unless `still_true` says that the files have changed.

        Return False while another process writes, so that it must be tried again. Raises OSError
        where the folder cannot be written to.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_suffix(".lock").open("a") as lock:
            try:
                # The system releases the lock however its process ends. Do not wait for it,
                # because that process may be suspended.
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
        # Only the holder of the lock writes, so these files are of processes that ended.
        for left in unfinished_beside(self.path):
            left.unlink(missing_ok=True)
        write_whole(self.path, hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
