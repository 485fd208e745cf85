"""The list of publications and figures: search, filters, order, pages, and all of it as a file."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from calculator.clock import belgian_day
from campaign.published.data import figures_for_spreadsheets
from campaign.published.texts import fold
from campaign.staff.desk import desk
from campaign.staff.views.catalogue import (
    ListedFigure,
    ListedPublication,
    list_publications,
)
from campaign.staff.views.finding import found_in, lay_out, words_of
from campaign.staff.views.links import VERDICTS
from campaign.staff.views.times import day_of
from campaign.words.figure import start_sentence
from campaign.words.i18n import gettext
from campaign.words.i18n import mark as _
from campaign.words.terms import FIGURE_REGIONS, KINDS, RELIABILITIES

blueprint = Blueprint("overview", __name__)

SHOW: Final = {
    "": _("All"),
    "look": _("Needs a look"),
    "part": _("Takes part in an estimate"),
    "context": _("Context only"),
    "missing": _("Something is still missing"),
}
FILTERS: Final = ("q", "show", "kind", "region", "who", "since", "by")

PublicationKey = Callable[[ListedPublication], Any]
PUBLICATION_COLUMNS: Final[Mapping[str, tuple[str, PublicationKey | None]]] = {
    "title": (_("Publication"), lambda row: row.title.casefold()),
    "look": (_("Needs a look"), lambda row: row.rank),
    "edited": (_("Last edit"), lambda row: row.edit.when if row.edit else ""),
    "read": (_("Read on"), lambda row: row.publication.accessed if row.publication else ""),
    "link": (_("Link"), lambda row: row.link.verdict if row.link else ""),
    "figures": (_("Figures"), lambda row: len(row.figures)),
}
FigureKey = Callable[[ListedFigure], Any]
FIGURE_COLUMNS: Final[Mapping[str, tuple[str, FigureKey | None]]] = {
    "label": (_("Figure"), lambda row: row.label.casefold()),
    "number": (_("Number"), None),
    "region": (_("Region"), lambda row: gettext(FIGURE_REGIONS[row.figure.region])),
    "year": (_("Year"), lambda row: row.figure.reference_year or 0),
    "reliability": (
        _("Reliability"),
        lambda row: list(RELIABILITIES).index(row.figure.reliability),
    ),
    "weights": (_("Weight in the estimates"), lambda row: row.weights),
}


@blueprint.get("/publications")
def publications() -> ResponseReturnValue:
    """List publications or figures, those that need a look first."""
    running = desk()
    state = running.state()
    everything = list_publications(
        running.checkout.publications(),
        state,
        running.known_links(),
        running.last_edits(),
        belgian_day(),
    )
    asked = {name: request.args.get(name, "").strip()[:80] for name in (*FILTERS, "sort", "page")}
    kept = [row for row in everything if _is_kept(row, asked)]
    words = words_of(asked["q"])
    by_figure = asked["by"] == "figure"
    if by_figure:
        figures = [
            listed
            for row in kept
            for listed in row.figures
            if _is_kept_figure(listed, asked) and found_in(f"{row.own_text}\n{listed.text}", words)
        ]
        listing: Any = lay_out("/publications", asked, figures, _translated(FIGURE_COLUMNS))
    else:
        found = [
            row
            for row in kept
            if (not asked["region"] or any(_is_kept_figure(each, asked) for each in row.figures))
            and found_in(row.text, words)
        ]
        listing = lay_out("/publications", asked, found, _translated(PUBLICATION_COLUMNS))
    return render_template(
        "staff/overview.html",
        listing=listing,
        by_figure=by_figure,
        total=sum(len(row.figures) for row in everything) if by_figure else len(everything),
        problems=state.problems,
        asked=asked,
        shows=[(key, gettext(words)) for key, words in SHOW.items()],
        kinds=_choices(KINDS, (row.publication.kind for row in everything if row.publication)),
        regions=_choices(
            FIGURE_REGIONS, (each.figure.region for row in everything for each in row.figures)
        ),
        people=[(who, who) for who in sorted({row.edit.who for row in everything if row.edit})],
        verdicts=VERDICTS,
        region_names=FIGURE_REGIONS,
        reliabilities=RELIABILITIES,
        kind_names=KINDS,
    )


@blueprint.get("/publications.csv")
def as_csv() -> ResponseReturnValue:
    """Return every figure, waiting ones too, with what only staff note, for a spreadsheet."""
    sources = desk().state().sources
    if sources is None:
        return redirect(url_for("overview.publications"), 303)
    response = make_response(figures_for_spreadsheets(sources, staff=True))
    response.content_type = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{belgian_day()}-figures.csv"'
    return response


def _translated(columns: Mapping[str, tuple[str, Any]]) -> dict[str, tuple[str, Any]]:
    return {name: (gettext(words), key) for name, (words, key) in columns.items()}


def _choices(names: Mapping[str, str], found: Iterable[str]) -> list[tuple[str, str]]:
    words = ((key, start_sentence(gettext(names[key]))) for key in set(found))
    return sorted(words, key=lambda each: fold(each[1]))


def _is_kept(row: ListedPublication, asked: Mapping[str, str]) -> bool:
    """Tell whether the filters on publications let a row through."""
    publication, edit = row.publication, row.edit
    shown = {
        "look": bool(row.alerts),
        "part": row.taking_part > 0,
        "context": row.taking_part == 0,
        "missing": any(listed.figure.missing for listed in row.figures),
    }
    return (
        shown.get(asked["show"], True)
        and (not asked["kind"] or (publication is not None and publication.kind == asked["kind"]))
        and (not asked["who"] or (edit is not None and edit.who == asked["who"]))
        and (not asked["since"] or (edit is not None and day_of(edit.when) >= asked["since"]))
    )


def _is_kept_figure(listed: ListedFigure, asked: Mapping[str, str]) -> bool:
    """Tell whether the filters on figures let one through."""
    shown = {
        "part": bool(listed.weights),
        "context": not listed.weights,
        "missing": bool(listed.figure.missing),
    }
    wanted = asked["region"]
    return shown.get(asked["show"], True) and (not wanted or listed.figure.region == wanted)
