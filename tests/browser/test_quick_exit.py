"""The way out of the pages for who may be watched: at once, and not back by the back button."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from campaign.words.addresses import PAGES

# Both pages, and every language once: the exit of all is the same part of a template.
PAGES_WITH_EXIT = [
    (language, PAGES[page][language])
    for page, language in (("youth", "nl"), ("help", "fr"), ("youth", "de"), ("help", "en"))
]

# Said the moment the page is covered, in the very task in which a key or the mouse did it.
TELL_WHEN_COVERED = """addEventListener("DOMContentLoaded", () => new MutationObserver(() =>
  console.info(`covered: ${getComputedStyle(document.body).display}, ${document.title}`)
).observe(document.documentElement, {attributes: true}))"""
COVERED = "covered: none, …"


@pytest.fixture
def open_with_exit(open_context):
    """Return a function that opens a page with an exit; the neutral site is played by the test."""

    def open_one(language, slug, **options):
        context = open_context(**options)
        context.add_init_script(TELL_WHEN_COVERED)
        page = context.new_page()
        page.told = []
        page.on("console", lambda message: page.told.append(message.text))

        def play_neutral_site(route):
            # What the page has said is heard here before it is gone, and its word with it.
            if options.get("java_script_enabled", True) and not page.told:
                page.wait_for_event("console")
            route.fulfill(body="<title>Weather</title>", content_type="text/html")

        context.route(lambda address: not address.startswith(context.watch.site), play_neutral_site)
        page.goto(f"/{language}/")
        page.goto(f"/{language}/{slug}")
        return page

    return open_one


def wait_until_left(page, address):
    """Wait for the neutral site; nothing else may have been asked for elsewhere."""
    page.wait_for_url(address)
    assert page.title() == "Weather"
    assert page.evaluate("document.referrer") == "", "it does not learn where the child was"
    asked = page.context.watch.foreign
    assert asked[0] == address
    assert all(other.startswith(address) for other in asked)
    asked.clear()


@pytest.mark.parametrize(("language", "slug"), PAGES_WITH_EXIT)
def test_button_covers_the_page_and_leaves(language, slug, open_with_exit):
    page = open_with_exit(language, slug)
    button = page.locator("#quick-exit")
    address = button.get_attribute("href")

    button.click()

    wait_until_left(page, address)
    assert page.told == [COVERED]
    page.go_back()
    assert page.url.endswith(f"/{language}/"), "back leads past the page that was left"


@pytest.mark.parametrize(("language", "slug"), PAGES_WITH_EXIT[:2])
def test_shift_three_times_covers_the_page_and_leaves(language, slug, open_with_exit):
    page = open_with_exit(language, slug)
    expect(page.locator("#quick-exit-keys")).to_be_visible()
    address = page.locator("#quick-exit").get_attribute("href")

    for key in ("Shift", "Shift", "a", "Shift", "Shift"):
        page.keyboard.press(key)
    assert page.told == [], "another key between them starts the count again"
    page.keyboard.press("Shift")

    wait_until_left(page, address)
    assert page.told == [COVERED]


def test_shift_held_down_does_not_leave(open_with_exit):
    page = open_with_exit("nl", PAGES["youth"]["nl"])

    for _ in range(5):
        page.keyboard.down("Shift")  # the second and further ones are repeats
    page.keyboard.up("Shift")

    assert page.locator("body").is_visible()
    assert page.told == []


@pytest.mark.parametrize(("language", "slug"), PAGES_WITH_EXIT[2:])
def test_button_is_a_plain_link_without_javascript(language, slug, open_with_exit):
    page = open_with_exit(language, slug, java_script_enabled=False)
    expect(page.locator("#quick-exit-keys")).to_be_hidden()
    address = page.locator("#quick-exit").get_attribute("href")

    page.locator("#quick-exit").click()

    wait_until_left(page, address)


@pytest.mark.parametrize("size", [(360, 740), (1280, 900)])
def test_button_stays_in_sight(size, open_with_exit):
    page = open_with_exit("nl", "jongeren", viewport={"width": size[0], "height": size[1]})
    page.evaluate("scrollTo({top: document.body.scrollHeight / 2, behavior: 'instant'})")

    expect(page.locator("#quick-exit")).to_be_in_viewport(ratio=1)
    assert page.locator("#quick-exit").bounding_box()["height"] >= 24


def test_button_can_be_pressed_while_the_menu_is_open(open_with_exit):
    page = open_with_exit("nl", "hulp", viewport={"width": 360, "height": 640})
    address = page.locator("#quick-exit").get_attribute("href")
    page.locator(".menu").first.click()
    page.locator("#pages").wait_for()

    page.locator("#quick-exit").click()

    wait_until_left(page, address)
