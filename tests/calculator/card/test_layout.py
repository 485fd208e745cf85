"""The numbers of the three card formats, before anything is drawn."""

from __future__ import annotations

import itertools
import json
from dataclasses import asdict

import pytest
from card_sizes import SIZES
from PIL import ImageColor

from calculator.card.layout import FORMATS, INK, LAYOUTS, MARIGOLD, PAPER, POSTERS, Box, CardLayout

EVERY_LAYOUT = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        parts = [part / 255 for part in ImageColor.getrgb(colour)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def apart(one: Box, other: Box) -> bool:
    return (
        one.right <= other.left
        or other.right <= one.left
        or one.bottom <= other.top
        or other.bottom <= one.top
    )


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_formats_have_the_sizes_the_platforms_ask():
    for each in (FORMATS, POSTERS):
        assert {name: (one.width_px, one.height_px) for name, one in each.items()} == SIZES


@EVERY_LAYOUT
def test_layout_can_be_written_as_json_for_the_browser(layout: CardLayout):
    back = json.loads(json.dumps(asdict(layout)))
    assert back["picture"]["width"] == layout.picture.width
    assert back["label"]["face_height"] == layout.label.face_height


@EVERY_LAYOUT
def test_fields_do_not_overlap_and_fill_the_card_from_edge_to_edge(layout: CardLayout):
    fields = [layout.picture, layout.strip, layout.column]
    assert all(apart(one, other) for one, other in itertools.combinations(fields, 2))
    assert (layout.picture.left, layout.picture.top) == (0, 0)
    assert layout.strip.width == layout.width_px
    end = layout.strip.bottom + (layout.foot.height if layout.foot else 0)
    assert end == layout.height_px


@EVERY_LAYOUT
def test_words_keep_four_percent_of_the_short_side_from_every_edge(layout: CardLayout):
    margin = 0.04 * min(layout.width_px, layout.height_px)
    for box in (layout.column, layout.help_box):
        assert box.left >= margin
        assert layout.width_px - box.right >= margin
    # and from the picture and the strip, which a reader sees as edges too
    column = layout.column
    nearest = [column.left - layout.picture.right, column.top - layout.picture.bottom]
    assert max(nearest) >= margin
    assert layout.strip.top - column.bottom >= margin


def test_story_is_free_of_words_where_apps_lay_their_controls():
    story = FORMATS["story"]
    assert story.text_free_px >= 0.12 * story.height_px
    assert story.help_box.bottom <= story.height_px - story.text_free_px
    # The label is at most seven times as wide as high; half of that by the sine of three degrees.
    tilt = story.child.label_height * 3.5 * 0.053
    assert story.child.label_y - story.child.label_height / 2 - tilt >= story.text_free_px


@EVERY_LAYOUT
def test_every_text_has_a_contrast_of_at_least_four_and_a_half(layout: CardLayout):
    on_paper = [
        layout.statement_style, layout.amount_style, layout.range_style,
        layout.minors_style, layout.no_price_style,
    ]  # fmt: skip
    on_ink = [
        layout.help_style, layout.sender_style, layout.number_style, layout.name_style,
        layout.address_style,
    ]  # fmt: skip
    pairs = [(style.colour, PAPER) for style in on_paper]
    pairs += [(style.colour, INK) for style in on_ink]
    pairs += [(layout.no_price_style.colour, layout.marker.colour), (PAPER, INK), (INK, MARIGOLD)]
    assert min(itertools.starmap(contrast, pairs)) >= 4.5


@EVERY_LAYOUT
def test_amount_stays_the_largest_text_even_when_it_has_shrunk(layout: CardLayout):
    others = [
        layout.name_style, layout.statement_style, layout.range_style, layout.minors_style,
        layout.help_style, layout.sender_style, layout.number_style, layout.address_style,
    ]  # fmt: skip
    assert layout.amount_style.smallest_px > 1.5 * max(style.size_px for style in others)
    assert layout.no_price_share < 1 / 1.5
