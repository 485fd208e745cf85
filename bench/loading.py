"""Print how long the figures take to load, and what share of it is reading YAML.

    .venv/bin/python bench/loading.py [FOLDER]

The aim is under 150 ms for everything. It is no test: a busy machine would make it fail for
nothing. The ratio compares with a plain parse of the same files in the same run, so that it says
something on any machine: it should stay below 5.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from calculator.loading import load_sources

ROUNDS = 9
AIM_MS = 150


def measure_ms(work: Callable[[], object]) -> tuple[float, float]:
    """Give the first and the best round, in processor time: others may use the machine."""
    rounds = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        rounds.append((time.process_time() - begin) * 1000)
    return rounds[0], min(rounds)


def parse_only(folder: Path) -> None:
    """Parse every file and drop the result: the floor under any loader."""
    for path in folder.rglob("*.yaml"):
        for _ in yaml.parse(path.read_bytes(), Loader=yaml.CSafeLoader):
            pass


def main() -> None:
    """Measure a folder of figures."""
    here = Path(__file__).parents[1] / "sources"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here
    sources = load_sources(folder)
    figures = sum(1 for _ in sources.figures())
    print(f"{len(sources.publications)} publications, {figures} figures")

    floor_first, floor = measure_ms(lambda: parse_only(folder))
    first, best = measure_ms(lambda: load_sources(folder))
    print(f"{'':24}{'first':>8}{'best':>8}{'ratio':>8}")
    print(f"{'parse only (floor)':24}{floor_first:6.0f}ms{floor:6.0f}ms{1:8.1f}")
    print(f"{'load and check':24}{first:6.0f}ms{best:6.0f}ms{best / floor:8.1f}")
    print(f"aim: {AIM_MS} ms, {'met' if best < AIM_MS else 'NOT met'}")


if __name__ == "__main__":
    main()
