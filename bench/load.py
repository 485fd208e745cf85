"""Measure how long visitors wait when many come at once, some of them with a photo.

    python -m bench.load

An open loop: the time of each visit is fixed ahead and the wait counts from it, however busy the
site or this client is. On this machine only. Writes its parts of docs/benchmarks.md.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from bench.measure import busy_seconds, family, spent_seconds
from bench.report import Aim, describe_machine, format_table, load_now, publish
from bench.site import HOST, WORKERS, Site, serve_site
from bench.workload import PHOTO_12_MP, make_photo, shrink_photo

RATES: Final = (20, 75, 150, 300)  # requests a second
STEP_SECONDS: Final = 8.0
PAUSE_SECONDS: Final = 3.0
CARD_SHARE: Final = 0.15
PATIENCE_SECONDS: Final = 30.0
TRICKLING: Final = 60
TRICKLE_SECONDS: Final = 0.5
PAGES: Final = (
    "/nl/", "/fr/", "/nl/bereken", "/nl/resultaat/BE/1y", "/de/methode", "/nl/hulp",
    "/nl/bronnen", "/en/young-people", "/nl/faq",
)  # fmt: skip

Kind = Literal["page", "card"]


@dataclass
class Step:
    """What came back at one rate; `waits` has the milliseconds of answers with status 200."""

    name: str
    waits: dict[Kind, list[float]] = field(default_factory=lambda: {"page": [], "card": []})
    shed: dict[Kind, int] = field(default_factory=lambda: {"page": 0, "card": 0})
    errors: list[str] = field(default_factory=list)
    late: list[float] = field(default_factory=list)  # milliseconds by which this client began late
    others: float = 0.0  # cores that other processes of this machine used meanwhile

    def wait(self, kind: Kind, percent: int) -> float:
        """Return a percentile of the waits, in milliseconds."""
        return percentile(self.waits[kind], percent)

    def cells(self) -> list[str]:
        """Return a row of the table."""
        cards = len(self.waits["card"]) + self.shed["card"]
        return [
            self.name,
            *(f"{self.wait('page', percent):.0f}" for percent in (50, 95, 99)),
            *(f"{self.wait('card', percent):.0f}" for percent in (50, 95, 99)),
            f"{self.shed['card'] / cards:.0%}" if cards else "",
            f"{percentile(self.late, 95):.0f}",
            f"{self.others:.1f}",
        ]


HEAD: Final = [
    "requests a second", "pages p50", "p95", "p99", "cards p50", "p95", "p99",
    "cards shed", "client late p95", "cores busy for others",
]  # fmt: skip


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that `percent` of the values do not exceed; 0 without values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0


def arrivals(rate: int, seconds: float) -> Iterator[float]:
    """Yield the moments, in seconds, of independent visits (a Poisson process)."""
    chance, moment = np.random.default_rng(rate), 0.0
    while (moment := moment + chance.exponential(1 / rate)) < seconds:
        yield moment


async def ask(port: int, request: bytes) -> int:
    """Send a request on a new connection, read the whole answer and return its status."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(request)
        await writer.drain()
        answer = await reader.read(-1)
        head, _, body = answer.partition(b"\r\n\r\n")
        status = int(head.split(None, 2)[1])
        if not body:
            raise ConnectionError("an answer without a body")
        return status
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def visit(step: Step, site: Site, kind: Kind, request: bytes, due: float) -> None:
    """Wait until `due`, send, and count the answer."""
    await asyncio.sleep(due - time.perf_counter())
    step.late.append((time.perf_counter() - due) * 1000)
    try:
        status = await asyncio.wait_for(ask(site.port, request), PATIENCE_SECONDS)
    except (OSError, ValueError, IndexError, TimeoutError) as error:
        step.errors.append(f"{kind}: {type(error).__name__}")
        return
    if status == 200:
        step.waits[kind].append((time.perf_counter() - due) * 1000)
    elif status == 503:
        step.shed[kind] += 1
    else:
        step.errors.append(f"{kind}: {status}")


