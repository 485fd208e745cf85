"""The pool: cards come out right, and a child that breaks costs one visitor a polite error."""

from __future__ import annotations

import dataclasses
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from renderer_needs import FILES

from calculator.card.draw import render_card
from calculator.card.layout import FORMATS
from calculator.card.lettering import CardFonts
from calculator.errors import PhotoRejected
from calculator.photo.protect import protect_photo
from calculator.photo.searching import FaceFinder
from calculator.renderer.confinement import Confinement
from calculator.renderer.pool import CardFailed, Pool, PoolLimits, RendererBusy
from calculator.renderer.process import ChildFiles
from campaign.config import ROOT

pytestmark = pytest.mark.processes

FONTS = ROOT / "static" / "fonts"
MODEL = ROOT / "calculator" / "model" / "face_detection_yunet_2023mar.onnx"


@pytest.mark.parametrize("card_format", FORMATS)
def test_card_is_the_one_drawn_in_process(card_format, pool, words, portrait_jpeg):
    layout = FORMATS[card_format]
    finder, fonts = FaceFinder(MODEL), CardFonts.load(FONTS)
    photo = protect_photo(
        portrait_jpeg,
        width_px=layout.picture.width,
        height_px=layout.picture.height,
        finder=finder,
    )

    assert pool.draw(words, card_format).data == render_card(words, layout, fonts)
    drawn = pool.draw(words, card_format, portrait_jpeg)
    assert drawn.data == render_card(words, layout, fonts, photo)
    assert drawn.whole_because is None


def test_base_is_the_card_without_loss(pool, words):
    base = Image.open(io.BytesIO(pool.draw_base(words, "square"))).convert("RGB")
    card = Image.open(io.BytesIO(pool.draw(words, "square").data))

    assert base.size == card.size
    difference = np.abs(np.asarray(base, int) - np.asarray(card, int))
    assert difference.mean() < 3


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"no photo", "unknown-format"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "damaged"),
        (b"\xff\xd8\xff" + bytes(15_200_000), "too-big"),
    ],
)
def test_a_photo_is_refused_with_its_reason(data, reason, pool, words):
    with pytest.raises(PhotoRejected) as rejected:
        pool.draw(words, "square", data)

    assert rejected.value.reason == reason


def test_a_text_that_does_not_fit_fails_the_card_and_not_the_child(pool, words):
    before = pool.children
    with pytest.raises(CardFailed):
        pool.draw(dataclasses.replace(words, address="w" * 80), "story")

    assert pool.children == before
    assert pool.answers()


def test_a_job_that_takes_too_long_is_ended_and_the_next_goes_well(
    make_pool, halted, words, portrait_jpeg
):
    heard = []
    pool = make_pool(on_event=lambda *event: heard.append(event[0]))
    child = halted(pool)

    begin = time.monotonic()
    with pytest.raises(PhotoRejected) as rejected:
        pool.draw(words, "square", portrait_jpeg)

    assert rejected.value.reason == "too-slow"
    assert 4 < time.monotonic() - begin < 10, "five seconds, and no visitor waits for ten"
    assert not child.is_alive()
    assert heard[:2] == ["started", "too-slow"]
    pool = make_pool()
    assert pool.draw(words, "square", portrait_jpeg).data


def test_a_child_killed_at_work_costs_one_card(
    make_pool, halted, in_thread, wait_until, words, portrait_jpeg
):
    pool = make_pool(wait_seconds=60)
    child = halted(pool)
    job = in_thread(lambda: pool.draw(words, "square", portrait_jpeg))
    wait_until(lambda: pool.busy == 1)

    os.kill(child.pid, signal.SIGKILL)

    failed = job()
    assert isinstance(failed, PhotoRejected)
    assert failed.reason == "crashed"
    assert pool.draw(words, "square", portrait_jpeg).data, "a new child took its place"
    assert child not in pool.children


def test_a_child_that_died_while_idle_costs_nobody_anything(make_pool, wait_until, words):
    pool = make_pool(wait_seconds=60)
    [child] = pool.children
    os.kill(child.pid, signal.SIGKILL)
    wait_until(lambda: not child.is_alive())

    assert pool.draw(words, "square").data
    assert child not in pool.children


def test_a_child_killed_while_it_starts_is_started_again_for_whoever_waits(
    wait_until, in_thread, words
):
    pool = Pool(FILES)
    try:
        job = in_thread(lambda: pool.draw(words, "square"))
        wait_until(lambda: pool.children and pool.waiting == 1)
        os.kill(pool.children[0].pid, signal.SIGKILL)

        assert job().data
    finally:
        pool.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_site_told_to_stop_leaves_its_renderers_alone_even_while_they_start(
    number, wait_until, words
):
    pool = Pool(FILES)
    try:
        pool.start()
        wait_until(lambda: pool.children)
        [child] = pool.children
        os.kill(child.pid, number)

        assert pool.draw(words, "square").data
        os.kill(child.pid, number)
        assert pool.draw(words, "square").data
        assert pool.children == (child,)
    finally:
        pool.close()


