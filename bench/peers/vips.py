"""pyvips (libvips): shrink while decoding; for photo cards the card with its words is kept."""

from __future__ import annotations

import pyvips
from serve import CARD, FOLDER, serve

PICTURE, FACE, LABEL, BLOCKS = CARD["picture"], CARD["face"], CARD["label"], CARD["blocks"]


def open_kept(name: str) -> pyvips.Image:
    """Return a picture with its pixels in memory."""
    return pyvips.Image.new_from_file(str(FOLDER / name)).copy_memory()


def set_words() -> pyvips.Image:
    """Draw the card without its picture."""
    return pyvips.Image.svgload(str(FOLDER / "words.svg"))[:3]


pyvips.cache_set_max(0)
KEPT = set_words().copy_memory()
DRAWING, TAG = open_kept("picture.png"), open_kept("label.png")


def write(card: pyvips.Image) -> bytes:
    """Return the JPEG."""
    jpeg: bytes = card.jpegsave_buffer(Q=CARD["quality"], subsample_mode="on", keep="none")
    return jpeg


def photo_card(photo: bytes) -> bytes:
    """Shrink while decoding, crop, cover and insert the photo."""
    width, height = CARD["crop"]["scaled_width"], PICTURE["height"]
    image = pyvips.Image.thumbnail_buffer(photo, width, height=height, size="force")
    image = image.crop(CARD["crop"]["left_px"], 0, PICTURE["width"], height).copy_memory()
    side = FACE["side"]
    head = image.crop(FACE["left"], FACE["top"], side, side)
    few = head.resize(BLOCKS / side, kernel="linear").copy_memory()
    blocks = few.resize(side / BLOCKS, kernel="nearest")
    image = image.insert(blocks, FACE["left"], FACE["top"])
    card = KEPT.insert(image, PICTURE["left"], PICTURE["top"])
    return write(card.composite2(TAG, "over", x=LABEL["left"], y=LABEL["top"])[:3])


def link_card() -> bytes:
    """Draw the words beside the drawn child."""
    return write(set_words().insert(DRAWING, PICTURE["left"], PICTURE["top"]))


serve(photo_card, link_card)
