"""The calculator: the two choices, and the result at an address that can be shared.

Choosing is a plain question to the result's address: no cookie, no token and nothing that expires,
so it works with cookies blocked, and caches keep it. Only a photo is sent by a form
(`campaign/views/photo.py`).
"""

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from campaign.cards.addresses import PHONE_FORMAT, card_path, words_for
from campaign.published.state import published
from campaign.views.astray import scenario_meant, way_to_page
from campaign.views.context import USUAL, path_to
from campaign.views.result import offered_choices, result_page
from campaign.web.headers import let_caches_keep
from campaign.web.page_cache import kept
from campaign.words.addresses import language_rules
from campaign.words.i18n import current_language

blueprint = Blueprint("calculator", __name__)


@kept(by=lambda: None if {"region", "period"} <= request.args.keys() else ())
def calculate() -> ResponseReturnValue:
    """Show the two choices; an address that brings both leads to their result."""
    scenario = scenario_meant(request.args.get("region"), request.args.get("period"))
    if scenario and {"region", "period"} <= request.args.keys():
        return _lead_to_result(scenario)
    language = current_language()
    return render_template(
        "pages/calculate.html",
        **offered_choices(in_full=True),
        usual=USUAL,
        card_paths={
            f"{region} {period}": card_path(words_for(result, language), result, PHONE_FORMAT)
            for (region, period), result in published().estimates.items()
        },
    )


@kept()
def result(region: str, period: str) -> ResponseReturnValue:
    """Show a scenario's result without a photo, at an address that can be shared."""
    found = published().estimates.get((region, period))
    if found is None:
        return way_to_page() or abort(404)
    return result_page(found)


def chosen() -> ResponseReturnValue:
    """Lead from the two choices to their result; what is not offered, to the calculator."""
    scenario = scenario_meant(request.args.get("region"), request.args.get("period"))
    if scenario is None:
        return redirect(path_to("calculate"))
    return _lead_to_result(scenario)


def _lead_to_result(scenario: tuple[str, str]) -> ResponseReturnValue:
    let_caches_keep()
    return redirect(path_to("result", tail="/" + "/".join(scenario)), 301)


for _language, _rule in language_rules("calculate"):
    blueprint.add_url_rule(_rule, f"calculate_{_language}", calculate)
for _language, _rule in language_rules("result", "/<region>/<period>"):
    blueprint.add_url_rule(_rule, f"result_{_language}", result)
for _language, _rule in language_rules("result"):
    blueprint.add_url_rule(_rule, f"chosen_{_language}", chosen)
