"""The links to pages and languages: on a phone a sheet, without JavaScript too; else a row."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from campaign.words.i18n import LANGUAGE_NAMES

LINKS = ["Calculator", "Hulp", "Jongeren", "Signalen", "Vragen", "Bronnen"]
LANGUAGES = list(LANGUAGE_NAMES.values())


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def page(request, open_page):
    return open_page("/nl/privacy", java_script_enabled=request.param)


@pytest.mark.parametrize("button", ["Menu", "Talen: nl"])
def test_menu_opens_by_touch_and_leads_on(button, page):
    sheet = page.locator("#pages")
    expect(sheet).to_be_hidden()
    page.get_by_role("button", name=button, exact=True).click()

    expect(sheet.get_by_role("link")).to_have_count(len(LINKS) + len(LANGUAGES))
    for name in LINKS + LANGUAGES:
        box = sheet.get_by_role("link", name=name, exact=True).bounding_box()
        assert box["height"] >= 44
        assert box["x"] + box["width"] <= 360
        assert box["y"] + box["height"] <= 740
    sheet.get_by_role("link", name="Hulp", exact=True).click()
    page.wait_for_url("**/nl/hulp")
    expect(page.locator("#pages")).to_be_hidden()


def test_menu_leads_to_the_same_page_in_another_language(page):
    page.get_by_role("button", name="Talen: nl", exact=True).click()
    page.get_by_role("link", name="Français", exact=True).click()

    page.wait_for_url("**/fr/vie-privee")


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
    page = open_page("/nl/privacy", viewport={"width": 1024, "height": 800})

    for name in LINKS + LANGUAGES:
        expect(page.locator("#pages").get_by_role("link", name=name, exact=True)).to_be_visible()
    for name in ("Menu", "Talen: nl", "Sluiten"):
        expect(page.get_by_role("button", name=name)).to_be_hidden()
    assert page.locator(".site-header").bounding_box()["height"] <= 70, "a row, not two"
