"""The site on top of the renderer: busy and broken, pages from memory, what is logged."""

from __future__ import annotations

import dataclasses
import io
import os
import re
import signal

import pytest
from made_site import SITE, sites_with_renderers
from page import token_in
from PIL import Image

from calculator.renderer.pool import RendererBusy
from campaign.web import errors
from campaign.web.limits import CardLimit
from campaign.web.logs import size_class
from campaign.web.uploads import BUDGET, Upload, UploadBudget

pytestmark = pytest.mark.processes

LANGUAGES = {"nl": "foto", "fr": "photo", "de": "foto", "en": "photo"}


@pytest.fixture(scope="module")
def make_app():
    """Return a function that makes the site with settings of its own; its renderers end with it."""
    with sites_with_renderers() as make:
        yield make


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
