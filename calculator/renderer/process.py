"""The parent's side of one child: start it, give it a job, end it when it takes too long."""

import contextlib
import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Literal

from calculator.renderer.confinement import Confinement, memory_of
from calculator.renderer.frames import (
    FRAME_LENGTHS,
    MAX_ANSWER_BYTES,
    FrameBroken,
    Head,
    pack_head,
    unpack_head,
    unpack_lengths,
)

PROJECT: Final = Path(__file__).resolve().parent.parent.parent
# A new child loads OpenCV, which is slow on a busy machine.
START_SECONDS: Final = 60.0
# Sent to the whole process group when the site stops; a running card must still be finished.
BLOCKED_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
ENVIRONMENT: Final = {
    "PYTHONPATH": str(PROJECT),
    "LC_ALL": "C.UTF-8",
    # One thread for each photo: as many children run as there are cores.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
    # Pieces of 4 MB and more (pixels) return to the system when freed, so that the next photo can
    # use them. Smaller ones are kept: getting them anew took a sixth of a card's time.
    "MALLOC_MMAP_THRESHOLD_": "4000000",
    "MALLOC_TRIM_THRESHOLD_": "8000000",
}
_PIPE_BYTES: Final = 1024 * 1024
_READ_BYTES: Final = 256 * 1024


class JobFailed(Exception):
    """The child was ended because it took too long, or it crashed."""

    def __init__(self, reason: Literal["too-slow", "crashed"]) -> None:
        self.reason: Literal["too-slow", "crashed"] = reason
        super().__init__(reason)


@dataclass(frozen=True)
class ChildFiles:
    """What a child loads before it gives up the right to open files."""

    fonts: Path
    model: Path


class Child:
    """One running child. One thread at a time uses it."""

    def __init__(self, files: ChildFiles, limits: Confinement) -> None:
        # A new interpreter, never a fork: a fork's memory holds the stacks of all threads and the
        # site's secret key.
        with _signals_blocked():
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [
                    sys.executable, "-B", "-s", "-W", "ignore", "-m", "calculator.renderer.child",
                    str(files.fonts), str(files.model), json.dumps(asdict(limits)),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # Decoders may quote the photo; writing to a file would end the child (FSIZE 0).
                stderr=subprocess.DEVNULL,
                bufsize=0,
                cwd=PROJECT,
                env=ENVIRONMENT,
            )  # fmt: skip
        self.jobs_done = 0
        self._exchanging = False
        self.missing: list[str] = []
        self._pipes = [
            pipe for pipe in (self._process.stdin, self._process.stdout) if pipe is not None
        ]
        self._to, self._from = (pipe.fileno() for pipe in self._pipes)
        for number in (self._to, self._from):
            os.set_blocking(number, False)
            _widen(number)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def memory_bytes(self) -> int:
        """Return the used memory; 0 where /proc is missing."""
        sizes = memory_of(self.pid)
        return sizes[1] if sizes else 0

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def wait_until_ready(self, seconds: float = START_SECONDS) -> None:
        """Wait until the child has loaded and confined itself; raises JobFailed."""
        head, _ = self._exchange([], time.monotonic() + seconds)
        self.missing = [str(each) for each in head.get("missing", [])]

    def do(self, head: Head, body: bytes, seconds: float) -> tuple[Head, bytes]:
        """Send a job and return the answer; raises JobFailed, after which the child is ended."""
        self.jobs_done += 1
        parts = [memoryview(pack_head(head, len(body))), memoryview(body)]
        return self._exchange(parts, time.monotonic() + seconds)

    def end(self) -> None:
        """Kill the child and close its pipes; may be called again.

        Pipes that another thread waits on stay open: that thread would otherwise wait on whatever
        file gets the same descriptor next.
        """
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        if not self._exchanging:
            for pipe in self._pipes:
                pipe.close()

    def _exchange(self, to_send: list[memoryview], deadline: float) -> tuple[Head, bytes]:
        try:
            self._exchanging = True
            try:
                self._send(to_send, deadline)
                return self._receive(deadline)
            finally:
                self._exchanging = False
        except TimeoutError as error:
            self.end()
            raise JobFailed("too-slow") from error
        except (OSError, EOFError, FrameBroken) as error:
            self.end()
            # The kernel ends a child after 4 s of computing, before our 5 s have passed.
            out_of_time = self._process.returncode in (-signal.SIGPROF, -signal.SIGXCPU)
            raise JobFailed("too-slow" if out_of_time else "crashed") from error

    def _send(self, parts: list[memoryview], deadline: float) -> None:
        for part in parts:
            sent = 0
            while sent < len(part):
                _wait(self._to, select.POLLOUT, deadline)
                sent += os.write(self._to, part[sent:])

    def _receive(self, deadline: float) -> tuple[Head, bytes]:
        lengths = unpack_lengths(self._read(FRAME_LENGTHS.size, deadline), MAX_ANSWER_BYTES)
        head = unpack_head(self._read(lengths[0], deadline))
        return head, self._read(lengths[1], deadline)

    def _read(self, count: int, deadline: float) -> bytes:
        got = bytearray()
        while len(got) < count:
            _wait(self._from, select.POLLIN, deadline)
            part = os.read(self._from, min(count - len(got), _READ_BYTES))
            if not part:
                raise EOFError
            got += part
        return bytes(got)


@contextlib.contextmanager
def _signals_blocked() -> Iterator[None]:
    """Block signals in this thread: a child started meanwhile inherits the mask and keeps it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, BLOCKED_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _wait(number: int, event: int, deadline: float) -> None:
    """Wait until a pipe can be read or written; raises TimeoutError at the deadline."""
    left = deadline - time.monotonic()
    poll = select.poll()
    poll.register(number, event)
    if left <= 0 or not poll.poll(left * 1000):
        raise TimeoutError


def _widen(number: int) -> None:
    """Let a pipe hold 1 MB, so that a photo takes few writes; only faster, so optional."""
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        try:
            fcntl.fcntl(number, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        except OSError:
            return  # above this user's limit: the default of 64 kB works too
