"""Measure a card against its floor, with and without the face search, and through the child.

    python -m bench.cards

Writes its parts of docs/benchmarks.md. It is no test, because a busy machine would make it fail.
"""

from __future__ import annotations

import io
import itertools
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from typing import Final

from PIL import Image

from bench.measure import (
    Times,
    counting,
    measure_peak_mb,
    median,
    ratio,
    take_turns,
    timed,
)
from bench.report import Aim, describe_machine, format_table, load_now, publish
from bench.workload import (
    LAYOUT,
    PHOTO_12_MP,
    PHOTO_48_MP,
    KnownFaces,
    make_photo,
    make_words,
    shrink_photo,
)
from calculator.card.draw import render_base
from calculator.photo.protect import protect_photo
from calculator.photo.searching import FaceFinder
from calculator.renderer.pool import Pool, PoolLimits
from calculator.renderer.process import ChildFiles
from campaign.cards.studio import default_studio

ROUNDS: Final = 25
TOGETHER_ROUNDS: Final = 12
TOGETHER_CARDS: Final = 4

FLOOR = "floor"
KNOWN = "photo card, faces known"
FULL = "photo card"
CHILD = "photo card through the child"
SHRUNK_KNOWN = "photo shrunk to 1600 px, faces known"
SHRUNK = "photo shrunk to 1600 px"
LINK_NEW = "link card, every word set anew"
LINK_KEPT = "link card, words kept"
LINK_SERVED = "link card, asked for again"


