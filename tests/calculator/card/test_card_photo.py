"""The photo on a card: in its place, every face under a label."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageColor
from sample_cards import EVERY_FORMAT, NL, opened, plain_photo

from calculator.card.draw import render_card
from calculator.card.label import place_label
from calculator.card.layout import FORMATS, INK, PAPER
from calculator.photo.protect import Cover, ProtectedPhoto


def share_of(image: Image.Image, colour: str) -> float:
    away = np.abs(np.asarray(image, dtype=int) - ImageColor.getrgb(colour)).max(axis=2)
    return float((away < 24).mean())


@EVERY_FORMAT
def test_photo_takes_the_picture_and_nothing_else(layout, fonts):
    base = opened(render_card(NL, layout, fonts)).convert("RGB")
    card = opened(render_card(NL, layout, fonts, plain_photo(layout))).convert("RGB")
    picture = layout.picture
    corner = card.crop((picture.left, picture.top, picture.left + 60, picture.top + 60))
    assert share_of(corner, "#508050") > 0.99
    away = np.abs(np.asarray(base, dtype=int) - np.asarray(card, dtype=int)).max(axis=2)
    away[picture.top : picture.bottom + 8, picture.left : picture.right + 8] = 0
    assert away.max() < 24  # JPEG noise at the border of the picture at most


@EVERY_FORMAT
@pytest.mark.parametrize("angle", [-90, -40, 0, 12, 90])
def test_label_covers_the_eyes_at_least_as_wide_as_the_face(layout, angle, fonts):
    picture = layout.picture
    x, y, width = picture.width / 2, picture.height / 2, 0.4 * min(picture.width, picture.height)
    photo = plain_photo(layout, Cover(x, y, width, angle))
    card = opened(render_card(NL, layout, fonts, photo)).convert("RGB")
    level = card.rotate(angle, center=(picture.left + x, picture.top + y))
    eyes = level.crop((
        round(picture.left + x - width / 2), round(picture.top + y - 12),
        round(picture.left + x + width / 2), round(picture.top + y + 12),
    ))  # fmt: skip
    assert share_of(eyes, "#508050") < 0.01
    assert share_of(eyes, INK) > 0.35
    assert share_of(eyes, PAPER) > 0.1  # the word


@EVERY_FORMAT
@pytest.mark.parametrize(
    ("corner", "angle"), [((0, 0), -90), ((1, 0), -30), ((0, 1), 7), ((1, 1), 60)]
)
@pytest.mark.parametrize("share", [0.02, 0.5, 2.0])
def test_label_keeps_inside_the_picture_and_legible(layout, corner, angle, share, fonts):
    picture = layout.picture
    card = Image.new("RGB", (layout.width_px, layout.height_px), "#508050")
    box = place_label(
        card, "ONBETAALBAAR", layout, fonts,
        centre=(corner[0] * picture.width, corner[1] * picture.height),
        height_px=share * picture.width / 5, angle_degrees=angle,
    )  # fmt: skip
    assert box.left >= picture.left
    assert box.top >= picture.top
    assert box.right <= picture.right
    assert box.bottom <= picture.bottom
    outside = np.asarray(card).copy()
    outside[picture.top : picture.bottom, picture.left : picture.right] = (0x50, 0x80, 0x50)
    assert (outside == (0x50, 0x80, 0x50)).all()


@EVERY_FORMAT
def test_every_face_gets_a_label_of_legible_size(layout, fonts):
    picture = layout.picture
    spots = [(0.25, 0.2), (0.75, 0.5), (0.3, 0.8)]
    faces = [Cover(x * picture.width, y * picture.height, 20, 0) for x, y in spots]
    card = opened(render_card(NL, layout, fonts, plain_photo(layout, *faces))).convert("RGB")
    for face in faces:
        x, y = picture.left + round(face.centre_x), picture.top + round(face.centre_y)
        around = card.crop((x - 60, y - 8, x + 60, y + 8))
        assert share_of(around, INK) > 0.35
        assert share_of(around, PAPER) > 0.05


@EVERY_FORMAT
def test_label_stands_in_the_middle_when_the_whole_photo_is_pixelated(layout, fonts):
    photo = plain_photo(layout, pixelated=True)
    card = opened(render_card(NL, layout, fonts, photo)).convert("RGB")
    picture = layout.picture
    rows, columns = np.nonzero(
        np.abs(
            np.asarray(card.crop((0, 0, picture.right, picture.bottom)), dtype=int)
            - ImageColor.getrgb(INK)
        ).max(axis=2)
        < 24
    )
    assert (columns.min() + columns.max()) / 2 == pytest.approx(picture.width / 2, abs=6)
    assert (rows.min() + rows.max()) / 2 == pytest.approx(picture.height / 2, abs=6)


def test_card_refuses_a_photo_of_another_size(fonts):
    photo = ProtectedPhoto(Image.new("RGB", (10, 10)), (), "no-face")
    with pytest.raises(ValueError, match="picture"):
        render_card(NL, FORMATS["square"], fonts, photo)
