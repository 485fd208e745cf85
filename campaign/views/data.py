"""What is there to download: the figures as CSV and JSON with a dictionary, and the press kit.

Apart from the pages because these are files; they carry no language of their own.
"""

from flask import Blueprint, Response, make_response
from flask.typing import ResponseReturnValue

from campaign.press.kit import press_kit_maker
from campaign.published.data import (
    dictionary_csv,
    figures_csv,
    figures_for_spreadsheets,
    figures_json,
)
from campaign.published.state import published
from campaign.web.page_cache import kept

blueprint = Blueprint("data", __name__)


@blueprint.get("/data/figures.json")
@kept()
def figures_as_json() -> ResponseReturnValue:
    """Return every publication with its figures, and the digest that names this state."""
    response = make_response(figures_json(published().sources))
    response.content_type = "application/json"
    return response


@blueprint.get("/data/figures.csv")
@kept()
def figures_as_csv() -> ResponseReturnValue:
    """Return one row for each figure, with its publication repeated."""
    return _file("figures.csv", "text/csv; charset=utf-8", figures_csv(published().sources))


@blueprint.get("/data/figures-excel.csv")
@kept()
def figures_for_excel() -> ResponseReturnValue:
    """Return the same rows as a spreadsheet set up for Belgium opens them."""
    data = figures_for_spreadsheets(published().sources)
    return _file("figures-excel.csv", "text/csv; charset=utf-8", data)


@blueprint.get("/data/dictionary.csv")
@kept()
def dictionary_as_csv() -> ResponseReturnValue:
    """Return what each column means and which values it may have."""
    return _file("dictionary.csv", "text/csv; charset=utf-8", dictionary_csv())


@blueprint.get("/downloads/press-kit.zip")
def press_kit() -> ResponseReturnValue:
    """Return the press kit of the figures that are live; 503 while it is being made."""
    kit = press_kit_maker().kit(published())
    response = _file(kit.file_name, "application/zip", kit.data)
    response.set_etag(kit.tag)
    return response


def _file(name: str, content_type: str, data: bytes) -> Response:
    response = make_response(data)
    response.content_type = content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
