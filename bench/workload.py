"""What the benchmarks draw: one card, with photos like those of a phone."""

from __future__ import annotations

import io
import math
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageChops
from skimage.data import astronaut

from calculator.card.draw import CardWords
from calculator.card.layout import FORMATS
from calculator.estimate import estimate
from calculator.loading.folder import load_sources
from calculator.photo.faces import Face
from calculator.photo.searching import Box, FaceFinder
from campaign.cards.studio import default_studio
from campaign.words.card import card_words
from campaign.words.i18n import load_catalogues

ROOT: Final = Path(__file__).resolve().parent.parent
LAYOUT: Final = FORMATS["facebook"]  # 1200 x 630
PHOTO_12_MP: Final = (4032, 3024)
PHOTO_48_MP: Final = (8064, 6048)
SHRUNK: Final = (1600, 1200)  # the size at which a device makes the card itself
GRAIN: Final = 8.0
PORTRAIT_SHARE: Final = 0.8  # of the photo's height


@cache
def make_photo(size: tuple[int, int], quality: int = 88) -> bytes:
    """Return a JPEG with one adult's face, as large and as detailed as a phone's.

    Soft shapes, on them NASA's portrait of Eileen Collins (public domain), and grain over it all:
    without grain the file would be far smaller and faster to decode than a real photo.
    """
    random = np.random.default_rng(5)
    soft = random.integers(0, 255, (12, 16, 3), dtype=np.uint8)
    photo = Image.fromarray(soft).resize(size, Image.Resampling.BICUBIC)
    side = round(size[1] * PORTRAIT_SHARE)
    portrait = Image.fromarray(astronaut()).resize((side, side), Image.Resampling.BICUBIC)
    photo.paste(portrait, ((size[0] - side) // 2, size[1] - side))
    grain = Image.effect_noise(size, GRAIN)
    photo = ImageChops.add(photo, Image.merge("RGB", [grain] * 3), offset=-128)
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=quality)
    return out.getvalue()


@cache
def shrink_photo() -> bytes:
    """Return the photo of 12 MP shrunk to 1600 pixels wide."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(make_photo(PHOTO_12_MP))) as photo:
        photo.resize(SHRUNK, Image.Resampling.LANCZOS).save(out, "JPEG", quality=85)
    return out.getvalue()


@cache
def make_words() -> CardWords:
    """Return the Dutch words for one year in Belgium, from the real figures."""
    found = estimate(load_sources(ROOT / "sources"), "BE", "1y")
    return card_words(found, "nl", load_catalogues()["nl"], "schatjeschatje.be")


class KnownFaces(FaceFinder):
    """Returns the faces found the first time, to measure a card without the search."""

    def __init__(self) -> None:
        super().__init__(default_studio().model)
        self._found: dict[tuple[int, int], tuple[Face, ...]] = {}

    def find(self, image: Image.Image, until: float = math.inf) -> tuple[Face, ...]:
        """Return the faces of the first image of this size."""
        if image.size not in self._found:
            self._found[image.size] = super().find(image, until)
        return self._found[image.size]

    def find_turned(
        self, image: Image.Image, box: Box, until: float = math.inf
    ) -> tuple[Face, ...]:
        """Return no more faces than `find`."""
        return ()
