"""Made-up, round figures: what staff edit in sources/ can break no test of this folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import made_up
import pytest
from hypothesis import settings

from calculator.card.lettering import CardFonts
from calculator.photo.faces import FaceFinder

sys.path.insert(0, str(Path(__file__).parent))  # modules for more than one file of this folder

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "calculator" / "model" / "face_detection_yunet_2023mar.onnx"
FONTS = ROOT / "static" / "fonts"

# The same made-up sets in every run, so that a red build always means a changed line; no
# deadline, because a busy machine is no bug. HYPOTHESIS_PROFILE=new tries new sets.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("new", max_examples=500, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

folder = made_up.folder
build_sources = made_up.build_sources


@pytest.fixture(scope="session")
def finder():
    return FaceFinder(MODEL)


@pytest.fixture(scope="session")
def fonts():
    return CardFonts.load(FONTS)
