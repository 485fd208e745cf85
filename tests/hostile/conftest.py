"""A running site to send hostile files to, and a renderer for what no answer shows."""

from __future__ import annotations

import pytest
from corpus import CASES
from renderer_needs import FILES
from served_site import SERVE_QUIETLY
from target import Target

from calculator.renderer.pool import Pool, PoolLimits


@pytest.fixture(scope="session")
def target(start_site, tmp_path_factory):
    """Return a running site of one worker and one renderer that has done all it does only once."""
    site = start_site(
        folder=tmp_path_factory.mktemp("hostile"),
        command=[*SERVE_QUIETLY, "--workers", "1"],
        settings={
            "SCHATJE_CARD_LIMIT": "100000 per minute",
            "SCHATJE_RENDERERS": "1",
        },
    )
    made = Target(site)
    for card_format in ("facebook", "square", "story"):
        made.send(CASES[0].make(), "nl", card_format)
    for _ in range(4):  # the form and three cards
        made.log_line()
    yield made
    made.close()


@pytest.fixture(scope="session")
def pool():
    """Return a pool of one child that is never renewed, so that it can be seen to grow."""
    made = Pool(FILES, PoolLimits(jobs_per_child=10**6, memory_bytes_kept=10**12, wait_seconds=60))
    assert made.wait_until_ready()
    yield made
    made.close()
