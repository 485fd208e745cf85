"""The label on the drawn child: as large in every language, whole, and over the eyes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sample_cards import DE, EN, FR, NL, opened

from calculator.card.draw import render_card
from calculator.card.label import draw_label, label_aspect
from calculator.card.layout import LAYOUTS, PAPER, LabelShape
from calculator.photo.destroying import COVER_RGB

EVERY_WORD = pytest.mark.parametrize("words", [NL, FR, DE, EN], ids=["nl", "fr", "de", "en"])
EVERY_LAYOUT = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)


def near(image, rgb):
    away = np.abs(np.asarray(image.convert("RGB"), dtype=int) - rgb).max(axis=2)
    return away < 40


def rgb_of(colour):
    return tuple(bytes.fromhex(colour[1:]))


def height_of_capitals(words, fonts):
    """Measure the letters of the label as it is drawn, before it is turned."""
    drawing = draw_label(words.label, LabelShape(), fonts)
    picture = drawing.image.crop((
        round(drawing.middle_x - drawing.label_width_px / 2 + 0.7 * 200), 0,
        drawing.image.width, round(drawing.middle_y * 2),
    ))  # fmt: skip
    rows, columns = np.nonzero(near(picture, rgb_of(PAPER)))
    return rows.max() - rows.min(), columns.max() - columns.min()


def test_capitals_are_as_high_in_every_language_and_the_label_as_long_as_its_word(fonts):
    measured = {w.label: height_of_capitals(w, fonts) for w in (NL, FR, DE, EN)}
    heights = [height for height, _ in measured.values()]
    assert max(heights) - min(heights) <= 4  # a round letter overshoots
    lengths = {word: label_aspect(word, LabelShape(), fonts) for word in measured}
    assert sorted(lengths, key=lengths.__getitem__) == sorted(
        measured, key=lambda word: measured[word][1]
    )
    around = [lengths[word] - width / 200 for word, (_, width) in measured.items()]
    assert max(around) - min(around) < 0.06  # the same room at the left and right of every word


@EVERY_WORD
@EVERY_LAYOUT
def test_label_lies_over_the_eyes_and_shows_its_whole_word(words, layout, fonts):
    picture, pose = layout.picture, layout.child
    if layout.name.startswith("poster"):
        words = replace(words, statement="", amount="", range_line="", minors_line="")
    card = opened(render_card(words, layout, fonts))
    width = pose.label_height * label_aspect(words.label, layout.label, fonts)
    # No smaller than asked for, so that no word was cut or moved.
    margin = layout.label.field_margin * min(picture.width, picture.height)
    assert pose.head.x - width / 2 >= margin
    assert pose.head.x + width / 2 <= picture.width - margin
    # As long as the hat's brim is wide at least, and no face between it and the brim.
    assert width >= 1.15 * 2 * pose.head.radius
    eyes = card.crop((
        round(pose.head.x - 0.9 * pose.head.radius), round(pose.label_y - 0.1 * pose.head.radius),
        round(pose.head.x + 0.9 * pose.head.radius), round(pose.label_y + 0.1 * pose.head.radius),
    ))  # fmt: skip
    assert not near(eyes, COVER_RGB).any()