@pytest.mark.parametrize("end", ["pool.close()", "pool"], ids=["closed", "left to the exit"])
def test_renderers_that_end_with_the_site_are_not_told_as_crashed(end):
    """A stop in the first seconds ends them while they start, and those that draw ahead at work."""
    script = (
        "import time; from renderer_needs import FILES; from calculator.renderer.pool import *\n"
        "pool = Pool(FILES, PoolLimits(children=2), lambda *event: print(event, flush=True))\n"
        "pool.start()\n"
        "while len(pool.children) < 2: time.sleep(0.01)\n"
        f"{end}\n"
    )
    folders = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True,
        cwd=ROOT, env=os.environ | {"PYTHONPATH": folders},
    )  # fmt: skip

    assert (ended.stdout, ended.stderr) == ("", "")


def test_computing_is_limited_whatever_the_clock_on_the_wall_says(make_pool, words, large_jpeg):
    pool = make_pool(confinement=Confinement(photo_cpu_s=0.02), job_seconds=30)

    begin = time.monotonic()
    with pytest.raises(PhotoRejected) as rejected:
        pool.draw(words, "square", large_jpeg)

    assert rejected.value.reason == "too-slow"
    assert time.monotonic() - begin < 15


def test_a_child_is_renewed_after_its_number_of_jobs(make_pool, words):
    heard = []
    pool = make_pool(
        on_event=lambda *event: heard.append(event[0]), jobs_per_child=2, wait_seconds=60
    )
    [first] = pool.children

    for _ in range(3):
        pool.draw(words, "square")

    assert "renewed" in heard
    assert first not in pool.children
    assert not first.is_alive()


def test_a_child_that_grew_is_renewed(make_pool, words):
    pool = make_pool(memory_bytes_kept=1, wait_seconds=60)
    [first] = pool.children

    pool.draw(words, "square")

    assert not first.is_alive()


def test_whoever_waits_too_long_is_sent_away(make_pool, halted, in_thread, wait_until, words):
    pool = make_pool(job_seconds=20)
    child = halted(pool)
    job = in_thread(lambda: pool.draw(words, "square"))
    wait_until(lambda: pool.busy == 1)

    begin = time.monotonic()
    with pytest.raises(RendererBusy):
        pool.draw(words, "square")

    assert 3 <= time.monotonic() - begin < 10
    os.kill(child.pid, signal.SIGCONT)
    assert job().data, "the one at work was not disturbed"


def test_whoever_comes_when_many_wait_is_sent_away_at_once(
    make_pool, halted, in_thread, wait_until, words
):
    pool = make_pool(wait_seconds=20, job_seconds=20, most_waiting=2)
    child = halted(pool)
    jobs = [in_thread(lambda: pool.draw(words, "square")) for _ in range(3)]
    wait_until(lambda: (pool.busy, pool.waiting) == (1, 2))

    begin = time.monotonic()
    with pytest.raises(RendererBusy):
        pool.draw(words, "square")

    assert time.monotonic() - begin < 10
    assert pool.answers(), "busy is not broken"
    os.kill(child.pid, signal.SIGCONT)
    assert all(job().data for job in jobs)


def test_a_pool_that_cannot_start_a_child_says_that_it_does_not_answer(tmp_path, words):
    pool = Pool(ChildFiles(tmp_path, tmp_path / "no.onnx"), PoolLimits())
    try:
        assert not pool.wait_until_ready(8)
        assert not pool.answers()
    finally:
        pool.close()


def test_children_end_with_the_process_that_started_them(tmp_path, wait_until):
    script = (
        "import sys; from pathlib import Path\n"
        "from calculator.renderer.pool import Pool; from calculator.renderer.process import *\n"
        f"pool = Pool(ChildFiles(Path({str(FONTS)!r}), Path({str(MODEL)!r})))\n"
        "assert pool.wait_until_ready()\n"
        "print(pool.children[0].pid, flush=True); sys.stdin.read()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    pid = int(parent.stdout.readline())
    assert Path(f"/proc/{pid}").exists()

    parent.kill()
    parent.wait()
    parent.stdin.close()
    parent.stdout.close()

    def is_gone():
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            return True
        return stat.rpartition(")")[2].split()[0] == "Z"

    wait_until(is_gone)
