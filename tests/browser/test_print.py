"""On paper: help, questions and signs whole, folded parts too, and nothing that paper cannot do."""

from __future__ import annotations

import pytest

from campaign.words.addresses import PAGES

# Words in <main> of which no line is drawn, though someone with the paper in hand needs them.
NOT_DRAWN = """() => {
  const words = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const missing = [];
  while (words.nextNode()) {
    const {textContent, parentElement} = words.currentNode;
    if (!textContent.trim() || parentElement.closest(LEFT_OUT)) continue;
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    const drawn = parentElement.checkVisibility({contentVisibilityAuto: false});
    if (!drawn || !range.getClientRects().length) missing.push(textContent.trim());
  }
  return missing;
}"""
LEFT_OUT = ".quick-exit, .role__back, .search, .contents, .anchor, .visually-hidden, script"


@pytest.mark.parametrize(
    ("name", "language"),
    [("help", "nl"), ("faq", "fr"), ("signs", "de"), ("youth", "en"), ("press", "nl")],
)
def test_every_word_is_on_paper(name, language, open_page):
    # As wide as A4 with its margins.
    page = open_page(
        f"/{language}/{PAGES[name][language]}", viewport={"width": 700, "height": 1000}
    )
    page.emulate_media(media="print")

    assert page.evaluate(NOT_DRAWN.replace("LEFT_OUT", repr(LEFT_OUT))) == []
    for what in ("#quick-exit", ".menu", ".site-nav", ".languages", ".help-strip", ".skip-link"):
        assert not any(item.is_visible() for item in page.locator(what).all()), what
    assert page.locator("a[href='tel:116000']").last.is_visible()


def test_the_check_sees_what_would_be_missing(open_page):
    page = open_page("/nl/hulp", viewport={"width": 700, "height": 1000})

    assert page.evaluate(NOT_DRAWN.replace("LEFT_OUT", repr(LEFT_OUT))), "folded on the screen"
