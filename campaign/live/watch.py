"""Serve the last good state of the files: an edit goes live only when all files pass their checks.

Each worker compares the files every few seconds in a thread of its own, so that no request waits.
All files are checked together, and the served state is replaced in one assignment.
"""

import datetime
import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from flask import Flask, Response, current_app

from calculator.clock import belgian_day
from calculator.errors import SourcesInvalid
from campaign.live.folders import Fingerprint, Folders
from campaign.live.keeper import Keeper, LogOnce
from campaign.live.snapshot import SnapshotStore
from campaign.published.state import published
from campaign.web.errors import place_of
from campaign.web.limits import card_limit
from campaign.web.metrics import metrics

# After so long without a look the thread has failed, and /readyz says so.
SILENT_SECONDS: Final = 60.0
LIVE: Final = "live"

_log = logging.getLogger("campaign.live")


class _Found(NamedTuple):
    """What a look finds. With the day, because a date that was refused as future may have come."""

    fingerprint: Fingerprint
    day: datetime.date


class _Checked(NamedTuple):
    """The result of a check: what was found, and why it was refused, if so."""

    found: _Found
    refusal: str = ""


class Watch:
    """Watches the folders of one site for one process."""

    def __init__(self, keeper: Keeper, folders: Folders, look_seconds: float, log: LogOnce) -> None:
        self.keeper = keeper
        self.today: Callable[[], datetime.date] = belgian_day
        self.after_look: Callable[[], None] = lambda: None
        self._folders = folders
        self._look_seconds = look_seconds
        self._log = log
        self._checked = _Checked(_Found((), datetime.date.min))
        self._seen: _Found | None = None
        self._looked = 0.0
        self._thread_of = 0

    # ---- at the start

    def begin(self) -> None:
        """Load the files, or else the snapshot; raises SourcesInvalid when neither can be used."""
        found = self._find()
        try:
            snapshot, state = self.keeper.load(*self._folders.read(), found.day)
        except SourcesInvalid as refused:
            kept = self.keeper.adopt(found.day)
            if kept is None:
                raise
            self._checked = _Checked(found, _one_line(refused))
            message = f"figures and texts refused, started from the last good ones of {kept.day}"
            self._log.say("files", logging.WARNING, f"{message}: {self._checked.refusal}")
        else:
            self.keeper.serve(snapshot, state)
            self._checked = _Checked(found)

    def start(self) -> None:
        """Look at the files now and then every few seconds; to be called in each forked worker.

        A worker forked later inherits a state that may be older than that of the other workers.
        """
        if self._thread_of == os.getpid():
            return
        self._thread_of = os.getpid()
        self._looked = time.monotonic()
        if self._find() != self._checked.found:
            self._guarded(self._check)
        self._guarded(self._follow_the_store)
        threading.Thread(target=self._look_again_and_again, name="live-files", daemon=True).start()

    # ---- what machines are told

    def status(self) -> str:
        """Return "live" when visitors see the files as they are, else one line on why not."""
        if self._thread_of == os.getpid():
            silent = time.monotonic() - self._looked
            if silent > SILENT_SECONDS:
                return f"unwatched: nobody has looked for {silent:.0f} seconds"
        refusal = self._checked.refusal
        return f"refused: {refusal}" if refusal else LIVE

    # ---- the thread

    def _look_again_and_again(self) -> None:
        while True:
            time.sleep(self._look_seconds)
            self._guarded(self._look_and_tell)

    def _guarded(self, step: Callable[[], None]) -> None:
        try:
            step()
        except Exception as error:  # noqa: BLE001 - the watch goes on whatever happens
            message = f"looking at the files failed: {place_of(error)}"
            self._log.say("watch", logging.ERROR, message)
        else:
            self._log.forget("watch")

    def _look_and_tell(self) -> None:
        try:
            self.look()
        finally:
            self.after_look()

    def look(self) -> None:
        """Look once: check files that changed, but only if they are the same as at the last look.

        So files that are still being written wait until the next look.
        """
        found = self._find()
        stood_still, self._seen = found == self._seen, found
        self._looked = time.monotonic()
        if found == self._checked.found:
            self.keep()
            self._follow_the_store()
        elif stood_still:
            self._check()

    def keep(self) -> None:
        """Save the served files as the snapshot, unless that was done."""
        fingerprint = self._checked.found.fingerprint
        self.keeper.keep(still_true=lambda: self._folders.fingerprint() == fingerprint)

    def _find(self) -> _Found:
        return _Found(self._folders.fingerprint(), self._day())

    def _day(self) -> datetime.date:
        """Return today, but never an earlier day than at the last check."""
        return max(self.today(), self._checked.found.day)

    def _check(self) -> None:
        found = self._find()
        try:
            snapshot, state = self.keeper.load(*self._folders.read(), found.day)
        except SourcesInvalid as refused:
            if self._folders.fingerprint() == found.fingerprint:
                self._refuse(_Checked(found, _one_line(refused)))
            return
        if self._folders.fingerprint() != found.fingerprint:
            return  # they changed while they were read: the next look checks them
        was_refused, self._checked = bool(self._checked.refusal), _Checked(found)
        self._log.forget("files")
        if self.keeper.serve(snapshot, state):
            _log.info("figures and texts live: figures=%s", state.sources.digest)
        elif was_refused:
            _log.info("figures and texts sound again, as served: figures=%s", state.sources.digest)
        self.keep()

    def _refuse(self, checked: _Checked) -> None:
        self._checked = checked
        message = f"figures and texts refused, the last good ones stay: {checked.refusal}"
        self._log.say("files", logging.WARNING, message)
        self._follow_the_store(again=True)

    def _follow_the_store(self, *, again: bool = False) -> None:
        """While the files are refused, serve the snapshot that another worker saved last.

        Files that were good for a few seconds may have gone live in some workers only.
        """
        if self._checked.refusal and (kept := self.keeper.adopt(self._day(), again=again)):
            _log.info("figures and texts taken from the last good ones, of %s", kept.day)


def _one_line(refused: SourcesInvalid) -> str:
    """Return the first problem and the number of others, as one printable line."""
    first, *more = refused.problems
    text = " ".join(str(first).split())[:400]
    shown = "".join(sign if sign.isprintable() else "?" for sign in text)
    return f"{shown} ({len(more)} more problems)" if more else shown


def live() -> Watch:
    """Return the running site's watch."""
    watch: Watch = current_app.extensions["live"]
    return watch


def init_app(app: Flask) -> None:
    """Publish the files; the last step of create_app, because the rehearsal needs every page.

    Raises SourcesInvalid when neither the files nor a snapshot can be used.
    """
    folders = Folders(Path(app.config["SOURCES"]), Path(app.config["CONTENT"]))
    kept_in, log = app.config["STATE"], LogOnce()
    store = SnapshotStore(Path(kept_in), folders) if kept_in else None
    watch = Watch(Keeper(app, store, log), folders, app.config["LOOK_SECONDS"], log)
    app.extensions["live"] = watch
    watch.begin()

    def tell() -> None:
        """Tell the metrics, also those of a worker that answers nobody."""
        with app.app_context():
            metrics().edit_refused.set(watch.status() != LIVE)
            metrics().show_figures(published())
            card_limit().look()

    def tell_with_answer(response: Response) -> Response:
        metrics().edit_refused.set(watch.status() != LIVE)
        return response

    watch.after_look = tell
    app.after_request(tell_with_answer)
