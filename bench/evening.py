"""Measure what nginx gives from memory: against its own files, and while a crowd comes.

    PYTHONPATH=tools/scale python -m bench.evening

The composition of `make test-scale`, with wrk and h2load on the same cores. Writes its part of
docs/benchmarks.md.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from composition import Nginx
from running import find_program, free_port
from visiting import Crowd, Visitor

from bench.crowds import BROTLI, Came, Coming, Composed, addresses_of, composed, send
from bench.report import Aim, describe_machine, format_table, load_now, publish
from bench.workload import shrink_photo

WRK_SECONDS: Final = 6
CONNECTIONS: Final = 50
CARDS_UNTIL: Final = 25.0  # then both instances are killed


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


def beside_files(
    nginx: Nginx, names: Mapping[str, str], folder: Path, port: int
) -> list[list[str]]:
    """Measure each answer from memory and from a file with the same bytes, by turns."""
    rows = []
    for name, path in names.items():
        body = Visitor(nginx.port).ask(path, headers=BROTLI).body
        (folder / "same").write_bytes(body)
        file = hammer(port, "/same")
        kept = hammer(nginx.port, path)
        rows.append([
            name, f"{len(body) / 1000:.1f}", f"{kept.a_second:,.0f}", f"{kept.p99_ms:.1f}",
            f"{file.a_second:,.0f}", f"{kept.a_second / file.a_second:.2f}",
        ])  # fmt: skip
    return rows


# The first while cards are made and instances killed; those with TLS share the cores with the other
# half of each handshake.
CROWDS: Final = (
    Coming(2_000, 60, tls=False),
    Coming(1_000, 20, tls=True),
    Coming(2_000, 20, tls=True),
)


def crowd(run: Composed, paths: Collection[str]) -> tuple[list[list[str]], Came]:
    """Send the crowds; return their rows and what came of the first."""
    makers = Crowd(run.nginx.port, visitors=2, photo=shrink_photo(), pause_seconds=0.2)

    def make_cards() -> None:
        with makers.visiting():
            time.sleep(CARDS_UNTIL)
        for site in run.sites:
            site.kill()

    making = threading.Thread(target=make_cards)
    making.start()
    first = send(CROWDS[0], run.nginx, paths)
    making.join()
    rows = [row(CROWDS[0], first, makers.summary().partition(";")[0])]
    rows += [row(each, send(each, run.nginx, paths), "") for each in CROWDS[1:]]
    return rows, first


def row(coming: Coming, came: Came, cards: str) -> list[str]:
    """Return a row of the table."""
    return [
        f"{coming.a_second:,}", "HTTP/2, TLS" if coming.tls else "HTTP/1.1",
        f"{came.seconds:.0f}", f"{len(came.waits):,}", f"{came.failed:,}", *came.cells(), cards,
    ]  # fmt: skip


def main() -> None:
    """Measure and write the report."""
    load = load_now()
    shrink_photo()  # is kept, so this takes no time while measuring
    with tempfile.TemporaryDirectory(prefix="schatje-evening-") as name:
        files, port = Path(name, "files"), free_port()
        files.mkdir(mode=0o755)
        served = f"server {{ listen 127.0.0.1:{port}; root {files}; }}\n"
        with composed(Path(name), served) as run:
            names = addresses_of(Visitor(run.nginx.port))
            rows = beside_files(run.nginx, names, files, port)
            for path in names.values():
                Visitor(run.nginx.port).ask(path, headers=BROTLI)
            crowds, first = crowd(run, names.values())
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
