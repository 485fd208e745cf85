"""The calculator: the form, the result of a post, and the same result at a shareable address.

Apart from the other pages because it alone has a form, a cookie and a visitor's photo.
"""

from flask import Blueprint, abort, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from calculator.errors import PhotoRejected
from campaign.cards.addresses import card_path, words_for
from campaign.cards.renderer import draw_card
from campaign.cards.shelf import shelf
from campaign.published.state import published
from campaign.views.context import path_to
from campaign.views.form import CalculatorForm
from campaign.views.result import result_page
from campaign.web.headers import keep_private
from campaign.web.limits import card_limit
from campaign.web.page_cache import kept
from campaign.words.addresses import language_rules
from campaign.words.i18n import current_language, gettext
from campaign.words.terms import PHOTO_PROBLEMS

blueprint = Blueprint("calculator", __name__)


def calculate() -> ResponseReturnValue:
    """Show the form; answer a post with the result, or with what is missing."""
    keep_private()
    state = published()
    posted = request.method == "POST"
    # A result's link to here brings its two choices along, and never a confirmation.
    chosen = MultiDict((name, request.args.get(name)) for name in ("region", "period"))
    form = CalculatorForm() if posted else CalculatorForm(chosen)
    form.offer(state)
    if not posted:
        return _form_page(form)
    if not form.validate():
        return _form_page(form), 400
    result, card_format = state.estimates[form.region.data, form.period.data], form.format.data
    words = words_for(result, current_language())
    upload = form.upload
    wants_card = _wants_card()
    if upload is not None or wants_card:
        card_limit().count_one()
    if upload is None:
        if wants_card:
            return _card_alone(shelf().card(words, card_format))
        return result_page(result, card_format=card_format)
    try:
        card = draw_card(words, card_format, upload.stream.read())
    except PhotoRejected as rejected:
        form.photo.errors = [gettext(PHOTO_PROBLEMS[rejected.reason])]
        return _form_page(form), 400
    if wants_card:
        return _card_alone(card.data)
    return result_page(
        result,
        card_format=card_format,
        card=card.data,
        whole_because=card.whole_because,
    )


@kept()
def result(region: str, period: str) -> ResponseReturnValue:
    """Show a scenario's result without a photo, at an address that can be shared."""
    found = published().estimates.get((region, period))
    if found is None:
        abort(404)
    return result_page(found)


def another() -> ResponseReturnValue:
    """Go from a choice on a result page to the result chosen; what is not offered, to the form."""
    region, period = request.args.get("region", ""), request.args.get("period", "")
    if (region, period) in published().estimates:
        return redirect(path_to("result", tail=f"/{region}/{period}"))
    return redirect(path_to("calculate"))


def _wants_card() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "image/jpeg"], default="text/html")
    return best == "image/jpeg"


def _form_page(form: CalculatorForm) -> str:
    language = current_language()
    return render_template(
        "pages/calculate.html",
        form=form,
        card_paths={
            f"{region} {period}": card_path(words_for(result, language), result, "square")
            for (region, period), result in published().estimates.items()
        },
    )


def _card_alone(card: bytes) -> ResponseReturnValue:
    response = make_response(card)
    response.content_type = "image/jpeg"
    response.headers["Content-Disposition"] = 'attachment; filename="card.jpg"'
    return response


for _language, _rule in language_rules("calculate"):
    blueprint.add_url_rule(_rule, f"calculate_{_language}", calculate, methods=["GET", "POST"])
for _language, _rule in language_rules("result", "/<region>/<period>"):
    blueprint.add_url_rule(_rule, f"result_{_language}", result)
for _language, _rule in language_rules("result"):
    blueprint.add_url_rule(_rule, f"another_{_language}", another)
