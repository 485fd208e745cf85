"""The figures as data: CSV and JSON with a dictionary, for journalists and researchers.

Apart from the pages because machines read it; it carries no language of its own.
"""

from __future__ import annotations

from flask import Blueprint, make_response
from flask.typing import ResponseReturnValue

from campaign.published.data import dictionary_csv, figures_csv, figures_json
from campaign.published.state import published

blueprint = Blueprint("data", __name__)


@blueprint.get("/data/figures.json")
def figures_as_json() -> ResponseReturnValue:
    """Return every publication with its figures, and the digest that names this state."""
    response = make_response(figures_json(published().sources))
    response.content_type = "application/json"
    return response


@blueprint.get("/data/figures.csv")
def figures_as_csv() -> ResponseReturnValue:
    """Return one row for each figure, with its publication repeated."""
    return _csv("figures.csv", figures_csv(published().sources))


@blueprint.get("/data/dictionary.csv")
def dictionary_as_csv() -> ResponseReturnValue:
    """Return what each column means and which values it may have."""
    return _csv("dictionary.csv", dictionary_csv())


def _csv(name: str, rows: bytes) -> ResponseReturnValue:
    response = make_response(rows)
    response.content_type = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
