"""Compare our drawing of a card with other libraries (peers).

    python -m bench.peers [FOLDER]

Needs what bench/peers/install installs, and a Chromium in $CHROMIUM. Writes its parts of
docs/benchmarks.md; with FOLDER it saves each peer's cards there.
"""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from bench.cards import (
    FLOOR,
    FULL,
    KNOWN,
    LINK_KEPT,
    LINK_NEW,
    Cards,
    measure_memory_in_fresh_process,
)
from bench.measure import (
    Stopwatch,
    Times,
    counting,
    measure_peak_mb,
    median,
    ratio,
    take_turns,
    timed,
)
from bench.peers.prepare import LARGE, PHOTO, prepare
from bench.peers.processes import (
    CARD,
    EMBEDDED_PEER,
    PEERS,
    SHRUNK_PEER,
    Peer,
    RunningPeer,
    find_versions,
    make_fonts,
)
from bench.report import Aim, describe_machine, format_table, load_now, publish
from bench.workload import PHOTO_12_MP, make_photo

ROUNDS: Final = 11

Running = dict[Peer, RunningPeer]


def measure_photo_cards(running: Running, cards: Cards) -> tuple[Times, dict[str, float]]:
    """Draw a card of the 12 MP photo with each, in turns; return times and processor seconds."""
    photo = make_photo(PHOTO_12_MP)
    works: dict[str, Stopwatch] = {
        FLOOR: timed(lambda: cards.read_and_write(photo)),
        KNOWN: timed(lambda: cards.draw_known(photo)),
        FULL: timed(lambda: cards.draw(photo)),
    }
    for peer, process in running.items():
        works[peer.name] = lambda process=process: process.draw("photo", PHOTO)
    spent: dict[str, float] = {}
    processes = {peer.name: process.pid for peer, process in running.items()}
    counted = {
        name: counting(work, processes[name], spent, name)
        if name in processes
        else counting_here(work, spent, name)
        for name, work in works.items()
    }
    return take_turns(counted, ROUNDS), spent


def counting_here(stopwatch: Stopwatch, spent: dict[str, float], name: str) -> Stopwatch:
    """Also add to `spent[name]` the processor seconds of this process, without its children."""

    def run() -> float:
        before = time.process_time()
        took = stopwatch()
        spent[name] = spent.get(name, 0.0) + time.process_time() - before
        return took

    return run


def measure_link_cards(running: Running, cards: Cards) -> Times:
    """Draw a card without a photo with each, in turns; return the times."""
    works: dict[str, Stopwatch] = {
        LINK_KEPT: timed(cards.write),
        LINK_NEW: timed(cards.draw_link_anew),
    }
    for peer, process in running.items():
        if peer.link:
            works[peer.link] = lambda process=process: process.draw("link")
    return take_turns(works, ROUNDS)


def measure_memory() -> dict[str, float]:
    """Return the peak in MB of one 48 MP photo for each, in a new process that is ready."""
    peaks = {FULL: measure_memory_in_fresh_process()}
    for peer in PEERS:
        running = RunningPeer(peer)
        peaks[peer.name] = measure_peak_mb(
            running.pid, lambda running=running: running.draw("photo", LARGE)
        )
        running.end()
    return peaks


def main() -> None:
    """Measure everything and write the report."""
    load = load_now()
    prepare(CARD)
    make_fonts()
    memory = measure_memory()
    cards = Cards()
    with ExitStack() as stack:
        running: Running = {}
        for peer in PEERS:
            running[peer] = RunningPeer(peer)
            stack.callback(running[peer].end)
        if len(sys.argv) > 1:
            keep_cards(running, Path(sys.argv[1]).resolve())
        photos, spent = measure_photo_cards(running, cards)
        links = measure_link_cards(running, cards)
    aims = [
        Aim(f"{KNOWN}, against {peer.name}", ratio(photos, peer.name, KNOWN), bound, at_least=True)
        for peer, bound in ((EMBEDDED_PEER, 5), (SHRUNK_PEER, 2.3))
    ]
    aims += [
        Aim(f"{own}, against {SHRUNK_PEER.link}", ratio(links, SHRUNK_PEER.link, own), 10,
            at_least=True)
        for own in (LINK_KEPT, LINK_NEW)
    ]  # fmt: skip
    photo_rows = [
        [
            name,
            f"{median(photos, name):.0f}",
            f"{ratio(photos, name, FLOOR):.2f}",
            f"{ratio(photos, name, KNOWN):.2f}",
            f"{spent[name] / spent[KNOWN]:.2f}",
            f"{memory[name]:.0f}" if name in memory else "",
        ]
        for name in sorted(photos, key=lambda name: median(photos, name))
    ]
    link_rows = [
        [name, f"{median(links, name):.1f}", f"{ratio(links, name, LINK_NEW):.2f}"]
        for name in sorted(links, key=lambda name: median(links, name))
    ]
    texts = [
        describe_machine(load, find_versions()),
        f"Medians of {ROUNDS} rounds.",
        format_table(
            [
                "photo of 12 MP",
                "ms",
                "× floor",
                "× ours, faces known",
                "by processor time",
                "MB for 48 MP",
            ],
            photo_rows,
        ),
        format_table(["link card", "ms", "× ours, set anew"], link_rows),
    ]
    publish("peers", texts, aims)


def keep_cards(running: Running, folder: Path) -> None:
    """Have every peer save its cards."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, peer in enumerate(running.values()):
        peer.draw("photo", PHOTO, folder / f"photo-{number}.jpg")
        peer.draw("link", None, folder / f"link-{number}.jpg")


if __name__ == "__main__":
    main()
