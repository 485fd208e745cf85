"""Make every kind of page and card from a state before it goes live; a failure refuses it.

The rules check the files and name the line. This finds what no rule foresees, because a page that
answers 500 is worse than an edit that waits.
"""

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from flask import Flask, g, request

from calculator.errors import Problem, SourcesInvalid
from calculator.languages import FIRST
from campaign.cards.fitting import check_cards
from campaign.config import ROOT
from campaign.published.state import Published
from campaign.words.addresses import PAGES, page_path

FILE: Final = "scenarios.yaml"


def rehearse(app: Flask, state: Published) -> None:
    """Make pages and cards from a state; raises SourcesInvalid when one cannot be made."""
    problems = [*_rehearse_pages(app, state), *_rehearse_cards(app, state)]
    if problems:
        raise SourcesInvalid(problems)


def _rehearse_pages(app: Flask, state: Published) -> Iterator[Problem]:
    # werkzeug can trust no IPv6 address
    host = next(name for name in app.config["TRUSTED_HOSTS"] if ":" not in name).removeprefix(".")
    for path in _paths(state):
        # An app context of its own: a request under way keeps its state in the one it has.
        with app.app_context(), app.test_request_context(path, base_url=f"http://{host}"):
            g.published = state
            try:
                app.preprocess_request()
                app.dispatch_request()
            except Exception as error:  # noqa: BLE001 - any error refuses the state
                message = f"{path} cannot be made from these files ({_why(error)})."
                yield Problem(FILE, 1, f"{message} Undo the last edit, or mend the program")


def _why(error: Exception) -> str:
    if request.routing_exception is error:
        return "it has an address in calculator/languages.py, and no page in campaign/views"
    return f"{error!r} in {_line_of(error)}"


def _line_of(error: BaseException) -> str:
    """Return the last line of the project that an exception passed: where to look for its cause."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(ROOT) and "site-packages" not in path.parts:
            return f"{path.relative_to(ROOT)}, line {frame.lineno}"
    return "a library"


def _paths(state: Published) -> Iterator[str]:
    for page in PAGES:
        if page != "result":
            yield page_path(page, FIRST)
    for region in state.regions:
        yield f"{page_path('result', FIRST)}/{region}/{state.periods[-1]}"
    yield "/data/figures.csv"
    yield "/data/figures-excel.csv"
    yield "/data/figures.json"


def _rehearse_cards(app: Flask, state: Published) -> Iterator[Problem]:
    return check_cards(
        state.sources,
        state.estimates,
        app.config["CARD_ADDRESSES"],
        app.extensions["catalogues"],
        app.extensions["studio"].fonts,
    )
