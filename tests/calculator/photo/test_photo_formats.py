"""A photo of every kind comes out upright and in its own colours."""

import io

import numpy as np
import pytest
from heic_sample import HEIC, HEIC_EXIF_AT, HEIC_IROT_AT
from photo_corners import ORIENTATIONS, STORED_AS, WIDE, corners, same_colours
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
from PIL import Image, PngImagePlugin

from calculator.photo.protect import PAPER_RGB


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
