"""Measure what nginx gives from memory: against its own files, and while a crowd comes.

    PYTHONPATH=tools/scale python -m bench.evening

The composition of `make test-scale`, with wrk and h2load on the same cores. Writes its part of
docs/benchmarks.md.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from composition import Nginx, Site, make_counters, make_nginx, make_site
from running import ending, find_program, free_port
from visiting import Crowd, Visitor

from bench.report import Aim, describe_machine, format_table, load_now, publish
from bench.workload import shrink_photo

WRK_SECONDS: Final = 6
CONNECTIONS: Final = 50
CARDS_UNTIL: Final = 25.0  # then both instances are killed
BROTLI: Final = {"Accept-Encoding": "br"}


@dataclass(frozen=True)
class Rate:
    """What came of one run of wrk."""

    a_second: float
    p99_ms: float


def hammer(port: int, path: str) -> Rate:
    """Ask for a path as fast as it is answered, on a few connections."""
    done = subprocess.run(
        [
            find_program("wrk"), "-t1", f"-c{CONNECTIONS}", f"-d{WRK_SECONDS}", "--latency",
            "-H", "Accept-Encoding: br", f"http://127.0.0.1:{port}{path}",
        ],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    if "Non-2xx" in done:
        raise RuntimeError(f"{path}: not every answer was 200\n{done}")
    found = re.search(r"99%\s+([\d.]+)(us|ms|s)\n", done)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done)
    if found is None or rate is None:
        raise RuntimeError(done)
    unit = {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]]
    return Rate(float(rate[1]), float(found[1]) * unit)


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


def beside_files(nginx: Nginx, names: Mapping[str, str], folder: Path) -> list[list[str]]:
    """Measure each answer from memory and from a file with the same bytes, by turns."""
    rows = []
    for name, path in names.items():
        body = Visitor(nginx.port).ask(path, headers=BROTLI).body
        (folder / "same").write_bytes(body)
        file = hammer(FILES.port, "/same")
        kept = hammer(nginx.port, path)
        rows.append([
            name, f"{len(body) / 1000:.1f}", f"{kept.a_second:,.0f}", f"{kept.p99_ms:.1f}",
            f"{file.a_second:,.0f}", f"{kept.a_second / file.a_second:.2f}",
        ])  # fmt: skip
    return rows


@dataclass(frozen=True)
class Coming:
    """New visitors that come each second, for some seconds, with TLS and HTTP/2 or without."""

    a_second: int
    seconds: int
    tls: bool


# The first while cards are made and instances killed; those with TLS share the cores with the other
# half of each handshake.
CROWDS: Final = (
    Coming(2_000, 60, tls=False),
    Coming(1_000, 20, tls=True),
    Coming(2_000, 20, tls=True),
)


@dataclass(frozen=True)
class Came:
    """What they waited, in milliseconds of a request, and how many requests failed."""

    waits: tuple[float, ...]
    failed: int
    seconds: float

    def cells(self, coming: Coming, cards: str) -> list[str]:
        """Return a row of the table."""
        cut = statistics.quantiles(self.waits, n=100)
        return [
            f"{coming.a_second:,}", "HTTP/2, TLS" if coming.tls else "HTTP/1.1",
            f"{self.seconds:.0f}", f"{len(self.waits):,}", f"{self.failed:,}",
            *(f"{cut[place]:.1f}" for place in (49, 94, 98)), f"{max(self.waits):.0f}", cards,
        ]  # fmt: skip

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


def crowd(nginx: Nginx, sites: list[Site], paths: Collection[str]) -> tuple[list[list[str]], Came]:
    """Send the crowds; return their rows and what came of the first."""
    makers = Crowd(nginx.port, visitors=2, photo=shrink_photo(), pause_seconds=0.2)

    def make_cards() -> None:
        with makers.visiting():
            time.sleep(CARDS_UNTIL)
        for site in sites:
            site.kill()

    making = threading.Thread(target=make_cards)
    making.start()
    first = send(CROWDS[0], nginx, paths)
    making.join()
    rows = [first.cells(CROWDS[0], makers.summary().partition(";")[0])]
    rows += [send(each, nginx, paths).cells(each, "") for each in CROWDS[1:]]
    return rows, first


class FILES:
    """Where the nginx that is measured also serves plain files."""

    port = free_port()


def add_files(nginx: Nginx, folder: Path) -> None:
    """Let nginx serve plain files on a port of their own."""
    servers = nginx.folder / "servers.conf"
    text = servers.read_text(encoding="utf-8")
    more = f"server {{ listen 127.0.0.1:{FILES.port}; root {folder}; }}\n"
    servers.write_text(text + more, encoding="utf-8")


def main() -> None:
    """Measure and write the report."""
    load = load_now()
    shrink_photo()  # is kept, so this takes no time while measuring
    with tempfile.TemporaryDirectory(prefix="schatje-evening-") as name:
        place = Path(name)
        place.chmod(0o755)
        files = place / "files"
        files.mkdir()
        files.chmod(0o755)
        counters_port = free_port()
        counters = make_counters(place / "counters", counters_port)
        settings = {
            "SCHATJE_SECRET_KEY": "x" * 40,
            "SCHATJE_PROXIES": "1",
            "SCHATJE_RENDERERS": "1",
            "SCHATJE_CARD_LIMIT": "100000 per minute",
            "SCHATJE_LIMITS_STORAGE": f"redis://127.0.0.1:{counters_port}",
        }
        sites = [make_site(place, number, settings) for number in (1, 2)]
        nginx = make_nginx(place / "nginx", [site.port for site in sites])
        add_files(nginx, files)
        with ending(nginx, *sites, counters):
            counters.start()
            for site in sites:
                site.environment["SCHATJE_SITE_URL"] = f"http://127.0.0.1:{nginx.port}"
                site.start()
            for site in sites:
                site.wait_until_ready()
            while not all("cards drawn ahead" in "".join(site.written) for site in sites):
                time.sleep(1)
            nginx.start()
            nginx.wait_for_port(nginx.port)
            names = addresses_of(Visitor(nginx.port))
            rows = beside_files(nginx, names, files)
            for path in names.values():
                Visitor(nginx.port).ask(path, headers=BROTLI)
            crowds, first = crowd(nginx, sites, names.values())
    worst = {each[0]: float(each[-1]) for each in rows}
    aims = [
        *(
            Aim(f"{name} from memory, against a file", worst[name], 0.5, at_least=True)
            for name in ("result", "stylesheet", "card")
        ),
        Aim(f"p99 at {CROWDS[0].a_second:,} new visitors a second", first.p99, 50, "ms"),
        Aim("failed, both instances killed meanwhile", first.failed, 0, ""),
    ]
    texts = [
        describe_machine(load),
        (
            f"nginx with the deployed files before two instances; wrk and h2load share its cores."
            f" First {CONNECTIONS} connections without TLS, {WRK_SECONDS} s each, beside a file of"
            " the same bytes from the same nginx:"
        ),
        format_table(
            ["answer", "kB", "from memory a second", "p99 ms", "from a file a second", "ratio"],
            rows,
        ),
        (
            f"Then new visitors, a connection and {len(names)} requests each; beside the first"
            f" crowd cards with photos are made, and after {CARDS_UNTIL:.0f} s both instances are"
            " killed. Milliseconds of a request:"
        ),
        format_table(
            ["a second", "over", "s", "requests", "failed", "p50", "p95", "p99", "max", "cards"],
            crowds,
        ),
    ]
    publish("evening", texts, aims)


if __name__ == "__main__":
    main()
