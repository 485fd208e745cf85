"""The way out of the pages for who may be watched: at once, and not back by the back button."""

from __future__ import annotations

import pytest

from campaign.addresses import PAGES

PAGES_WITH_EXIT = [path for page in ("youth", "help") for path in PAGES[page].items()]


class Elsewhere:
    """The neutral site, played by the test: it answers only when told to."""

    def __init__(self, context):
        self.waiting = []
        self.asked = []
        context.route(lambda url: not url.startswith(context.watch.site), self._hold)
        self._context = context

    def _hold(self, route):
        self.asked.append(route.request.url)
        self.waiting.append(route)

    def answer(self):
        """Let the neutral site appear, and take it out of what the page must not ask for."""
        for route in self.waiting:
            route.fulfill(body="<title>Weather</title>", content_type="text/html")
        self.waiting.clear()
        self._context.watch.foreign.clear()


def open_with_exit(open_context, language, slug, **options):
    context = open_context(**options)
    elsewhere = Elsewhere(context)
    page = context.new_page()
    page.goto(f"/{language}/")
    page.goto(f"/{language}/{slug}")
    return page, elsewhere


@pytest.mark.parametrize(("language", "slug"), PAGES_WITH_EXIT)
def test_button_covers_the_page_and_leaves(language, slug, open_context):
    page, elsewhere = open_with_exit(open_context, language, slug)
    address = page.locator("#quick-exit").get_attribute("href")

    page.locator("#quick-exit").click(no_wait_after=True)
    page.wait_for_function("document.documentElement.classList.contains('covered')")

    assert page.locator("body").is_hidden(), "covered before the other site has answered"
    assert page.title() == "…"
    elsewhere.answer()
    page.wait_for_url(address)
    assert elsewhere.asked[0] == address
    page.go_back()
    assert page.url.endswith(f"/{language}/"), "back leads past the page that was left"


@pytest.mark.parametrize(("language", "slug"), PAGES_WITH_EXIT[:1])
def test_shift_three_times_covers_the_page_and_leaves(language, slug, open_context):
    page, elsewhere = open_with_exit(open_context, language, slug)
    covered = "document.documentElement.classList.contains('covered')"

    for key in ("Shift", "Shift", "a", "Shift", "Shift"):
        page.keyboard.press(key)
    assert not page.evaluate(covered), "another key between them starts the count again"
    page.keyboard.press("Shift")

    assert page.evaluate(covered)
    assert page.locator("body").is_hidden()
    elsewhere.answer()
    page.wait_for_url(elsewhere.asked[0])


def test_shift_held_down_does_not_leave(open_context):
    page, elsewhere = open_with_exit(open_context, "nl", PAGES["youth"]["nl"])

    for _ in range(5):
        page.keyboard.down("Shift")  # the second and further ones are repeats
    page.keyboard.up("Shift")

    assert page.locator("body").is_visible()
    assert elsewhere.asked == []


@pytest.mark.parametrize(("language", "slug"), PAGES_WITH_EXIT)
def test_button_is_a_plain_link_without_javascript(language, slug, open_context):
    page, elsewhere = open_with_exit(open_context, language, slug, java_script_enabled=False)
    address = page.locator("#quick-exit").get_attribute("href")

    page.locator("#quick-exit").click(no_wait_after=True)
    page.wait_for_timeout(100)
    elsewhere.answer()
    page.wait_for_url(address)

    assert elsewhere.asked[0] == address


@pytest.mark.parametrize("size", [(360, 740), (1280, 900)])
def test_button_stays_in_sight(size, open_context):
    page, _ = open_with_exit(
        open_context, "nl", "jongeren", viewport={"width": size[0], "height": size[1]}
    )
    page.evaluate("scrollTo({top: document.body.scrollHeight / 2, behavior: 'instant'})")

    box = page.locator("#quick-exit").bounding_box()
    assert 0 <= box["y"] < size[1] / 2
    assert box["height"] >= 24
