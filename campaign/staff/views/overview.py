"""The overview: publications, figures, texts, with what needs a look first."""

import datetime
from collections.abc import Iterable, Mapping

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from calculator.figures.publication import LANGUAGES
from campaign.published.contacts import CONTACT_FILES
from campaign.staff.desk import desk
from campaign.staff.files.checkout import CONTENT
from campaign.staff.forms.markdown_editing import anchors_of, split_parts
from campaign.staff.views.catalogue import ListedPublication, list_publications
from campaign.upkeep.links.memory import MemoryUnreadable, Remembered, read_memory

blueprint = Blueprint("overview", __name__)

SHOW = {
    "": "All",
    "look": "Needs a look",
    "part": "Takes part in an estimate",
    "context": "Context only",
}


@blueprint.get("/")
def publications() -> ResponseReturnValue:
    """List publications, those that need a look first."""
    running = desk()
    state = running.state()
    today = datetime.date.today()  # noqa: DTZ011 - a local day
    rows = list_publications(running.checkout.publications(), state, _links(), today)
    query, shown, kind, region = (
        request.args.get(name, "").strip()[:80] for name in ("q", "show", "kind", "region")
    )
    found = [
        row
        for row in rows
        if row.matches(query.casefold().split())
        and _is_shown(row, shown)
        and (not kind or (row.publication and row.publication.kind == kind))
        and (not region or any(listed.figure.region == region for listed in row.figures))
    ]
    return render_template(
        "staff/overview.html",
        rows=found,
        total=len(rows),
        problems=state.problems,
        query=query,
        shown=shown,
        shows=SHOW.items(),
        kind=kind,
        kinds=_choices(row.publication.kind for row in rows if row.publication),
        region=region,
        regions=_choices(listed.figure.region for row in rows for listed in row.figures),
        by=request.args.get("by", ""),
    )


def _choices(found: Iterable[str]) -> list[tuple[str, str]]:
    return [(each, each) for each in sorted(set(found))]


def _links() -> Mapping[str, Remembered]:
    """Return what the link checker last found, nothing where it never ran."""
    try:
        return read_memory(desk().checkout.root / "instance" / "links.json")
    except MemoryUnreadable:  # `schatje sources links` says so; the overview does without
        return {}


def _is_shown(row: ListedPublication, shown: str) -> bool:
    kinds = {"look": bool(row.alerts), "part": row.takes_part, "context": not row.takes_part}
    return kinds.get(shown, True)


@blueprint.get("/texts")
def texts() -> ResponseReturnValue:
    """List the pages of words and the contacts, with what is missing in which language."""
    running = desk()
    pages = []
    for page in running.checkout.pages():
        written = {
            language: running.checkout.read(name) or ""
            for language, name in running.checkout.text_names(page).items()
        }
        wanted = anchors_of(written)
        missing = [
            f"{language}: {anchor}"
            for language in LANGUAGES
            for anchor in wanted
            if anchor not in {part.anchor for part, _ in split_parts(written[language])[1]}
        ]
        pages.append({"page": page, "parts": len(wanted), "missing": missing})
    return render_template(
        "staff/texts.html",
        pages=pages,
        contacts=[{"name": name, "file": f"{CONTENT}{name}"} for name in CONTACT_FILES],
        problems=[item for item in running.state().problems if item.file.startswith(CONTENT)],
    )
