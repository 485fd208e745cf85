"""Made-up, round figures: what staff edit in sources/ can break no test of this folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from calculator.card.lettering import CardFonts
from calculator.photo.searching import FaceFinder

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "calculator" / "model" / "face_detection_yunet_2023mar.onnx"
FONTS = ROOT / "static" / "fonts"

# The same made-up sets in every run, so that a red build always means a changed line; no
# deadline, because a busy machine is no bug. HYPOTHESIS_PROFILE=new tries new sets.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("new", max_examples=500, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def finder():
    return FaceFinder(MODEL)


@pytest.fixture(scope="session")
def fonts():
    return CardFonts.load(FONTS)
