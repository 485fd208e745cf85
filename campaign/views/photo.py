"""A photo sent to the server: a page of its own, which says so before a photo can be chosen.

Apart from the choices because it alone has a form with a token, a cookie and a visitor's photo. It
is for whoever has no JavaScript, or a browser that cannot read the photo.
"""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from calculator.card.layout import FORMATS
from calculator.errors import PhotoRejected
from campaign.cards.addresses import words_for
from campaign.cards.renderer import draw_card
from campaign.cards.shelf import shelf
from campaign.published.state import published
from campaign.views.astray import scenario_meant
from campaign.views.context import USUAL, path_to
from campaign.views.form import PhotoForm
from campaign.views.result import result_page
from campaign.web.headers import keep_private
from campaign.web.limits import card_limit
from campaign.words.addresses import language_rules
from campaign.words.i18n import current_language, gettext
from campaign.words.terms import PHOTO_PROBLEMS

blueprint = Blueprint("photo", __name__)


def photo() -> ResponseReturnValue:
    """Show the form for a photo; answer a post with the card, or with what is missing."""
    keep_private()
    state = published()
    posted = request.method == "POST"
    form = PhotoForm() if posted else PhotoForm(_choices_brought())
    form.wants_card = _wants_card()
    form.offer(state)
    if not posted:
        return _form_page(form)
    if not form.validate():
        return _form_page(form), 400
    result, card_format = state.estimates[form.region.data, form.period.data], form.format.data
    words = words_for(result, current_language())
    card_limit().count_one()
    if form.upload is None:
        return _card_alone(shelf().card(words, FORMATS[card_format]))
    try:
        card = draw_card(words, card_format, form.upload.stream.read())
    except PhotoRejected as rejected:
        form.photo.errors = [gettext(PHOTO_PROBLEMS[rejected.reason])]
        return _form_page(form), 400
    if form.wants_card:
        return _card_alone(card.data)
    return result_page(
        result,
        card_format=card_format,
        card=card.data,
        whole_because=card.whole_because,
    )


def _choices_brought() -> MultiDict[str, str]:
    """Return the two choices of a result's link to here, and never a confirmation."""
    scenario = scenario_meant(request.args.get("region"), request.args.get("period"))
    return MultiDict(zip(("region", "period"), scenario or USUAL, strict=True))


def _wants_card() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "image/jpeg"], default="text/html")
    return best == "image/jpeg"


def _form_page(form: PhotoForm) -> str:
    region, period = scenario_meant(form.region.data, form.period.data) or USUAL
    return render_template(
        "pages/photo.html", form=form, without=path_to("result", tail=f"/{region}/{period}")
    )


def _card_alone(card: bytes) -> ResponseReturnValue:
    response = make_response(card)
    response.content_type = "image/jpeg"
    response.headers["Content-Disposition"] = 'attachment; filename="card.jpg"'
    return response


for _language, _rule in language_rules("photo"):
    blueprint.add_url_rule(_rule, f"photo_{_language}", photo, methods=["GET", "POST"])
