"""Another region or period after the result: the photo stays, and stays on the device."""

from __future__ import annotations

import io
import re

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from calculator.card.layout import FORMATS

PATH = "/nl/resultaat/BE/1y"
# The page, its cards, and the icon that Chromium looks for again when the address changes.
OF_A_SCENARIO = re.compile(
    r"^http://[^/?]+/((nl/resultaat|card/\w+/nl)/EUROPE/1m(/\w+\.png)?"
    r"|static/\w+/images/icon\.svg)$"
)


def choose(page, region, period):
    page.locator("#another-region").select_option(region)
    page.locator("#another-period").select_option(period)
    page.locator("#another button").click()


def pixels(jpeg):
    return np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB"), dtype=float)


@pytest.mark.parametrize("scripts", [True, False])
def test_another_result_is_one_choice_away(open_page, scripts):
    page = open_page(PATH, java_script_enabled=scripts)

    choose(page, "EUROPE", "6m")

    page.wait_for_url("**/nl/resultaat/EUROPE/6m")
    assert "Europa" in page.locator("h1").inner_text()
    assert page.locator("#another-region").input_value() == "EUROPE"
    assert page.locator("#another-period").input_value() == "6m"


@pytest.mark.parametrize(
    ("query", "arrives"),
    [
        ("", "resultat/BE/1y"),
        ("?region=WORLD", "resultat/WORLD/1y"),
        ("?period[]=1y", "resultat/BE/1y"),
        ("?region=MARS&period=1y", "calculer"),
    ],
)
def test_result_without_a_choice_is_the_usual_one_and_an_unknown_one_leads_to_the_form(
    open_page, query, arrives
):
    page = open_page(f"/fr/resultat{query}")

    page.wait_for_url(f"**/fr/{arrives}")


def test_photo_stays_when_the_scenario_changes(open_page, editor_on, portrait_file):
    page = open_page(PATH, viewport={"width": 1280, "height": 800})
    editor = editor_on(page).open().choose(portrait_file)
    editor.part("consent").check()
    before = editor.wait_for_card().download()
    belgian = page.locator(".amount").inner_text()

    choose(page, "WORLD", "1w")

    expect(page.locator(".amount")).not_to_have_text(belgian)
    after = editor.wait_for_card().download()
    assert page.url.endswith("/nl/resultaat/WORLD/1w")
    # The card is the device's own for the new result: same picture, other words.
    picture = FORMATS["facebook"].picture
    first, second = pixels(before), pixels(after)
    held = np.s_[picture.top : picture.bottom, picture.left : picture.right]
    assert np.abs(first[held] - second[held]).mean() < 1
    assert np.abs(first - second).max() > 100
    # Everything of the page that tells of the scenario went along.
    assert page.locator("#address").input_value().endswith("/nl/resultaat/WORLD/1w")
    assert page.locator("link[rel=canonical]").get_attribute("href").endswith("/WORLD/1w")
    assert page.locator(".languages a[lang=fr]").get_attribute("href") == "/fr/resultat/WORLD/1w"
    for card in page.locator(".shapes a").all():
        assert "/WORLD/1w/" in card.get_attribute("href")
    assert page.locator("#another").count() == 1


def test_photo_goes_nowhere_when_the_scenario_changes(open_page, editor_on, big_photo):
    page = open_page(PATH)
    editor = editor_on(page).open().choose(big_photo)
    editor.part("consent").check()
    editor.wait_for_card()
    asked = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - Playwright needs a function of its own

    choose(page, "EUROPE", "1m")
    expect(page.locator("#address")).to_have_value(re.compile("/nl/resultaat/EUROPE/1m$"))
    editor.wait_for_card()

    own = [request for request in asked if not request.url.startswith(("blob:", "data:"))]
    assert {request.method for request in own} == {"GET"}
    strange = [request.url for request in own if not OF_A_SCENARIO.search(request.url)]
    assert not strange
    assert all(request.post_data_buffer is None for request in own)


def test_slow_line_is_told_and_the_waiting_ends(open_page, editor_on, portrait_file):
    page = open_page(PATH)
    held = []

    def hold(route):
        held.append(route)

    page.route("**/*.png", hold)
    editor = editor_on(page)
    editor.part("open").click()

    expect(editor.part("busy")).to_be_visible()
    expect(editor.part("status")).to_have_text("Een ogenblik…")
    expect(editor.part("file")).to_be_disabled()
    page.unroute("**/*.png")  # which lets go what was held
    expect(editor.part("busy")).to_be_hidden()
    expect(editor.part("file")).to_be_enabled()

    editor.choose(portrait_file)
    editor.part("consent").check()
    editor.wait_for_card()
    held.clear()
    page.route("**/resultaat/WORLD/1w", hold)
    choose(page, "WORLD", "1w")
    expect(editor.part("busy")).to_be_visible()
    held[0].continue_()
    expect(editor.part("busy")).to_be_hidden()
    server = editor.part("unreadable").get_by_role("link", include_hidden=True)
    expect(server).to_have_attribute("href", "/nl/foto?region=WORLD&period=1w")


def test_failing_line_leaves_the_card_as_it_was(open_page, editor_on, portrait_file):
    page = open_page(PATH)
    editor = editor_on(page).open().choose(portrait_file)
    editor.part("consent").check()
    before = editor.wait_for_card().download()
    page.context.set_offline(True)

    choose(page, "EUROPE", "1m")

    expect(editor.part("unchanged")).to_be_visible()
    assert editor.download() == before
    assert page.url.endswith(PATH)
    page.context.watch.complaints.clear()  # Chromium itself complains of the line

    page.context.set_offline(False)
    choose(page, "EUROPE", "1m")
    page.wait_for_url("**/EUROPE/1m")
    expect(editor.part("unchanged")).to_be_hidden()


def test_a_picture_that_failed_once_is_asked_for_again(open_page, editor_on, portrait_file):
    page = open_page(PATH)
    editor = editor_on(page).open().choose(portrait_file)
    editor.part("consent").check()
    editor.wait_for_card()
    page.route("**/EUROPE/1m/*.png", lambda route: route.fulfill(status=503))

    choose(page, "EUROPE", "1m")
    expect(editor.part("unchanged")).to_be_visible()
    page.unroute("**/EUROPE/1m/*.png")
    page.context.watch.complaints.clear()  # Chromium itself complains of the answers
    choose(page, "EUROPE", "1m")

    page.wait_for_url("**/EUROPE/1m")
    expect(editor.part("unchanged")).to_be_hidden()
    editor.wait_for_card()


def test_address_is_copied(open_page):
    page = open_page(PATH, permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Kopieer", exact=True).click()

    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#address").input_value()


def test_address_can_be_marked_without_scripts(open_page):
    page = open_page(PATH, java_script_enabled=False)

    expect(page.locator("#address")).to_be_visible()
    expect(page.locator("[data-copy=address]")).to_be_hidden()
