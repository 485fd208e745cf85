"""The press kit is made once for each state, for many who ask, and handed out like a download."""

from __future__ import annotations

import dataclasses
import io
import threading
import zipfile

import pytest

from calculator.renderer.pool import RendererBusy
from campaign.press import kit as press_kit
from campaign.press.kit import PressKitMaker, make_press_kit

pytestmark = pytest.mark.processes

ADDRESS_OF_KIT = "/downloads/press-kit.zip"


def test_the_same_figures_give_the_same_bytes(made, app):
    with app.app_context():
        again = make_press_kit(app.extensions["published"])

    assert again.data == made.data


def test_a_kit_made_on_a_desk_leads_to_the_address_on_the_cards(make_app):
    app = make_app(SITE_URL="http://127.0.0.1:8000")
    assert app.extensions["renderer"].wait_until_ready()
    with app.app_context():
        kit = make_press_kit(app.extensions["published"])

    with zipfile.ZipFile(io.BytesIO(kit.data)) as files:
        [name] = [name for name in files.namelist() if name.endswith("README.txt")]
        text = files.read(name).decode("utf-8-sig")
    assert "127.0.0.1" not in text
    assert "https://schatjeschatje.be/nl/pers" in text


def test_another_state_gives_another_kit_and_the_same_state_the_same(app, monkeypatch):
    made = []
    monkeypatch.setattr(
        press_kit, "make_press_kit", lambda state: made.append(state) or kit_of(state)
    )
    maker, first = PressKitMaker(), app.extensions["published"]
    second = dataclasses.replace(first)

    assert maker.kit(first) is maker.kit(first)
    assert maker.kit(second) is maker.kit(second)
    assert [state is first for state in made] == [True, False]


def kit_of(state):
    return press_kit.PressKit(state, "kit.zip", b"PK", "tag")


def test_whoever_asks_while_a_kit_is_made_is_asked_to_come_back(app, client, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()

    def make_slowly(state):
        begun.set()
        assert go_on.wait(30)
        return kit_of(state)

    monkeypatch.setattr(press_kit, "make_press_kit", make_slowly)
    monkeypatch.setitem(app.extensions, "press_kit", maker := PressKitMaker())
    thread = threading.Thread(target=maker.kit, args=[app.extensions["published"]])
    thread.start()
    assert begun.wait(30)

    refused, page = client.get(ADDRESS_OF_KIT), client.get("/nl/pers")
    go_on.set()
    thread.join()

    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert page.status_code == 200
    assert client.get(ADDRESS_OF_KIT).data == b"PK"


def test_a_kit_that_could_not_be_made_is_made_for_the_next_who_asks(app, client, monkeypatch):
    monkeypatch.setitem(app.extensions, "press_kit", PressKitMaker())
    with monkeypatch.context() as patch:
        patch.setattr(press_kit, "make_press_kit", refuse)
        assert client.get(ADDRESS_OF_KIT).status_code == 503

    assert client.get(ADDRESS_OF_KIT).status_code == 200


def refuse(state):
    raise RendererBusy


def test_the_kit_is_handed_out_as_other_downloads_are(made, version, client):
    assert made.content_type == "application/zip"
    name = f"schat-je-schatje-{version}.zip"
    assert made.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert made.headers["Cache-Control"] == "public, max-age=300, stale-while-revalidate=86400"
    assert made.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in made.headers

    again = client.get(ADDRESS_OF_KIT, headers={"If-None-Match": made.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
