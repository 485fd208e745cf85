"""The calculator in a real browser without JavaScript, with a mouse and with a keyboard alone."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from card_sizes import SIZES
from PIL import Image


@pytest.fixture
def calculator(open_page):
    """Return the Dutch calculator in a browser that runs no JavaScript."""
    return open_page("/nl/bereken", java_script_enabled=False)


@pytest.fixture
def photo_file(portrait_jpeg, tmp_path):
    path = tmp_path / "IMG_0001.jpg"
    path.write_bytes(portrait_jpeg)
    return path


def focused(page):
    """Return the element that has the focus, as a locator."""
    return page.locator(":focus")


def press_until(page, selector, key="Tab", most=80):
    """Press a key until an element has the focus; fail where it never gets there."""
    for _ in range(most):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} cannot be reached with {key}")


def download_card(page, act):
    with page.expect_download() as waiting:
        act()
    name, data = waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()
    assert re.fullmatch(r"[a-z-]+\.jpg", name)
    with Image.open(io.BytesIO(data)) as card:
        card.load()
        assert card.format == "JPEG"
        assert not card.getexif()
        assert set(card.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        return card.size


def choose(page, region, period):
    """Make the two choices and go on to the result."""
    page.locator(f"[name=region][value='{region}']").check()
    page.locator(f"[name=period][value='{period}']").check()
    page.locator("#submit").click()


def test_a_parent_gets_a_card_with_a_photo(calculator, photo_file):
    page = calculator
    choose(page, "EUROPE", "1y")
    page.locator("#photo-by-server a").click()
    assert page.locator("#region").input_value() == "EUROPE"
    assert "wordt" in page.locator("#sent").inner_text()
    page.locator("#photo").set_input_files(photo_file)
    page.locator("#consent").check()
    page.locator("#submit").click()

    words = page.locator(".result__words").inner_text()
    assert "llustratieve" in words
    assert "Geen enkel kind heeft een prijs." in words
    assert re.search(r"€\s\d", page.locator("h1").inner_text())
    picture = page.locator(".result__card img").first
    # Without scripts the browser cannot be asked; a picture that fails to load has no such box.
    assert picture.bounding_box()["width"] > 200
    size = download_card(page, lambda: page.locator("a[download][href^='data:']").click())
    assert size == (1200, 630)


def test_a_parent_gets_an_upright_card_without_a_photo(calculator):
    page = calculator
    choose(page, "WORLD", "2y")

    size = download_card(page, lambda: page.locator("a[download][href$='/story.jpg']").click())
    assert size == (1080, 1920)


def test_with_cookies_blocked_the_result_is_there_and_a_photo_gets_true_words(
    open_page, photo_file
):
    page = open_page("/nl/bereken", java_script_enabled=False)
    choose(page, "BE", "6m")
    assert "/nl/resultaat/BE/6m" in page.url
    assert page.context.cookies() == []

    page.locator("#photo-by-server a").click()
    page.locator("#photo").set_input_files(photo_file)
    page.locator("#consent").check()
    page.context.clear_cookies()  # as a browser that keeps none
    page.locator("#submit").click()
    assert "geblokkeerd" in page.locator("#errors").inner_text()
    page.locator("#errors a").click()
    page.locator("#without a").click()
    assert page.url.endswith("/nl/resultaat/BE/6m")
    forgive_refusals(page)


def test_the_keyboard_alone_leads_to_the_result_and_to_a_card_with_a_photo(calculator):
    page = calculator
    page.keyboard.press("Tab")
    assert focused(page).get_attribute("href") == "#main"
    page.keyboard.press("Enter")
    press_until(page, "input[name='region']")
    page.keyboard.press("ArrowDown")
    assert page.locator("input[name='region'][value='EUROPE']").is_checked()
    press_until(page, "input[name='period']")
    page.keyboard.press("ArrowDown")
    assert page.locator("input[name='period'][value='2y']").is_checked()
    press_until(page, "#submit")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert "Europa" in page.locator("h1").inner_text()
    press_until(page, ".shapes a")
    size = download_card(page, lambda: page.keyboard.press("Enter"))
    assert size in SIZES.values()
    press_until(page, "#photo-by-server a")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for part in ("#photo", "#consent", "#region", "#period", "#format", "#submit"):
        press_until(page, part)


def test_the_error_summary_has_the_focus_and_leads_to_what_is_missing(open_page, photo_file):
    page = open_page("/nl/foto?region=WORLD&period=6m", java_script_enabled=False)
    page.locator("#consent").check()
    page.locator("#submit").click()

    assert focused(page).get_attribute("id") == "errors"
    assert page.title().startswith("Fout:")
    assert page.locator("#region").input_value() == "WORLD"
    press_until(page, "#errors a", most=2)
    page.keyboard.press("Enter")
    # A link to a field makes it the start of what Tab reaches next, or the focus itself.
    press_until(page, "#photo", most=2)
    page.locator("#photo").set_input_files(photo_file)
    press_until(page, "#submit")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "ereld" in page.locator("h1").inner_text()
    forgive_refusals(page)


def test_a_photo_that_is_too_large_gets_a_page_that_says_so(open_page, tmp_path):
    page = open_page("/nl/foto", java_script_enabled=False)
    path = tmp_path / "large.jpg"
    path.write_bytes(b"\xff\xd8\xff" + bytes(18_000_000))
    page.locator("#photo").set_input_files(path)
    page.locator("#consent").check()
    page.locator("#submit").click()

    assert "15" in page.locator("main").inner_text()
    assert "te groot" in page.locator("h1").inner_text()
    forgive_refusals(page)


def forgive_refusals(page):
    """Take out what Chromium says of any page with a status of 4xx."""
    watch = page.context.watch
    watch.complaints[:] = [
        text for text in watch.complaints if "Failed to load resource" not in text
    ]
