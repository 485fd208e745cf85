"""Whatever comes in gives a picture of the size asked, in time, or a reason why there is none."""

import time

import pytest
from heic_sample import HEIC
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from photo_corners import ORIENTATIONS, WIDE, SpotFinder, corners, same_colours
from photo_writers import RED, UPRIGHT, encoded, exif_of, quarters
from PIL import Image

from calculator.errors import PhotoRejected
from calculator.photo.protect import protect_photo


def reason_for(data, finder):
    with pytest.raises(PhotoRejected) as caught:
        protect_photo(data, width_px=60, height_px=40, finder=finder)
    return caught.value.reason


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "HEIC"])
def test_photo_that_was_cut_off_is_damaged(finder, portrait, file_format):
    whole = HEIC if file_format == "HEIC" else encoded(portrait, file_format)
    for share in (0.3, 0.6, 0.9, 0.99):
        assert reason_for(whole[: int(len(whole) * share)], finder) == "damaged"
    assert protect_photo(whole, width_px=60, height_px=40, finder=finder)


def test_progressive_photo_that_was_cut_off_is_damaged(finder, portrait):
    whole = encoded(portrait, progressive=True)
    assert reason_for(whole[: len(whole) // 2], finder) == "damaged"


def test_header_that_disagrees_with_the_decoder_is_damaged(finder):
    """Of two sizes in one file ours reads the last; a decoder that reads the other is stopped."""
    data = encoded(quarters((64, 64)))
    frame = data.index(b"\xff\xc0")
    second = (
        b"\xff\xc0"
        + data[frame + 2 : frame + 5]
        + b"\x40\x00\x40\x00"
        + data[frame + 9 : frame + 19]
    )
    assert reason_for(data[:frame] + second + data[frame:], finder) == "damaged"


@pytest.mark.filterwarnings("ignore:.*EXIF:UserWarning")
def test_broken_exif_does_not_cost_a_sound_photo():
    for exif in (b"Exif\0\0", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0II*\0\x08\0\0\0\xff\xff"):
        assert same_colours(corners(encoded(quarters(WIDE), exif=exif)), UPRIGHT)


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_orientation_that_means_nothing_is_left_alone(orientation):
    data = encoded(quarters(WIDE), exif=exif_of(orientation))
    assert same_colours(corners(data), UPRIGHT)


def test_crash_of_the_detector_is_no_way_past_it(portrait):
    class BrokenFinder:
        def find(self, image, until):
            raise RuntimeError(image)

    assert reason_for(encoded(portrait), BrokenFinder()) == "damaged"


@settings(deadline=None, max_examples=60)
@given(
    st.tuples(st.integers(1, 900), st.integers(1, 900)),
    st.tuples(st.integers(1, 700), st.integers(1, 700)),
    st.sampled_from(["JPEG", "PNG", "WEBP"]),
    st.sampled_from(ORIENTATIONS),
)
def test_picture_has_exactly_the_size_asked(size, wanted, file_format, orientation):
    data = encoded(Image.new("RGB", size, RED), file_format, exif=exif_of(orientation))
    finder = SpotFinder()
    photo = protect_photo(data, width_px=wanted[0], height_px=wanted[1], finder=finder)
    assert photo.image.size == wanted
    assert photo.image.mode == "RGB"


@pytest.mark.parametrize("size", [(1, 9_000_000), (9_000_000, 1), (16, 2_000_000)])
def test_photo_as_thin_as_a_thread_is_quick(finder, size):
    data = encoded(Image.new("L", size, 90), "PNG", compress_level=1)
    start = time.process_time()
    assert protect_photo(data, width_px=60, height_px=40, finder=finder).image.size == (60, 40)
    assert time.process_time() - start < 10


@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(["JPEG", "progressive", "PNG", "WEBP", "lossless", "HEIC"]),
    st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=12),
    st.integers(0, 40),
)
def test_damage_anywhere_gives_a_picture_or_a_reason(finder, kind, changes, cut):
    small = quarters((48, 32))
    data = bytearray(
        {
            "JPEG": lambda: encoded(small, exif=exif_of(6)),
            "progressive": lambda: encoded(small, progressive=True),
            "PNG": lambda: encoded(small, "PNG", exif=exif_of(6)),
            "WEBP": lambda: encoded(small, "WEBP", exif=exif_of(6)),
            "lossless": lambda: encoded(small, "WEBP", lossless=True),
            "HEIC": lambda: HEIC,
        }[kind]()
    )
    for place, value in changes:
        data[place % len(data)] = value
    try:
        photo = protect_photo(
            bytes(data[: len(data) - cut]), width_px=60, height_px=40, finder=finder
        )
    except PhotoRejected:
        return
    assert photo.image.size == (60, 40)
