"""The links page: a button that asks every page in the background, and what it found."""

from __future__ import annotations

import json
import re
import threading

import pytest
import responses
from answering_site import QUICK

WAIT_S = 30


@pytest.fixture
def answers(monkeypatch):
    """Answer every address in place of the network; `go` lets the answers come."""
    monkeypatch.setattr("campaign.upkeep.links.round.Patience", lambda: QUICK)
    go = threading.Event()
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock, go


def answer(answers, special=(), status=200):
    mock, go = answers

    def reply(request):
        assert go.wait(WAIT_S)
        found = [code for part, code in dict(special).items() if part in request.url]
        return (found or [status])[0], {}, ""

    for method in ("HEAD", "GET"):
        mock.add_callback(method, re.compile(".*"), callback=reply)


def check(desk):
    return desk.app.extensions["desk"].links


def press(an):
    return an.press(an.get("/links"), None)


@pytest.fixture
def an(desk):
    return desk.person()


def test_links_are_asked_in_the_background_and_the_page_shows_how_far(desk, an, answers):
    answer(answers, {"alpha.example": 404, "beta.example": 403})
    assert "not asked yet" in an.get("/").words

    page = press(an)

    assert page.headers["Refresh"]
    assert re.search("Asked [0-9]+ of [0-9]+ pages", page.words)
    [bar] = page.all("progress")
    assert 0 <= int(bar.get("value")) < int(bar.get("max"))
    assert "Check all links now" not in page.words, "one round at a time"
    assert an.get("/publications").status == 200, "other work goes on"

    answers[1].set()
    check(desk).wait(WAIT_S)
    page = an.get("/links")
    assert "Refresh" not in page.headers
    assert "1 gone, 1 that refuse programs" in page.words
    [gone, blocked] = page.all("ul[@class='todo']/li")
    links = [link.get("href") for link in gone.iter("a")]
    assert links[0] == "https://alpha.example/report"
    assert links[1].startswith("https://web.archive.org/web/20261102/")
    assert links[-1] == "/edit/sources/publications/alpha.yaml"
    assert "https://beta.example/report" in [link.get("href") for link in blocked.iter("a")]
    assert "1 gone" in an.get("/").words
    assert "Link: is gone" in an.get("/publications?q=alpha").words
    kept = json.loads((desk.root / "instance" / "staff" / "links.json").read_text())
    assert kept["links"]["https://alpha.example/report"]["status"] == 404


def test_a_second_press_begins_no_second_round(desk, an, answers):
    answer(answers)
    form = an.get("/links")
    an.press(form, None)
    thread = check(desk)._thread

    an.press(form, None)

    assert check(desk)._thread is thread
    answers[1].set()
    check(desk).wait(WAIT_S)


def test_nothing_is_kept_where_the_computer_is_offline(desk, an, answers):
    answers[1].set()  # and no answer is known: each request fails as without a network

    press(an)
    check(desk).wait(WAIT_S)

    assert "Is this computer online?" in an.get("/links").alerts[0]
    assert not (desk.root / "instance" / "staff" / "links.json").exists()


def test_a_damaged_memory_is_not_overwritten(desk, an, answers):
    answer(answers)
    answers[1].set()
    path = desk.root / "instance" / "staff" / "links.json"
    path.write_text("no json")

    press(an)
    check(desk).wait(WAIT_S)

    assert "cannot be read" in an.get("/links").alerts[0]
    assert path.read_text() == "no json"


def test_the_command_and_the_desk_keep_one_file(desk, answers, run, monkeypatch):
    answer(answers, {"alpha.example": 410})
    answers[1].set()
    monkeypatch.delenv("SCHATJE_STAFF_STATE", raising=False)

    run("sources", "links", desk.root / "sources", "--content",
        desk.root / "campaign" / "content")  # fmt: skip

    assert "1 gone" in desk.person().get("/links").words
