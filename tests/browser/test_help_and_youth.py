"""Whoever seeks help sees first whom to call or chat with, then only what is meant for them."""

from __future__ import annotations

import pytest

from campaign.words.addresses import PAGES

LANGUAGES = ("nl", "fr", "de", "en")
PHONE = {"width": 360, "height": 640}
MOST_SERVICES = 3
# Parts of the page that reach beyond its right edge, with the text alone at 200 %.
TOO_WIDE = """() => [...document.querySelectorAll("main *")]
  .filter((item) => item.checkVisibility() && !item.closest(".on-wide, .visually-hidden"))
  .filter((item) => item.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((item) => `${item.tagName}.${item.className}: ${item.textContent.trim().slice(0, 40)}`)"""


def path_of(name, language):
    return f"/{language}/{PAGES[name][language]}"


def boxes(page, selector):
    return [item.bounding_box() for item in page.locator(selector).all()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "count"), [("help", 3), ("youth", 2)])
def test_first_screen_of_a_phone_says_whom_to_call(name, count, language, open_page):
    page = open_page(path_of(name, language), viewport=PHONE)
    labels = boxes(page, "a.lifeline")
    [bar] = boxes(page, ".quick-exit")

    assert len(labels) == count
    for label in labels:
        assert label["y"] + label["height"] <= bar["y"], "nor does the bar lie over one"
        assert label["height"] >= 44
        assert label["width"] > 300, "a thumb may press anywhere"
    ways = [link.get_attribute("href") for link in page.locator("a.lifeline").all()]
    assert ways[0] == "tel:116000"
    assert ways[1].startswith(("https://", "#", "/"))
    assert ways[2:] == ["tel:112"][: count - 2]
    above = page.evaluate(
        """() => { const first = document.querySelector("a.lifeline").getBoundingClientRect().top;
          return [...document.querySelectorAll("body *")].filter((item) => item.checkVisibility()
            && item.matches("a, button, p, h1, h2, img, input")
            && !item.closest(".help-strip, .site-header, .skip-link, .quick-exit")
            && item.getBoundingClientRect().top < first).map((item) => item.tagName); }"""
    )
    assert above == ["H1"], "above them stand the strip, the header and the title alone"
    header = page.locator(".site-header").bounding_box()
    assert (header["y"] > labels[-1]["y"]) == (name == "youth")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_choice_shows_its_part_and_no_other(language, open_page):
    page = open_page(path_of("help", language), viewport=PHONE)
    assert page.locator(".role:visible").count() == 0
    choices = page.locator("#who a").all()
    assert len(choices) == 7
    assert page.locator("a.tile").count() == 6

    for choice in choices:
        chosen = choice.get_attribute("href")
        choice.click()

        [part] = page.locator(".role:visible").all()
        assert f"#{part.get_attribute('id')}" == chosen
        assert 1 <= part.locator(".service").count() <= MOST_SERVICES
        assert 0 <= part.bounding_box()["y"] < PHONE["height"] / 2
        part.locator(".role__back").click()
        assert page.locator("#who").bounding_box()["y"] < PHONE["height"] / 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_to_a_part_opens_it_without_javascript(language, open_page):
    page = open_page(f"{path_of('help', language)}#survivor", java_script_enabled=False)

    assert page.locator("#survivor .service").first.is_visible()
    assert page.locator(".role:visible").count() == 1


@pytest.mark.parametrize("name", ["help", "youth"])
def test_way_out_lies_at_the_thumb_or_at_the_top_and_never_takes_a_low_window(name, open_page):
    page = open_page(path_of(name, "nl"), viewport=PHONE)
    half = "scrollTo({top: document.body.scrollHeight / 2, behavior: 'instant'})"
    page.evaluate(half)
    [bar] = boxes(page, ".quick-exit")
    assert bar["y"] + bar["height"] == PHONE["height"]
    assert bar["height"] < PHONE["height"] / 5

    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate(half)
    assert boxes(page, ".quick-exit")[0]["y"] == 0

    for size in ({"width": 640, "height": 360}, {"width": 320, "height": 256}):
        page.set_viewport_size(size)
        page.evaluate(half)
        [bar] = boxes(page, ".quick-exit")
        assert bar["y"] + bar["height"] < 0, "it stands in its place above"


def test_bar_hides_nothing_at_the_end_of_the_page(open_page):
    page = open_page("/de/jugend", viewport=PHONE)
    page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")

    [bar] = boxes(page, ".quick-exit")
    last = page.locator("footer a").last.bounding_box()
    assert last["y"] + last["height"] <= bar["y"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["help", "youth"])
def test_text_of_twice_the_size_fits_a_phone(name, language, open_page):
    page = open_page(f"{path_of(name, language)}#parent", viewport=PHONE)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })")

    assert page.evaluate(TOO_WIDE) == []
    assert boxes(page, ".quick-exit")[0]["height"] < PHONE["height"] / 4


def test_labels_choices_and_way_out_have_an_edge_in_colours_of_the_reader(open_page):
    for path, what in (
        ("/nl/hulp", ".lifeline, .tile, .quick-exit__link"),
        ("/nl/jongeren", ".lifeline, .bubbles li, .quick-exit__link"),
    ):
        page = open_page(path, forced_colors="active")
        edges = page.eval_on_selector_all(
            what,
            """(items) => items.map((item) => { const style = getComputedStyle(item);
              return [style.borderTopStyle, parseFloat(style.borderTopWidth),
                style.borderTopColor !== getComputedStyle(document.body).backgroundColor]; })""",
        )
        assert len(edges) >= 4
        assert {tuple(edge) for edge in edges} == {("solid", 2, True)}


@pytest.mark.parametrize("name", ["help", "youth"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_opened_parts_have_no_violation(name, scheme, open_page, violations):
    page = open_page(path_of(name, "nl"), color_scheme=scheme, viewport=PHONE)
    page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })")
    for part in ("young-person", "images", "worried-about-myself") if name == "help" else ("main",):
        page.evaluate(f"location.hash = '{part}'")
        page.wait_for_function("document.querySelector(':target') !== null")
        assert violations(page) == []
