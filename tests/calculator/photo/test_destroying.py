"""What is destroyed stays destroyed: a cover is one colour, a whole photo at most 8 × 8.

The only face in these tests is the astronaut's (NASA, public domain, shipped with scikit-image).
"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageColor

from calculator.card.layout import FACE
from calculator.photo.destroying import COVER_RGB, destroy_face, pixelate_whole


def ramp_of(width, height):
    ramp = np.indices((height, width)).sum(axis=0) * 7 % 251
    return Image.fromarray(np.dstack([ramp] * 3).astype(np.uint8))


def blocks(image):
    """Count how many different columns and rows of pixels stand side by side."""
    pixels = np.asarray(image).astype(int)
    across = 1 + np.count_nonzero(np.any(np.diff(pixels, axis=1), axis=(0, 2)))
    down = 1 + np.count_nonzero(np.any(np.diff(pixels, axis=0), axis=(1, 2)))
    return across, down


def test_a_cover_has_the_colour_of_the_drawn_child():
    assert ImageColor.getrgb(FACE) == COVER_RGB


def test_destroying_leaves_one_colour_of_the_whole_head(finder, portrait):
    image = portrait.copy()
    (face,) = (face for face in finder.find(image) if face.sure)
    destroy_face(image, face.centre, face.size)
    half = face.size * 0.74  # hair, ears and the whole chin
    x, y = face.centre
    head = image.crop((round(x - half), round(max(0, y - half)), round(x + half), round(y + half)))
    assert head.getcolors() == [(head.width * head.height, COVER_RGB)]
    assert not [face for face in finder.find(image) if face.sure]


@given(
    st.tuples(st.integers(1, 300), st.integers(1, 300)),
    st.tuples(st.floats(-100, 400), st.floats(-100, 400)),
    st.floats(0.5, 600),
)
def test_destroying_reaches_whatever_part_of_a_head_is_in_the_picture(size, centre, face_px):
    width, height = size
    image = ramp_of(width, height)
    destroy_face(image, centre, face_px)
    assert image.size == size
    half = face_px / 2
    box = (
        max(0, round(centre[0] - half)),
        max(0, round(centre[1] - half)),
        min(width, round(centre[0] + half)),
        min(height, round(centre[1] + half)),
    )
    if box[0] < box[2] and box[1] < box[3]:
        inside = image.crop(box)
        assert inside.getcolors() == [(inside.width * inside.height, COVER_RGB)]


@given(st.integers(1, 400), st.integers(1, 400))
def test_a_photo_pixelated_whole_is_at_most_8_blocks_either_way(width, height):
    image = ramp_of(width, height)
    pixelate_whole(image)
    assert max(blocks(image)) <= 8


def test_pixelating_loses_what_differs_inside_a_block(portrait):
    """Two photos whose blocks average alike end up alike: nothing could tell them apart again."""
    noise = np.zeros((512, 512, 3), int)
    noise[::2], noise[1::2] = 20, -20
    middle = np.clip(np.asarray(portrait).astype(int), 20, 235)
    one, other = (Image.fromarray((middle + sign * noise).astype(np.uint8)) for sign in (1, -1))
    for image in (one, other):
        pixelate_whole(image)
    assert abs(np.asarray(one).astype(int) - np.asarray(other)).max() <= 2


def test_a_face_is_no_longer_found_in_a_photo_pixelated_whole(finder, portrait):
    for part in (portrait, portrait.crop((165, 40, 275, 170)).resize((440, 520))):
        image = part.copy()
        pixelate_whole(image)
        assert not [face for face in finder.find(image) if face.sure]
