"""Photo-free cards at lasting addresses, for link previews and downloads.

Apart from the pages because other sites fetch them and caches keep them for ever.
"""

from __future__ import annotations

from flask import Blueprint, abort, g, make_response
from flask.typing import ResponseReturnValue

from calculator.figures import LANGUAGES
from calculator.layout import FORMATS
from campaign.cards import card_digest, studio, words_for
from campaign.published import published
from campaign.security import cache_briefly, cache_for_ever

blueprint = Blueprint("cards", __name__)


@blueprint.get("/card/<digest>/<language>/<region>/<period>/<card_format>.jpg")
def card(
    digest: str, language: str, region: str, period: str, card_format: str
) -> ResponseReturnValue:
    """Give a card; an address of an older state gives today's card, kept briefly.

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
    g.cross_origin = True
    response = make_response(studio().draw(words, layout))
    response.content_type = "image/jpeg"
    return response
