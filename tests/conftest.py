"""What tests of more than one folder need: a portrait that may be shown, and a running site."""

from __future__ import annotations

import io
import os
import threading
import time
from typing import NoReturn

import numpy as np
import pytest
from PIL import Image
from skimage.data import astronaut

# Their fixtures are there for every test, and their asserts say what they found: for that each
# stands before those that import it.
pytest_plugins = ["page", "page_rules", "witnesses", "command_line", "made_up",
                  "made_site", "renderer_needs", "served_site", "every_page",
                  "finished_launch"]  # fmt: skip


def pytest_collection_modifyitems(items):
    """Mark what asks, at some remove, for a browser or another process: not for `make quick`."""
    for item in items:
        if "browser" in item.path.parts or "node_packages" in item.fixturenames:
            item.add_marker(pytest.mark.browser)
        if {"start_site", "pool", "make_pool", "redis"} & set(item.fixturenames):
            item.add_marker(pytest.mark.processes)


@pytest.fixture(scope="session")
def do_without():
    """Return a function that skips for want of a program; in CI nothing is skipped."""

    def skip(missing: str) -> NoReturn:
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)

    return skip


@pytest.fixture(scope="session")
def portrait():
    """Return NASA's portrait of Eileen Collins as a Pillow image: an adult, public domain."""
    return Image.fromarray(astronaut())


@pytest.fixture(scope="session")
def portrait_jpeg(portrait):
    """Return the portrait as a JPEG file of 512 × 512 pixels."""
    out = io.BytesIO()
    portrait.save(out, "JPEG", quality=90)
    return out.getvalue()


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
