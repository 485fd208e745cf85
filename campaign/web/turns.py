"""One thread at a time makes a thing that many ask for at once; the others wait for it."""

import threading
import time
from collections.abc import Hashable
from typing import Final

# Then a thread makes it itself: whoever has the turn may be stuck.
PATIENCE_SECONDS: Final = 10.0


class Turns:
    """Says whose turn it is to make a thing, by its name."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: dict[Hashable, threading.Event] = {}

    def take(self, name: Hashable, until: float) -> bool:
        """Return True when the caller makes it now and must end the turn.

        False after another thread's turn has ended, or at `until`, by time.monotonic.
        """
        with self._lock:
            other = self._taken.get(name)
            if other is None:
                self._taken[name] = threading.Event()
                return True
        other.wait(max(0.0, until - time.monotonic()))
        return False

    def end(self, name: Hashable) -> None:
        """End the caller's turn, whether or not the thing was made."""
        with self._lock:
            self._taken.pop(name).set()


def patience() -> float:
    """Return the moment until which a thread that begins to wait now does so."""
    return time.monotonic() + PATIENCE_SECONDS