async def run_step(site: Site, step: Step, rate: int, cards: Sequence[bytes]) -> Step:
    """Send visits for STEP_SECONDS, a CARD_SHARE of them with one of the photos."""
    pages = itertools.cycle([site.page(path) for path in PAGES])
    photos = itertools.cycle(cards)
    chance = np.random.default_rng(7)
    begin, others = time.perf_counter() + 0.2, _others_seconds()
    visits = []
    for moment in arrivals(rate, STEP_SECONDS):
        is_card = bool(cards) and chance.random() < CARD_SHARE
        kind: Kind = "card" if is_card else "page"
        request = next(photos) if is_card else next(pages)
        visits.append(visit(step, site, kind, request, begin + moment))
    await asyncio.gather(*visits)
    step.others = (_others_seconds() - others) / (time.perf_counter() - begin)
    await asyncio.sleep(PAUSE_SECONDS)
    return step


def _others_seconds() -> float:
    """Return the processor seconds so far of all but this client and the site, its child."""
    return busy_seconds() - spent_seconds(family(os.getpid()))


async def trickle(site: Site, card: bytes) -> None:
    """Send a photo so slowly that it never ends."""
    _, writer = await asyncio.open_connection(HOST, site.port)
    head, _, body = card.partition(b"\r\n\r\n")
    writer.write(head + b"\r\n\r\n")
    with contextlib.suppress(OSError):
        for byte in body:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(TRICKLE_SECONDS)
    writer.close()


async def run(site: Site) -> tuple[list[Step], Step, Step]:
    """Go through all steps: the rates, then a slow rate of pages without and with slow lines."""
    for path in PAGES * 4:
        await ask(site.port, site.page(path))  # so that each worker has made each page
    # Every second photo was shrunk before it was sent.
    cards = [site.card(make_photo(PHOTO_12_MP)), site.card(shrink_photo())]
    steps = [await run_step(site, Step(str(rate)), rate, cards) for rate in RATES]
    calm = await run_step(site, Step(f"{RATES[0]}, pages only"), RATES[0], [])
    slow = [asyncio.create_task(trickle(site, cards[0])) for _ in range(TRICKLING)]
    await asyncio.sleep(2 * TRICKLE_SECONDS)
    name = f"{RATES[0]}, pages only, beside {TRICKLING} trickling uploads"
    beside = await run_step(site, Step(name), RATES[0], [])
    for task in slow:
        task.cancel()
    await asyncio.gather(*slow, return_exceptions=True)
    return steps, calm, beside


def main() -> None:
    """Measure and write the report."""
    load = load_now()
    make_photo(PHOTO_12_MP)  # both are kept, so this takes no time while measuring
    shrink_photo()
    with serve_site() as site:
        steps, calm, beside = asyncio.run(run(site))
    everything = [*steps, calm, beside]
    saturated = steps[RATES.index(150)]
    aims = [
        Aim("page p95 at 150 requests a second", saturated.wait("page", 95), 100, "ms"),
        Aim(f"page p95 beside {TRICKLING} trickling uploads", beside.wait("page", 95), 100, "ms"),
        Aim("pages shed", sum(step.shed["page"] for step in everything), 0, ""),
        Aim("errors", sum(len(step.errors) for step in everything), 0, ""),
    ]
    errors = sorted({error for step in everything for error in step.errors})
    texts = [
        describe_machine(load),
        (
            f"`schatje serve` with {WORKERS} workers shares these cores with this client."
            f" {CARD_SHARE:.0%} of the requests are cards, with a photo of"
            f" {len(make_photo(PHOTO_12_MP)) / 1e6:.1f} or {len(shrink_photo()) / 1e6:.1f} MB by"
            f" turns; {STEP_SECONDS:.0f} s a step. Milliseconds from when a visitor meant to come;"
            " shed: 503; late: this client itself, part of every wait."
        ),
        format_table(HEAD, [step.cells() for step in everything]),
        *([f"Errors: {', '.join(errors)}."] if errors else []),
    ]
    publish("load", texts, aims)


if __name__ == "__main__":
    main()
