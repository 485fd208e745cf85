"""Destroy the pixels of a face, or of a whole photo."""

import math
from typing import Final

from PIL import Image

Point = tuple[float, float]

# The face of the card's drawn child: a photo card looks like the campaign's others, and a colour
# that was fixed beforehand tells nothing of the one below, not even the tone of the skin.
COVER_RGB: Final = (0xFB, 0xDC, 0x8C)
HEAD_SHARE: Final = 1.5  # found from brow to chin; hair, ears and the whole chin belong to it too
BLOCKS_ACROSS: Final = 8


def destroy_face(image: Image.Image, centre: Point, size_px: float) -> None:
    """Replace the square around a face, its longer side `size_px`, by one colour."""
    side = size_px * HEAD_SHARE
    left, top = (max(0, math.floor(middle - side / 2)) for middle in centre)
    right = min(image.width, math.ceil(centre[0] + side / 2))
    bottom = min(image.height, math.ceil(centre[1] + side / 2))
    if left < right and top < bottom:
        image.paste(COVER_RGB, (left, top, right, bottom))


def pixelate_whole(image: Image.Image) -> None:
    """Replace the image by at most 8 × 8 colours, for when the search cannot be sure.

    There are eight along the longer side. Each is the average of its pixels, so the original
    cannot be computed back, and a face that fills the picture keeps some 30 of them.
    """
    block = max(image.size) / BLOCKS_ACROSS
    few = tuple(min(BLOCKS_ACROSS, max(1, int(side / block))) for side in image.size)
    averages = image.resize((few[0], few[1]), Image.Resampling.BOX)
    image.paste(averages.resize(image.size, Image.Resampling.NEAREST))
