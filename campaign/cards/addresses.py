"""The words of a scenario's card, and the addresses of cards, which contain a digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from flask import current_app

from calculator.card.draw import CardWords
from calculator.card.layout import FORMATS, CardLayout
from calculator.estimate import Estimate
from calculator.figures.publication import Language
from campaign.config import ROOT
from campaign.words.card import card_words
from campaign.words.i18n import catalogue

# A change in one of these files gives every card a new address.
DRAWING_CODE = ROOT / "calculator" / "card"
DEFAULT_FORMAT = next(iter(FORMATS))
PHONE_FORMAT = "square"  # shown on a phone in its place, where the wide one is too small to read


def words_for(result: Estimate, language: Language) -> CardWords:
    """Compose the words of a scenario's card."""
    return card_words(result, language, catalogue(language), current_app.config["CARD_ADDRESS"])


def card_digest(words: CardWords, layout: CardLayout) -> str:
    """Return 12 hex digits of a hash of a card's words, its layout and the code that draws it."""
    content = f"{words!r}{_written_out(layout)}{_design_digest()}"
    return hashlib.sha256(content.encode()).hexdigest()[:12]


@lru_cache(maxsize=8)
def _written_out(layout: CardLayout) -> str:
    return repr(layout)


def card_path(result: Estimate, language: Language, card_format: str) -> str:
    """Return the lasting address of a photo-free card."""
    return path_of_card(words_for(result, language), result, card_format)


def path_of_card(words: CardWords, result: Estimate, card_format: str) -> str:
    """Return the lasting address of a photo-free card with these words."""
    digest = card_digest(words, FORMATS[card_format])
    return f"/card/{digest}/{words.language}/{result.region}/{result.period}/{card_format}.jpg"


def preview_path(result: Estimate, language: Language, card_format: str) -> str:
    """Return the lasting address of a card as WebP, which our own pages show."""
    return card_path(result, language, card_format).removesuffix(".jpg") + ".webp"


def base_path(result: Estimate, language: Language, card_format: str) -> str:
    """Return the lasting address of a card as PNG, on which a device lays its own photo."""
    return card_path(result, language, card_format).removesuffix(".jpg") + ".png"


def label_path(word: str, language: Language) -> str:
    """Return the lasting address of the label alone, as PNG."""
    digest = hashlib.sha256(f"{word}{_design_digest()}".encode()).hexdigest()[:12]
    return f"/label/{digest}/{language}.png"


def card_sizes() -> Mapping[str, tuple[int, int]]:
    """Return width and height of each format in pixels."""
    return {name: (layout.width_px, layout.height_px) for name, layout in FORMATS.items()}


@lru_cache(maxsize=1)
def _design_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted(DRAWING_CODE.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
