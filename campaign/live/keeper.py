"""The state that visitors are answered from: swapped as a whole, saved for a restart."""

import datetime
import logging
from collections import deque
from collections.abc import Callable

from flask import Flask

from calculator.errors import SourcesInvalid
from calculator.loading.files import Files
from campaign.cards.shelf import CardShelf
from campaign.live.rehearsal import rehearse
from campaign.live.snapshot import Snapshot, SnapshotStore
from campaign.published.state import Published, publish, swap


class LogOnce:
    """Logs a message about a subject once, until there is another one."""

    def __init__(self) -> None:
        self._log = logging.getLogger("campaign.live")
        self._said: dict[str, str] = {}

    def say(self, subject: str, level: int, message: str) -> None:
        """Log a message unless it is the last one logged about its subject."""
        if self._said.get(subject) != message:
            self._said[subject] = message
            self._log.log(level, "%s", message)

    def forget(self, subject: str) -> None:
        """Log the next message about a subject in any case."""
        self._said.pop(subject, None)


class Keeper:
    """Serves a state in one process, saves its files as the snapshot, or serves that."""

    def __init__(self, app: Flask, store: SnapshotStore | None, log: LogOnce) -> None:
        self.store = store
        self.serving = ""  # the digest of the files that visitors are answered from
        self._app = app
        self._log = log
        self._unkept: Snapshot | None = None
        self._store_seen: object = None
        # Digests of states already rehearsed: undoing an edit rehearses none again.
        self._rehearsed: deque[str] = deque(maxlen=16)

    def load(
        self, sources: Files, content: Files, day: datetime.date
    ) -> tuple[Snapshot, Published]:
        """Check and rehearse files; raises SourcesInvalid."""
        state = publish(sources, content, today=day)
        snapshot = Snapshot.of(day, sources, content)
        if snapshot.digest not in self._rehearsed:
            rehearse(self._app, state)
            self._rehearsed.append(snapshot.digest)
        return snapshot, state

    def serve(self, snapshot: Snapshot, state: Published) -> bool:
        """Answer from these files from the next request on; return whether they are other ones."""
        changed = snapshot.digest != self.serving
        swap(self._app, state)
        shelf: CardShelf = self._app.extensions["card_shelf"]
        shelf.draw_ahead(self._app, state)
        self.serving = snapshot.digest
        self._unkept = snapshot
        return changed

    def adopt(self, day: datetime.date, *, again: bool = False) -> Snapshot | None:
        """Serve the snapshot and return it; None where it is served already or cannot be used.

        Its files may not pass after an upgrade of the code. Without `again` a snapshot that was
        read before is not read once more.
        """
        if self.store is None or (self.store.signature() == self._store_seen and not again):
            return None
        self._store_seen = self.store.signature()
        kept = self.store.read()
        if kept is None or kept.digest == self.serving:
            return None
        try:
            self.serve(*self.load(kept.sources, kept.content, max(day, kept.day)))
        except SourcesInvalid:
            return None
        self._unkept = None
        return kept

    def keep(self, *, still_true: Callable[[], bool]) -> None:
        """Save the served files as the snapshot, unless that was done.

        `still_true` says whether the folders are as they were when they were checked.
        """
        if self.store is None or self._unkept is None:
            return
        try:
            done = self.store.keep(self._unkept, still_true=still_true)
        except OSError as error:
            reason = f"{type(error).__name__}: {error.strerror}"
            message = f"the last good files cannot be kept in {self.store.path.parent}: {reason}"
            self._log.say("store", logging.ERROR, message)
            return
        if done:
            self._unkept = None
            self._log.forget("store")
