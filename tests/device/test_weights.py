"""What the device fetches to find faces: the server's numbers, and little over the line."""

from __future__ import annotations

import brotli
import numpy as np
from face_weights import MODEL, WEIGHTS, in_order, make_weights, read_convolutions

from campaign.config import ROOT
from campaign.web.static import load_static

MOST_BYTES = 130_000


def test_weights_are_what_the_tool_makes_of_the_servers_model():
    assert WEIGHTS.read_bytes() == make_weights(MODEL)


def test_weights_differ_from_the_models_by_no_more_than_half_precision():
    numbers = np.concatenate([part.ravel() for part in in_order(read_convolutions(MODEL))])
    high, low = np.frombuffer(WEIGHTS.read_bytes(), np.uint8).reshape(2, -1)

    halves = np.stack([low, high], axis=1).copy().view("<f2").ravel().astype(np.float32)

    assert np.all(np.abs(halves - numbers) <= np.abs(numbers) / 2048 + 2.0**-24)


def test_finder_is_small_as_served():
    files = load_static(ROOT / "static").files
    finder = [file for name, file in files.items() if name.startswith(("faces/", "js/faces/"))]

    assert len(finder) >= 5
    assert sum(len(file.bodies["br"]) for file in finder) < MOST_BYTES
    assert sum(len(file.bodies["gzip"]) for file in finder) < MOST_BYTES
    assert brotli.decompress(files["faces/yunet.bin"].bodies["br"]) == WEIGHTS.read_bytes()
