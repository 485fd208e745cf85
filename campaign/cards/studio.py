"""The fonts and the face model, loaded once, with which cards are drawn and photos protected."""

import io
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from flask import current_app

from calculator.card.draw import CardWords, render_card
from calculator.card.label import LabelDrawing, draw_label
from calculator.card.layout import FORMATS, CardLayout
from calculator.card.lettering import CardFonts
from calculator.photo.protect import ProtectedPhoto, protect_photo
from calculator.photo.searching import FaceFinder
from campaign.config import ROOT


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


@lru_cache(maxsize=1)
def default_studio() -> Studio:
    """Make the studio, once for a process, with the project's own fonts and face model."""
    return Studio(
        fonts_folder=ROOT / "static" / "fonts",
        model=ROOT / "calculator" / "model" / "face_detection_yunet_2023mar.onnx",
    )


def studio() -> Studio:
    """Return the running site's studio."""
    made: Studio = current_app.extensions["studio"]
    return made
