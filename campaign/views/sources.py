"""Sources and method: every figure, and how the estimate is made from them.

Apart from the other pages because they show the figures themselves, with filters.
"""

from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from calculator.figures.publication import Figure, Publication
from calculator.sensitivity import sensitivity
from campaign.published.state import published
from campaign.views.chart import draw_chart
from campaign.web.page_cache import kept
from campaign.words.addresses import language_rules
from campaign.words.caution import say_how_sure
from campaign.words.estimate import (
    explain_figures,
    explain_variations,
    say_about_whom,
    say_families,
    say_leave_one_out,
)
from campaign.words.figure import show_publication
from campaign.words.i18n import current_language, gettext
from campaign.words.method import explain_families, explain_method, say_numbers
from campaign.words.terms import FIGURE_REGIONS, KINDS, MEASURES, REGIONS, SCOPES

blueprint = Blueprint("sources", __name__)

FILTERS: Final = {
    "region": FIGURE_REGIONS,
    "kind": KINDS,
    "scope": SCOPES,
    "measure": MEASURES,
}
# The chart of all figures per victim stands on the scenario that most of them take part in.
CHART_SCENARIO: Final = ("EUROPE", "1y")
WORKED_SCENARIO: Final = ("EUROPE", "1y")


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
        figures = [f for f in publication.shown if _matches(publication, f, chosen)]
        if figures:
            shown.append(show_publication(publication, state.sources, language, figures))
    shown.sort(key=lambda item: (item.record.publisher.casefold(), str(item.record.year)))
    estimate = state.estimates[CHART_SCENARIO]
    rows = explain_figures(estimate, state.sources.families, language)
    return render_template(
        "pages/sources.html",
        publications=shown,
        figure_count=sum(len(item.figures) for item in shown),
        publication_total=len({cited.publication.id for cited in state.sources.shown()}),
        figure_total=sum(1 for _ in state.sources.shown()),
        filters=_filter_choices(state.sources.publications, chosen),
        filtered=bool(chosen),
        chart=draw_chart(say_families(estimate, state.sources.families, language), estimate),
        rows=rows,
        estimate=estimate,
        rates=state.sources.rates,
    )


def _matches(publication: Publication, figure: Figure, chosen: dict[str, str]) -> bool:
    return all(
        value == (publication.kind if name == "kind" else getattr(figure, name))
        for name, value in chosen.items()
    )


def _filter_choices(
    publications: tuple[Publication, ...], chosen: dict[str, str]
) -> list[dict[str, object]]:
    """List each filter with the values that occur, in the reader's words."""
    labels = {
        "region": gettext("Region"),
        "kind": gettext("Kind of source"),
        "scope": gettext("About whom"),
        "measure": gettext("What was measured"),
    }
    occurring: dict[str, set[str]] = {name: set() for name in FILTERS}
    for publication in publications:
        for figure in publication.shown:
            occurring["kind"].add(publication.kind)
            for name in ("region", "scope", "measure"):
                occurring[name].add(getattr(figure, name))
    return [
        {
            "name": name,
            "label": labels[name],
            "chosen": chosen.get(name, ""),
            "choices": [
                (key, gettext(word)) for key, word in known.items() if key in occurring[name]
            ],
        }
        for name, known in FILTERS.items()
    ]


@kept()
def method_page() -> ResponseReturnValue:
    """Explain the estimate with today's weights, assumptions and numbers."""
    state, language = published(), current_language()
    worked = state.estimates[WORKED_SCENARIO]
    # Of the regions with an estimate of their own; the worked one is among them.
    own = [state.estimates[region, "1y"] for region in state.regions]
    own = [estimate for estimate in own if estimate.evidence.region == estimate.region]
    tried = {each.region: sensitivity(state.sources, each.evidence) for each in own}
    found = tried[worked.region]
    return render_template(
        "pages/method.html",
        method=explain_method(state.sources.scenarios, language),
        worked=worked,
        families=explain_families(worked, state.sources.families, language),
        numbers=say_numbers(worked, found, state.sources.scenarios, language),
        how_sure=say_how_sure(worked, found, language),
        sureness=[
            {
                "name": gettext(REGIONS[estimate.region]),
                "label": f"{gettext('How sure is it?')} {gettext(REGIONS[estimate.region])}",
                "estimate": estimate,
                "about_whom": say_about_whom(estimate),
                "variations": explain_variations(tried[estimate.region], language),
                "leave_one_out": say_leave_one_out(
                    estimate, tried[estimate.region], state.sources.families, language
                ),
            }
            for estimate in own
        ],
    )


for _page, _view in (("sources", sources_page), ("method", method_page)):
    for _language, _rule in language_rules(_page):
        blueprint.add_url_rule(_rule, f"{_page}_{_language}", _view)
