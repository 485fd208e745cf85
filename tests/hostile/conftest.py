"""A running site to send hostile files to, and a renderer for what no answer shows."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from renderer_needs import FILES

sys.path.insert(0, str(Path(__file__).parent))  # for the corpus

from calculator.renderer.pool import Pool, PoolLimits


@pytest.fixture(scope="module")
def pool():
    """Give a pool of one child that is never renewed, so that it can be seen to grow."""
    made = Pool(FILES, PoolLimits(jobs_per_child=10**6, memory_bytes_kept=10**12, wait_seconds=60))
    assert made.wait_until_ready()
    yield made
    made.close()
