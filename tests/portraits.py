"""Portraits of adults that packages carry, cut out as heads, to put into scenes.

NASA's of Eileen Collins (public domain) comes with scikit-image, which the tests have.
`make scenes` fetches two packages more: matplotlib with the US Navy's of Grace Hopper, and
face_recognition with the White House's of Barack Obama and Joseph Biden (works of the US
government, public domain). None is kept in this project.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import skimage.data
from PIL import Image, ImageDraw, ImageFilter

HEAD = 1.9  # the side of a cut-out, in longer sides of the face


@dataclass(frozen=True)
class Portrait:
    """A head on a transparent ground; the face's box, brow to chin, in its pixels."""

    image: Image.Image
    face_width: float
    face_height: float


# The face in each file: left, top, width, height.
COLLINS = (181, 66, 86, 114)
IN_PACKAGES = {
    "grace_hopper.jpg": (174, 112, 182, 226),
    "obama.jpg": (371, 89, 241, 326),
    "biden.jpg": (422, 176, 293, 387),
}


def collins():
    return _cut_out(Image.fromarray(skimage.data.astronaut()), COLLINS)


def portraits_in(folder):
    """Read those of the packages that were fetched into a folder."""
    found = {path.name: path for path in Path(folder).rglob("*.jpg")}
    return [
        _cut_out(Image.open(found[name]).convert("RGB"), box) for name, box in IN_PACKAGES.items()
    ]


def _cut_out(photo, box):
    left, top, width, height = box
    half = HEAD * height / 2
    x, y = left + width / 2, top + height * 0.45
    head = photo.crop((round(x - half), round(y - half), round(x + half), round(y + half)))
    mask = Image.new("L", head.size, 0)
    across, down = head.width * 0.36, head.height * 0.44
    middle = head.width / 2, head.height / 2
    ImageDraw.Draw(mask).ellipse(
        (middle[0] - across, middle[1] - down, middle[0] + across, middle[1] + down), fill=255
    )
    # Where the photo ends there is nothing to cut out.
    inside = Image.new("L", photo.size, 255).crop(
        (round(x - half), round(y - half), round(x + half), round(y + half))
    )
    mask = Image.composite(mask, Image.new("L", head.size, 0), inside)
    head.putalpha(mask.filter(ImageFilter.GaussianBlur(head.width * 0.01)))
    # The face's middle is where the head's is, but for the room above the brow.
    return Portrait(head, width, height)


def with_glasses(portrait):
    """Draw the frame of a pair of glasses, dark lenses none."""
    image, unit = portrait.image.copy(), portrait.face_width
    draw = ImageDraw.Draw(image)
    x, y = image.width / 2, image.height / 2 - portrait.face_height * 0.1
    for side in (-1, 1):
        middle = x + side * unit * 0.24
        draw.ellipse(
            (middle - unit * 0.2, y - unit * 0.16, middle + unit * 0.2, y + unit * 0.16),
            outline=(20, 18, 16, 255), width=max(1, round(unit * 0.045)),
        )  # fmt: skip
    return Portrait(image, portrait.face_width, portrait.face_height)


def with_scarf(portrait, colour):
    """Lay a scarf around the face: hair, ears and neck are hidden."""
    scarf = Image.new("RGBA", portrait.image.size, (*colour, 255))
    x, y = portrait.image.width / 2, portrait.image.height / 2
    hole = Image.new("L", scarf.size, 255)
    wide, high = portrait.face_width * 0.54, portrait.face_height * 0.56
    ImageDraw.Draw(hole).ellipse((x - wide, y - high, x + wide, y + high * 1.05), fill=0)
    mask = Image.composite(portrait.image.getchannel("A"), Image.new("L", scarf.size, 0), hole)
    image = Image.composite(scarf, portrait.image, mask)
    image.putalpha(portrait.image.getchannel("A"))
    return Portrait(image, portrait.face_width, portrait.face_height)
