"""The site on top of the renderer: busy and broken, pages from memory, what is logged."""

from __future__ import annotations

import dataclasses
import io
import os
import re
import signal
import threading

import pytest
from made_site import SITE, make_site
from page import token_in
from PIL import Image

from calculator.card.layout import FORMATS
from calculator.renderer.pool import RendererBusy
from campaign.cards import shelf
from campaign.cards.held import InMemory, InSharedMemory
from campaign.cards.renderer import cores, pool_ahead
from campaign.cards.shelf import CardShelf
from campaign.web import errors
from campaign.web.limits import CardLimit
from campaign.web.logs import size_class
from campaign.web.page_cache import KeptPage, PageCache
from campaign.web.uploads import BUDGET, Upload, UploadBudget

pytestmark = pytest.mark.processes

LANGUAGES = {"nl": "foto", "fr": "photo", "de": "foto", "en": "photo"}


@pytest.fixture(scope="module")
def make_app():
    """Return a function that makes the site with settings of its own; its renderers end with it."""
    made = []

    def make(**settings):
        made.append(make_site(**settings))
        return made[-1]

    yield make
    for app in made:
        app.extensions["renderer"].close()


@pytest.fixture(scope="module")
def site(make_app):
    app = make_app()
    assert app.extensions["renderer"].wait_until_ready()
    return app


@pytest.fixture
def ask(site):
    """Return a function that asks the site by its own address."""
    client = site.test_client()

    def get(path, method="GET", **options):
        return client.open(path, method=method, base_url=SITE, **options)

    return get


@pytest.fixture
def send_photo(ask):
    """Return a function that fills in the form and sends a photo."""

    def send(data, language="nl", accept="image/jpeg"):
        path = f"/{language}/{LANGUAGES[language]}"
        token = token_in(ask(path).get_data(as_text=True))
        fields = {"region": "BE", "period": "1y", "consent": "y", "csrf_token": token}
        return ask(
            path, "POST", data=fields | {"photo": (io.BytesIO(data), "x.jpg")},
            headers={"Accept": accept, "Referer": SITE + path},
        )  # fmt: skip

    return send


def test_the_web_process_decodes_no_byte_of_an_upload(send_photo, monkeypatch, portrait_jpeg):
    def refuse(*arguments, **options):
        raise AssertionError("decoded in the web process")

    with monkeypatch.context() as patch:
        for name in (
            "PIL.Image.open",
            "PIL.ImageFile.ImageFile.load",
            "calculator.photo.protect.open_heif",
            "calculator.photo.protect.read_header",
            "calculator.photo.searching.FaceFinder.find",
        ):
            patch.setattr(name, refuse)
        response = send_photo(portrait_jpeg)

    assert response.status_code == 200
    assert Image.open(io.BytesIO(response.data)).size == (1200, 630)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_queue_is_answered_with_a_page_and_when_to_come_back(
    language, site, send_photo, portrait_jpeg, monkeypatch
):
    children = site.extensions["renderer"]._children
    monkeypatch.setattr(children, "_limits", dataclasses.replace(children._limits, most_waiting=0))

    response = send_photo(portrait_jpeg, language)

    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) == errors.BUSY_SECONDS
    assert response.headers["Cache-Control"] == "no-store"
    html = response.get_data(as_text=True)
    assert f'<html lang="{language}"' in html
    assert "116\u00a0000" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_child_that_dies_gives_the_form_again_in_the_visitors_language(
    language, site, send_photo, in_thread, wait_until, portrait_jpeg
):
    pool = site.extensions["renderer"]
    wait_until(pool.answers, 60)
    [child] = pool.children
    os.kill(child.pid, signal.SIGSTOP)
    answer = in_thread(lambda: send_photo(portrait_jpeg, language))
    wait_until(lambda: pool.busy == 1)
    os.kill(child.pid, signal.SIGKILL)

    response = answer()

    assert response.status_code == 400
    html = response.get_data(as_text=True)
    expected = {"nl": "konden deze foto niet", "fr": "pu lire cette photo",
                "de": "konnten dieses Foto nicht", "en": "could not read this photo"}  # fmt: skip
    assert expected[language] in html
    wait_until(pool.answers, 60)
    assert send_photo(portrait_jpeg).status_code == 200