class Cards:
    """Everything that is measured; fonts, words and photos are made once."""

    def __init__(self, children: int = 1) -> None:
        self.studio = default_studio()
        self.words = make_words()
        self.known_faces = KnownFaces()
        self._amounts = itertools.count(91)
        self.base = render_base(self.words, LAYOUT, self.studio.fonts)
        self.pool = Pool(
            ChildFiles(self.studio.fonts_folder, self.studio.model), PoolLimits(children=children)
        )

    def read_and_write(self, photo: bytes) -> None:
        """Read the photo at a quarter and write a card: the floor, which no engine can avoid."""
        with Image.open(io.BytesIO(photo)) as image:
            image.draft(None, (image.width // 4, image.height // 4))
            image.load()
        self.write()

    def write(self) -> None:
        """Encode a finished card."""
        self.base.save(io.BytesIO(), "JPEG", quality=85, subsampling="4:2:0")

    def draw(self, photo: bytes) -> bytes:
        """Draw a photo card in this process."""
        return self.draw_with(self.studio.finder, photo)

    def draw_known(self, photo: bytes) -> bytes:
        """Draw a photo card with the faces found the first time, without a search."""
        return self.draw_with(self.known_faces, photo)

    def draw_with(self, finder: FaceFinder, photo: bytes) -> bytes:
        """Draw a photo card with the faces that `finder` finds."""
        size = {"width_px": LAYOUT.picture.width, "height_px": LAYOUT.picture.height}
        protected = protect_photo(photo, **size, finder=finder)
        return self.studio.draw(self.words, LAYOUT, protected)

    def draw_in_child(self, photo: bytes) -> bytes:
        """Draw a photo card as the site does."""
        return self.pool.draw(self.words, LAYOUT.name, photo).data

    def draw_link_anew(self) -> bytes:
        """Draw a card without a photo, with an amount that was never drawn before."""
        words = replace(self.words, amount=f"€ {next(self._amounts)}.000")
        return self.studio.draw(words, LAYOUT)

    def draw_link(self) -> bytes:
        """Draw a card without a photo."""
        return self.studio.draw(self.words, LAYOUT)


def measure_times() -> Times:
    """Return the milliseconds of each way, one card at a time."""
    cards, photo, shrunk = Cards(), make_photo(PHOTO_12_MP), shrink_photo()
    cards.pool.wait_until_ready()
    works = {
        FLOOR: lambda: cards.read_and_write(photo),
        KNOWN: lambda: cards.draw_known(photo),
        FULL: lambda: cards.draw(photo),
        CHILD: lambda: cards.draw_in_child(photo),
        SHRUNK_KNOWN: lambda: cards.draw_known(shrunk),
        SHRUNK: lambda: cards.draw(shrunk),
        LINK_KEPT: cards.write,
        LINK_SERVED: cards.draw_link,
        LINK_NEW: cards.draw_link_anew,
    }
    times = take_turns({name: timed(work) for name, work in works.items()}, ROUNDS)
    cards.pool.close()
    return times


def measure_together() -> tuple[float, float]:
    """Return how many times as many cards two children draw as one.

    First by the clock, then by processor time: what two cores without other work would give.
    """
    cards, photo = Cards(children=2), make_photo(PHOTO_12_MP)
    cards.pool.wait_until_ready()

    def draw_some() -> None:
        for _ in range(TOGETHER_CARDS):
            cards.draw_in_child(photo)

    def draw_twice_as_many() -> None:
        both = [threading.Thread(target=draw_some) for _ in range(2)]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()

    while not all(child.jobs_done for child in cards.pool.children):
        draw_twice_as_many()
    spent: dict[str, float] = {}
    works = {"one": timed(draw_some), "two": timed(draw_twice_as_many)}
    times = take_turns(
        {name: counting(work, os.getpid(), spent, name) for name, work in works.items()},
        TOGETHER_ROUNDS,
    )
    cards.pool.close()
    return 2 / ratio(times, "two", "one"), 4 * spent["one"] / spent["two"]


def measure_memory_here(photo: bytes) -> float:
    """Return the peak in MB of one photo, in a process that is ready but has drawn none yet."""
    cards = Cards()
    finder = cards.studio.finder  # loads the model
    return measure_peak_mb(os.getpid(), lambda: cards.draw_with(finder, photo))


def measure_memory_of_child() -> float:
    """Return the peak in MB of a child that draws one large photo, the file included."""
    cards, photo = Cards(), make_photo(PHOTO_48_MP)
    cards.pool.wait_until_ready()
    (child,) = cards.pool.children
    peak = measure_peak_mb(child.pid, lambda: cards.draw_in_child(photo))
    cards.pool.close()
    return peak


def measure_memory_in_fresh_process() -> float:
    """Return what measure_memory_here measures in a new process."""
    code = (
        "import pathlib, sys, bench.cards;"
        "print(bench.cards.measure_memory_here(pathlib.Path(sys.argv[1]).read_bytes()))"
    )
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        # Made in this process, because making a photo takes more memory than reading it.
        file.write(make_photo(PHOTO_48_MP))
        file.flush()
        done = subprocess.run(
            [sys.executable, "-c", code, file.name], check=True, stdout=subprocess.PIPE
        )
    return float(done.stdout)


def main() -> None:
    """Measure everything and write the report."""
    load = load_now()
    memory, in_child = measure_memory_in_fresh_process(), measure_memory_of_child()
    times, (together, in_processor_time) = measure_times(), measure_together()
    aims = [
        Aim("photo card, faces known, over the floor", ratio(times, KNOWN, FLOOR), 1.35),
        Aim("photo card over the floor", ratio(times, FULL, FLOOR), 4.9),
        Aim("photo card through the child over the floor", ratio(times, CHILD, FLOOR), 5.0),
        Aim("photo card through the child over in-process", ratio(times, CHILD, FULL), 1.25),
        Aim("photo shrunk to 1600 px over a full one", ratio(times, SHRUNK, FULL), 0.25),
        Aim(
            "the same, faces known in both",
            ratio(times, SHRUNK_KNOWN, KNOWN),
            0.25,
        ),
        Aim("link card, words kept", median(times, LINK_KEPT), 3, "ms"),
        Aim("two processes over one, by the clock", together, 1.9, at_least=True),
        Aim("the same by processor time", in_processor_time, 1.9, at_least=True),
        Aim("peak memory of a 48 MP photo, above the start", memory, 50, "MB"),
        Aim(
            "the same in the child, the file included",
            in_child,
            50,
            "MB",
        ),
    ]
    rows = [
        [name, f"{median(times, name):.2f}", f"{ratio(times, name, FLOOR):.3f}"] for name in times
    ]
    photo, large = len(make_photo(PHOTO_12_MP)) / 1e6, len(make_photo(PHOTO_48_MP)) / 1e6
    texts = [
        describe_machine(load),
        (
            f"Files: {photo:.1f} MB for the photo of 12 MP, {large:.1f} MB for 48 MP,"
            f" {len(shrink_photo()) / 1e6:.1f} MB shrunk. Medians of {ROUNDS} rounds."
        ),
        format_table(["", "ms", "× floor"], rows),
    ]
    publish("cards", texts, aims)


if __name__ == "__main__":
    main()
