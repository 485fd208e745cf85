"""Pages of words: home and FAQ, and the way in that chooses the visitor's language."""

from __future__ import annotations

from flask import Blueprint, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from campaign.addresses import language_rules, page_path
from campaign.content import Section
from campaign.i18n import current_language
from campaign.languages import best_language
from campaign.published import published

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def welcome() -> ResponseReturnValue:
    """Lead to the first page in the visitor's language."""
    g.cache_control = "no-store"
    response = redirect(page_path("home", best_language(request)), 302)
    response.headers["Vary"] = "Accept-Language"
    return response


def home() -> ResponseReturnValue:
    """Show the first page."""
    return render_template("pages/home.html", estimate=published().estimates["BE", "1y"])


def faq() -> ResponseReturnValue:
    """Show the questions people ask, each with a link of its own."""
    questions: tuple[Section, ...] = current_app.extensions["content"][current_language(), "faq"]
    return render_template("pages/faq.html", questions=questions)


for _page, _view in (("home", home), ("faq", faq)):
    for _language, _rule in language_rules(_page):
        blueprint.add_url_rule(_rule, f"{_page}_{_language}", _view, strict_slashes=False)
