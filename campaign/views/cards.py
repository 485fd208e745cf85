"""Photo-free cards at lasting addresses, for link previews and downloads.

Apart from the pages because other sites fetch them and caches keep them for ever.
"""

from typing import Final

from flask import Blueprint, abort, make_response
from flask.typing import ResponseReturnValue

from calculator.card.layout import FORMATS, POSTERS
from calculator.languages import LANGUAGES
from campaign.cards.addresses import CardKind, card_digest, label_path, poster_for, words_for
from campaign.cards.shelf import shelf
from campaign.cards.studio import label_png, studio
from campaign.published.state import published
from campaign.web.headers import let_caches_keep, let_others_load
from campaign.words.card import LABEL
from campaign.words.i18n import catalogue

blueprint = Blueprint("cards", __name__)

_SCENARIO: Final = "/card/<digest>/<language>/<region>/<period>/<card_format>"
CONTENT_TYPES: Final = {"jpg": "image/jpeg", "png": "image/png"}


@blueprint.get(f"{_SCENARIO}.jpg", defaults={"kind": "jpg"})
@blueprint.get(f"{_SCENARIO}.png", defaults={"kind": "png"})
def card(
    digest: str, language: str, region: str, period: str, card_format: str, kind: CardKind
) -> ResponseReturnValue:
    """Return a card to share (JPEG) or for a device's own photo (PNG).

    An older digest gives today's card, kept briefly: networks come back for a shared image for
    months, so an old address must stay alive.
    """
    estimate = published().estimates.get((region, period))
    if estimate is None or language not in LANGUAGES or card_format not in FORMATS:
        abort(404)
    words = words_for(estimate, language)
    let_caches_keep(for_ever=digest == card_digest(words, FORMATS[card_format]))
    let_others_load()
    return _image(shelf().card(words, FORMATS[card_format], kind), CONTENT_TYPES[kind])


@blueprint.get("/poster/<digest>/<language>/<card_format>.jpg")
def poster(digest: str, language: str, card_format: str) -> ResponseReturnValue:
    """Return the card without an amount; an older digest gives today's, as for the others."""
    if language not in LANGUAGES or card_format not in POSTERS:
        abort(404)
    words, layout = poster_for(language), POSTERS[card_format]
    let_caches_keep(for_ever=digest == card_digest(words, layout))
    let_others_load()
    return _image(shelf().card(words, layout), CONTENT_TYPES["jpg"])


@blueprint.get("/label/<digest>/<language>.png")
def label(digest: str, language: str) -> ResponseReturnValue:
    """Return the label alone, for a device to lay over the faces."""
    if language not in LANGUAGES:
        abort(404)
    word = catalogue(language).gettext(LABEL)
    let_others_load()
    let_caches_keep(for_ever=f"/{digest}/" in label_path(word, language))
    return _image(label_png(studio(), word), "image/png")


def _image(data: bytes, content_type: str) -> ResponseReturnValue:
    response = make_response(data)
    response.content_type = content_type
    return response
