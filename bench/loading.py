"""Measure how long the figures take to load, also as a multiple of only parsing the YAML.

    python -m bench.loading [FOLDER]

It is no test, because a busy machine would make it fail. The multiple is measured in one run, so
it can be compared between machines. Without FOLDER it writes its parts of docs/benchmarks.md.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from bench.report import Aim, format_aims, write_part
from calculator.loading import folder as loading
from calculator.loading.folder import load_sources

ROUNDS = 9


def measure_ms(work: Callable[[], object]) -> tuple[float, float]:
    """Return the first and the best round, in milliseconds of processor time."""
    rounds = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        rounds.append((time.process_time() - begin) * 1000)
    return rounds[0], min(rounds)


def parse_only(folder: Path) -> None:
    """Parse every file and drop the result: the least that any loader must do."""
    for path in folder.rglob("*.yaml"):
        for _ in yaml.parse(path.read_bytes(), Loader=yaml.CSafeLoader):
            pass


def load_anew(folder: Path) -> None:
    """Load the figures as after a start: no file is known from before."""
    loading._read.cache_clear()  # noqa: SLF001 - as in a process that has just started
    load_sources(folder)


def main() -> None:
    """Measure a folder of figures and write the report."""
    here = Path(__file__).parents[1] / "sources"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here
    sources = load_sources(folder)
    figures = sum(1 for _ in sources.figures())
    _, floor = measure_ms(lambda: parse_only(folder))
    first, best = measure_ms(lambda: load_anew(folder))
    aims = [
        Aim("load and check all figures", best, 150, "ms"),
        Aim("the same over parsing the files alone", best / floor, 5),
    ]
    text = (
        f"{len(sources.publications)} publications with {figures} figures, in processor time: the"
        f" best of {ROUNDS} rounds, the first took {first:.0f} ms.\n\n{format_aims(aims)}"
    )
    print(text)
    if folder == here:
        write_part("loading", text)


if __name__ == "__main__":
    main()
