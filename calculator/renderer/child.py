"""The child process: load fonts and model, give up all other rights, then draw card after card.

    python -m calculator.renderer.child FONTS MODEL LIMITS

LIMITS is JSON. Jobs come on standard input, answers go to standard output (see frames.py). It ends
when its input ends, so that no child outlives the site.
"""

import contextlib
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

import pi_heif
from PIL import Image

from calculator.card.draw import CardWords, encode_png, forget_cards, render_base, render_card
from calculator.card.layout import LAYOUTS
from calculator.card.lettering import CardFonts
from calculator.errors import CalculatorError, PhotoRejected
from calculator.photo.header import read_size
from calculator.photo.protect import protect_photo
from calculator.photo.searching import FaceFinder
from calculator.renderer.confinement import Confinement, confine, start_cpu_clock
from calculator.renderer.frames import (
    FRAME_LENGTHS,
    MAX_JOB_BYTES,
    FrameBroken,
    Head,
    pack_head,
    unpack_head,
    unpack_lengths,
)

WARM_UP_PX: Final = 1000
# A photo above this size that is decoded whole takes the memory that kept cards use.
LARGE_PIXELS: Final = 12_000_000

Answer = tuple[Head, bytes]


class CardDrawer:
    """Answers jobs with the fonts and the face finder it was given."""

    def __init__(self, fonts: CardFonts, finder: FaceFinder) -> None:
        self._fonts = fonts
        self._finder = finder
        self._answers: dict[str, Callable[[Head, bytes], Answer]] = {
            "ping": self._ping,
            "card": self._card,
            "base": self._base,
        }

    def answer(self, head: Head, data: bytes) -> Answer:
        """Do a job; return `rejected` for a refused photo and `failed` for another error."""
        try:
            return self._answers[head["job"]](head, data)
        except PhotoRejected as rejected:
            return {"rejected": rejected.reason}, b""
        except MemoryError:
            return {"rejected": "too-many-pixels"}, b""
        except CalculatorError as error:
            return {"failed": type(error).__name__}, b""

    def _ping(self, head: Head, data: bytes) -> Answer:
        return {}, b""

    def _card(self, head: Head, data: bytes) -> Answer:
        words, layout = CardWords(**head["words"]), LAYOUTS[head["format"]]
        photo = None
        if head["photo"]:
            if is_large(data):
                forget_cards()
            photo = protect_photo(
                data,
                width_px=layout.picture.width,
                height_px=layout.picture.height,
                finder=self._finder,
            )
        card = render_card(words, layout, self._fonts, photo)
        return {"whole_because": photo and photo.whole_because}, card

    def _base(self, head: Head, data: bytes) -> Answer:
        base = render_base(CardWords(**head["words"]), LAYOUTS[head["format"]], self._fonts)
        return {}, encode_png(base)


def is_large(data: bytes) -> bool:
    """Return whether decoding a photo takes so much memory that kept cards must be dropped."""
    header = read_size(data)
    return header.held_whole and header.width_px * header.height_px > LARGE_PIXELS


def load_drawer(fonts: Path, model: Path) -> CardDrawer:
    """Load fonts and model, and decode each format once, while modules can still be imported."""
    # As many children run as there are cores, so each decodes on one thread.
    pi_heif.options.DECODE_THREADS = 1
    Image.init()
    finder = FaceFinder(model)
    picture = Image.radial_gradient("L").resize((WARM_UP_PX, WARM_UP_PX)).convert("RGB")
    finder.find(picture)
    for kind in ("JPEG", "PNG", "WEBP"):
        encoded = io.BytesIO()
        picture.save(encoded, kind)
        protect_photo(encoded.getvalue(), width_px=480, height_px=480, finder=finder)
    return CardDrawer(CardFonts.load(fonts), finder)


def answer_jobs(drawer: CardDrawer, limits: Confinement, jobs: BinaryIO, answers: BinaryIO) -> None:
    """Answer jobs until `jobs` ends; raises FrameBroken for a job cut short."""
    while start := jobs.read(FRAME_LENGTHS.size):
        if len(start) < FRAME_LENGTHS.size:
            raise FrameBroken
        head_bytes, body_bytes = unpack_lengths(start, MAX_JOB_BYTES)
        head, data = unpack_head(jobs.read(head_bytes)), jobs.read(body_bytes)
        start_cpu_clock(limits.photo_cpu_s)
        answer, body = drawer.answer(head, data)
        del data
        start_cpu_clock(0)
        answers.write(pack_head(answer, len(body)))
        answers.write(body)
        answers.flush()


def main() -> None:
    """Load, confine, report what could not be confined, answer jobs."""
    fonts, model, numbers = sys.argv[1:]
    limits = Confinement(**json.loads(numbers))
    drawer = load_drawer(Path(fonts), Path(model))
    jobs, answers = sys.stdin.buffer, sys.stdout.buffer
    with contextlib.suppress(OSError):  # not allowed here: cards get as much time as pages
        os.nice(limits.niceness)
    missing = confine(limits)
    answers.write(pack_head({"ready": True, "missing": missing}, 0))
    answers.flush()
    answer_jobs(drawer, limits, jobs, answers)
    # A normal exit imports modules, which the filter now refuses.
    os._exit(0)


if __name__ == "__main__":
    main()
