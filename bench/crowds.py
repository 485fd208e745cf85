"""The composition of the tests of scale, and crowds of new visitors before it.

Its nginx, instances and counters share the cores with h2load, which is the crowd.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from composition import Nginx, Site, make_counters, make_nginx, make_site
from running import Program, ending, find_program, free_port
from visiting import Visitor

BROTLI: Final = {"Accept-Encoding": "br"}
_DRAWN: Final = "cards drawn ahead"


@dataclass(frozen=True)
class Composed:
    """What runs: nginx before two instances that count cards together."""

    nginx: Nginx
    sites: tuple[Site, ...]
    counters: Program
    counters_port: int


@contextmanager
def composed(place: Path, more_servers: str = "") -> Iterator[Composed]:
    """Run it in a folder until the block ends; yield once all cards are drawn ahead.

    `more_servers` is more of nginx's configuration, such as a server of plain files.
    """
    place.chmod(0o755)  # nginx's worker runs as another user
    counters_port = free_port()
    counters = make_counters(place / "counters", counters_port)
    settings = {
        "SCHATJE_SECRET_KEY": "x" * 40,
        "SCHATJE_PROXIES": "1",
        "SCHATJE_RENDERERS": "1",
        "SCHATJE_CARD_LIMIT": "100000 per minute",  # all visitors here have one address
        "SCHATJE_LIMITS_STORAGE": f"redis://127.0.0.1:{counters_port}",
    }
    sites = tuple(make_site(place, number, settings) for number in (1, 2))
    nginx = make_nginx(place / "nginx", [site.port for site in sites])
    with (nginx.folder / "servers.conf").open("a", encoding="utf-8") as servers:
        servers.write(more_servers)
    with ending(nginx, *sites, counters):
        counters.start()
        for site in sites:
            site.environment["SCHATJE_SITE_URL"] = f"http://127.0.0.1:{nginx.port}"
            site.start()
        for site in sites:
            site.wait_until_ready()
        while not all(_DRAWN in "".join(site.written) for site in sites):
            time.sleep(1)
        nginx.start()
        nginx.wait_for_port(nginx.port)
        yield Composed(nginx, sites, counters, counters_port)


def addresses_of(visitor: Visitor) -> dict[str, str]:
    """Return what a first visit asks for, by what it is."""
    page = "/nl/resultaat/BE/1y"
    text = visitor.ask(page).text

    def first(pattern: str) -> str:
        found = re.search(pattern, text)
        if found is None:
            raise RuntimeError(f"nothing like {pattern} on {page}")
        return found[0]

    return {
        "first page": "/nl/",
        "result": page,
        "stylesheet": first(r"/static/\w+/css/site\.css"),
        "script": first(r"/static/\w+/js/[\w/-]+\.js"),
        "font": first(r"/static/\w+/fonts/[\w-]+\.woff2"),
        "card": first(r"/card/\w+/nl/BE/1y/\w+\.jpg"),
    }


@dataclass(frozen=True)
class Coming:
    """New visitors that come each second, for some seconds, with TLS and HTTP/2 or without."""

    a_second: int
    seconds: int
    tls: bool


@dataclass(frozen=True)
class Came:
    """What they waited, in milliseconds of a request, and how many requests failed."""

    waits: tuple[float, ...]
    failed: int
    seconds: float

    def cells(self) -> list[str]:
        """Return the median wait, two percentiles and the longest, for a table."""
        cut = statistics.quantiles(self.waits, n=100)
        return [*(f"{cut[place]:.1f}" for place in (49, 94, 98)), f"{max(self.waits):.0f}"]

    @property
    def p99(self) -> float:
        """Return the wait that one of a hundred exceeds."""
        return statistics.quantiles(self.waits, n=100)[98]


def send(coming: Coming, nginx: Nginx, paths: Collection[str]) -> Came:
    """Have visitors come, each with a connection of its own and one request for each path."""
    site = f"https://127.0.0.1:{nginx.tls_port}" if coming.tls else f"http://127.0.0.1:{nginx.port}"
    visitors = coming.a_second * coming.seconds
    with tempfile.TemporaryDirectory() as name:
        log, asked = Path(name) / "log", Path(name) / "addresses"
        asked.write_text("".join(f"{site}{path}\n" for path in paths), encoding="ascii")
        command = [
            find_program("h2load"), "-t1", f"-c{visitors}", f"-r{coming.a_second // 50}",
            "--rate-period=20ms",  # and not all at the beginning of each second
            f"-n{visitors * len(paths)}", "-H", "accept-encoding: br", f"--input-file={asked}",
            f"--log-file={log}", *([f"-m{len(paths)}"] if coming.tls else ["--h1"]),
        ]  # fmt: skip
        began = time.monotonic()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        seconds = time.monotonic() - began
        lines = [line.split("\t") for line in log.read_text(encoding="ascii").splitlines()]
    good = [int(micro) / 1000 for _start, status, micro in lines if status == "200"]
    return Came(tuple(good), visitors * len(paths) - len(good), seconds)
