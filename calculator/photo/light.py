"""Shadows of a photo: lifted for the search, and told where they are too deep for it."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

_TILES: Final = 24  # across the shorter side: some 4 % of it, no wider than the smallest face
_FINE_TILES: Final = 64  # the same for lifting: a small dark face before a light wall is dark
_DARK: Final = 70.0  # mean level of 255 below which a place is lifted
_LIFTED_TO: Final = 100.0
_MOST_LIFT: Final = 12.0  # a portrait with three levels of 255 left was still found at 0.8
_TOO_DARK: Final = 3.0
_STRUCTURE: Final = 3.0  # levels between the darker and the lighter of a dark tile; black has none
_DARK_SHARE: Final = 0.05  # of all tiles
_NIGHT: Final = 8.0  # a photo without any lighter place


def lift_shadows(view: Pixels) -> Pixels:
    """Return the view with its dark places lightened, as an eye or an editor could do later."""
    side = max(2, min(view.shape[:2]) // _FINE_TILES)
    tiles = (max(1, view.shape[1] // side), max(1, view.shape[0] // side))
    small = cv2.resize(view, tiles, interpolation=cv2.INTER_AREA)
    means = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), dtype=np.float32)
    if means.min() >= _DARK:
        return view
    gain = np.clip(_LIFTED_TO / np.maximum(cv2.blur(means, (3, 3)), 1.0), 1.0, _MOST_LIFT)
    height, width = view.shape[:2]
    smooth = cv2.resize(gain, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.multiply(view, cv2.merge([smooth] * 3), dtype=cv2.CV_8U), dtype=np.uint8)


def too_dark(view: Pixels) -> bool:
    """Return whether there are places with something in them that is too dark to be searched."""
    grey = np.asarray(cv2.cvtColor(view, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    side = max(1, min(grey.shape) // _TILES)
    rows, columns = grey.shape[0] // side, grey.shape[1] // side
    squares = grey[: rows * side, : columns * side].reshape(rows, side, columns, side)
    tiles = squares.transpose(0, 2, 1, 3).reshape(rows * columns, side * side)
    low, high = np.percentile(tiles, (5, 95), axis=1)
    hidden = (tiles.mean(axis=1) < _TOO_DARK) & (high - low >= _STRUCTURE)
    return bool(hidden.mean() > _DARK_SHARE or np.percentile(grey, 99) < _NIGHT)
