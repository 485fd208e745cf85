"""Cards kept in memory: drawn ahead, once for all workers, within what the machine allows."""

from __future__ import annotations

import os
import threading

import pytest
from made_site import sites_with_renderers

from calculator.card.layout import FORMATS, POSTERS
from calculator.languages import LANGUAGES
from campaign.cards import shelf
from campaign.cards.held import InMemory, InSharedMemory
from campaign.cards.renderer import cores, pool_ahead
from campaign.cards.shelf import CardShelf

pytestmark = pytest.mark.processes


@pytest.fixture
def make_app():
    """Return a function that makes the site; its renderers end with the test."""
    with sites_with_renderers() as make:
        yield make


def stand_in_for_drawing(monkeypatch, drawn):
    """Have cards drawn ahead noted, and a stand-in held in place of each."""

    def draw(shelf, card, _pool):
        drawn.append(card)
        shelf._held.put(card.name, b"card")

    monkeypatch.setattr(CardShelf, "_draw", draw)


def all_cards_of(state):
    """Return how many cards a state has: in each shape and language, with an amount and without."""
    return len(LANGUAGES) * (len(state.estimates) * len(FORMATS) + len(POSTERS))


def test_all_cards_are_drawn_ahead_once_for_a_state(make_app, wait_until, monkeypatch):
    app = make_app()
    drawn = []
    stand_in_for_drawing(monkeypatch, drawn)
    held, state = app.extensions["card_shelf"], app.extensions["published"]

    held.draw_ahead(app, state)
    assert not drawn, "only a server draws ahead"
    held.draws_ahead = True
    held.draw_ahead(app, state)
    wait_until(lambda: len(drawn) == all_cards_of(state))
    held.draw_ahead(app, state)

    assert len(set(drawn)) == len(drawn) == all_cards_of(state)


def test_all_cards_are_drawn_ahead_once_for_all_workers(
    make_app, wait_until, monkeypatch, tmp_path
):
    drawn = []
    stand_in_for_drawing(monkeypatch, drawn)
    monkeypatch.setattr(shelf, "LOOK_SECONDS", 0.01)
    workers = [make_app() for _ in range(3)]
    for app in workers:
        held = app.extensions["card_shelf"]
        held.share(tmp_path)
        held.draws_ahead = True
        held.draw_ahead(app, app.extensions["published"])

    every = all_cards_of(workers[0].extensions["published"])
    wait_until(lambda: len(drawn) == every)
    wait_until(lambda: not any("cards-ahead" in each.name for each in threading.enumerate()))
    assert len(drawn) == every
    assert len(list(tmp_path.glob("*.jpg"))) == every


def test_a_worker_goes_on_where_another_that_drew_ahead_was_killed(make_app, wait_until, tmp_path):
    held, other = InSharedMemory(tmp_path), InSharedMemory(tmp_path)
    with held.may_draw_ahead() as first, other.may_draw_ahead() as second:
        assert (first, second) == (True, False)
    with other.may_draw_ahead() as later:
        assert later


def test_cards_in_shared_memory_are_whole_bounded_and_need_no_room(tmp_path):
    held = InSharedMemory(tmp_path, most_bytes=250)
    for number in range(5):
        held.put(f"{number}.jpg", bytes([number]) * 100)

    assert held.names() == {"3.jpg", "4.jpg"}
    assert held.size_bytes() == 200
    assert held.get("4.jpg") == bytes([4]) * 100
    assert held.get("0.jpg") is None
    gone = InSharedMemory(tmp_path / "none")
    gone.put("1.jpg", b"x")
    assert gone.get("1.jpg") is None


def test_a_card_that_many_ask_for_at_once_is_drawn_once(pool, words, in_thread):
    drawn = []

    class Counted:
        def draw(self, *card):
            drawn.append(card)
            return pool.draw(*card)

    held = CardShelf(Counted())
    answers = [in_thread(lambda: held.card(words, FORMATS["facebook"])) for _ in range(12)]

    assert len({answer(60) for answer in answers}) == 1
    assert len(drawn) == 1


def test_drawing_ahead_takes_no_renderer_from_visitors(make_app, wait_until, monkeypatch):
    app = make_app()
    held, renderer = app.extensions["card_shelf"], app.extensions["renderer"]
    every, pools = shelf._cards_of, []
    monkeypatch.setattr(shelf, "_cards_of", lambda state: list(every(state))[:2])
    monkeypatch.setattr(shelf, "pool_ahead", lambda app: pools.append(pool_ahead(app)) or pools[0])

    held.draws_ahead = True
    held.draw_ahead(app, app.extensions["published"])
    wait_until(lambda: len(held) == 2, 60)

    assert renderer.children == ()
    [own] = pools
    wait_until(lambda: own.children == ())


def test_shelf_is_bounded_and_gives_what_it_holds(pool, words):
    held = CardShelf(pool, InMemory(most_bytes=250_000))
    first = held.card(words, FORMATS["facebook"])
    assert held.card(words, FORMATS["facebook"]) is first

    held.card(words, FORMATS["square"])
    held.card(words, FORMATS["story"])

    assert held.size_bytes <= 250_000
    assert len(held) < 3


@pytest.mark.parametrize(
    ("cpu", "memory", "most"),
    [("100000 100000", "max", 1), ("max 100000", "900000000", 2), ("max 100000", "1000", 1),
     ("10000 100000", "max", 1)],
)  # fmt: skip
def test_a_container_draws_with_what_its_limits_allow(cpu, memory, most, tmp_path):
    (tmp_path / "cpu.max").write_text(f"{cpu}\n")
    (tmp_path / "memory.max").write_text(f"{memory}\n")

    assert cores(tmp_path) <= most
    assert cores(tmp_path) >= 1
    assert cores(tmp_path / "none") == len(os.sched_getaffinity(0))
