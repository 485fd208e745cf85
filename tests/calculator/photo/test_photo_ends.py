"""The end of a file: what only lacks its mark is whole, and what a maker hangs on is not read."""

from __future__ import annotations

import pytest
from heic_sample import HEIC
from photo_writers import encoded, heic, jpeg_with, segment
from PIL import Image

from calculator.errors import PhotoRejected
from calculator.photo.protect import protect_photo


@pytest.fixture
def pixels(finder):
    """Return a function that gives the pixels of a protected photo."""

    def look(data):
        photo = protect_photo(data, width_px=400, height_px=400, finder=finder)
        return photo.image.tobytes()

    return look


def check_refused(pixels, data):
    with pytest.raises(PhotoRejected) as refused:
        pixels(data)
    assert refused.value.reason == "damaged"


@pytest.mark.parametrize(
    "options", [{}, {"progressive": True}, {"quality": 30}, {"optimize": True}]
)
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("lost", [1, 2])
def test_a_jpeg_without_its_last_bytes_is_the_same_photo(options, turned, lost, portrait, pixels):
    image = portrait.transpose(Image.Transpose.ROTATE_90) if turned else portrait
    data = encoded(image, **options)

    assert pixels(data[:-lost]) == pixels(data)


@pytest.mark.parametrize("lost", [12, 100, 1000])
def test_a_jpeg_that_lacks_pixels_is_refused(lost, portrait, pixels):
    check_refused(pixels, encoded(portrait)[:-lost])
    check_refused(pixels, encoded(portrait, progressive=True)[:-lost])


SAMSUNG = b"\0\0\x01\n\x0e\0\0\0Image_UTC_Data1700000000000SEFH\x6a\0\0\0\x01\0\0\0SEFT"
MOTION = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0\0\x10\0moov" + bytes(4088)


@pytest.mark.parametrize("behind", [SAMSUNG, MOTION, MOTION + SAMSUNG, bytes(3000), b"\xff" * 999])
def test_what_a_maker_hangs_behind_a_jpeg_changes_nothing(behind, pixels):
    data = jpeg_with(segment(0xFE, b"x"))

    assert pixels(data + behind) == pixels(data)


@pytest.mark.parametrize(
    "behind",
    [
        SAMSUNG,
        b"MotionPhoto_Data" + MOTION + SAMSUNG,
        MOTION,
        bytes(3000),
        b"\xff" * 999,
        b"\0\0\0\x10mpvd" + bytes(8),
    ],
)
@pytest.mark.parametrize("made", [heic(), HEIC], ids=["by hand", "by a phone"])
def test_what_a_maker_hangs_behind_a_heic_changes_nothing(behind, made, pixels):
    assert pixels(made + behind) == pixels(made)


@pytest.mark.parametrize("lost", [1, 9, 40])
def test_a_heic_that_is_cut_off_is_refused(lost, pixels):
    check_refused(pixels, heic()[:-lost])
