"""Where drawn cards are held: in one process's memory, or in memory that all workers share."""

import contextlib
import fcntl
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from cachetools import LRUCache

# 216 cards of each of four kinds are some 120 MB.
MOST_BYTES: Final = 128 * 1024 * 1024
_DRAWING: Final = ".drawing"


class Held(Protocol):
    """Cards by name, up to a number of bytes."""

    def get(self, name: str) -> bytes | None:
        """Return a card; None where it is not held."""

    def put(self, name: str, card: bytes) -> None:
        """Hold a card; others are dropped where there is no room."""

    def names(self) -> set[str]:
        """Return the names of all cards held."""

    def size_bytes(self) -> float:
        """Return the bytes of all cards held."""

    def may_draw_ahead(self) -> contextlib.AbstractContextManager[bool]:
        """Yield whether no other process is drawing ahead; while the block runs, none begins."""


class InMemory:
    """Cards of one process; the longest unused is dropped first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._lock = threading.Lock()
        self._cards: LRUCache[str, bytes] = LRUCache(most_bytes, getsizeof=len)

    def get(self, name: str) -> bytes | None:
        """Return a card; None where it is not held."""
        with self._lock:
            return self._cards.get(name)

    def put(self, name: str, card: bytes) -> None:
        """Hold a card; others are dropped where there is no room."""
        with self._lock, contextlib.suppress(ValueError):  # one that is larger than all the room
            self._cards[name] = card

    def names(self) -> set[str]:
        """Return the names of all cards held."""
        with self._lock:
            return set(self._cards)

    def size_bytes(self) -> float:
        """Return the bytes of all cards held."""
        return self._cards.currsize

    @contextlib.contextmanager
    def may_draw_ahead(self) -> Iterator[bool]:
        """Yield True: no other process shares them."""
        yield True


class InSharedMemory:
    """Cards as files in a folder of shared memory; the first drawn is dropped first.

    Photo-free cards alone, which are public. Where there is no room they are drawn each time.
    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes

    def get(self, name: str) -> bytes | None:
        """Return a card; None where it is not held."""
        try:
            return (self._folder / name).read_bytes()
        except OSError:
            return None

    def put(self, name: str, card: bytes) -> None:
        """Hold a card; others are dropped where there is no room."""
        part = self._folder / f".{name}-{os.getpid()}-{threading.get_ident()}"
        try:
            self._make_room(len(card))
            part.write_bytes(card)
            part.replace(self._folder / name)
        except OSError:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    def _make_room(self, needed: int) -> None:
        found = sorted((each.st_mtime_ns, each.st_size, name) for name, each in self._look())
        left = sum(size for _drawn, size, _name in found) + needed
        for _drawn, size, name in found:
            if left <= self._most_bytes:
                break
            (self._folder / name).unlink(missing_ok=True)
            left -= size

    def _look(self) -> Iterator[tuple[str, os.stat_result]]:
        for path in self._folder.iterdir():
            with contextlib.suppress(FileNotFoundError):  # dropped by another process
                if not path.name.startswith("."):
                    yield path.name, path.stat()

    def names(self) -> set[str]:
        """Return the names of all cards held."""
        return {name for name, _found in self._look()}

    def size_bytes(self) -> float:
        """Return the bytes of all cards held."""
        return sum(found.st_size for _name, found in self._look())

    @contextlib.contextmanager
    def may_draw_ahead(self) -> Iterator[bool]:
        """Yield whether no other process is drawing ahead; while the block runs, none begins."""
        # The system releases the lock however its process ends.
        with (self._folder / _DRAWING).open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
