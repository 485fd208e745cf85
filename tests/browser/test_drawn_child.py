"""The child of the pages, an SVG, and the child of the cards, drawn by Pillow, are one child."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from calculator.card.illustration import draw_child
from calculator.card.layout import MARIGOLD, Box, ChildPose, Circle
from campaign.config import ROOT

SCALE = 3
SIZE = (320 * SCALE, 300 * SCALE)


def test_the_child_of_the_cards_is_the_child_of_the_pages(browser):
    drawing = (ROOT / "static" / "drawings" / "child.svg").read_text(encoding="utf-8")
    page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
    page.set_content(
        f"<style>body {{ margin: 0; background: {MARIGOLD} }} svg {{ display: block }}</style>"
        f"{drawing}"
    )
    shown = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    assert shown.size == SIZE

    pose = ChildPose(Circle(160 * SCALE, 150 * SCALE, 82 * SCALE))
    drawn = draw_child(Box(0, 0, *SIZE), pose)

    away = np.abs(np.asarray(shown, dtype=int) - np.asarray(drawn, dtype=int)).max(axis=2)
    assert away[::7, ::7].mean() < 1
    assert (away > 60).mean() < 0.002  # the edges of shapes, a pixel or two
