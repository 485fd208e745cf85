"""Serve the last good state of the files: an edit goes live only when all files pass their checks.

Each worker compares the files every few seconds in a thread of its own, so that no request waits.
All files are checked together, and the served state is replaced in one assignment.
"""

from __future__ import annotations

import datetime
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from flask import Flask, Response, current_app

from calculator.errors import SourcesInvalid
from calculator.loading.files import Files
from campaign.live.folders import Fingerprint, Folders
from campaign.live.rehearsal import rehearse
from campaign.live.snapshot import Snapshot, SnapshotStore
from campaign.published.state import Published, publish, swap
from campaign.web.metrics import metrics

# After so long without a look the thread has failed, and /readyz says so.
SILENT_SECONDS: Final = 60.0
LIVE: Final = "live"
# Digests of the states already rehearsed in this process: undoing an edit rehearses none again.
_rehearsed: Final[deque[str]] = deque(maxlen=16)

_log = logging.getLogger("campaign.live")

Today = Callable[[], datetime.date]


def _local_day() -> datetime.date:
    return datetime.date.today()  # noqa: DTZ011 - a local day


@dataclass(frozen=True, slots=True)
class _Judged:
    """The result of a check: the files' fingerprint, the day, and why they were refused, if so."""

    fingerprint: Fingerprint
    day: datetime.date
    refusal: str = ""


