"""What a photo of four colours comes out as, and how cameras store one that is turned."""

from __future__ import annotations

import numpy as np
from PIL import Image

from calculator.photo.faces import Face
from calculator.photo.protect import protect_photo

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

    def find(self, image, until):
        x, y = image.width / 2, image.height / 2
        return (Face(x, y, 0.1, 0.1, ((x, y), (x, y)), 0.99),)

    def find_turned(self, image, box, until):
        return ()


def corners(data, size=(300, 200)):
    """Return the four colours of the picture, with nothing covered."""
    image = protect_photo(data, width_px=size[0], height_px=size[1], finder=SpotFinder()).image
    width, height = size
    places = [(1, 1), (3, 1), (1, 3), (3, 3)]
    return [image.getpixel((width * x // 4, height * y // 4)) for x, y in places]


def same_colours(found, expected, tolerance=12):
    return np.abs(np.array(found, int) - np.array(expected, int)).max() <= tolerance
