"""Faces are found in every position, and what is destroyed stays destroyed.

The only face in these tests is the astronaut's (NASA, public domain, shipped with scikit-image).
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import skimage.data
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from calculator.photo.faces import Face, FaceFinder, destroy_face, pixelate_whole

EYES = (213, 107)  # between the astronaut's eyes, in the picture of 512 × 512


def sure(faces):
    return [face for face in faces if face.sure]


def near(face, x, y):
    return abs(face.centre[0] - x) < face.size / 2 and abs(face.centre[1] - y) < face.size / 2


def test_finder_finds_the_face_and_its_eyes(finder, portrait):
    (face,) = sure(finder.find(portrait))
    assert face.between_eyes == pytest.approx(EYES, abs=12)
    assert abs(face.angle_degrees) < 8
    assert 60 < face.width < 120


@pytest.mark.parametrize("degrees", range(0, 360, 15))
def test_finder_finds_the_face_however_the_photo_is_turned(finder, portrait, degrees):
    turned = portrait.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=(90, 90, 90))
    angle = np.radians(-degrees)
    x, y = EYES[0] - 256, EYES[1] + 15 - 256
    where = (
        256 + x * np.cos(angle) - y * np.sin(angle),
        256 + x * np.sin(angle) + y * np.cos(angle),
    )
    assert any(near(face, *where) for face in sure(finder.find(turned)))


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_finder_tells_the_tilt_of_a_face_that_lies(finder, portrait, quarters):
    turned = Image.fromarray(np.rot90(np.asarray(portrait), quarters))
    face = sure(finder.find(turned))[0]
    tilt = face.angle_degrees % 180
    assert min(abs(tilt - 90 * quarters % 180), 180 - abs(tilt - 90 * quarters % 180)) < 10
    assert 60 < face.width_along_eyes < 120


@pytest.mark.parametrize(
    "change",
    [
        ImageOps.mirror,
        ImageOps.grayscale,
        lambda image: image.point(lambda value: value // 8),
        lambda image: image.point(lambda value: 190 + value // 4),
        lambda image: ImageOps.posterize(image, 3),
    ],
    ids=["mirrored", "grey", "dark", "pale", "few-colours"],
)
def test_finder_finds_the_face_in_poor_photos(finder, portrait, change):
    assert sure(finder.find(change(portrait).convert("RGB")))


@pytest.mark.parametrize("side_px", [512, 200, 100, 50, 32])
def test_finder_finds_a_face_in_a_photo_of_any_size(finder, portrait, side_px):
    assert sure(finder.find(portrait.resize((side_px, side_px))))


def test_finder_finds_a_face_that_fills_the_photo(finder, portrait):
    assert sure(finder.find(portrait.crop((165, 40, 275, 170)).resize((440, 520))))


def test_finder_finds_several_faces_the_largest_first(finder, portrait):
    group = Image.new("RGB", (1000, 512), (120, 120, 120))
    group.paste(portrait, (0, 0))
    group.paste(ImageOps.mirror(portrait.resize((256, 256))), (560, 100))
    group.paste(portrait.resize((120, 120)), (850, 300))
    faces = sure(finder.find(group))
    assert [round(face.centre[0], -2) for face in faces] == [200, 700, 900]


def test_finder_looks_closer_for_the_small_ones_behind(finder, portrait):
    crowd = Image.new("RGB", (1000, 750), (120, 120, 120))
    for column in range(10):
        crowd.paste(portrait.resize((80, 80)), (column * 100, 300))
    assert len(sure(finder.find(crowd))) == 10


@pytest.mark.parametrize("name", ["brick", "grass", "gravel", "rocket", "coffee", "chelsea"])
def test_finder_is_sure_of_no_face_where_there_is_none(finder, name):
    assert not sure(finder.find(Image.fromarray(getattr(skimage.data, name)()).convert("RGB")))


@pytest.mark.parametrize("size", [(1, 1), (1, 2000), (2000, 15), (16, 16), (17, 1200)])
def test_finder_answers_for_photos_of_any_shape(finder, size):
    assert finder.find(Image.new("RGB", size, (200, 150, 120))) == ()


def test_finder_is_shared_by_threads(finder, portrait):
    photos = [portrait, portrait.resize((300, 300)), portrait.crop((0, 0, 512, 300))]
    alone = [finder.find(photo) for photo in photos]
    with ThreadPoolExecutor(3) as threads:
        together = list(threads.map(finder.find, photos * 8))
    assert together == alone * 8


def test_finder_says_that_its_model_is_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        FaceFinder(tmp_path / "none.onnx")


def blocks(image, box):
    """Count how many different columns and rows of pixels stand side by side in a box."""
    pixels = np.asarray(image.crop(box)).astype(int)
    across = 1 + np.count_nonzero(np.any(np.diff(pixels, axis=1), axis=(0, 2)))
    down = 1 + np.count_nonzero(np.any(np.diff(pixels, axis=0), axis=(1, 2)))
    return across, down


def test_destroying_leaves_at_most_8_blocks_of_the_head(finder, portrait):
    image = portrait.copy()
    (face,) = sure(finder.find(image))
    destroy_face(image, face.centre, face.size)
    half = face.size * 0.74
    x, y = face.centre
    head = (round(x - half), round(max(0, y - half)), round(x + half), round(y + half))
    assert max(blocks(image, head)) <= 8
    brow_to_chin = (
        round(face.left),
        round(face.top),
        round(face.left + face.width),
        round(face.top + face.height),
    )
    assert max(blocks(image, brow_to_chin)) <= 7
    assert not sure(finder.find(image))


def test_destroying_loses_what_differs_inside_a_block(portrait):
    """Two photos whose blocks average alike end up alike: nothing could tell them apart again."""
    noise = np.zeros((512, 512, 3), int)
    noise[::2], noise[1::2] = 20, -20
    middle = np.clip(np.asarray(portrait).astype(int), 20, 235)
    one, other = (Image.fromarray((middle + sign * noise).astype(np.uint8)) for sign in (1, -1))
    for image in (one, other):
        destroy_face(image, (208, 120), 106 + 2 / 3)  # blocks of exactly 20 pixels
    box = (130, 40, 286, 198)
    difference = np.asarray(one.crop(box)).astype(int) - np.asarray(other.crop(box))
    assert abs(difference).max() <= 2


@given(
    st.tuples(st.integers(1, 300), st.integers(1, 300)),
    st.tuples(st.floats(-100, 400), st.floats(-100, 400)),
    st.floats(0.5, 600),
)
def test_destroying_reaches_whatever_part_of_a_head_is_in_the_picture(size, centre, face_px):
    width, height = size
    ramp = np.indices((height, width)).sum(axis=0) * 7 % 251
    image = Image.fromarray(np.dstack([ramp] * 3).astype(np.uint8))
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
        assert max(blocks(image, box)) <= 8


@given(st.integers(1, 400), st.integers(1, 400))
def test_a_photo_pixelated_whole_is_at_most_8_blocks_either_way(width, height):
    ramp = np.indices((height, width)).sum(axis=0) * 7 % 251
    image = Image.fromarray(np.dstack([ramp] * 3).astype(np.uint8))
    pixelate_whole(image)
    assert max(blocks(image, (0, 0, width, height))) <= 8


def test_a_face_is_no_longer_found_in_a_photo_pixelated_whole(finder, portrait):
    for part in (portrait, portrait.crop((165, 40, 275, 170)).resize((440, 520))):
        image = part.copy()
        pixelate_whole(image)
        assert not sure(finder.find(image))


def test_tilt_of_a_face_never_turns_a_label_upside_down():
    for eyes, degrees in (
        (((10, 10), (20, 10)), 0),
        (((10, 10), (20, 20)), 45),
        (((20, 10), (10, 10)), 0),
        (((20, 20), (10, 10)), 45),
        (((10, 10), (10, 20)), -90),
    ):
        assert Face(0, 0, 30, 40, eyes, 0.9).angle_degrees == pytest.approx(degrees)
