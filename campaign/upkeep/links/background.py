"""Check links in the background of a running program: one round at a time, with its progress."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from campaign.upkeep.links.ask import CitedAddress, LinkFinding
from campaign.upkeep.links.memory import (
    MemoryUnreadable,
    NothingAnswered,
    keep_findings,
    read_memory,
)
from campaign.upkeep.links.round import ask_all

# Why the last round left nothing behind; empty where it did.
Failure = Literal["", "nothing-answered", "unreadable", "unwritable"]


@dataclass
class LinkCheck:
    """The round of one program: how many addresses there are and how many have been asked."""

    file: Path
    total: int = 0
    asked: int = 0
    failure: Failure = ""
    _thread: threading.Thread | None = field(default=None, repr=False)
    _starting: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def running(self) -> bool:
        """Return whether a round is under way."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, addresses: Sequence[CitedAddress]) -> None:
        """Begin a round, unless one is under way."""
        with self._starting:
            if self.running:
                return
            self.total, self.asked, self.failure = len(addresses), 0, ""
            # A daemon: who stops the program does not wait for the slowest page.
            self._thread = threading.Thread(target=self._run, args=(addresses,), daemon=True)
            self._thread.start()

    def wait(self, seconds: float) -> None:
        """Wait for the end of the round, at most so long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self, addresses: Sequence[CitedAddress]) -> None:
        findings: list[LinkFinding] = []
        try:
            known = read_memory(self.file)
            for finding in ask_all(addresses):
                findings.append(finding)
                self.asked += 1
            keep_findings(self.file, known, findings, {item.address for item in addresses})
        except NothingAnswered:
            self.failure = "nothing-answered"
        except MemoryUnreadable:
            self.failure = "unreadable"
        except OSError:
            self.failure = "unwritable"
