"""What the tests of the renderer and of the running site's limits need."""

from __future__ import annotations

import dataclasses
import io
import os
import signal
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from renderer_needs import FILES, WORDS

from calculator.renderer.pool import Pool, PoolLimits


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


@pytest.fixture
def in_thread():
    """Return a function that calls another in a thread and returns how to get what came of it."""

    def run(work):
        came = []

        def catch():
            try:
                came.append(work())
            except Exception as error:  # noqa: BLE001 - handed to the test
                came.append(error)

        thread = threading.Thread(target=catch, daemon=True)
        thread.start()

        def result(seconds=30):
            thread.join(seconds)
            assert came, "still at work"
            return came[0]

        return result

    return run


@pytest.fixture
def wait_until():
    """Return a function that waits until something holds."""

    def wait(holds, seconds=20):
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, "it never came to hold"
            time.sleep(0.02)

    return wait


@pytest.fixture(scope="session")
def large_jpeg():
    """Return a JPEG of 12 million pixels, as phones make them."""
    pixels = np.random.default_rng(1).integers(0, 255, (30, 40, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(pixels).resize((4000, 3000)).save(out, "JPEG", quality=85)
    return out.getvalue()


@pytest.fixture(scope="session")
def status_of():
    """Return a function that reads a line of /proc/PID/status."""

    def read(pid, name):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return line.partition(":")[2].strip()
        raise AssertionError(f"no {name}")

    return read
