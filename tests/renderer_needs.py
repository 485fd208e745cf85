"""What a renderer is started with, and words for a card that fit."""

from __future__ import annotations

import pytest

from calculator.card.draw import CardWords
from calculator.renderer.pool import Pool
from calculator.renderer.process import ChildFiles
from campaign.config import ROOT

FILES = ChildFiles(
    fonts=ROOT / "static" / "fonts",
    model=ROOT / "calculator" / "model" / "face_detection_yunet_2023mar.onnx",
)
WORDS = CardWords(
    name="Schat je schatje", statement="Zoveel verdienen criminelen:", amount="€ 1 300",
    range_line="Illustratieve schatting.", minors_line="2 cijfers uit 2 publicaties.",
    no_price="Geen enkel kind heeft een prijs.", help_line="Hulp nodig? 116\u00a0000",
    help_number="116\u00a0000", help_sender="Child Focus", address="campaign.example",
    label="ONBETAALBAAR", language="nl",
)  # fmt: skip


@pytest.fixture(scope="session")
def words():
    return WORDS


@pytest.fixture(scope="session")
def pool():
    """Return a pool of one child that every test may use and none may harm."""
    made = Pool(FILES)
    assert made.wait_until_ready()
    yield made
    made.close()
