"""Pools of renderers that a test may harm."""

from __future__ import annotations

import dataclasses
import os
import signal
from pathlib import Path

import pytest
from renderer_needs import FILES

from calculator.renderer.pool import Pool, PoolLimits


@pytest.fixture
def make_pool():
    """Return a function that makes a pool of its own, ready, with the limits given."""
    made = []

    def make(on_event=None, **limits):
        pool = Pool(FILES, dataclasses.replace(PoolLimits(), **limits), on_event)
        made.append(pool)
        assert pool.wait_until_ready()
        return pool

    yield make
    for pool in made:
        for child in pool.children:
            _send(child.pid, signal.SIGCONT)
        pool.close()


def _send(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


@pytest.fixture
def halted():
    """Return a function that halts a pool's only child, so that its next job takes for ever."""

    def halt(pool):
        [child] = pool.children
        os.kill(child.pid, signal.SIGSTOP)
        return child

    return halt


@pytest.fixture(scope="session")
def status_of():
    """Return a function that reads a line of /proc/PID/status."""

    def read(pid, name):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return line.partition(":")[2].strip()
        raise AssertionError(f"no {name}")

    return read
