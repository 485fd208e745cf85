"""Pages of words: home, FAQ, help and the texts staff edit; and the way in at `/`."""

import datetime
from functools import partial
from typing import Any, Final

from flask import Blueprint, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from calculator.clock import belgian_day
from calculator.formatting import format_month
from campaign.calendar import moment_of
from campaign.press.figures import press_example, press_figures
from campaign.published.launch import may_stand
from campaign.published.state import published
from campaign.published.texts import Section, fold
from campaign.views.context import USUAL
from campaign.views.drawn import draw_fact
from campaign.views.result import offered_choices
from campaign.web.page_cache import kept
from campaign.words.addresses import language_rules, page_path
from campaign.words.figure import show_figure
from campaign.words.i18n import best_language, current_language, gettext
from campaign.words.i18n import mark as _
from campaign.words.terms import DAY_TEXT, DAY_TITLES

blueprint = Blueprint("pages", __name__)

# Pages of staff's own texts: what they are called.
TEXT_TITLES = {
    "youth": _("For children and young people"),
    "signs": _("Warning signs, and how to start talking"),
    "press": _("Press"),
    "about": _("About the campaign"),
    "accessibility": _("Accessibility"),
}
# Of these, what tells of the campaign has a coloured head: what is said first in it, and a drawing.
STORIES: Final = {
    "signs": (_("For parents and teachers: what you can notice, and how to begin."), "talk"),
    "press": (
        _("The figures as you may quote them, words that fit, and all to download."),
        "press",
    ),
    "about": (
        _(
            "This campaign shows what drives exploitation: money. And it says what no amount can"
            " change: no child has a price."
        ),
        "friends",
    ),
}
MOST_SEARCHED: Final = 60  # letters of a search that are looked at
# Of the page for the young: the parts that are not folded, in their order.
TOLD_TO_THE_YOUNG: Final = ("not-your-fault", "danger-now", "who-to-talk-to")


def sections_of(page: str) -> tuple[Section, ...]:
    """Return the text of a page in the language of the request."""
    return published().content[current_language(), page]


@blueprint.get("/")
def welcome() -> Response:
    """Lead to the first page in the visitor's language."""
    g.cache_control = "no-store"
    response = redirect(page_path("home", best_language(request)), 302)
    response.headers["Vary"] = "Accept-Language"
    return response


@kept()
def home() -> ResponseReturnValue:
    """Show the first page: what the campaign says, some facts, why now."""
    state = published()
    by_id = {cited.figure.id: cited for cited in state.sources.figures()}
    language = current_language()
    return render_template(
        "pages/home.html",
        facts=[
            {
                "shown": show_figure(by_id[name], state.sources, language),
                "drawing": draw_fact(by_id[name].figure),
            }
            for name in state.contacts.facts.facts
        ],
        day=_say_day(belgian_day()),
        usual=USUAL,
        **offered_choices(),
    )


def _say_day(today: datetime.date) -> dict[str, str] | None:
    """Say what the first page says of the European Day; None but for the first days of November."""
    moment = moment_of(today)
    if moment == "ordinary":
        return None
    return {"title": gettext(DAY_TITLES[moment]), "text": gettext(DAY_TEXT)}


@kept(by=lambda: None if "q" in request.args else ())
def faq() -> ResponseReturnValue:
    """Show the questions people ask, all or those with the words searched for."""
    words = fold(request.args.get("q", "").strip()[:MOST_SEARCHED]).split()
    every = sections_of("faq")
    found = [item for item in every if all(word in item.plain for word in words)]
    return render_template("pages/faq.html", questions=found, every=every, searched=bool(words))


@kept()
def help_page() -> ResponseReturnValue:
    """Show who helps, by who the reader is."""
    loaded = published().contacts.help
    unlisted = loaded.unlisted()
    listed = [item for item in loaded.services if item.id not in unlisted]
    called = [item.confirmed_on for item in listed if item.confirmed_on is not None]
    return render_template(
        "pages/help.html",
        help=loaded,
        stages=[stage for stage in loaded.after_report if may_stand(stage)],
        stages_open=not all(stage.confirmed for stage in loaded.after_report),
        listed=len(listed),
        uncalled=len(listed) - len(called),
        called=format_month(min(called), current_language()) if called else "",
    )


def _text_of(page: str) -> dict[str, Any]:
    """Return what a page of texts is called, what its head says and shows, and its parts."""
    lead, drawing = STORIES.get(page, ("", ""))
    return {
        "heading": gettext(TEXT_TITLES[page]),
        "lead": gettext(lead) if lead else "",
        "drawing": drawing,
        "sections": sections_of(page),
    }


@kept()
def youth() -> ResponseReturnValue:
    """Show the page for children and young people: whom to call, then their questions."""
    sections = {section.anchor: section for section in sections_of("youth")}
    return render_template(
        "pages/youth.html",
        heading=_text_of("youth")["heading"],
        help=published().contacts.help,
        told=[sections.pop(name) for name in TOLD_TO_THE_YOUNG if name in sections],
        folded=list(sections.values()),
    )


@kept()
def text(page: str) -> ResponseReturnValue:
    """Show a page that is nothing but a text."""
    template = "story" if page in STORIES else "text"
    return render_template(f"pages/{template}.html", **_text_of(page))


@kept()
def press() -> ResponseReturnValue:
    """Show the figures as a report may quote them, the text for the press, and what to download."""
    state, language = published(), current_language()
    return render_template(
        "pages/press.html",
        **_text_of("press"),
        press=state.contacts.press,
        press_email=state.contacts.press.email if may_stand(state.contacts.press) else None,
        figures=press_figures(state, language),
        example=press_example(state, language, current_app.config["SITE_URL"]),
        version=state.sources.digest,
    )


_VIEWS = {"home": home, "faq": faq, "help": help_page, "youth": youth, "press": press}
_VIEWS |= {page: partial(text, page) for page in TEXT_TITLES if page not in _VIEWS}
for _page, _view in _VIEWS.items():
    for _language, _rule in language_rules(_page):
        blueprint.add_url_rule(_rule, f"{_page}_{_language}", _view)
