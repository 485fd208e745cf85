"""A running site: what `schatje serve` serves, started for the tests and ended with them."""

from __future__ import annotations

import contextlib
import datetime
import http.client
import json
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

SCHATJE = str(Path(sys.executable).with_name("schatje"))
SERVE = [SCHATJE, "serve"]
# The same, but no card is drawn before it is asked for: all cards take a core most of a minute.
SERVE_QUIETLY = [sys.executable, "-c", """
from campaign.cards.shelf import CardShelf
from campaign.commands import main
CardShelf.draw_ahead = lambda shelf, app, state: None
main()
""", "serve"]  # fmt: skip
START_SECONDS = 120  # a busy machine may need a while


@dataclass
class RunningSite:
    """A site that `schatje serve` serves: its address, its process and what it says."""

    process: subprocess.Popen
    port: int
    folder: Path
    lines: queue.SimpleQueue = field(default_factory=queue.SimpleQueue)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def workers(self) -> list[int]:
        """List the workers: forks of the master, unlike what shows its numbers."""
        own = _command_of(self.process.pid)
        return [pid for pid in _children(self.process.pid) if _command_of(pid) == own]

    def web_processes(self) -> list[int]:
        """List the master and its workers."""
        return [self.process.pid, *self.workers()]

    def processes(self) -> list[int]:
        """List the master, its workers, and the renderers that have files to open."""
        return list(_family(self.process.pid))

    def said(self, settle_seconds: float = 0.15) -> str:
        """Return all it wrote to standard output and error since it was last asked."""
        time.sleep(settle_seconds)
        found = []
        while not self.lines.empty():
            found.append(self.lines.get())
        return "".join(found)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)


def _command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile
        return b""


def _children(pid: int) -> Iterator[int]:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
        for task in Path(f"/proc/{pid}/task").iterdir():  # of the thread that made them
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                yield from map(int, (task / "children").read_text().split())


def _family(pid: int) -> Iterator[int]:
    yield pid
    for child in _children(pid):
        yield from _family(child)


def _listen(site: RunningSite) -> None:
    for line in site.process.stdout:
        site.lines.put(line)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _ready_worker(site: RunningSite) -> int | None:
    """Return the process that says it is ready; without workers, as at the desk, its own."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", site.port, 60)) as connection:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        told = json.loads(response.read())
    return told.get("worker", site.process.pid) if response.status == 200 else None


def _wait_until_it_answers(site: RunningSite) -> None:
    """Wait until every worker is ready: each has renderers of its own."""
    end, ready = time.monotonic() + START_SECONDS, set()
    while time.monotonic() < end:
        if site.process.poll() is not None:
            raise RuntimeError(f"the site ended with {site.process.returncode}:\n{site.said()}")
        with contextlib.suppress(OSError, http.client.HTTPException):  # it does not listen yet
            if (worker := _ready_worker(site)) is not None:
                ready.add(worker)
                if worker == site.process.pid or ready.issuperset(site.workers()):
                    return
        time.sleep(0.05)
    raise RuntimeError(f"the site did not answer within {START_SECONDS} s:\n{site.said()}")


@pytest.fixture(scope="session")
def start_site():
    """Return a function that starts the production server; all it started ends with the tests."""
    started: list[RunningSite] = []

    def start(*, folder: Path, command: list[str] = SERVE, **options) -> RunningSite:
        port = _free_port()
        clean = {key: text for key, text in os.environ.items() if not key.startswith("SCHATJE_")}
        for name in ("home", "tmp", "state"):
            (folder / name).mkdir(exist_ok=True)
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            cwd=folder,
            env=clean
            | {"HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"), "PYTHONUNBUFFERED": "1"}
            # Noon of today: at midnight the site judges its files again, and says so.
            | {"TZ": f"noon{datetime.datetime.now(datetime.UTC).hour - 12:+d}"}
            # Looks at the files would be taken for those of an upload.
            | {"SCHATJE_STATE": str(folder / "state"), "SCHATJE_LOOK_SECONDS": "60"}
            | options.pop("settings", {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **options,
        )
        site = RunningSite(process, port, folder)
        started.append(site)
        threading.Thread(target=_listen, args=(site,), daemon=True).start()
        _wait_until_it_answers(site)
        return site

    yield start
    for site in started:
        site.process.terminate()
    for site in started:
        try:
            site.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            site.process.kill()
            site.process.wait()
        site.process.stdout.close()


@pytest.fixture(scope="session")
def running_site(start_site, tmp_path_factory):
    """Return one running site for every test that does not need one of its own."""
    return start_site(
        folder=tmp_path_factory.mktemp("site"),
        command=[*SERVE_QUIETLY, "--workers", "1"],
        settings={"SCHATJE_CARD_LIMIT": "1000 per minute"},
    )
