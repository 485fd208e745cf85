"""Real programs for the tests of scale: started on loopback, ended by their own process ids."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SEARCH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
# On an idle machine a few seconds are enough.
START_SECONDS = 120.0
STOP_SECONDS = 30.0


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_program(*names: str) -> str:
    """Return the path of the first of the programs that is installed; else FileNotFoundError."""
    for name in names:
        if found := shutil.which(name, path=SEARCH):
            return found
    raise FileNotFoundError(f"none of {', '.join(names)}: run tools/scale/programs")


@dataclass
class Program:
    """A process with its children in a group of its own; `written` has the lines it printed."""

    command: list[str]
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None
    _listener: threading.Thread | None = None

    def start(self) -> None:
        """Start it, in a session of its own so that its children can be ended with it."""
        clean = {key: text for key, text in os.environ.items() if not key.startswith("SCHATJE_")}
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            env=clean | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._listener = threading.Thread(target=self._listen, args=(self.process,), daemon=True)
        self._listener.start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        if process.stdout is not None:
            with process.stdout:
                self.written.extend(process.stdout)

    @property
    def pid(self) -> int:
        """Return the process id of the running program."""
        assert self.process is not None  # noqa: S101 - started before
        return self.process.pid

    def is_running(self) -> bool:
        """Return whether it was started and has not ended."""
        return self.process is not None and self.process.poll() is None

    def processes(self) -> list[int]:
        """Return the process ids of the program and all its descendants."""
        found, waiting = [], [self.pid]
        while waiting:
            each = waiting.pop()
            found.append(each)
            with contextlib.suppress(OSError):
                children = Path(f"/proc/{each}/task/{each}/children").read_text(encoding="ascii")
                waiting += map(int, children.split())
        return found

    def stop(self) -> float:
        """Send SIGTERM, wait for the end, and return the seconds that took."""
        began = time.monotonic()
        if self.process is not None and self.is_running():
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        return time.monotonic() - began

    def kill(self) -> None:
        """End it and all its children at once, as a crash of the machine would."""
        if self.process is not None and self.is_running():
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def end(self) -> None:
        """End the program, and any child that outlived it."""
        if self.process is None:
            return
        left = self.processes()
        self.kill()
        for pid in left:
            with contextlib.suppress(OSError):
                if os.getpgid(pid) == self.process.pid:
                    os.kill(pid, signal.SIGKILL)
        if self._listener is not None:
            self._listener.join(5)

    def wait_for_port(self, port: int) -> None:
        """Wait until the port answers; raises RuntimeError with the program's output."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.process is None or self.process.poll() is not None:
                break
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                return
            time.sleep(0.02)
        raise RuntimeError(f"{self.command[0]} does not answer:\n{''.join(self.written)}")


@contextlib.contextmanager
def ending(*programs: Program) -> Iterator[None]:
    """End the programs when the block ends, also after an error."""
    try:
        yield
    finally:
        for program in programs:
            program.end()