def test_readiness_asks_the_renderer(make_app, wait_until):
    app = make_app()
    client = app.test_client()

    first = client.get("/readyz", base_url=SITE)
    assert (first.status_code, first.json["status"]) == (503, "not ready")
    wait_until(lambda: client.get("/readyz", base_url=SITE).status_code == 200, 60)
    assert client.get("/readyz", base_url=SITE).json["limits"] == "counted by each process"


# ---- Uploads


def test_uploads_share_a_budget_and_give_it_back():
    budget = UploadBudget(most_bytes=100)
    first, second = Upload(budget), Upload(budget)
    first.write(bytes(60))
    with pytest.raises(RendererBusy):
        second.write(bytes(41))
    second.write(bytes(40))

    first.close()
    first.close()
    assert budget.held_bytes == 40


def test_an_upload_is_read_whole_or_in_parts():
    upload = Upload(UploadBudget())
    for part in (b"ab", b"cd", b"ef"):
        upload.write(part)

    upload.seek(0)
    assert (upload.read(), upload.read()) == (b"abcdef", b"")
    upload.seek(0)
    assert (upload.read(2), upload.read(1), upload.read()) == (b"ab", b"c", b"def")


def test_nothing_is_held_after_a_request(send_photo, portrait_jpeg):
    before = BUDGET.held_bytes
    assert send_photo(portrait_jpeg).status_code == 200
    assert send_photo(b"no photo").status_code == 400

    assert BUDGET.held_bytes == before


# ---- Pages from memory


def test_a_page_from_memory_is_the_same_page_with_the_same_headers(ask):
    first, again = ask("/nl/methode"), ask("/nl/methode?fbclid=x")

    assert again.data == first.data
    for response in (first, again):
        response.headers.pop("Date")  # a second may pass between the two
    assert dict(again.headers) == dict(first.headers)
    assert not again.headers.get("Set-Cookie")


def test_a_page_from_memory_comes_compressed_and_is_not_sent_again(ask):
    plain = ask("/fr/methode").data
    first = ask("/fr/methode", headers={"Accept-Encoding": "gzip"})
    again = ask("/fr/methode", headers={"Accept-Encoding": "gzip"})
    kept = ask("/fr/methode", headers={"If-None-Match": again.headers["ETag"],
                                       "Accept-Encoding": "gzip"})  # fmt: skip

    assert first.data == again.data != plain
    assert again.headers["Content-Encoding"] == "gzip"
    assert again.headers["Vary"] == "Accept-Encoding"
    assert (kept.status_code, kept.data) == (304, b"")
    assert ask("/fr/methode", "HEAD").data == b""


def test_another_host_gets_no_page_from_memory(site, ask):
    assert ask("/nl/privacy").status_code == 200

    assert ask("/nl/privacy", headers={"Host": "evil.example"}).status_code == 400


def test_filters_and_searches_each_have_their_own_page(ask):
    every, some = ask("/nl/bronnen"), ask("/nl/bronnen?kind=court")
    assert len(some.data) < len(every.data)
    assert ask("/nl/bronnen").data == every.data

    assert ask("/nl/faq?q=xyzzy").data != ask("/nl/faq").data
    assert ask("/nl/faq?q=foto").data != ask("/nl/faq?q=xyzzy").data


def test_pages_are_forgotten_when_the_state_changes():
    cache, page = PageCache(), KeptPage(b"x", b"x", b"x", "text/html", "tag")
    old, new = (object(),), (object(),)
    cache.put(old, ("/nl/",), page)

    assert cache.get(old, ("/nl/",)) is page
    assert cache.get(new, ("/nl/",)) is None
    assert cache.get(old, ("/nl/",)) is None


def test_pages_in_memory_are_bounded():
    cache, state = PageCache(most_bytes=250), (object(),)
    for number in range(5):
        cache.put(state, (number,), KeptPage(bytes(60), bytes(20), bytes(20), "text/html", "tag"))

    assert len(cache) == 2
    assert cache.get(state, (4,))


# ---- Cards ahead


