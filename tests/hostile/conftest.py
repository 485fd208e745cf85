"""A running site to send hostile files to, and a renderer for what no answer shows."""

from __future__ import annotations

import re
import shutil

import pytest
from corpus import CASES
from renderer_needs import FILES
from served_site import SERVE
from target import Target

from calculator.renderer.pool import Pool, PoolLimits
from campaign.config import ROOT


@pytest.fixture(scope="session")
def target(start_site, tmp_path_factory):
    """Return a running site of one worker and one renderer that has done all it does only once."""
    folder = tmp_path_factory.mktemp("hostile")
    site = start_site(
        folder=folder,
        command=[*SERVE, "--workers", "1"],
        settings={
            "SCHATJE_CARD_LIMIT": "100000 per minute",
            "SCHATJE_RENDERERS": "1",
            "SCHATJE_SOURCES": str(one_period(folder / "sources")),
        },
    )
    made = Target(site)
    for card_format in ("facebook", "square", "story"):
        made.send(CASES[0].make(), "nl", card_format)
    for _ in range(4):  # the form and three cards
        made.log_line()
    yield made
    made.close()


def one_period(folder):
    """Copy the figures with one period: fewer cards are drawn ahead."""
    shutil.copytree(ROOT / "sources", folder)
    scenarios = folder / "scenarios.yaml"
    text = re.sub(r"(?m)^  - [{]id: (?!1y).*\n", "", scenarios.read_text(encoding="utf-8"))
    scenarios.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def pool():
    """Return a pool of one child that is never renewed, so that it can be seen to grow."""
    made = Pool(FILES, PoolLimits(jobs_per_child=10**6, memory_bytes_kept=10**12, wait_seconds=60))
    assert made.wait_until_ready()
    yield made
    made.close()
