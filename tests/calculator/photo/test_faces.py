"""Faces are found in every position.

The only face in these tests is the astronaut's (NASA, public domain, shipped with scikit-image).
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import skimage.data
from PIL import Image, ImageOps

from calculator.photo.faces import Face
from calculator.photo.searching import FaceFinder

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


def test_tilt_of_a_face_never_turns_a_label_upside_down():
    for eyes, degrees in (
        (((10, 10), (20, 10)), 0),
        (((10, 10), (20, 20)), 45),
        (((20, 10), (10, 10)), 0),
        (((20, 20), (10, 10)), 45),
        (((10, 10), (10, 20)), -90),
    ):
        assert Face(0, 0, 30, 40, eyes, 0.9).angle_degrees == pytest.approx(degrees)
