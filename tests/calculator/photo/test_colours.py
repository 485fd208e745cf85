"""Colours: what a profile says reaches the card as sRGB; a broken one says nothing.

Expected numbers are computed here from the primaries and curves, not by LittleCMS.
"""

from __future__ import annotations

import struct

import numpy as np
import pytest
from photo_writers import (
    ADOBE_RGB,
    BLUE_FIRST,
    DISPLAY_P3,
    SRGB,
    UPRIGHT,
    blue_first,
    encoded,
    heic,
    quarters,
    screen_profile,
)
from PIL import Image, ImageCms

from calculator.photo.colours import MOST_PROFILE_BYTES, painter_for
from calculator.photo.protect import protect_photo

P3, ADOBE = screen_profile(DISPLAY_P3), screen_profile(ADOBE_RGB, gamma=563 / 256)
SEEN = [(255, 0, 0), (220, 30, 30), (30, 200, 30), (30, 30, 220), (224, 172, 105), (92, 61, 46),
        (128, 128, 128)]  # fmt: skip


def stored_as(colour, primaries, gamma=None):
    """Return the numbers under which a screen with these primaries stores a colour of sRGB."""
    part = np.array(colour) / 255
    light = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    own = np.linalg.solve(np.array(primaries).T, np.array(SRGB).T @ light).clip(0, 1)
    if gamma is None:
        number = np.where(own <= 0.0031308, own * 12.92, 1.055 * own ** (1 / 2.4) - 0.055)
    else:
        number = own ** (1 / gamma)
    return tuple(int(each) for each in (number * 255).round())


@pytest.fixture
def colour_on_the_card(finder):
    """Return a function that gives the colour of the upper left corner of a protected photo."""

    def look(data):
        photo = protect_photo(data, width_px=400, height_px=400, finder=finder)
        assert photo.image.info == {}, "no profile leaves the server"
        return photo.image.getpixel((2, 2))

    return look


def near(found, wanted, tolerance=3):
    return max(abs(one - other) for one, other in zip(found, wanted, strict=True)) <= tolerance


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize(
    ("profile", "primaries", "gamma"),
    [(P3, DISPLAY_P3, None), (ADOBE, ADOBE_RGB, 563 / 256)],
    ids=["Display P3", "Adobe RGB"],
)
def test_a_colour_of_another_screen_is_seen_on_the_card(
    kind, seen, profile, primaries, gamma, colour_on_the_card
):
    stored = stored_as(seen, primaries, gamma)
    image = Image.new("RGB", (600, 600), stored)
    options = {"lossless": True} if kind == "WEBP" else {"quality": 100}
    data = encoded(image, kind, icc_profile=profile, **options)

    assert near(colour_on_the_card(data), seen, 6)


def test_the_red_of_a_phone_is_red(colour_on_the_card):
    data = encoded(Image.new("RGB", (600, 600), (234, 51, 35)), icc_profile=P3, quality=95)

    assert near(colour_on_the_card(data), (255, 0, 0))


@pytest.mark.parametrize(
    ("name", "primaries", "curve"),
    [("Display P3", 12, 13), ("Display P3, curve not said", 12, 2), ("BT.2020", 9, 1)],
)
def test_heic_may_say_in_numbers_what_its_colours_are(name, primaries, curve, colour_on_the_card):
    plain = colour_on_the_card(heic())
    wide = colour_on_the_card(
        heic(colours=b"nclx" + struct.pack(">HHHB", primaries, curve, 6, 0x80))
    )

    assert plain[0] > 150
    assert wide[0] > plain[0] + 10, "the same numbers are a redder red there"
    assert colour_on_the_card(heic(colours=b"nclx" + struct.pack(">HHHB", 1, 13, 6, 0x80))) == plain


def test_heic_may_carry_a_profile(colour_on_the_card):
    stored = colour_on_the_card(heic())
    shown = colour_on_the_card(heic(colours=b"prof" + screen_profile(BLUE_FIRST)))

    assert near(shown, stored[::-1], 4)


def test_a_transparent_picture_lies_on_the_cards_own_paper(colour_on_the_card):
    image = Image.new("RGBA", (600, 600), (0, 0, 0, 0))
    data = encoded(image, "PNG", icc_profile=screen_profile(BLUE_FIRST))

    assert colour_on_the_card(data) == (0xFB, 0xF6, 0xEC)


def test_paper_inks_and_grey_follow_their_profile_where_it_fits(colour_on_the_card):
    grey = screen_profile(SRGB, gamma=1.0, space=b"GRAY").replace(b"rTRC", b"kTRC")
    light = encoded(Image.new("L", (600, 600), 55), icc_profile=grey)

    assert colour_on_the_card(light)[0] > 110, "half the light is no dark grey"
    inks = encoded(quarters((600, 600)).convert("CMYK"), icc_profile=P3, quality=95)
    assert near(colour_on_the_card(inks), UPRIGHT[0], 8), "a profile of a screen tells inks nothing"


BROKEN = {
    "empty": b"",
    "noise": b"\x00\x11" * 400,
    "cut off": P3[:200],
    "without its curves": P3.replace(b"TRC", b"XXX"),
    "of inks": screen_profile(BLUE_FIRST, space=b"CMYK"),
    "of no space known": screen_profile(BLUE_FIRST, space=b"XXXX"),
    "a link between devices": screen_profile(BLUE_FIRST, kind=b"link"),
    "named colours": screen_profile(BLUE_FIRST, kind=b"nmcl"),
    "a curve of 4 billion": screen_profile(BLUE_FIRST, curve=struct.pack(">IH", 2**32 - 1, 0)),
    "primaries that are one": screen_profile((SRGB[0],) * 3),
    "too large": screen_profile(BLUE_FIRST) + bytes(MOST_PROFILE_BYTES),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_profile_never_spoils_a_photo(name, colour_on_the_card):
    data = encoded(quarters((600, 600)), quality=95, icc_profile=BROKEN[name])

    found = colour_on_the_card(data)
    assert near(found, UPRIGHT[0], 8) or name == "primaries that are one"


def test_colours_that_are_srgb_by_another_name_stay_what_they_are():
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = Image.new("RGB", (4, 4), (220, 30, 30))

    for profile in (own, screen_profile(SRGB)):
        assert painter_for("RGB", {"icc_profile": profile})(image) is image


def test_a_profile_counts_in_every_part_of_the_photo(colour_on_the_card):
    data = encoded(blue_first(quarters((600, 600))), icc_profile=screen_profile(BLUE_FIRST))

    assert near(colour_on_the_card(data), UPRIGHT[0], 8)
