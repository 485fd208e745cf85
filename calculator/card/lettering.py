"""Fonts, measures and line breaks for the card: text in, well-broken lines out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Final

from PIL import ImageFont, features

from calculator.card.layout import Typeface

NO_BREAK_SPACE: Final = "\u00a0"

_FILES: Final[dict[Typeface, str]] = {
    # The optical size axis costs 70 kB more than the web's file and gives the amount its display
    # cut; the web keeps the smaller file.
    "serif": "source-serif-4-latin-opsz-normal.woff2",
    "sans": "atkinson-hyperlegible-next-latin-wght-normal.woff2",
}
_OPTICAL_SIZES: Final = (8.0, 60.0)
# A card is mostly seen on a phone, at about half its size.
_SEEN_AT: Final = 0.55
_NEVER_IN_FONT: Final = "\U0010fffd"

_THIN_SPACES: Final = re.compile("[\u202f\u2009]")
_GLUED: Final = re.compile(
    r"(?<=[€\d]) (?=\d)"  # € 85 000, 116 000
    r"|(?<=\d) (?=[€%])"  # 85 000 €
    r"| (?=[:;?!»])|(?<=«) "  # French punctuation
)

# A line ending in a word this short reads as a stumble ("de / seksuele uitbuiting").
_SHORT_WORD: Final = 3
_SHORT_END_PENALTY: Final = 0.04
_PAUSE_BONUS: Final = 0.05  # a line that ends where the voice pauses
_LONE_WORD_PENALTY: Final = 0.25


@dataclass(frozen=True, eq=False)
class CardFonts:
    """Hold the two variable fonts of the card; compared by identity, so usable as a cache key."""

    data: dict[Typeface, bytes]
    # FreeType faces are set to one size and weight and then shared; making one costs 5 ms.
    _made: dict[tuple[Typeface, int, int], ImageFont.FreeTypeFont] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def load(cls, folder: Path) -> CardFonts:
        """Read both fonts from `folder` (WOFF2, which Pillow opens itself)."""
        return cls({typeface: (folder / name).read_bytes() for typeface, name in _FILES.items()})

    def font(self, typeface: Typeface, weight: int, size_px: int) -> ImageFont.FreeTypeFont:
        """Return the font at this weight and size, in its fitting optical size."""
        key = (typeface, weight, size_px)
        with self._lock:
            if key not in self._made:
                self._made[key] = self._make(*key)
            return self._made[key]

    def _make(self, typeface: Typeface, weight: int, size_px: int) -> ImageFont.FreeTypeFont:
        font = ImageFont.truetype(BytesIO(self.data[typeface]), size_px)
        axes: list[float] = [weight]
        if typeface == "serif":
            smallest, largest = _OPTICAL_SIZES
            axes.append(min(max(size_px * _SEEN_AT, smallest), largest))
        font.set_variation_by_axes(axes)
        return font

    def missing_characters(self, text: str, typeface: Typeface) -> str:
        """Return the characters of `text` that would be drawn as an empty box."""
        font = self.font(typeface, 400, 40)
        box = _picture_of(font, _NEVER_IN_FONT)
        return "".join(sorted({c for c in text if not c.isspace() and _picture_of(font, c) == box}))


def _picture_of(font: ImageFont.FreeTypeFont, character: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(character)
    return mask.size, bytes(mask)


def prepare_text(text: str) -> str:
    """Return `text` for an image: no thin spaces, and no break where a number would be torn."""
    return _GLUED.sub(NO_BREAK_SPACE, _THIN_SPACES.sub(NO_BREAK_SPACE, text.strip()))


@lru_cache(maxsize=1)
def _figure_features() -> tuple[str, ...]:
    # Without Raqm Pillow knows no OpenType features; figures then keep their tabular widths.
    return ("pnum",) if features.check("raqm") else ()


def figure_features() -> list[str] | None:
    """Return the font features for text with figures: proportional ones, where available."""
    return list(_figure_features()) or None


def text_width(text: str, font: ImageFont.FreeTypeFont) -> float:
    """Measure the advance width of one line in pixels."""
    return font.getlength(text, features=figure_features())


def ink_box(text: str, font: ImageFont.FreeTypeFont) -> tuple[float, float, float, float]:
    """Measure the drawn box of one line, from its origin on the baseline."""
    return font.getbbox(text, anchor="ls", features=figure_features())


def capital_height(font: ImageFont.FreeTypeFont) -> float:
    """Measure how far a capital stands above the baseline."""
    return -ink_box("H", font)[1]


def break_lines(
    text: str, font: ImageFont.FreeTypeFont, width_px: float, most_lines: int
) -> tuple[str, ...] | None:
    """Break `text` over as few lines as fit, evenly filled; None when it does not fit at all.

    Among breaks into equally many lines the one wins whose lines differ least from each other,
    with a penalty for ending a line on a short word and for leaving one word alone.
    """
    words = text.split(" ")
    for count in range(1, min(most_lines, len(words)) + 1):
        broken = _best_break(words, font, width_px, count)
        if broken is not None:
            return broken
    return None


def _best_break(
    words: list[str], font: ImageFont.FreeTypeFont, width_px: float, count: int
) -> tuple[str, ...] | None:
    """Return the best break into exactly `count` lines, by dynamic programming over words."""
    mean = text_width(" ".join(words), font) / count
    # best[n] = (cost, lines) of the first n words over the lines laid so far
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for number in range(count):
        last = number == count - 1
        longer: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (cost, lines) in best.items():
            for end in [len(words)] if last else range(start + 1, len(words)):
                line = " ".join(words[start:end])
                width = text_width(line, font)
                if width > width_px:
                    break
                total = cost + ((width - mean) / width_px) ** 2
                if not last and len(words[end - 1]) <= _SHORT_WORD:
                    total += _SHORT_END_PENALTY
                if not last and words[end - 1][-1] in ",;:":
                    total -= _PAUSE_BONUS
                if count > 1 and end - start == 1:
                    total += _LONE_WORD_PENALTY
                if end not in longer or total < longer[end][0]:
                    longer[end] = (total, (*lines, line))
        best = longer
    return best[len(words)][1] if len(words) in best else None
