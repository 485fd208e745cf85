"""What makes a card cheap: a photo is decoded at a fraction of its size, however it was held.

Times are a benchmark's business; that the large picture never comes into being is a test's.
"""

import io

import pytest
from PIL import Image

from calculator.photo.header import read_header
from calculator.photo.protect import _decode

SIZE = (3200, 2400)


def jpeg_of(orientation, **options):
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    Image.new("RGB", SIZE, (90, 120, 60)).save(out, "JPEG", exif=exif, **options)
    return out.getvalue()


def decoded(data, wanted):
    return _decode(data, read_header(data), wanted).size


@pytest.mark.parametrize("orientation", range(1, 9))
def test_jpeg_is_decoded_at_the_fraction_that_is_needed(orientation):
    """A narrow, tall picture: sides taken for each other would ask for the whole photo."""
    upright = (SIZE[1], SIZE[0]) if orientation >= 5 else SIZE
    wanted = (upright[0] // 4, upright[1] // 4)

    assert decoded(jpeg_of(orientation), wanted) == wanted


def test_progressive_jpeg_is_decoded_at_a_fraction_too():
    assert decoded(jpeg_of(1, progressive=True), (800, 600)) == (800, 600)


def test_a_picture_that_needs_the_whole_photo_gets_it():
    assert decoded(jpeg_of(1), SIZE) == SIZE


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_formats_shrink_before_they_are_turned_and_searched(kind):
    out = io.BytesIO()
    Image.new("RGB", SIZE, (90, 120, 60)).save(out, kind)

    # A face is searched at 480 pixels, so no less than that is left.
    assert decoded(out.getvalue(), (400, 300)) == (640, 480)
