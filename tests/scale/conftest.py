"""Two instances behind nginx, counting together in Redis: real programs, on loopback.

Only `make test-scale` runs these tests: they need Debian's nginx and Redis, and take minutes.
"""

from __future__ import annotations

import io
import os
import signal
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy
import pytest
from composition import make_counters, make_nginx, make_site
from PIL import Image
from running import ending, free_port

ROOT = Path(__file__).parents[2]

# Name, side in pixels, noise, quality: about 0.1, 2 and 14 MB.
PHOTOS = (("small", 512, 0, 90), ("middle", 1600, 30, 88), ("large", 3600, 70, 93))

if not os.environ.get("TEST_SCALE"):
    collect_ignore_glob = ["test_*.py"]


@dataclass
class Composition:
    """All that runs: the two instances, nginx before them, the counters behind."""

    sites: list
    nginx: object
    counters: object
    counters_port: int

    @property
    def port(self) -> int:
        return self.nginx.port

    def programs(self):
        return [*self.sites, self.nginx, self.counters]

    def processes(self) -> list[int]:
        return [pid for each in self.programs() for pid in each.processes()]


@pytest.fixture(scope="session")
def place():
    """Return a short path that every user may pass: nginx's worker is another one."""
    with tempfile.TemporaryDirectory(prefix="schatje-scale-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="session")
def settings_of():
    """Return a function that makes the settings both instances share."""

    def settings(nginx_port: int, counters_port: int, **more) -> dict[str, str]:
        return {
            "SCHATJE_SITE_URL": f"http://127.0.0.1:{nginx_port}",
            "SCHATJE_SECRET_KEY": "of the tests of scale: " + "x" * 40,
            "SCHATJE_PROXIES": "1",
            "SCHATJE_CARD_LIMIT": "30 per 10 minutes",
            "SCHATJE_LIMITS_STORAGE": f"redis://127.0.0.1:{counters_port}",
        } | more

    return settings


@pytest.fixture(scope="session")
def running(place, settings_of):
    """Return the composition, ended by process ids when the tests are through."""
    counters_port = free_port()
    counters = make_counters(place / "counters", counters_port)
    sites = [make_site(place, number, {}) for number in (1, 2)]
    nginx = make_nginx(place / "nginx", [site.port for site in sites])
    for site in sites:
        site.environment |= settings_of(nginx.port, counters_port)
    with ending(nginx, *sites, counters):
        counters.start()
        counters.wait_for_port(counters_port)
        for site in sites:
            site.start()
        for site in sites:
            site.wait_until_ready()
        nginx.start()
        nginx.wait_for_port(nginx.port)
        yield Composition(sites, nginx, counters, counters_port)


@pytest.fixture
def whole(running):
    """Return the composition with everything up, whatever the test before left."""
    if not running.counters.is_running():
        running.counters.start()
        running.counters.wait_for_port(running.counters_port)
    for site in running.sites:
        if not site.is_running():
            site.start()
    for site in running.sites:
        site.wait_until_ready()
    return running


def pytest_configure():
    """End what was started also when somebody ends the tests, a time limit among them."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


MEASURED = pytest.StashKey[list[str]]()


@pytest.fixture(scope="session")
def tell(pytestconfig):
    """Return a function that keeps a line of what was measured, shown at the end."""
    return pytestconfig.stash.setdefault(MEASURED, []).append


def pytest_terminal_summary(terminalreporter, config):
    """Show what was measured."""
    if lines := config.stash.get(MEASURED, []):
        terminalreporter.section("measured")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def photos(portrait):
    """Return the portrait as photos, ever larger and noisier."""
    random = numpy.random.default_rng(5)
    made = {}
    for name, side, noise, quality in PHOTOS:
        large = numpy.asarray(portrait.convert("RGB").resize((side, side)), dtype=numpy.int16)
        if noise:
            large = large + random.integers(-noise, noise, large.shape, dtype=numpy.int16)
        out = io.BytesIO()
        Image.fromarray(large.clip(0, 255).astype(numpy.uint8)).save(out, "JPEG", quality=quality)
        made[name] = out.getvalue()
    return made
