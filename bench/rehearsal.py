"""Rehearse the evening of 18 November on this machine, and say what broke.

    PYTHONPATH=tools/scale python -m bench.rehearsal

New visitors come faster and faster, a connection and six requests each, while two others send
photos; then figures are edited, an instance is killed, the counters are killed, and a hostile crowd
comes. Writes its part of docs/benchmarks.md.
"""

from __future__ import annotations

import contextlib
import math
import re
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from composition import change_a_figure
from running import Program
from visiting import Crowd, Visitor

from bench.crowds import BROTLI, Came, Coming, Composed, addresses_of, composed, send
from bench.hostile import SLOW, hostile_crowd
from bench.report import Aim, describe_machine, format_table, load_now, publish
from bench.workload import shrink_photo

RATES: Final = (250, 500, 1_000, 2_000, 3_000)  # new visitors a second
STEADY: Final = 1_000  # while something happens
SECONDS: Final = 20
PATIENCE_MS: Final = 100.0  # of the slowest in a hundred, for a rate to count as carried
PEAK: Final = 5_000
_EVENT_AFTER_SECONDS: Final = 4.0
_PATIENCE_SECONDS: Final = 60.0
_LOOK_SECONDS: Final = 1.0


@dataclass
class Memory:
    """The most memory that each program, and its largest process, held while watched, in MB."""

    programs: dict[str, Program]
    most: dict[str, float] = field(default_factory=dict)
    largest: dict[str, float] = field(default_factory=dict)

    def look(self) -> None:
        """Read what each process holds now; what processes share counts once, in parts."""
        for name, program in self.programs.items():
            if not program.is_running():
                continue
            held = [_megabytes(pid) for pid in program.processes()]
            self.most[name] = max(self.most.get(name, 0), sum(held))
            self.largest[name] = max(self.largest.get(name, 0), *held)

    def cells(self) -> list[str]:
        """Return a cell for each program."""
        return [
            f"{self.most.get(name, 0):.0f} ({self.largest.get(name, 0):.0f})"
            for name in self.programs
        ]


def _megabytes(pid: int) -> float:
    with contextlib.suppress(OSError):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
        return int(found[1]) / 1000 if found else 0.0
    return 0.0  # it has ended


@contextlib.contextmanager
def watched(programs: dict[str, Program]) -> Iterator[Memory]:
    """Look at the programs' memory once a second until the block ends."""
    memory, enough = Memory(programs), threading.Event()

    def keep_on() -> None:
        while not enough.wait(_LOOK_SECONDS):
            memory.look()

    thread = threading.Thread(target=keep_on, daemon=True)
    thread.start()
    try:
        yield memory
    finally:
        enough.set()
        thread.join(10)


@dataclass(frozen=True)
class Step:
    """One part of the evening, and what came of it."""

    name: str
    coming: Coming
    came: Came
    makers: Crowd
    memory: Memory
    seen: str

    @property
    def is_carried(self) -> bool:
        """Return whether no request failed and the slowest in a hundred came soon."""
        return not self.came.failed and self.came.p99 <= PATIENCE_MS

    @property
    def cards_a_second(self) -> float:
        """Return the cards with a photo made meanwhile, a second."""
        return self.makers.statuses["200"] / self.came.seconds

    def cells(self) -> list[str]:
        """Return a row of the table."""
        made, refused = self.makers.statuses["200"], len(self.makers.failures)
        shed = sum(self.makers.statuses.values()) - made - refused
        cards = f"{made} / {shed} / {refused}"
        return [
            self.name, f"{self.coming.a_second:,}", f"{self.came.seconds:.0f}",
            f"{len(self.came.waits):,}", f"{self.came.failed:,}", *self.came.cells(), cards,
            *self.memory.cells(), self.seen,
        ]  # fmt: skip


