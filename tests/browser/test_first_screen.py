"""What a stranger sees before scrolling, on a small phone, in every language."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

LANGUAGES = ("nl", "fr", "de", "en")


def bottom(locator):
    box = locator.bounding_box()
    return box["y"] + box["height"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_and_header_are_a_row_each(language, open_page):
    page = open_page(f"/{language}/")

    strip = page.locator(".help-strip").bounding_box()
    header = page.locator(".site-header").bounding_box()
    assert strip["height"] + header["height"] <= 110
    for link in page.locator(".help-strip a").all():
        assert bottom(link) <= strip["height"]
    expect(page.locator(".help-strip a[href='tel:116000']")).to_be_in_viewport()
    expect(page.locator(".help-strip a[href='tel:112']")).to_be_in_viewport()


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_says_what_it_is_and_lets_one_choose(language, open_page):
    page = open_page(f"/{language}/", viewport={"width": 360, "height": 740})

    label = page.locator("h1 .tag")
    child = page.locator(".poster__child").bounding_box()
    assert child["y"] < bottom(label) < child["y"] + child["height"], "the label lies on the child"
    assert label.bounding_box()["x"] + label.bounding_box()["width"] > 360, "off the right edge"
    expect(page.locator("#region")).to_have_value("BE")
    expect(page.locator("#period")).to_have_value("1y")
    submit = page.locator(".ask__form button")
    assert bottom(submit) <= 740

    submit.click()
    page.wait_for_url("**/BE/1y")


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
@pytest.mark.parametrize("language", LANGUAGES)
def test_label_crosses_the_picture_and_never_the_words(language, width, open_page):
    page = open_page(f"/{language}/", viewport={"width": width, "height": 900})

    lines = page.locator("h1 > span:not(.tag)")
    words = page.evaluate(
        """() => [...document.querySelectorAll("h1 > span:not(.tag)")].map((line) => {
          const range = document.createRange();
          range.selectNodeContents(line);
          return [...range.getClientRects()].map((box) => [box.right, box.bottom]);
        }).flat()"""
    )
    assert lines.count() == 2
    # The label is turned: it is higher on the right. Its shape at the end of each line:
    label = page.locator("h1 .tag")
    inside = label.evaluate(
        """(label, points) => points.filter(([x, y]) => label.contains(
          document.elementFromPoint(Math.min(x, innerWidth - 1) - 2, y - 6)))""",
        words,
    )
    assert inside == []
