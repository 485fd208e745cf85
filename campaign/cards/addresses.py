"""The words of cards, and the addresses of cards, which contain a digest."""

import hashlib
from functools import lru_cache
from typing import Literal

from flask import current_app

from calculator.card.draw import CardWords
from calculator.card.layout import FORMATS, POSTERS, CardLayout
from calculator.estimate import Estimate
from calculator.languages import Language
from campaign.config import ROOT
from campaign.words.card import card_words, poster_words
from campaign.words.i18n import catalogue

# A change in one of these files gives every card a new address.
DRAWING_CODE = ROOT / "calculator" / "card"
CardKind = Literal["jpg", "png"]  # on a PNG a device lays its own photo
DEFAULT_FORMAT = next(iter(FORMATS))
PHONE_FORMAT = "square"  # shown on a phone in its place, where the wide one is too small to read


def words_for(result: Estimate, language: Language) -> CardWords:
    """Compose the words of a scenario's card."""
    return card_words(result, language, catalogue(language), _printed(language))


def poster_for(language: Language) -> CardWords:
    """Compose the words of the card without an amount."""
    return poster_words(language, catalogue(language), _printed(language))


def _printed(language: Language) -> str:
    address: str = current_app.config["CARD_ADDRESSES"][language]
    return address


def card_digest(words: CardWords, layout: CardLayout) -> str:
    """Return 12 hex digits of a hash of a card's words, its layout and the code that draws it."""
    content = f"{words!r}{_written_out(layout)}{_design_digest()}"
    return hashlib.sha256(content.encode()).hexdigest()[:12]


@lru_cache(maxsize=8)
def _written_out(layout: CardLayout) -> str:
    return repr(layout)


def card_path(words: CardWords, result: Estimate, card_format: str, kind: CardKind = "jpg") -> str:
    """Return the lasting address of a photo-free card: the JPEG is what other sites show."""
    digest = card_digest(words, FORMATS[card_format])
    return f"/card/{digest}/{words.language}/{result.region}/{result.period}/{card_format}.{kind}"


def poster_path(language: Language, card_format: str) -> str:
    """Return the lasting address of a card without an amount."""
    digest = card_digest(poster_for(language), POSTERS[card_format])
    return f"/poster/{digest}/{language}/{card_format}.jpg"


def label_path(word: str, language: str) -> str:
    """Return the lasting address of the label alone, as PNG."""
    digest = hashlib.sha256(f"{word}{_design_digest()}".encode()).hexdigest()[:12]
    return f"/label/{digest}/{language}.png"


@lru_cache(maxsize=1)
def _design_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted(DRAWING_CODE.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
