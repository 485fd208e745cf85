"""The facts of the first page, picked from all figures that visitors see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from calculator.figures.sources import Sources
from campaign.published.texts import fold
from campaign.staff.desk import desk
from campaign.staff.files.checkout import text_digest
from campaign.staff.forms.yaml_editing import apply_content
from campaign.staff.views import preview_page
from campaign.staff.views.confirming import opened, read_file
from campaign.staff.views.parts import FACTS
from campaign.words.figure import ShownFigure, show_figure
from campaign.words.i18n import current_language, gettext, say_colon
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
    return _show(list(chosen), text_digest(read_file(FACTS)))


@blueprint.post("/facts")
def sent() -> ResponseReturnValue:
    """Preview what was picked."""
    text, base = opened(FACTS)
    picked = [request.form.get(f"fact.{i}", "") for i in range(MOST)]
    chosen = [name for name in picked if name]
    if request.form.get("do") != "preview":
        return _show(picked, base)
    if len(set(chosen)) < len(chosen):
        wrong = _("You picked a figure twice. Each place shows another one")
        return _show(picked, base, gettext(wrong))
    if len(chosen) < LEAST:
        return _show(picked, base, gettext(_("Pick at least three figures")))
    written = apply_content(text, {"facts": [*chosen]})
    if written == text:
        return _show(picked, base, gettext(_("Nothing changes yet")))
    return preview_page.show_preview({FACTS: written}, {FACTS: base})


def _show(chosen: Sequence[str], base: str, wrong: str = "") -> ResponseReturnValue:
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
        base=base,
        wrong=wrong,
    )
    return page, 422 if wrong else 200


def _groups(sources: Sources) -> list[Group]:
    language = current_language()
    found: dict[str, tuple[str, list[ShownFigure]]] = {}
    for cited in sources.shown():
        own = cited.publication
        title = f"{own.publisher}, {own.year}{say_colon()}{own.title}"
        found.setdefault(own.id, (title, []))[1].append(show_figure(cited, sources, language))
    listed = [Group(title, tuple(figures)) for title, figures in found.values()]
    return sorted(listed, key=lambda group: fold(group.title))
