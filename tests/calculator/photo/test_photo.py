"""A photo comes out without a face, and with nothing but its pixels.

The only face in these tests is the astronaut's (NASA, public domain, shipped with scikit-image).
"""

import numpy as np
import pytest
import skimage.data
from photo_corners import ORIENTATIONS, STORED_AS
from photo_writers import encoded, exif_of
from PIL import ExifTags, Image, ImageCms, ImageFilter, ImageOps

from calculator.photo.destroying import COVER_RGB
from calculator.photo.protect import choose_crop, protect_photo
from calculator.photo.searching import OutOfTime

SIZE = (529, 630)


def test_face_is_destroyed_and_its_place_given(finder, portrait):
    photo = protect_photo(encoded(portrait), width_px=512, height_px=512, finder=finder)
    (cover,) = photo.faces
    assert (cover.centre_x, cover.centre_y) == pytest.approx((213, 107), abs=12)
    assert 60 < cover.width_px < 120
    assert abs(cover.angle_degrees) < 8
    assert photo.whole_because is None
    assert not [face for face in finder.find(photo.image) if face.sure]
    pixels = np.asarray(photo.image.crop((165, 62, 255, 170))).astype(int)
    assert np.count_nonzero(np.any(np.diff(pixels, axis=1), axis=(0, 2))) < 8
    assert np.count_nonzero(np.any(np.diff(pixels, axis=0), axis=(1, 2))) < 8


def test_a_doubtful_face_beside_a_sure_one_is_destroyed_too(finder, portrait):
    pair = Image.new("RGB", (1024, 512))
    pair.paste(portrait, (0, 0))
    pair.paste(portrait.filter(ImageFilter.GaussianBlur(10)), (512, 0))
    behind = next(face for face in finder.find(pair) if abs(face.centre[0] - 725) < 20)
    assert not behind.sure

    photo = protect_photo(encoded(pair), width_px=1024, height_px=512, finder=finder)

    assert len(photo.faces) == 1, "the label is for the sure one alone"
    pixels = np.asarray(photo.image.crop((700, 85, 750, 140))).astype(int)
    assert np.count_nonzero(np.any(np.diff(pixels, axis=1), axis=(0, 2))) < 8
    assert np.count_nonzero(np.any(np.diff(pixels, axis=0), axis=(1, 2))) < 8


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_face_is_found_and_upright_in_every_orientation(finder, portrait, orientation):
    stored = portrait.transpose(STORED_AS[orientation]) if orientation > 1 else portrait
    data = encoded(stored, exif=exif_of(orientation), quality=90)
    (cover,) = protect_photo(data, width_px=512, height_px=512, finder=finder).faces
    assert (cover.centre_x, cover.centre_y) == pytest.approx((213, 107), abs=12)


def test_photo_without_a_face_is_pixelated_whole(finder):
    photo = Image.fromarray(skimage.data.coffee())
    protected = protect_photo(encoded(photo), width_px=SIZE[0], height_px=SIZE[1], finder=finder)
    assert protected.whole_because is not None
    assert protected.faces == ()
    pixels = np.asarray(protected.image).astype(int)
    assert np.count_nonzero(np.any(np.diff(pixels, axis=1), axis=(0, 2))) < 8
    assert np.count_nonzero(np.any(np.diff(pixels, axis=0), axis=(1, 2))) < 8


def whole_because(finder, photo):
    photo = protect_photo(encoded(photo), width_px=300, height_px=300, finder=finder)
    if photo.whole_because:
        pixels = np.asarray(photo.image).astype(int)
        assert np.count_nonzero(np.any(np.diff(pixels, axis=1), axis=(0, 2))) < 8
    return photo.whole_because


