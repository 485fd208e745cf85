"""Print what the isolation costs: a 12 MP photo card through a child, over the same in-process.

    .venv/bin/python bench/renderer.py

The aim is at most 1.25. Both are made in turn in one run, so that the ratio says something on any
machine; the times do not. The median of the rounds counts, as others may use the machine.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image

from calculator.estimate import estimate
from calculator.layout import FORMATS
from calculator.loading import load_sources
from calculator.renderer.pool import Pool
from calculator.renderer.process import ChildFiles
from campaign.card_words import card_words
from campaign.cards import default_studio
from campaign.i18n import load_catalogues

ROUNDS = 25
AIM = 1.25
SIZE = (4032, 3024)
ROOT = Path(__file__).resolve().parent.parent


def twelve_megapixels() -> bytes:
    """Make a JPEG as large and as detailed as a phone's: soft shapes, some grain."""
    random = np.random.default_rng(5)
    soft = Image.fromarray(random.integers(0, 255, (48, 64, 3), dtype=np.uint8)).resize(SIZE)
    grain = random.normal(0, 6, (SIZE[1], SIZE[0], 1))
    pixels = np.clip(np.asarray(soft, dtype=np.float32) + grain, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=88)
    return out.getvalue()


def main() -> int:
    """Measure and print; 1 when the aim is missed."""
    photo = twelve_megapixels()
    sources = load_sources(ROOT / "sources")
    words = card_words(
        estimate(sources, "BE", "1y"), "nl", load_catalogues()["nl"], "schatjeschatje.be"
    )
    studio, layout = default_studio(), FORMATS["facebook"]
    pool = Pool(ChildFiles(studio.fonts_folder, studio.model))
    times: dict[str, list[float]] = {"in-process": [], "child": []}
    pool.start()
    while not pool.answers():
        time.sleep(0.1)

    def in_process() -> None:
        studio.draw(words, layout, studio.protect(photo, layout))

    def in_child() -> None:
        pool.draw(words, "facebook", photo)

    for number in range(ROUNDS + 2):
        for name, work in (("in-process", in_process), ("child", in_child)):
            begin = time.perf_counter()
            work()
            if number >= 2:
                times[name].append((time.perf_counter() - begin) * 1000)
    memory = max(child.memory_bytes for child in pool.children) / 1e6
    pool.close()
    for name, rounds in times.items():
        print(f"{name:11} median {statistics.median(rounds):6.1f} ms, best {min(rounds):6.1f} ms")
    ratios = [child / own for own, child in zip(*times.values(), strict=True)]
    ratio = statistics.median(ratios)
    print(f"photo of {len(photo) / 1e6:.1f} MB; the child holds {memory:.0f} MB")
    print(f"child / in-process: {ratio:.2f} (aim: at most {AIM})")
    return 0 if ratio <= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
