"""With colours of the visitor's own (high contrast), what looks like a button still does."""

from __future__ import annotations

import pytest

FILLED = """() => [...document.querySelectorAll("a, button, summary")].filter((item) => {
  const style = getComputedStyle(item);
  return item.checkVisibility() && style.backgroundColor !== "rgba(0, 0, 0, 0)";
}).map((item) => { item.dataset.filled = ""; return item.className; })"""
EDGES = """() => [...document.querySelectorAll("[data-filled]")].map((item) => {
  const style = getComputedStyle(item);
  return [item.className || item.innerText, style.borderStyle, style.borderTopWidth];
})"""


@pytest.mark.parametrize("path", ["/nl/", "/nl/bereken", "/nl/resultaat/BE/1y", "/nl/hulp"])
def test_filled_buttons_have_an_edge(path, open_page):
    page = open_page(path)
    assert page.evaluate(FILLED), "the test is worth nothing without a filled button"

    page.emulate_media(forced_colors="active")

    edges = page.evaluate(EDGES)
    assert [edge for edge in edges if edge[1:] != ["solid", "2px"]] == []