def test_face_too_dark_to_find_is_pixelated_with_the_whole_photo(finder, portrait):
    assert whole_because(finder, portrait.point(lambda value: value // 60)) == "too-dark"


def test_a_lit_face_does_not_vouch_for_a_dark_half(finder, portrait):
    pair = Image.new("RGB", (1024, 1024))
    pair.paste(portrait, (0, 0))
    pair.paste(portrait.resize((1024, 512)).point(lambda value: value // 60), (0, 512))
    assert whole_because(finder, pair) == "too-dark"


def test_a_photo_too_small_for_a_face_is_pixelated_whole(finder):
    assert whole_because(finder, Image.new("RGB", (400, 12), "white")) == "too-small"


def test_a_doubtful_face_alone_pixelates_the_whole_photo(finder, portrait):
    blurred = portrait.filter(ImageFilter.GaussianBlur(12))
    assert whole_because(finder, blurred) == "unsure"


def test_a_search_that_takes_too_long_pixelates_the_whole_photo(portrait):
    class Slow:
        def find(self, image, until):
            raise OutOfTime

    assert whole_because(Slow(), portrait) == "out-of-time"


@pytest.mark.parametrize("degrees", range(0, 360, 45))
@pytest.mark.parametrize("turned_px", [120, 40])
def test_a_second_face_is_covered_however_it_lies(finder, portrait, degrees, turned_px):
    """Even beside a large, sure one. 40 pixels: the face is 5 % of the card's shorter side."""
    photo = Image.new("RGB", (900, 1000), (120, 130, 140))
    photo.paste(portrait.resize((600, 600)), (0, 0))
    zoom = turned_px / 86
    head = portrait.crop((124, 15, 324, 215)).resize((round(200 * zoom),) * 2)
    mask = Image.new("L", head.size, 255)
    head.putalpha(mask)
    head = head.rotate(degrees + 20, Image.Resampling.BICUBIC, expand=True)
    photo.paste(head, (420 - head.width // 2, 800 - head.height // 2), head)
    card = protect_photo(encoded(photo), width_px=840, height_px=1000, finder=finder).image
    # The crop is 840 wide out of 900: the head stands within 60 pixels of its place.
    seen = np.asarray(card.crop((420 - 60 - turned_px // 3, 800 - turned_px // 3,
                                 420 + turned_px // 3, 800 + turned_px // 3)))  # fmt: skip
    assert (seen == COVER_RGB).all(axis=2).mean() > 0.4


def test_every_face_of_a_group_is_covered(finder, portrait):
    group = Image.new("RGB", (1024, 600), (120, 120, 120))
    group.paste(portrait, (0, 0))
    group.paste(ImageOps.mirror(portrait), (512, 80))
    photo = protect_photo(encoded(group), width_px=1024, height_px=600, finder=finder)
    assert len(photo.faces) == 2
    assert not [face for face in finder.find(photo.image) if face.sure]


def test_face_partly_outside_the_crop_is_destroyed_too(finder, portrait):
    """Two faces too far apart for a narrow picture, whose edge cuts through the smaller one."""
    wide = Image.new("RGB", (900, 700), (120, 120, 120))
    wide.paste(portrait, (0, 0))
    wide.paste(portrait.resize((400, 400)), (100, 280))
    largest, smaller = (face for face in finder.find(wide) if face.sure)
    left, _, right, _ = choose_crop(wide.size, (120, 700), [largest, smaller])
    assert smaller.left < right < smaller.left + smaller.width
    photo = protect_photo(encoded(wide), width_px=120, height_px=700, finder=finder)
    edge = (
        round(smaller.left - left),
        round(smaller.top),
        120,
        round(smaller.top + smaller.height),
    )
    pixels = np.asarray(photo.image.crop(edge)).astype(int)
    assert np.count_nonzero(np.any(np.diff(pixels, axis=1), axis=(0, 2))) < 8
    assert np.count_nonzero(np.any(np.diff(pixels, axis=0), axis=(1, 2))) < 8


def test_nothing_but_pixels_is_carried_over(finder, portrait):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = exif_of(1)
    exif[ExifTags.Base.ImageDescription] = "SECRET-DESCRIPTION"
    exif[ExifTags.Base.Artist] = "SECRET-ARTIST"
    for file_format in ("JPEG", "PNG", "WEBP"):
        options = {"comment": "SECRET-COMMENT"} if file_format == "JPEG" else {}
        data = encoded(
            portrait, file_format, exif=exif, icc_profile=profile, xmp=b"<x>SECRET</x>", **options
        )
        image = protect_photo(data + b"SECRET", width_px=60, height_px=40, finder=finder).image
        assert image.info == {}
        assert not image.getexif()
        assert type(image) is Image.Image
        assert b"SECRET" not in encoded(image)
