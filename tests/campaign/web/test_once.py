"""What many ask for at once is made once, after a start and after every edit."""

from __future__ import annotations

import dataclasses
import threading
import time

import pytest
from flask import template_rendered

from campaign.published.state import swap
from campaign.web.turns import Turns, patience

PATHS = ("/nl/bronnen", "/data/figures.csv", "/data/dictionary.csv", "/sitemap.xml")
VISITORS = 12


@pytest.fixture
def made(app):
    """Return the names of the templates that were filled in."""
    names = []

    def note(_app, template, **_more):
        names.append(template.name)

    with template_rendered.connected_to(note, app):
        yield names


@pytest.fixture
def ask_together(browse, app, in_thread):
    """Return a function that asks for a page many times at the same moment."""

    def ask(path):
        start = threading.Barrier(VISITORS)

        def one():
            client = browse(app)
            start.wait()
            return client.get(path)

        return [result() for result in [in_thread(one) for _ in range(VISITORS)]]

    return ask


def edit(app):
    """Serve the same figures as another state, as after an edit."""
    swap(app, dataclasses.replace(app.extensions["published"]))


def test_a_cold_page_is_made_once_however_many_ask(app, ask_together, made):
    for _ in range(2):
        edit(app)
        made.clear()

        answers = ask_together("/nl/bronnen")

        assert made == ["pages/sources.html"]
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.data for answer in answers}) == 1


@pytest.mark.parametrize("path", PATHS)
def test_data_is_kept_with_its_name(path, app, browse):
    client = browse(app)
    edit(app)
    first, again, bare = (client.get(each) for each in (path, path, f"{path}?fbclid=x"))

    for answer in (again, bare):
        assert answer.data == first.data
        assert answer.headers.get("Content-Disposition") == first.headers.get("Content-Disposition")
    assert len(app.extensions["page_cache"]) == 1


def test_who_would_make_what_cannot_be_kept_holds_nobody_up(ask_together, app):
    edit(app)

    answers = ask_together("/nl/resultaat/XX/1y")

    assert {answer.status_code for answer in answers} == {404}


def test_a_state_that_is_only_rehearsed_takes_no_page_from_memory(app, browse, made):
    client = browse(app)
    edit(app)
    client.get("/nl/hulp")
    made.clear()
    watch = app.extensions["live"]
    watch.keeper._rehearsed.clear()
    watch.keeper.load(*watch._folders.read(), watch._day())
    made.clear()

    client.get("/nl/hulp")

    assert made == []


def test_a_turn_that_never_ends_holds_nobody_for_ever():
    turns = Turns()
    assert turns.take("page", patience())

    assert not turns.take("page", time.monotonic())
    assert not turns.take("page", time.monotonic() + 0.01)
    turns.end("page")
    assert turns.take("page", patience())


def test_words_that_filter_nothing_make_no_page_of_their_own(app, browse, made):
    client = browse(app)
    edit(app)
    client.get("/nl/bronnen?kind=court")
    made.clear()

    for number in range(30):
        query = f"scope=x{number}&region=y{number}&kind=court&measure={number}&fbclid={number}"
        assert client.get(f"/nl/bronnen?{query}").status_code == 200

    assert made == []
    assert len(app.extensions["page_cache"]) == 1
