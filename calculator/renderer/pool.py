"""The kept pool: as many children as may work at once, each replaced when used up or broken."""

from __future__ import annotations

import contextlib
import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from calculator.card.draw import CardWords, LosslessKind
from calculator.errors import PhotoReason, PhotoRejected
from calculator.renderer.confinement import Confinement
from calculator.renderer.frames import Head
from calculator.renderer.process import Child, ChildFiles, JobFailed

Event = Literal["crashed", "too-slow", "renewed", "started"]
# A child that answered this lately need not be asked: on a busy evening it has cards to draw.
LATELY_SECONDS: Final = 10.0
# After a child that did not even start: do not burn a core on starting it again and again.
START_AGAIN_SECONDS: Final = 2.0
# Before the very first child is there; until then /readyz keeps visitors away.
FIRST_START_SECONDS: Final = 60.0


class RendererBusy(Exception):
    """No child came free in time, or too many wait already."""


class CardFailed(Exception):
    """A card without a photo could not be drawn."""


@dataclass(frozen=True)
class PoolLimits:
    """How many, how long, how often. `most_waiting` keeps threads free for pages."""

    children: int = 1
    job_seconds: float = 5.0
    wait_seconds: float = 3.0
    most_waiting: int = 32
    jobs_per_child: int = 500
    memory_bytes_kept: int = 300_000_000
    confinement: Confinement = field(default_factory=Confinement)


@dataclass(frozen=True)
class DrawnCard:
    """A card as JPEG; whether no face was found, so that the photo is unrecognisable as a whole."""

    data: bytes
    whole_photo_pixelated: bool = False