def stand_in_for_drawing(monkeypatch, drawn):
    """Have cards drawn ahead noted, and a stand-in held in place of each."""

    def draw(shelf, card, _pool):
        drawn.append(card)
        shelf._held.put(card.name, b"card")

    monkeypatch.setattr(CardShelf, "_draw", draw)


def test_all_cards_are_drawn_ahead_once_for_a_state(make_app, wait_until, monkeypatch):
    app = make_app()
    drawn = []
    stand_in_for_drawing(monkeypatch, drawn)
    held, state = app.extensions["card_shelf"], app.extensions["published"]

    held.draw_ahead(app, state)
    assert not drawn, "only a server draws ahead"
    held.draws_ahead = True
    held.draw_ahead(app, state)
    # Three shapes to share of each region, period and language, and three without an amount.
    wait_until(lambda: len(drawn) == 3 * 3 * 6 * 4 + 3 * 4)
    held.draw_ahead(app, state)

    assert len(set(drawn)) == len(drawn) == 228


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

    wait_until(lambda: len(drawn) == 228)
    wait_until(lambda: not any("cards-ahead" in each.name for each in threading.enumerate()))
    assert len(drawn) == 228
    assert len(list(tmp_path.glob("*.jpg"))) == 228


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


# ---- Limits and logs


def test_a_shared_counter_that_is_down_refuses_nobody(make_app, caplog):
    app = make_app(LIMITS_STORAGE="redis://127.0.0.1:1", CARD_LIMIT="2 per minute")
    counter: CardLimit = app.extensions["card_limit"]

    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "203.0.113.7"}):
        counter.count_one()
        counter.count_one()
        with pytest.raises(Exception, match="429"):
            counter.count_one()
    told = app.test_client().get("/readyz", base_url=SITE).json["limits"]
    assert told == "shared storage down, counted by each process"
    assert app.extensions["metrics"].registry.get_sample_value("schatje_limits_storage_down") == 1


def test_counters_that_are_down_are_told_before_anybody_makes_a_card(make_app):
    app = make_app(LIMITS_STORAGE="redis://127.0.0.1:1")
    assert app.extensions["card_limit"].describe_storage() == "shared", "nobody has asked them yet"

    app.extensions["live"].after_look()

    assert "down" in app.test_client().get("/readyz", base_url=SITE).json["limits"]


def test_an_address_of_counters_that_was_not_filled_in_is_refused(make_app):
    with pytest.raises(ValueError, match=r"SCHATJE_LIMITS_STORAGE .* not filled in"):
        make_app(LIMITS_STORAGE="redis://$(VALKEY_SERVICE_HOST):6379")


@pytest.mark.parametrize(
    ("count", "name"),
    [(0, "none"), (1, "1kB"), (1_000, "1kB"), (1_001, "1MB"), (4_000_000, "5MB"),
     (16 * 1024**2, "16MB"), (10**11, "too-big")],
)  # fmt: skip
def test_log_knows_sizes_by_class_only(count, name):
    assert size_class(count) == name


def test_log_and_metrics_name_the_reason_and_nothing_of_the_visitor(site, send_photo, caplog):
    registry = site.extensions["metrics"].registry
    labels = {"outcome": "refused", "reason": "unknown-format"}
    before = registry.get_sample_value("schatje_renders_total", labels) or 0

    send_photo(b"secret-of-the-visitor")

    assert "reason=unknown-format" in caplog.text
    assert "size=1kB" in caplog.text
    assert "secret" not in caplog.text
    assert "x.jpg" not in caplog.text
    assert registry.get_sample_value("schatje_renders_total", labels) == before + 1


def test_a_card_that_cannot_be_drawn_is_kept_by_no_cache(make_app):
    made = make_app()
    pool = made.extensions["renderer"]
    assert pool.wait_until_ready()
    pool.limits = dataclasses.replace(pool.limits, job_seconds=0.0001)
    client = made.test_client()
    result = client.get("/nl/resultaat/BE/1y", base_url=SITE).get_data(as_text=True)
    address = re.search(r'/card/[^"]+/facebook\.jpg', result)[0]

    response = client.get(address, base_url=SITE)

    assert response.status_code == 503
    assert response.headers["Cache-Control"] == "no-store"
