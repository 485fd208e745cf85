"""The numbers that the site promises, where no test could wait for them or fill them up."""

from __future__ import annotations

import re

import pytest

from calculator.photo.faces import BLOCKS_ACROSS
from calculator.photo.header import PhotoLimits
from calculator.renderer.confinement import Confinement
from calculator.renderer.pool import PoolLimits
from campaign import create_app
from campaign.cards.renderer import cores
from campaign.config import ROOT
from campaign.serving.server import GRACEFUL_SECONDS, THREADS, gunicorn_settings
from campaign.serving.worker import Worker
from campaign.web.errors import RETRY_AFTER
from campaign.web.uploads import MOST_BYTES, SILENCE_SECONDS, UPLOAD_SECONDS

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def app():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCHATJE_SITE_URL", "https://campaign.example")
        patch.setenv("SCHATJE_SECRET_KEY", "of the tests " + "x" * 40)
        patch.setenv("SCHATJE_STATE", "")
        made = create_app()
    yield made
    made.extensions["renderer"].close()


def test_a_photo_has_five_seconds_and_whoever_waits_has_three(app):
    limits = app.extensions["renderer"].limits

    assert limits == PoolLimits(children=cores()), "as many at once as cores, the rest as decided"
    assert (limits.job_seconds, limits.wait_seconds) == (5, 3)
    assert limits.confinement == Confinement(memory_bytes=600_000_000, photo_cpu_s=4)
    assert limits.wait_seconds + limits.job_seconds < 10
    assert limits.memory_bytes_kept < limits.confinement.memory_bytes
    assert 0 < limits.jobs_per_child <= 1000


def test_a_photo_may_have_so_many_bytes_pixels_and_scans():
    limits = PhotoLimits()

    assert limits.max_bytes == 15_000_000
    assert {kind: limits.max_pixels(kind) for kind in ("JPEG", "HEIC", "PNG", "WEBP")} == {
        "JPEG": 51_000_000, "HEIC": 51_000_000, "PNG": 36_000_000, "WEBP": 28_750_000,
    }  # fmt: skip
    assert limits.max_jpeg_scans == 120
    assert BLOCKS_ACROSS == 8


def test_a_form_may_have_so_many_bytes_and_parts(app):
    assert app.config["MAX_CONTENT_LENGTH"] == 16 * MEGABYTE
    assert app.config["MAX_FORM_PARTS"] == 20
    # Below 64 KiB good photos are refused; and texts this long belong in no form of ours.
    assert 64 * 1024 <= app.config["MAX_FORM_MEMORY_SIZE"] <= MEGABYTE


def test_pages_keep_threads_when_cards_wait_and_uploads_keep_to_their_memory():
    limits = PoolLimits()

    assert 60 + limits.most_waiting < THREADS, "sixty slow lines, a full queue, and still pages"
    assert limits.most_waiting * 16 * MEGABYTE >= MOST_BYTES, "memory ends first, with a page"
    assert MOST_BYTES < 600_000_000 / 2
    assert SILENCE_SECONDS < UPLOAD_SECONDS <= 120


def test_gunicorn_is_told_what_it_would_do_otherwise():
    told = gunicorn_settings()

    assert told["worker_class"] is Worker
    assert (told["loglevel"], told["accesslog"]) == ("error", None)
    assert told["control_socket_disable"] is True
    assert told["forwarded_allow_ips"] == ""
    assert told["graceful_timeout"] == GRACEFUL_SECONDS == 20
    limits = PoolLimits()
    assert limits.wait_seconds + limits.job_seconds < told["graceful_timeout"] < told["timeout"]


def test_whoever_stops_the_site_waits_for_its_cards():
    unit = (ROOT / "deploy" / "systemd" / "schatje@.service").read_text(encoding="utf-8")
    pod = (ROOT / "deploy" / "kubernetes" / "site.yaml").read_text(encoding="utf-8")

    for pattern, text in (("TimeoutStopSec=", unit), ("terminationGracePeriodSeconds: ", pod)):
        assert int(re.search(rf"{pattern}(\d+)", text)[1]) > GRACEFUL_SECONDS


def test_who_is_sent_away_is_told_when_to_come_back():
    assert RETRY_AFTER[429] == 600, "the window of the limit"
    assert 0 < RETRY_AFTER[503] <= 60
