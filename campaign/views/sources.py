"""Sources and method: every figure, and how the estimate is made from them.

Apart from the other pages because they show the figures themselves, with filters.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from calculator.figures.sources import Cited
from calculator.sensitivity import RowName, sensitivity
from campaign.published.state import published
from campaign.views.chart import draw_chart, draw_middles
from campaign.views.drawn import draw_part
from campaign.web.page_cache import kept
from campaign.words.addresses import language_rules
from campaign.words.caution import say_how_sure
from campaign.words.critics import say_critics
from campaign.words.estimate import (
    explain_variations,
    say_about_whom,
    say_leave_one_out,
)
from campaign.words.families import say_families
from campaign.words.figure import show_publication, start_sentence
from campaign.words.i18n import current_language, gettext
from campaign.words.method import explain_method, say_numbers
from campaign.words.terms import FIGURE_REGIONS, KINDS, MEASURES, SCOPES

blueprint = Blueprint("sources", __name__)

FILTERS: Final = {
    "region": FIGURE_REGIONS,
    "kind": KINDS,
    "scope": SCOPES,
    "measure": MEASURES,
}
WORKED_SCENARIO: Final = ("EUROPE", "1y")
# Decisions that could be turned round: each has a bar beside that of the estimate as it is.
TURNED_ROUND: Final[dict[str, RowName]] = {
    "central": "chosen",
    "police": "with-police-rule-of-thumb-2011",
    "ilo": "with-ilo-2005",
    "world": "world-averages-as-typical",
}


def _chosen() -> dict[str, str]:
    """Return the filters of the request; what is no value of one filters nothing."""
    return {
        name: value
        for name, known in FILTERS.items()
        if (value := request.args.get(name, "")) in known
    }


@kept(by=lambda: tuple(_chosen().items()))
def sources_page() -> ResponseReturnValue:
    """Show every publication and figure, or those a reader filters out."""
    state, language, chosen = published(), current_language(), _chosen()
    shown = []
    for publication in state.sources.publications:
        figures = [f for f in publication.shown if _matches(Cited(publication, f), chosen)]
        if figures:
            shown.append(show_publication(publication, state.sources, language, figures))
    shown.sort(key=lambda item: (item.by.casefold(), str(item.record.year)))
    figures_in_all = tuple(state.sources.shown())
    part = {
        item.cited.figure.id
        for estimate in state.estimates.values()
        for item in estimate.contributions
    }
    return render_template(
        "pages/sources.html",
        publications=shown,
        figure_count=sum(len(item.figures) for item in shown),
        publication_total=len({cited.publication.id for cited in figures_in_all}),
        figure_total=len(figures_in_all),
        part_total=len(part),
        dots=draw_part(len(part), len(figures_in_all)),
        filters=_filter_choices(figures_in_all, chosen),
        filtered=bool(chosen),
        estimate=state.estimates[WORKED_SCENARIO],
        rates=state.sources.rates,
    )


def _value(name: str, cited: Cited) -> str:
    value: str = cited.publication.kind if name == "kind" else getattr(cited.figure, name)
    return value


def _matches(cited: Cited, chosen: dict[str, str]) -> bool:
    return all(value == _value(name, cited) for name, value in chosen.items())


def _filter_choices(figures: Sequence[Cited], chosen: dict[str, str]) -> list[dict[str, object]]:
    """List each filter: its values with how many figures each would show beside the other filters.

    A value that would show none is left out, unless it is the one chosen.
    """
    labels = {
        "region": gettext("Region"),
        "kind": gettext("Kind of source"),
        "scope": gettext("About whom"),
        "measure": gettext("What was measured"),
    }
    every = gettext("All")
    filters: list[dict[str, object]] = []
    for name, known in FILTERS.items():
        others = {key: value for key, value in chosen.items() if key != name}
        left = Counter(_value(name, cited) for cited in figures if _matches(cited, others))
        choices = [
            (key, f"{start_sentence(gettext(word))} ({left[key]})")
            for key, word in known.items()
            if left[key] or chosen.get(name) == key
        ]
        filters.append(
            {
                "name": name,
                "label": labels[name],
                "chosen": chosen.get(name, ""),
                "choices": choices,
                "every": f"{every} ({left.total()})",
            }
        )
    return filters


@kept()
def method_page() -> ResponseReturnValue:
    """Explain the estimate with today's weights, assumptions and numbers."""
    state, language = published(), current_language()
    names = state.sources.families
    worked = state.estimates[WORKED_SCENARIO]
    # Of the regions with an estimate of their own; the worked one is among them.
    own = [state.estimates[region, "1y"] for region in state.regions]
    own = [estimate for estimate in own if estimate.evidence.region == estimate.region]
    tried = {each.region: sensitivity(state.sources, each.evidence) for each in own}
    found = tried[worked.region]
    certain = gettext("How certain is it?")
    return render_template(
        "pages/method.html",
        method=explain_method(state.sources.scenarios, language),
        worked=worked,
        chart=draw_chart(say_families(worked, names, language), worked),
        numbers=say_numbers(worked, found, state.sources.scenarios, language),
        critics=say_critics(worked, names, language),
        middles=draw_middles(found, TURNED_ROUND),
        how_sure=say_how_sure(worked, found, language),
        sureness=[
            {
                "name": estimate.chosen.label.in_language(language),
                "label": f"{certain} {estimate.chosen.label.in_language(language)}",
                "estimate": estimate,
                "about_whom": say_about_whom(estimate),
                "variations": explain_variations(tried[estimate.region], language),
                "leave_one_out": say_leave_one_out(
                    estimate, tried[estimate.region], names, language
                ),
            }
            for estimate in own
        ],
    )


for _page, _view in (("sources", sources_page), ("method", method_page)):
    for _language, _rule in language_rules(_page):
        blueprint.add_url_rule(_rule, f"{_page}_{_language}", _view)
