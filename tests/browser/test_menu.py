"""The links to the pages: on a phone a sheet, without JavaScript too; a row where there is room."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

LINKS = ["Calculator", "Hulp", "Jongeren", "Signalen", "Vragen", "Bronnen"]


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def page(request, open_page):
    return open_page("/nl/privacy", java_script_enabled=request.param)


def test_menu_opens_by_touch_and_leads_on(page):
    links = page.locator("#pages a")
    expect(links.first).to_be_hidden()
    page.get_by_role("button", name="Menu").click()

    expect(links).to_have_text(LINKS)
    for link in links.all():
        box = link.bounding_box()
        assert box["height"] >= 44
        assert box["x"] + box["width"] <= 360
        assert box["y"] + box["height"] <= 740
    links.nth(1).click()
    page.wait_for_url("**/nl/hulp")
    expect(page.locator("#pages")).to_be_hidden()


def test_menu_opens_and_closes_by_keyboard_and_gives_the_focus_back(page):
    menu = page.get_by_role("button", name="Menu")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#pages")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Sluiten")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Calculator").first).to_be_focused()

    page.keyboard.press("Escape")
    expect(page.locator("#pages")).to_be_hidden()
    expect(menu).to_be_focused()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#pages")).to_be_hidden()
    expect(menu).to_be_focused()


def test_wide_header_shows_all_links_and_no_button(open_page):
    page = open_page("/nl/privacy", viewport={"width": 768, "height": 800})

    expect(page.locator("#pages").get_by_role("link")).to_have_text(LINKS)
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    expect(page.get_by_role("button", name="Sluiten")).to_be_hidden()


def test_header_leaves_a_phone_its_first_screen(open_page):
    page = open_page("/nl/")
    button = page.get_by_role("link", name="Ga naar de calculator").bounding_box()

    assert page.locator(".site-header").bounding_box()["height"] <= 130
    assert button["y"] + button["height"] <= 560, "the way in is seen without scrolling"
    assert page.locator(".hero__picture").bounding_box()["y"] < 500, "and so is the label"
