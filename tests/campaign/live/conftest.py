"""A site of two processes that keeps its files in a folder of the test, and each process asked."""

from __future__ import annotations

import http.client
import json
import os
import time
from dataclasses import dataclass, field

import pytest
from damage import Files
from served_site import SERVE_QUIETLY

from campaign.config import Settings


@dataclass
class Site:
    """A running site, its folders, and a line to each of its workers."""

    running: object
    files: Files
    lines: dict = field(default_factory=dict)

    def workers(self):
        return self.running.workers()

    def ask(self, worker, path):
        """Ask one worker: status and body."""
        for _ in range(3):
            line = self.lines.get(worker) or self._line_to(worker)
            try:
                line.request("GET", path)
                response = line.getresponse()
                return response.status, response.read()
            except (OSError, http.client.HTTPException):
                # An idle line is closed by the other side after two seconds.
                self.lines.pop(worker).close()
        raise AssertionError(f"worker {worker} does not answer")

    def _line_to(self, worker):
        """Connect until that worker takes the call; those of the others are kept for later."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            line = http.client.HTTPConnection("127.0.0.1", self.running.port, timeout=20)
            try:
                line.request("GET", "/readyz")
                found = json.loads(line.getresponse().read())["worker"]
            except (OSError, http.client.HTTPException):
                line.close()
                raise
            if found in self.lines:
                self.lines.pop(found).close()
            self.lines[found] = line
            if found == worker:
                return line
            time.sleep(0.02)
        raise AssertionError(f"worker {worker} takes no call")

    def ready(self, worker):
        status, body = self.ask(worker, "/readyz")
        assert status == 200
        return json.loads(body)

    def hang_up(self):
        for line in self.lines.values():
            line.close()
        self.lines.clear()

    def wait_for(self, holds, seconds=30.0):
        """Wait until every worker's /readyz is as wanted; give the seconds that took."""
        begun = time.monotonic()
        for worker in self.workers():
            while not holds(found := self.ready(worker)):
                assert time.monotonic() < begun + seconds, f"after {seconds} s still {found}"
                time.sleep(0.05)
        return time.monotonic() - begun


@pytest.fixture(scope="session")
def start_live(start_site):
    """Return a function that starts a site on a copy of the project's files, once or again."""

    def start(folder, **settings):
        files = Files(folder / "sources", folder / "content")
        if not files.sources.exists():
            folder.mkdir(exist_ok=True)
            files.restore()
        running = start_site(
            folder=folder,
            command=SERVE_QUIETLY,
            settings={
                "SCHATJE_SOURCES": str(files.sources),
                "SCHATJE_CONTENT": str(files.content),
                # The same after a restart on another port: it stands in every page.
                "SCHATJE_LOOK_SECONDS": str(Settings().look_seconds),
                "SCHATJE_SITE_URL": "http://127.0.0.1:8000",
                "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            }
            | settings,
        )
        site = Site(running, files)
        end = time.monotonic() + 60
        # Each worker has renderers of its own, of which it says when they are ready.
        while len(site.workers()) < 2 or any(
            site.ask(worker, "/readyz")[0] != 200 for worker in site.workers()
        ):
            assert time.monotonic() < end
            time.sleep(0.05)
        return site

    return start