@dataclass
class Live:
    """Watches the folders of one site for one process."""

    app: Flask
    folders: Folders
    store: SnapshotStore | None
    look_seconds: float
    today: Today = _local_day
    serving: str = ""
    """Digest of the files that visitors are answered from."""
    _judged: _Judged | None = None
    _seen: tuple[Fingerprint, datetime.date] | None = None
    _unkept: Snapshot | None = None
    _store_seen: object = None
    _said: dict[str, str] = field(default_factory=dict)
    _looked: float = 0.0
    _thread_of: int = 0

    # ---- at the start

    def begin(self) -> None:
        """Load the files, or else the snapshot; raises SourcesInvalid when neither can be used."""
        fingerprint, day = self.folders.fingerprint(), self._day()
        try:
            snapshot, state = self._load(*self.folders.read(), day)
        except SourcesInvalid as refused:
            kept = self.store.read() if self.store else None
            if kept is None or not self._adopt(kept):
                raise
            self._judged = _Judged(fingerprint, day, _one_line(refused))
            self._say(
                "files",
                logging.WARNING,
                f"figures and texts refused, started from the last good ones of {kept.day}:"
                f" {self._judged.refusal}",
            )
        else:
            self._serve(snapshot, state)
            self._judged = _Judged(fingerprint, day)

    def start(self) -> None:
        """Look at the files now and then every few seconds; to be called in each forked worker.

        A worker forked later inherits a state that may be older than that of the other workers.
        """
        if self._thread_of == os.getpid():
            return
        self._thread_of = os.getpid()
        self._looked = time.monotonic()
        if self._judged is None or self._what_is_there() != (
            self._judged.fingerprint,
            self._judged.day,
        ):
            self._guarded(self._judge)
        self._guarded(self._follow_the_store)
        threading.Thread(target=self._watch, name="live-files", daemon=True).start()

    # ---- what machines are told

    def status(self) -> str:
        """Return "live" when visitors see the files as they are, else one line on why not."""
        if self._thread_of == os.getpid():
            silent = time.monotonic() - self._looked
            if silent > SILENT_SECONDS:
                return f"unwatched: nobody has looked for {silent:.0f} seconds"
        judged = self._judged
        if judged is not None and judged.refusal:
            return f"refused: {judged.refusal}"
        return LIVE

    # ---- the thread

    def _watch(self) -> None:
        while True:
            time.sleep(self.look_seconds)
            self._guarded(self.look)

    def _guarded(self, step: Callable[[], None]) -> None:
        try:
            step()
        except Exception as error:  # noqa: BLE001 - the watch goes on whatever happens
            self._say("watch", logging.ERROR, f"looking at the files failed: {_place_of(error)}")
        else:
            self._said.pop("watch", None)

    def look(self) -> None:
        """Look once: check files that changed, but only if they are the same as at the last look.

        So files that are still being written wait until the next look.
        """
        there = self._what_is_there()
        stood_still, self._seen = there == self._seen, there
        self._looked = time.monotonic()
        if self._judged is None or there != (self._judged.fingerprint, self._judged.day):
            if stood_still:
                self._judge()
            return
        self.keep()
        self._follow_the_store()

    def _what_is_there(self) -> tuple[Fingerprint, datetime.date]:
        # With the day, because a date that was refused as future may have come.
        return self.folders.fingerprint(), self._day()

    def _day(self) -> datetime.date:
        """Return today, but never an earlier day than at the last check."""
        day = self.today()
        return max(day, self._judged.day) if self._judged else day

    def _judge(self) -> None:
        fingerprint, day = self._what_is_there()
        try:
            snapshot, state = self._load(*self.folders.read(), day)
        except SourcesInvalid as refused:
            if self.folders.fingerprint() == fingerprint:
                self._refuse(_Judged(fingerprint, day, _one_line(refused)))
            return
        if self.folders.fingerprint() != fingerprint:
            return  # they changed while they were read: the next look checks them
        before = self._judged
        self._judged = _Judged(fingerprint, day)
        self._said.pop("files", None)
        changed = snapshot.digest != self.serving
        self._serve(snapshot, state)
        if changed:
            _log.info("figures and texts live: figures=%s", state.sources.digest)
        elif before is not None and before.refusal:
            _log.info("figures and texts sound again, as served: figures=%s", state.sources.digest)
        self.keep()

    def _refuse(self, judged: _Judged) -> None:
        self._judged = judged
        self._say(
            "files",
            logging.WARNING,
            f"figures and texts refused, the last good ones stay: {judged.refusal}",
        )
        self._store_seen = None
        self._follow_the_store()

    # ---- states

    def _load(
        self, sources: Files, content: Files, day: datetime.date
    ) -> tuple[Snapshot, Published]:
        """Check and rehearse files; raises SourcesInvalid."""
        state = publish(sources, content, today=day)
        snapshot = Snapshot.of(day, sources, content)
        if snapshot.digest not in _rehearsed:
            rehearse(self.app, state)
            _rehearsed.append(snapshot.digest)
        return snapshot, state

    def _serve(self, snapshot: Snapshot, state: Published) -> None:
        swap(self.app, state)
        self.serving = snapshot.digest
        self._unkept = snapshot

    def _adopt(self, kept: Snapshot) -> bool:
        """Serve a snapshot; False where its files do not pass, as after an upgrade of the code."""
        try:
            day = max(self._day(), kept.day)
            snapshot, state = self._load(kept.sources, kept.content, day)
        except SourcesInvalid:
            return False
        self._serve(snapshot, state)
        self._unkept = None
        return True

    def keep(self) -> None:
        """Save the served files as the snapshot, unless that was done."""
        if self.store is None or self._unkept is None or self._judged is None:
            return
        fingerprint = self._judged.fingerprint
        try:
            done = self.store.keep(
                self._unkept, still_true=lambda: self.folders.fingerprint() == fingerprint
            )
        except OSError as error:
            reason = f"{type(error).__name__}: {error.strerror}"
            message = f"the last good files cannot be kept in {self.store.path.parent}: {reason}"
            self._say("store", logging.ERROR, message)
            return
        if done:
            self._unkept = None
            self._said.pop("store", None)

    def _follow_the_store(self) -> None:
        """While the files are refused, serve the snapshot that another worker saved last.

        Files that were good for a few seconds may have gone live in some workers only.
        """
        if self.store is None or self._judged is None or not self._judged.refusal:
            return
        signature = self.store.signature()
        if signature == self._store_seen:
            return
        self._store_seen = signature
        kept = self.store.read()
        if kept is not None and kept.digest != self.serving and self._adopt(kept):
            _log.info("figures and texts taken from the last good ones, of %s", kept.day)

    def _say(self, subject: str, level: int, message: str) -> None:
        """Log a message unless it is the last one logged about its subject."""
        if self._said.get(subject) != message:
            self._said[subject] = message
            _log.log(level, "%s", message)


def _one_line(refused: SourcesInvalid) -> str:
    """Return the first problem and the number of others, as one printable line."""
    first, *more = refused.problems
    text = " ".join(str(first).split())[:400]
    shown = "".join(sign if sign.isprintable() else "?" for sign in text)
    return f"{shown} ({len(more)} more problems)" if more else shown


def _place_of(error: Exception) -> str:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_name}:{place.tb_lineno}" if place else "?"
    return f"{type(error).__name__} at {where}"


def live() -> Live:
    """Return the running site's watch."""
    found: Live = current_app.extensions["live"]
    return found


def init_app(app: Flask) -> None:
    """Publish the files; the last step of create_app, because the rehearsal needs every page.

    Raises SourcesInvalid when neither the files nor a snapshot can be used.
    """
    folders = Folders(Path(app.config["SOURCES"]), Path(app.config["CONTENT"]))
    kept_in = app.config["STATE"]
    store = SnapshotStore(Path(kept_in), folders) if kept_in else None
    watch = app.extensions["live"] = Live(app, folders, store, app.config["LOOK_SECONDS"])
    watch.begin()

    def tell_metrics(response: Response) -> Response:
        metrics().show_files(served=watch.status() == LIVE)
        return response

    app.after_request(tell_metrics)
