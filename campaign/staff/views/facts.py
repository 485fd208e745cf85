"""The facts of the first page, picked from all figures that visitors see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from calculator.figures.sources import Sources
from campaign.staff.desk import desk
from campaign.staff.files.checkout import text_digest
from campaign.staff.forms.yaml_editing import apply_content, read_tree
from campaign.staff.views import preview_page
from campaign.staff.views.confirming import read_file
from campaign.staff.views.parts import FACTS
from campaign.words.figure import ShownFigure, show_figure
from campaign.words.i18n import current_language, gettext
from campaign.words.i18n import mark as _

blueprint = Blueprint("facts", __name__)

LEAST: Final = 3
MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Group:
    """A publication with its figures to choose from."""

    title: str
    figures: tuple[ShownFigure, ...]


@blueprint.get("/facts")
def edit() -> ResponseReturnValue:
    """Show a list of figures for each place on the first page."""
    state = desk().state()
    chosen = state.contacts.facts.facts if state.contacts is not None else ()
    return _show(list(chosen), "")


@blueprint.post("/facts")
def sent() -> ResponseReturnValue:
    """Preview what was picked."""
    picked = [request.form.get(f"fact.{i}", "") for i in range(MOST)]
    chosen = [name for name in picked if name]
    if len(set(chosen)) < len(chosen):
        return _show(picked, gettext(_("You picked a figure twice. Each place shows another one")))
    if len(chosen) < LEAST:
        return _show(picked, gettext(_("Pick at least three figures")))
    text = read_file(FACTS)
    written = apply_content(text, {"facts": [*chosen]})
    edit_ = {FACTS: written}
    if written == text:
        return _show(picked, gettext(_("Nothing changes yet")))
    return preview_page.show_preview(edit_, {FACTS: text_digest(text)})


def reopen(text: str) -> ResponseReturnValue:
    """Show the figures that a text picks."""
    return _show([str(name) for name in read_tree(text)["facts"]], "")


def _show(chosen: Sequence[str], wrong: str) -> ResponseReturnValue:
    sources = desk().state().sources
    if sources is None:
        abort(409)
    groups = _groups(sources)
    figures = {figure.id: figure for group in groups for figure in group.figures}
    places = [*chosen, *[""] * (MOST - len(chosen))]
    page = render_template(
        "staff/facts.html",
        groups=groups,
        places=[(name, figures.get(name)) for name in places],
        least=LEAST,
        wrong=wrong,
    )
    return page, 422 if wrong else 200


def _groups(sources: Sources) -> list[Group]:
    language = current_language()
    found: dict[str, tuple[str, list[ShownFigure]]] = {}
    for cited in sources.shown():
        own = cited.publication
        title = f"{own.publisher}, {own.year}: {own.title}"
        found.setdefault(own.id, (title, []))[1].append(show_figure(cited, sources, language))
    listed = [Group(title, tuple(figures)) for title, figures in found.values()]
    return sorted(listed, key=lambda group: group.title.casefold())
