"""Load the card's fonts, measure texts and break them into lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Final

from PIL import ImageFont, features

from calculator.card.layout import TextStyle, Typeface

NO_BREAK_SPACE: Final = "\u00a0"

_FILES: Final[dict[Typeface, str]] = {
    # With the optical size axis, which gives large text finer strokes. It makes the file 70 kB
    # larger, so the web uses one without it.
    "serif": "source-serif-4-latin-opsz-normal.woff2",
    "sans": "atkinson-hyperlegible-next-latin-wght-normal.woff2",
}
_OPTICAL_SIZES: Final = (8.0, 60.0)
# A card is mostly seen on a phone, at about half its size; the optical size counts from there.
_SEEN_AT: Final = 0.55
_NEVER_IN_FONT: Final = "\U0010fffd"

_THIN_SPACES: Final = re.compile("[\u202f\u2009]")
_GLUED: Final = re.compile(
    r"(?<=[€\d]) (?=\d)"  # € 85 000, 116 000
    r"|(?<=\d) (?=[€%])"  # 85 000 €
    r"| (?=[:;?!»])|(?<=«) "  # French punctuation
)

# A line should not end in a word of so few letters ("de / seksuele uitbuiting").
_SHORT_WORD: Final = 3
_SHORT_END_PENALTY: Final = 0.04
_PAUSE_BONUS: Final = 0.05  # for a line that ends in a comma, semicolon or colon
_LONE_WORD_PENALTY: Final = 0.25


@dataclass(frozen=True, eq=False)
class CardFonts:
    """The two variable fonts of the card; compared by identity, so usable as a cache key."""

    data: dict[Typeface, bytes]
    # Making a font of one size and weight takes 5 ms, so each is made once and shared.
    _made: dict[tuple[Typeface, int, int], ImageFont.FreeTypeFont] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @classmethod
    def load(cls, folder: Path) -> CardFonts:
        """Read both fonts from `folder` (WOFF2, which Pillow opens itself)."""
        return cls({typeface: (folder / name).read_bytes() for typeface, name in _FILES.items()})

    def font(self, typeface: Typeface, weight: int, size_px: int) -> ImageFont.FreeTypeFont:
        """Return the font at this weight and size, with the optical size that fits."""
        key = (typeface, weight, size_px)
        with self._lock:
            if key not in self._made:
                self._made[key] = self._make(*key)
            return self._made[key]

    def of(self, style: TextStyle) -> ImageFont.FreeTypeFont:
        """Return the font of a text."""
        return self.font(style.typeface, style.weight, style.size_px)

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
    """Return `text` without thin spaces, and with no-break spaces inside numbers and amounts."""
    return _GLUED.sub(NO_BREAK_SPACE, _THIN_SPACES.sub(NO_BREAK_SPACE, text.strip()))


@lru_cache(maxsize=1)
def figure_features() -> list[str] | None:
    """Return the font features for proportional digits; None where Pillow lacks features."""
    # Without Raqm, Pillow has no OpenType features; all digits are then equally wide.
    return ["pnum"] if features.check("raqm") else None


# Most words of a card stay as they are from one scenario to the next.
@lru_cache(maxsize=2048)
def text_width(text: str, font: ImageFont.FreeTypeFont) -> float:
    """Return the advance width of one line in pixels."""
    return font.getlength(text, features=figure_features())


@lru_cache(maxsize=512)
def ink_box(text: str, font: ImageFont.FreeTypeFont) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a drawn line, from its origin on the baseline."""
    return font.getbbox(text, anchor="ls", features=figure_features())


def capital_height(font: ImageFont.FreeTypeFont) -> float:
    """Return the height of a capital above the baseline, in pixels."""
    return -ink_box("H", font)[1]


def break_lines(
    text: str, font: ImageFont.FreeTypeFont, width_px: float, most_lines: int
) -> tuple[str, ...] | None:
    """Break `text` into as few lines as possible, evenly filled; None when it does not fit.

    Of all breaks into so many lines, the one is taken whose lines differ least in width, with
    penalties for a line that ends in a short word and for a line of one word.
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
    # best[n] = (cost, lines) for the first n words on the lines so far
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