class Pool:
    """Draws cards in children. Safe for threads; children start with the first job."""

    def __init__(
        self,
        files: ChildFiles,
        limits: PoolLimits | None = None,
        tell: Callable[[Event, list[str]], None] | None = None,
    ) -> None:
        """Make the pool; `tell` hears of children that start, break or are renewed."""
        self.limits = limits or PoolLimits()
        self._files = files
        self._tell = tell or _tell_nobody
        self._owner = 0
        self._reset()

    def _reset(self) -> None:
        """Begin anew, as after a fork: the children are another process's."""
        self._owner = os.getpid()
        self._change = threading.Condition()
        self._idle: list[Child] = []
        self._starting = 0
        self._busy = 0
        self._waiting = 0
        self._closed = False
        self._start_after = 0.0
        self._was_ready = False
        self._answered_at = -LATELY_SECONDS
        self._children: set[Child] = set()
        self._ending = weakref.finalize(self, _end_all, self._owner, self._children)

    # ---- What is asked of it

    def draw(self, words: CardWords, card_format: str, photo: bytes | None = None) -> DrawnCard:
        """Draw a card; raises PhotoRejected, CardFailed or RendererBusy."""
        head = {
            "job": "card", "words": _as_dict(words), "format": card_format,
            "photo": photo is not None,
        }  # fmt: skip
        try:
            answer, data = self._do(head, photo or b"")
        except JobFailed as failed:
            if photo is None:
                raise CardFailed(failed.reason) from failed
            raise PhotoRejected(failed.reason) from failed
        if (reason := answer.get("rejected")) is not None:
            # What a child says is not taken on trust: a photo may have taken it over.
            raise PhotoRejected(reason if reason in get_args(PhotoReason) else "crashed")
        _refuse_failure(answer)
        return DrawnCard(data, bool(answer.get("whole_photo_pixelated")))

    def draw_base(self, words: CardWords, card_format: str, kind: LosslessKind) -> bytes:
        """Draw a photo-free card without loss; raises CardFailed or RendererBusy."""
        head = {"job": "base", "words": _as_dict(words), "format": card_format, "kind": kind}
        try:
            answer, data = self._do(head)
        except JobFailed as failed:
            raise CardFailed(failed.reason) from failed
        _refuse_failure(answer)
        return data

    def answers(self) -> bool:
        """Tell whether a child answered lately, or does now, or all are at work for others."""
        if not self._was_ready:
            self.start()
            return False
        if time.monotonic() - self._answered_at < LATELY_SECONDS:
            return True
        try:
            self._do({"job": "ping"})
        except RendererBusy:
            with self._change:
                return self._busy > 0
        except JobFailed:
            return False
        return True

    def start(self) -> None:
        """Start the children now, in the background, so that the first visitor need not wait."""
        with self._owned():
            self._start_missing()

    def wait_until_ready(self, seconds: float = FIRST_START_SECONDS) -> bool:
        """Start the children and wait for the first; tell whether it came."""
        self.start()
        with self._change:
            return self._change.wait_for(lambda: self._was_ready, seconds)

    def close(self) -> None:
        """End all children; for tests and for a process that goes on without them."""
        with self._owned():
            self._closed = True
        self._ending()

    @property
    def waiting(self) -> int:
        """Return how many jobs wait for a child."""
        return self._waiting

    @property
    def busy(self) -> int:
        """Return how many children are at work."""
        return self._busy

    @property
    def children(self) -> tuple[Child, ...]:
        """Return the children that run."""
        return tuple(self._children)

    # ---- How it does it

    def _do(self, head: Head, body: bytes = b"") -> tuple[Head, bytes]:
        child = self._take()
        failed = True
        try:
            answer = child.do(head, body, self.limits.job_seconds)
            failed = False
            self._answered_at = time.monotonic()
        except JobFailed as error:
            self._answered_at = -LATELY_SECONDS
            self._tell(error.reason, [])
            raise
        finally:
            self._give_back(child, broken=failed)
        return answer

    @contextlib.contextmanager
    def _owned(self) -> Iterator[None]:
        if self._owner != os.getpid():
            self._reset()
        with self._change:
            yield

    def _take(self) -> Child:
        with self._owned():
            wait = self.limits.wait_seconds if self._was_ready else FIRST_START_SECONDS
            deadline = time.monotonic() + wait
            if self._waiting >= self.limits.most_waiting:
                raise RendererBusy
            self._waiting += 1
            try:
                while True:
                    while self._idle:
                        child = self._idle.pop()
                        if child.is_alive():
                            self._busy += 1
                            return child
                        self._drop(child)
                        self._tell("crashed", [])
                    self._start_missing()
                    left = deadline - time.monotonic()
                    if left <= 0:
                        raise RendererBusy
                    # A child that broke while it started tells nobody: look again by ourselves.
                    self._change.wait(min(left, START_AGAIN_SECONDS))
            finally:
                self._waiting -= 1

    def _give_back(self, child: Child, *, broken: bool) -> None:
        used_up = not broken and (
            child.jobs_done >= self.limits.jobs_per_child
            or child.memory_bytes > self.limits.memory_bytes_kept
        )
        if used_up:
            self._tell("renewed", [])
        with self._change:
            self._busy -= 1
            if broken or used_up or self._closed:
                self._drop(child)
                if not self._closed:
                    self._start_missing()
            else:
                self._idle.append(child)
            self._change.notify()

    def _drop(self, child: Child) -> None:
        child.end()
        self._children.discard(child)

    def _start_missing(self) -> None:
        """Start children up to the number wanted, without waiting for them; under the lock."""
        if time.monotonic() < self._start_after or self._closed:
            return
        while self._starting + self._busy + len(self._idle) < self.limits.children:
            self._starting += 1
            threading.Thread(target=self._start_one, name="renderer-start", daemon=True).start()

    def _start_one(self) -> None:
        child: Child | None = None
        try:
            child = Child(self._files, self.limits.confinement)
            self._children.add(child)
            child.wait_until_ready()
        except (JobFailed, OSError):
            if child is not None:
                self._drop(child)
            with self._change:
                self._starting -= 1
                self._start_after = time.monotonic() + START_AGAIN_SECONDS
            self._tell("crashed", [])
            return
        self._tell("started", child.missing)
        with self._change:
            self._starting -= 1
            if self._closed:
                self._drop(child)
                return
            self._was_ready = True
            self._idle.append(child)
            self._change.notify_all()


def _refuse_failure(answer: Head) -> None:
    if "failed" in answer:
        raise CardFailed("crashed")


def _tell_nobody(event: Event, details: list[str]) -> None:
    return


def _as_dict(words: CardWords) -> dict[str, str]:
    return {name: getattr(words, name) for name in CardWords.__slots__}


def _end_all(owner: int, children: set[Child]) -> None:
    if owner != os.getpid():
        return  # a fork's copy: they are not ours to end
    for child in list(children):
        child.end()
    children.clear()
