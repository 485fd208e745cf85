"""A photo comes out upright, of the right size and colour, without metadata and without a face.

The only face in these tests is the astronaut's (NASA, public domain, shipped with scikit-image).
"""

import io
import time
from pathlib import Path

import numpy as np
import pytest
import skimage.data
from heic_sample import HEIC, HEIC_EXIF_AT, HEIC_IROT_AT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from photo_writers import (
    BLUE,
    GREEN,
    RED,
    SEEN,
    UPRIGHT,
    WHITE,
    deep_png,
    encoded,
    exif_of,
    quarters,
    turned_heic,
)
from PIL import ExifTags, Image, ImageCms, ImageOps, PngImagePlugin

from calculator.errors import PhotoRejected
from calculator.faces import Face, FaceFinder
from calculator.photo import PAPER_RGB, choose_crop, protect_photo

MODEL = Path(__file__).parents[2] / "calculator/model/face_detection_yunet_2023mar.onnx"
SIZE = (529, 630)
WIDE = (600, 400)  # what corners() shows at half its size
ORIENTATIONS = range(1, 9)
STORED_AS = {  # how a camera that writes this orientation has stored an upright picture
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


class SpotFinder:
    """Is sure of a face smaller than a pixel, in the middle, so that nearly all stays visible."""

    def find(self, image):
        x, y = image.width / 2, image.height / 2
        return (Face(x, y, 0.1, 0.1, ((x, y), (x, y)), 0.99),)


@pytest.fixture(scope="module")
def finder():
    return FaceFinder(MODEL)


def corners(data, size=(300, 200)):
    """Give the four colours of the picture, with nothing covered."""
    image = protect_photo(data, width_px=size[0], height_px=size[1], finder=SpotFinder()).image
    width, height = size
    places = [(1, 1), (3, 1), (1, 3), (3, 3)]
    return [image.getpixel((width * x // 4, height * y // 4)) for x, y in places]


def same_colours(found, expected, tolerance=12):
    return np.abs(np.array(found, int) - np.array(expected, int)).max() <= tolerance


def reason_for(data, finder):
    with pytest.raises(PhotoRejected) as caught:
        protect_photo(data, width_px=60, height_px=40, finder=finder)
    return caught.value.reason


# ---- Faces


def test_face_is_destroyed_and_its_place_given(finder, portrait):
    photo = protect_photo(encoded(portrait), width_px=512, height_px=512, finder=finder)
    (cover,) = photo.faces
    assert (cover.centre_x, cover.centre_y) == pytest.approx((213, 107), abs=12)
    assert 60 < cover.width_px < 120
    assert abs(cover.angle_degrees) < 8
    assert not photo.whole_photo_pixelated
    assert not [face for face in finder.find(photo.image) if face.sure]
    pixels = np.asarray(photo.image.crop((165, 62, 255, 170))).astype(int)
    assert np.count_nonzero(np.any(np.diff(pixels, axis=1), axis=(0, 2))) < 8
    assert np.count_nonzero(np.any(np.diff(pixels, axis=0), axis=(1, 2))) < 8


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_face_is_found_and_upright_in_every_orientation(finder, portrait, file_format, orientation):
    stored = portrait.transpose(STORED_AS[orientation]) if orientation > 1 else portrait
    data = encoded(stored, file_format, exif=exif_of(orientation), quality=90)
    (cover,) = protect_photo(data, width_px=512, height_px=512, finder=finder).faces
    assert (cover.centre_x, cover.centre_y) == pytest.approx((213, 107), abs=12)


def test_photo_without_a_face_is_pixelated_whole(finder):
    photo = Image.fromarray(skimage.data.coffee())
    protected = protect_photo(encoded(photo), width_px=SIZE[0], height_px=SIZE[1], finder=finder)
    assert protected.whole_photo_pixelated
    assert protected.faces == ()
    pixels = np.asarray(protected.image).astype(int)
    assert np.count_nonzero(np.any(np.diff(pixels, axis=1), axis=(0, 2))) < 8
    assert np.count_nonzero(np.any(np.diff(pixels, axis=0), axis=(1, 2))) < 8


def test_face_too_dark_to_find_is_pixelated_with_the_whole_photo(finder, portrait):
    dark = encoded(portrait.point(lambda value: value // 60))
    assert protect_photo(dark, width_px=300, height_px=300, finder=finder).whole_photo_pixelated


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


# ---- Cropping


def face_at(x, y, size=40):
    return Face(x - 20, y - 15, size, size, ((x - 8, y), (x + 8, y)), 0.9)


def test_crop_puts_the_eyes_at_42_percent_of_the_height():
    left, top, right, bottom = choose_crop((600, 1200), (600, 400), [face_at(300, 500)])
    assert (left, right) == (0, 600)
    assert bottom - top == pytest.approx(400)
    assert 500 - top == pytest.approx(0.42 * 400)


def test_crop_stays_in_the_photo_when_the_face_is_at_its_edge():
    assert choose_crop((600, 1200), (600, 400), [face_at(300, 20)])[1] == 0
    assert choose_crop((600, 1200), (600, 400), [face_at(300, 1190)])[3] == 1200


def test_crop_keeps_all_faces_when_they_fit():
    faces = [face_at(300, 100), face_at(700, 300)]
    left, _, right, _ = choose_crop((1600, 600), (500, 600), faces)
    assert left <= 280
    assert right >= 720


def test_crop_keeps_the_largest_when_they_do_not_fit():
    faces = [face_at(1300, 100, 80), face_at(100, 300), face_at(1200, 300)]
    left, _, right, _ = choose_crop((1600, 600), (500, 600), faces)
    assert left <= 1180
    assert right >= 1360


def test_crop_is_the_middle_without_a_face():
    assert choose_crop((1600, 600), (600, 600), []) == (500, 0, 1100, 600)


@given(
    st.tuples(st.integers(1, 5000), st.integers(1, 5000)),
    st.tuples(st.integers(1, 2000), st.integers(1, 2000)),
    st.lists(st.tuples(st.floats(-50, 5000), st.floats(-50, 5000)), max_size=4),
)
def test_crop_has_the_shape_asked_and_lies_in_the_photo(size, wanted, places):
    left, top, right, bottom = choose_crop(size, wanted, [face_at(*place) for place in places])
    assert -1e-6 <= left < right <= size[0] + 1e-6
    assert -1e-6 <= top < bottom <= size[1] + 1e-6
    assert (right - left) / (bottom - top) == pytest.approx(wanted[0] / wanted[1])


# ---- Orientation, colour, formats


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_every_orientation_comes_out_upright(file_format, orientation):
    stored = quarters(WIDE)
    if orientation > 1:
        stored = stored.transpose(STORED_AS[orientation])
    data = encoded(stored, file_format, exif=exif_of(orientation))
    assert same_colours(corners(data), UPRIGHT)


def test_orientation_of_a_png_stands_where_programs_of_old_wrote_it_too():
    exif = exif_of(6).tobytes()
    text = f"\nexif\n{len(exif):8}\n{exif.hex()}\n"
    chunk = PngImagePlugin.PngInfo()
    chunk.add_text("Raw profile type exif", text, zip=True)
    data = encoded(quarters(WIDE).transpose(STORED_AS[6]), "PNG", pnginfo=chunk)
    assert same_colours(corners(data), UPRIGHT)


def test_heic_that_turns_itself_is_not_turned_twice():
    """As stored, then a quarter to the right by the decoder; Exif repeats it and is not obeyed."""
    for exif in ORIENTATIONS:
        data = bytearray(HEIC)
        data[HEIC_EXIF_AT] = exif
        assert same_colours(corners(bytes(data), (100, 200)), [BLUE, RED, WHITE, GREEN], 30)


@pytest.mark.parametrize("angle", range(4))
def test_heic_obeys_the_angle_in_the_file(angle):
    data = bytearray(HEIC)
    data[HEIC_IROT_AT] = angle
    turned = np.rot90(np.arange(4).reshape(2, 2), angle).ravel()
    colours = [UPRIGHT[index] for index in turned]
    size = (100, 200) if angle % 2 else (200, 100)
    assert same_colours(corners(bytes(data), size), colours, 30)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_heic_without_an_angle_obeys_exif(orientation):
    """The decoder leaves such a file as stored, and only `original_orientation` tells."""
    size = (100, 200) if orientation >= 5 else (200, 100)
    assert same_colours(corners(turned_heic(orientation), size), SEEN[orientation], 30)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_jpeg_of_every_kind_keeps_its_colours(mode):
    image = quarters(WIDE).convert(mode)
    expected = [
        image.convert("RGB").getpixel((150 + 300 * x, 100 + 200 * y))
        for y in (0, 1)
        for x in (0, 1)
    ]
    assert same_colours(corners(encoded(image, quality=95)), expected)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
@pytest.mark.parametrize("file_format", ["PNG", "WEBP"])
def test_other_formats_of_every_kind_keep_their_colours(file_format, mode):
    if file_format == "WEBP" and mode in {"1", "P", "LA"}:
        mode = "RGBA"
    colours = [(0, 0, 0), (255, 255, 255), (0, 0, 0), (255, 255, 255)]
    image = Image.new("RGB", (600, 400))
    image.paste((255, 255, 255), (300, 0, 600, 400))
    assert same_colours(corners(encoded(image.convert(mode), file_format)), colours)


@pytest.mark.parametrize(
    ("colour_type", "dark", "bright", "expected"),
    [
        (0, (0x1000,), (0xC000,), [(0x10,) * 3, (0xC0,) * 3]),
        (
            2,
            (0x1000, 0x8000, 0xFF00),
            (0xC000, 0x0100, 0x4000),
            [(0x10, 0x80, 0xFF), (0xC0, 1, 0x40)],
        ),
        (4, (0x1000, 0xFFFF), (0xC000, 0), [(0x10,) * 3, PAPER_RGB]),
        (6, (0x1000, 0x8000, 0xFF00, 0xFFFF), (0, 0, 0, 0), [(0x10, 0x80, 0xFF), PAPER_RGB]),
    ],
    ids=["grey", "colour", "grey-alpha", "colour-alpha"],
)
def test_png_of_16_bits_keeps_its_brightness(colour_type, dark, bright, expected):
    found = corners(deep_png(colour_type, dark, bright), (120, 80))
    assert same_colours(found, [*expected, *expected], 2)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_shows_paper(mode):
    image = Image.new("RGBA", (600, 400), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (0, 0, 300, 400))
    if mode == "P":
        image = image.convert("RGB").convert("P")
        image.paste(1, (300, 0, 600, 400))
        data = encoded(image, "PNG", transparency=1)
    else:
        data = encoded(image.convert(mode), "PNG")
    assert PAPER_RGB == (0xFB, 0xF6, 0xEC)
    assert same_colours(corners(data), [(0, 0, 0), PAPER_RGB, (0, 0, 0), PAPER_RGB], 2)


def test_half_transparent_colour_is_mixed_with_paper_without_a_dark_edge():
    image = Image.new("RGBA", (600, 400), (200, 0, 0, 128))
    mixed = [round((ink + paper) / 2) for ink, paper in zip((200, 0, 0), PAPER_RGB, strict=True)]
    assert same_colours(corners(encoded(image, "PNG")), [mixed] * 4, 3)


def test_mpo_of_a_3d_camera_is_a_jpeg():
    data = encoded(
        quarters(WIDE), "MPO", save_all=True, append_images=[Image.new("RGB", (600, 400))]
    )
    with Image.open(io.BytesIO(data)) as opened:
        assert opened.format == "MPO"
    assert same_colours(corners(data), UPRIGHT)


@pytest.mark.parametrize("file_format", ["PNG", "WEBP"])
def test_first_frame_alone_is_used(file_format):
    frames = [Image.new("RGB", (600, 400), (0, shade, 0)) for shade in (50, 150, 250)]
    data = encoded(quarters(WIDE), file_format, save_all=True, append_images=frames, duration=50)
    assert same_colours(corners(data), UPRIGHT, 30)


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


# ---- Whatever else comes in


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
        def find(self, image):
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
