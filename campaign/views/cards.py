"""Photo-free cards at lasting addresses, for link previews and downloads.

Apart from the pages because other sites fetch them and caches keep them for ever.
"""

from __future__ import annotations

from flask import Blueprint, abort, g, make_response
from flask.typing import ResponseReturnValue

from calculator.card.draw import CardWords
from calculator.card.layout import FORMATS, CardLayout
from calculator.figures.publication import LANGUAGES
from campaign.cards.addresses import card_digest, label_path, words_for
from campaign.cards.shelf import shelf
from campaign.cards.studio import label_png, studio
from campaign.published.state import published
from campaign.web.headers import cache_briefly, cache_for_ever
from campaign.words.card import LABEL
from campaign.words.i18n import catalogue

blueprint = Blueprint("cards", __name__)


def _scenario_card(
    digest: str, language: str, region: str, period: str, card_format: str
) -> tuple[CardWords, CardLayout]:
    """Find the card of an address; an older digest gives today's card, kept briefly.

    Networks come back for a shared image for months, so an old address must stay alive.
    """
    estimate = published().estimates.get((region, period))
    if estimate is None or language not in LANGUAGES or card_format not in FORMATS:
        abort(404)
    words, layout = words_for(estimate, language), FORMATS[card_format]
    if digest == card_digest(words, layout):
        cache_for_ever()
    else:
        cache_briefly()
    return words, layout


@blueprint.get("/card/<digest>/<language>/<region>/<period>/<card_format>.jpg")
def card(
    digest: str, language: str, region: str, period: str, card_format: str
) -> ResponseReturnValue:
    """Return a card to share."""
    words, layout = _scenario_card(digest, language, region, period, card_format)
    g.cross_origin = True
    return _image(shelf().card(words, layout.name), "image/jpeg")


@blueprint.get("/card/<digest>/<language>/<region>/<period>/<card_format>.webp")
def card_preview(
    digest: str, language: str, region: str, period: str, card_format: str
) -> ResponseReturnValue:
    """Return a card for our own pages to show."""
    words, layout = _scenario_card(digest, language, region, period, card_format)
    return _image(shelf().card(words, layout.name, "webp"), "image/webp")


@blueprint.get("/card/<digest>/<language>/<region>/<period>/<card_format>.png")
def base(
    digest: str, language: str, region: str, period: str, card_format: str
) -> ResponseReturnValue:
    """Return a card without loss, for a device to lay its own photo on."""
    words, layout = _scenario_card(digest, language, region, period, card_format)
    return _image(shelf().card(words, layout.name, "png"), "image/png")


@blueprint.get("/label/<digest>/<language>.png")
def label(digest: str, language: str) -> ResponseReturnValue:
    """Return the label alone, for a device to lay over the faces."""
    if language not in LANGUAGES:
        abort(404)
    word = catalogue(language).gettext(LABEL)
    if f"/{digest}/" in label_path(word, language):
        cache_for_ever()
    else:
        cache_briefly()
    return _image(label_png(studio(), word), "image/png")


def _image(data: bytes, content_type: str) -> ResponseReturnValue:
    response = make_response(data)
    response.content_type = content_type
    return response