class Rehearsal:
    """The evening: steps one after the other before the same composition."""

    def __init__(self, run: Composed) -> None:
        self.run = run
        self.steps: list[Step] = []
        self._paths: Collection[str] = addresses_of(Visitor(run.nginx.port)).values()
        for path in self._paths:
            Visitor(run.nginx.port).ask(path, headers=BROTLI)

    def play(self, name: str, a_second: int, event: Callable[[], str] | None = None) -> None:
        """Have visitors come and cards be made; after some seconds the event happens."""
        coming = Coming(a_second, SECONDS, tls=True)
        makers = Crowd(self.run.nginx.port, visitors=2, photo=shrink_photo(), pause_seconds=0.2)
        programs: dict[str, Program] = {
            "first": self.run.sites[0], "second": self.run.sites[1], "nginx": self.run.nginx,
        }  # fmt: skip
        seen: list[str] = []

        def happen() -> None:
            time.sleep(_EVENT_AFTER_SECONDS)
            if event is not None:
                seen.append(event())

        happening = threading.Thread(target=happen)
        with watched(programs) as memory, makers.visiting():
            happening.start()
            came = send(coming, self.run.nginx, self._paths)
            happening.join()
        step = Step(name, coming, came, makers, memory, "".join(seen))
        print(" | ".join(step.cells()), flush=True)
        self.steps.append(step)

    def edit_figures(self) -> str:
        """Change a figure on both instances; return how long visitors still saw the old one."""
        visitor, path = Visitor(self.run.nginx.port), "/data/figures.json"
        before, began = visitor.ask(path).body, time.monotonic()
        for site in self.run.sites:
            change_a_figure(site.sources)
        while visitor.ask(path).body == before:
            if time.monotonic() - began > _PATIENCE_SECONDS:
                return "the new figure never came"
            time.sleep(0.2)
        return f"new figure seen after {time.monotonic() - began:.1f} s"

    def kill_an_instance(self) -> str:
        """Kill one instance and start it again; return when it was back."""
        site = self.run.sites[0]
        site.kill()
        site.start()
        return f"ready again after {site.wait_until_ready():.1f} s"

    def kill_the_counters(self) -> str:
        """Kill the shared counters for some seconds; return whether an instance stayed ready."""
        self.run.counters.kill()
        time.sleep(6)
        stayed = all(site.is_ready() for site in self.run.sites)
        self.run.counters.start()
        self.run.counters.wait_for_port(self.run.counters_port)
        return "instances stayed ready" if stayed else "an instance was not ready"

    def let_the_hostile_come(self) -> str:
        """Let a hostile crowd come; return what it sent and got."""
        with hostile_crowd(self.run.nginx.port) as came:
            time.sleep(SECONDS - _EVENT_AFTER_SECONDS - 2)
        said = ", ".join(
            f"{count} × {what.replace('_', ' ')}" for what, count in sorted(came.items())
        )
        return f"{SLOW} slow readers, {SLOW} trickling bodies, {said}"


def machines_for(peak: int, carried: int) -> int:
    """Return how many such machines carry a peak when one of them may fail."""
    return math.ceil(peak / carried) + 1


def conclusion(steps: Sequence[Step]) -> str:
    """Say what a peak needs, from what was carried here."""
    carried = max((step.coming.a_second for step in steps if step.is_carried), default=0)
    if not carried:
        return "No rate was carried."
    cards = min(step.cards_a_second for step in steps)
    return (
        f"Carried (none failed, p99 within {PATIENCE_MS:.0f} ms): {carried:,} new visitors a second"
        f" on these cores, load generator included. A peak of {PEAK:,} a second needs"
        f" {machines_for(PEAK, carried)} such machines, of which one may fail, without a CDN. With"
        " one that keeps what the site calls public, the machines see its renewals and the photos"
        f" sent without JavaScript, {cards:.1f} of which a second were made in the worst step here:"
        " two machines, one of which may fail."
    )


def main() -> None:
    """Play the evening and write the report."""
    load = load_now()
    shrink_photo()  # is kept, so this takes no time while measuring
    with (
        tempfile.TemporaryDirectory(prefix="schatje-rehearsal-") as name,
        composed(Path(name)) as run,
    ):
        evening = Rehearsal(run)
        for rate in RATES:
            evening.play("rising", rate)
            if not evening.steps[-1].is_carried:
                break
        evening.play("a figure is edited", STEADY, evening.edit_figures)
        evening.play("an instance is killed", STEADY, evening.kill_an_instance)
        evening.play("Redis is killed", STEADY, evening.kill_the_counters)
        evening.play("a hostile crowd", STEADY, evening.let_the_hostile_come)
    steady = [step for step in evening.steps if step.coming.a_second <= STEADY]
    aims = [
        Aim("requests failed", sum(step.came.failed for step in evening.steps), 0, ""),
        Aim(f"p99 up to {STEADY:,} a second, whatever happens", max(s.came.p99 for s in steady),
            PATIENCE_MS, "ms"),
    ]  # fmt: skip
    head = [
        "what happens", "visitors a second", "s", "requests", "failed", "p50", "p95", "p99", "max",
        "cards made / shed / failed", "first MB", "second MB", "nginx MB", "seen",
    ]  # fmt: skip
    texts = [
        describe_machine(load),
        (
            "nginx with the deployed files before two instances of one worker, Redis, and the load"
            " on the same cores. TLS and HTTP/2, six requests a visitor; two visitors send photos"
            " without a pause. Milliseconds of a request; MB at most, in brackets of the largest"
            " process:"
        ),
        format_table(head, [step.cells() for step in evening.steps]),
        conclusion(evening.steps),
    ]
    publish("rehearsal", texts, aims)


if __name__ == "__main__":
    main()
