"""The running children: each works on one job at a time; used-up and broken ones are replaced."""

import contextlib
import os
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from calculator.renderer.confinement import Confinement
from calculator.renderer.process import Child, ChildFiles, JobFailed

Event = Literal["crashed", "too-slow", "renewed", "started"]
OnEvent = Callable[[Event, list[str]], None]
# A child that answered within this time counts as working: busy children are not pinged as well.
LATELY_SECONDS: Final = 10.0
# Wait after a child that failed to start: retrying at once would keep a core busy.
START_AGAIN_SECONDS: Final = 2.0
# How long a job waits for the very first child; /readyz says 503 until then.
FIRST_START_SECONDS: Final = 60.0


class RendererBusy(Exception):
    """No child came free in time, or too many jobs wait already."""

    reason: Final = "busy"


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


class Children:
    """Starts, hands out and ends children. Safe for threads."""

    def __init__(self, files: ChildFiles, limits: PoolLimits, on_event: OnEvent) -> None:
        self._files = files
        self._limits = limits
        self._on_event = on_event
        self._reset()

    def _reset(self) -> None:
        """Start empty; also after a fork, since the children belong to the parent process."""
        self._owner = os.getpid()
        self._change = threading.Condition()
        self._idle: list[Child] = []
        self._starting = 0
        self.busy = 0
        self.waiting = 0
        self._closed = threading.Event()
        self._start_after = 0.0
        self.was_ready = False
        self._answered_at = -LATELY_SECONDS
        self.running: set[Child] = set()
        self._ending = weakref.finalize(self, _end_all, self._owner, self._closed, self.running)

    @property
    def answered_lately(self) -> bool:
        return time.monotonic() - self._answered_at < LATELY_SECONDS

    def start(self) -> None:
        """Start the missing children in the background."""
        with self._owned():
            self._start_missing()

    def wait_until_ready(self, seconds: float) -> bool:
        """Start the children and wait for the first; return whether it is ready."""
        self.start()
        with self._change:
            return self._change.wait_for(lambda: self.was_ready, seconds)

    def close(self) -> None:
        """End all children and start no more."""
        with self._owned():
            self._closed.set()
        self._ending()

    def take(self) -> Child:
        """Return an idle child, waiting for one; raises RendererBusy."""
        with self._owned():
            wait = self._limits.wait_seconds if self.was_ready else FIRST_START_SECONDS
            deadline = time.monotonic() + wait
            if self.waiting >= self._limits.most_waiting:
                raise RendererBusy
            self.waiting += 1
            try:
                while True:
                    while self._idle:
                        child = self._idle.pop()
                        if child.is_alive():
                            self.busy += 1
                            return child
                        self._drop(child)
                        self.tell_end("crashed")
                    self._start_missing()
                    left = deadline - time.monotonic()
                    if left <= 0:
                        raise RendererBusy
                    # A failed start notifies nobody, so wake up to try the next one.
                    self._change.wait(min(left, START_AGAIN_SECONDS))
            finally:
                self.waiting -= 1

    def give_back(self, child: Child, *, answered: bool) -> None:
        """Keep a child for the next job, or replace it when it broke or is used up."""
        self._answered_at = time.monotonic() if answered else -LATELY_SECONDS
        used_up = answered and (
            child.jobs_done >= self._limits.jobs_per_child
            or child.memory_bytes > self._limits.memory_bytes_kept
        )
        if used_up:
            self._on_event("renewed", [])
        with self._change:
            self.busy -= 1
            if not answered or used_up or self._closed.is_set():
                self._drop(child)
                if not self._closed.is_set():
                    self._start_missing()
            else:
                self._idle.append(child)
            self._change.notify()

    def tell_end(self, reason: Literal["crashed", "too-slow"]) -> None:
        """Tell that a child ended by itself: not of those that end with the site."""
        if not self._closed.is_set():
            self._on_event(reason, [])

    @contextlib.contextmanager
    def _owned(self) -> Iterator[None]:
        """Hold the lock; in a forked process begin with no children first."""
        if self._owner != os.getpid():
            self._reset()
        with self._change:
            yield

    def _drop(self, child: Child) -> None:
        child.end()
        self.running.discard(child)

    def _start_missing(self) -> None:
        """Start children up to the number wanted, without waiting for them; under the lock."""
        if time.monotonic() < self._start_after or self._closed.is_set():
            return
        while self._starting + self.busy + len(self._idle) < self._limits.children:
            self._starting += 1
            threading.Thread(target=self._start_one, name="renderer-start", daemon=True).start()

    def _start_one(self) -> None:
        child: Child | None = None
        try:
            child = Child(self._files, self._limits.confinement)
            self.running.add(child)
            child.wait_until_ready()
        except (JobFailed, OSError):
            if child is not None:
                self._drop(child)
            with self._change:
                self._starting -= 1
                self._start_after = time.monotonic() + START_AGAIN_SECONDS
            self.tell_end("crashed")
            return
        self._on_event("started", child.missing)
        with self._change:
            self._starting -= 1
            if self._closed.is_set():
                self._drop(child)
                return
            self.was_ready = True
            self._idle.append(child)
            self._change.notify_all()


def _end_all(owner: int, closed: threading.Event, children: set[Child]) -> None:
    if owner != os.getpid():
        return  # a forked copy: the children belong to the parent process
    closed.set()
    for child in list(children):
        child.end()
    children.clear()
