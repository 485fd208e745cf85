"""Bring a photo's colours to sRGB, which is what a card without a profile is taken for.

Phones store Display P3, cameras Adobe RGB: read as sRGB their reds turn brown and skin grey. What a
profile says is only a wish: a broken one leaves the numbers as they are, as browsers do.
"""

import io
import struct
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from PIL import Image, ImageCms

MOST_PROFILE_BYTES: Final = 3_000_000  # of paper and ink have two million, of screens some thousand
_SAME_COLOUR: Final = 0.002  # of the primaries: then it is sRGB by another name
_SRGB: Final = ImageCms.createProfile("sRGB")
_MODES: Final = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}

# What HEIC may say in numbers instead of a profile (nclx, ITU-T H.273): the red, green and blue
# primaries as D50 sees them, of Display P3 and of BT.2020.
_PRIMARIES: Final = {
    12: ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
    9: ((0.67348, 0.27904, -0.00193), (0.16566, 0.67534, 0.02998), (0.12505, 0.04561, 0.79686)),
}
_HIGH_DYNAMIC_RANGE: Final = (16, 18)  # other curves, which a matrix does not bring to a screen's
_SRGB_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_D50: Final = (0.9642, 1.0, 0.8249)

Painter = Callable[[Image.Image], Image.Image]


def painter_for(mode: str, info: Mapping[Any, Any]) -> Painter:
    """Return a function that brings an image of this mode, or a part of it, to RGB in sRGB.

    `info` is what Pillow read beside the pixels.
    """
    try:
        profile = _profile_of(info)
        if not profile or len(profile) > MOST_PROFILE_BYTES:
            return _as_it_is
        return _painter_by(profile, mode) or _as_it_is
    except Exception:  # noqa: BLE001 - LittleCMS and Pillow raise what the bytes lead them to
        return _as_it_is


def _as_it_is(image: Image.Image) -> Image.Image:
    return image if image.mode == "RGB" else image.convert("RGB")


def _profile_of(info: Mapping[Any, Any]) -> bytes | None:
    profile, numbers = info.get("icc_profile"), info.get("nclx_profile")
    if profile or not numbers:
        return profile
    primaries = _PRIMARIES.get(int(numbers["color_primaries"]))
    if primaries is None or int(numbers["transfer_characteristics"]) in _HIGH_DYNAMIC_RANGE:
        return None
    return write_profile(primaries)


@lru_cache(maxsize=4)  # phones of one maker all write the same few profiles
def _painter_by(data: bytes, mode: str) -> Painter | None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
    wanted = _MODES[profile.profile.xcolor_space.strip()]
    if (wanted == "CMYK") != (mode == "CMYK") or (wanted == "RGB" and _is_srgb(profile)):
        return None
    change = ImageCms.buildTransform(profile, _SRGB, wanted, "RGB")

    def paint(image: Image.Image) -> Image.Image:
        # A grey profile may stand in a picture with colours: then it means nothing.
        if wanted == "L" and image.mode != "L":
            return _as_it_is(image)
        ready = image if image.mode == wanted else image.convert(wanted)
        return ImageCms.applyTransform(ready, change) or _as_it_is(image)

    return paint


def _is_srgb(profile: ImageCms.ImageCmsProfile) -> bool:
    def primaries(each: Any) -> list[float]:
        found = (each.red_colorant, each.green_colorant, each.blue_colorant)
        return [part for colorant in found if colorant for part in colorant[0]]

    own, srgb = primaries(profile.profile), primaries(_SRGB)
    near = [abs(one - other) < _SAME_COLOUR for one, other in zip(own, srgb, strict=False)]
    return len(near) == 9 and all(near)


def write_profile(primaries: tuple[tuple[float, float, float], ...]) -> bytes:
    """Return a profile of a screen with these primaries and the curve of sRGB."""

    def numbers(*values: float) -> bytes:
        return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))

    curve = b"para" + struct.pack(">IHH", 0, 3, 0) + numbers(*_SRGB_CURVE)
    colours = [b"XYZ " + bytes(4) + numbers(*colour) for colour in (_D50, *primaries)]
    parts = dict(zip((b"wtpt", b"rXYZ", b"gXYZ", b"bXYZ"), colours, strict=True))
    parts |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve)
    place, table, content = 128 + 4 + 12 * len(parts), b"", b""
    for name, part in parts.items():
        table += struct.pack(">4sII", name, place + len(content), len(part))
        content += part
    head = bytes(8) + struct.pack(">I4s4s4s", 0x04200000, b"mntr", b"RGB ", b"XYZ ") + bytes(12)
    head += b"acsp" + bytes(28) + numbers(*_D50)
    body = head.ljust(128, b"\0") + struct.pack(">I", len(parts)) + table + content
    return struct.pack(">I", len(body)) + body[4:]
