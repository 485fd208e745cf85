"""Cards for the site: words and layout of a scenario, its lasting address, its bytes."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from flask import current_app

from calculator.card import CardWords, render_card
from calculator.estimate import Estimate
from calculator.faces import FaceFinder
from calculator.figures import Language
from calculator.label import LabelDrawing, draw_label
from calculator.layout import FORMATS, CardLayout
from calculator.lettering import CardFonts
from calculator.photo import ProtectedPhoto, protect_photo
from campaign.card_words import card_words
from campaign.config import ROOT
from campaign.i18n import catalogue

# A change in one of these files gives every card a new address.
DRAWING_CODE = ("card.py", "illustration.py", "label.py", "lettering.py", "typesetting.py")


@dataclass(frozen=True)
class Studio:
    """Everything drawing a card needs that is made once: fonts, and the face finder."""

    fonts_folder: Path
    model: Path

    @cached_property
    def fonts(self) -> CardFonts:
        """Load the fonts, when the first card is drawn."""
        return CardFonts.load(self.fonts_folder)

    @cached_property
    def finder(self) -> FaceFinder:
        """Load the face model, when the first photo comes."""
        return FaceFinder(self.model)

    def draw(
        self, words: CardWords, layout: CardLayout, photo: ProtectedPhoto | None = None
    ) -> bytes:
        """Draw a card: JPEG bytes without metadata."""
        return render_card(words, layout, self.fonts, photo)

    def label(self, word: str) -> LabelDrawing:
        """Draw the label alone, with the place of its middle."""
        return draw_label(word, next(iter(FORMATS.values())).label, self.fonts)

    def protect(self, data: bytes, layout: CardLayout) -> ProtectedPhoto:
        """Read a photo and destroy the faces in it; raises PhotoRejected."""
        return protect_photo(
            data,
            width_px=layout.picture.width,
            height_px=layout.picture.height,
            finder=self.finder,
        )


@lru_cache(maxsize=8)
def label_png(studio: Studio, word: str) -> bytes:
    """Draw the label alone as PNG: a device lays it over the faces."""
    out = io.BytesIO()
    studio.label(word).image.save(out, "PNG")
    return out.getvalue()


def default_studio() -> Studio:
    """Make the studio with the project's own fonts and face model."""
    return Studio(
        fonts_folder=ROOT / "static" / "fonts",
        model=ROOT / "calculator" / "model" / "face_detection_yunet_2023mar.onnx",
    )


def studio() -> Studio:
    """Give the running site's studio."""
    made: Studio = current_app.extensions["studio"]
    return made


def words_for(result: Estimate, language: Language) -> CardWords:
    """Compose the words of a scenario's card."""
    return card_words(result, language, catalogue(language), current_app.config["CARD_ADDRESS"])


def card_digest(words: CardWords, layout: CardLayout) -> str:
    """Name a card by all that shapes it: its words, its layout and the code that draws it."""
    content = f"{words!r}{_written_out(layout)}{_design_digest()}"
    return hashlib.sha256(content.encode()).hexdigest()[:12]


@lru_cache(maxsize=8)
def _written_out(layout: CardLayout) -> str:
    return repr(layout)


def card_path(result: Estimate, language: Language, card_format: str) -> str:
    """Give the lasting address of a photo-free card."""
    return path_of_card(words_for(result, language), result, card_format)


def path_of_card(words: CardWords, result: Estimate, card_format: str) -> str:
    """Give the lasting address of a photo-free card with these words."""
    digest = card_digest(words, FORMATS[card_format])
    return f"/card/{digest}/{words.language}/{result.region}/{result.period}/{card_format}.jpg"


def preview_path(result: Estimate, language: Language, card_format: str) -> str:
    """Give the lasting address of a card as WebP, which our own pages show."""
    return card_path(result, language, card_format).removesuffix(".jpg") + ".webp"


def base_path(result: Estimate, language: Language, card_format: str) -> str:
    """Give the lasting address of a card as PNG, on which a device lays its own photo."""
    return card_path(result, language, card_format).removesuffix(".jpg") + ".png"


def label_path(word: str, language: Language) -> str:
    """Give the lasting address of the label alone, as PNG."""
    digest = hashlib.sha256(f"{word}{_design_digest()}".encode()).hexdigest()[:12]
    return f"/label/{digest}/{language}.png"


def card_sizes() -> Mapping[str, tuple[int, int]]:
    """Give width and height of each format in pixels."""
    return {name: (layout.width_px, layout.height_px) for name, layout in FORMATS.items()}


@lru_cache(maxsize=1)
def _design_digest() -> str:
    digest = hashlib.sha256()
    for name in DRAWING_CODE:
        digest.update((ROOT / "calculator" / name).read_bytes())
    return digest.hexdigest()
