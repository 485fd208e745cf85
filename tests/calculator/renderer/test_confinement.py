"""What a child cannot do: open, connect, start, write; and how much it may take."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from calculator.errors import PhotoRejected
from calculator.photo.header import PHOTO_LIMITS
from calculator.renderer.confinement import Confinement
from calculator.renderer.seccomp import build_filter
from campaign.config import ROOT

pytestmark = pytest.mark.processes
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the filter is Linux's")

# Runs in a process confined as a child is, and tells what came of each attempt.
PROBE = """
import ctypes, json, mmap, os, signal, socket, sys, threading
from calculator.renderer.confinement import Confinement, confine
libc = ctypes.CDLL(None, use_errno=True)
attempts = {
    "read a file": lambda: open("/etc/passwd").read(),
    "read its own memory map": lambda: open("/proc/self/maps").read(),
    "write a file": lambda: open("/tmp/schatje-probe", "w"),
    "list a folder": lambda: os.listdir("/"),
    "remove a file": lambda: os.unlink("/tmp/schatje-probe-none"),
    "connect": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "connect on this machine": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
    "resolve a name": lambda: socket.getaddrinfo("campaign.example", 80),
    "fork": lambda: os.fork() or os._exit(0),
    "run a program": lambda: os.execv("/bin/true", ["true"]),
    "signal another process": lambda: os.kill(os.getppid(), 0),
    "memory as a file": lambda: os.memfd_create("x"),
    "more rights": lambda: os.setuid(0),
    "run memory": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_EXEC),
    "raise a limit": lambda: __import__("resource").setrlimit(9, (-1, -1)),
    "copy a pipe's number": lambda: os.dup(1),
}
missing = confine(Confinement())
told = {}
for name, attempt in attempts.items():
    try:
        attempt()
    except Exception as error:
        told[name] = type(error).__name__
    else:
        told[name] = "done"
thread = threading.Thread(target=lambda: told.update(thread="done"))
thread.start(); thread.join()
sys.stdout.write(json.dumps([missing, told])); sys.stdout.flush()
os._exit(0)
"""


@pytest.fixture(scope="module")
def probed():
    """Return what a confined process could not set, and what came of each thing it tried."""
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROBE], capture_output=True, check=True, cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=60,
    )  # fmt: skip
    return json.loads(told.stdout)


@linux
def test_everything_is_enforced_on_linux(probed):
    assert probed[0] == []


@linux
def test_a_child_can_compute_and_nothing_else(probed):
    told = dict(probed[1])

    assert told.pop("thread") == "done", "decoders use threads"
    assert len(told) == 16
    assert {name for name, result in told.items() if result == "done"} == set()


@linux
def test_a_running_child_is_confined(pool, status_of):
    [child] = pool.children

    assert child.missing == []
    assert status_of(child.pid, "Seccomp") == "2"
    assert status_of(child.pid, "NoNewPrivs") == "1"
    lines = Path(f"/proc/{child.pid}/limits").read_text().splitlines()
    limits = {line[:25].strip(): line[26:47].strip() for line in lines}
    assert limits["Max file size"] == limits["Max core file size"] == "0"
    assert limits["Max open files"] == "3"
    assert limits["Max cpu time"] == "600"
    assert int(limits["Max address space"]) < 1_000_000_000


@linux
def test_a_child_holds_two_pipes_and_nothing_of_the_sites(pool):
    [child] = pool.children
    opened = {each.name: str(each.readlink()) for each in Path(f"/proc/{child.pid}/fd").iterdir()}

    assert sorted(opened) == ["0", "1", "2"]
    assert opened["0"].startswith("pipe:")
    assert opened["1"].startswith("pipe:")
    assert opened["2"] == "/dev/null"


@linux
def test_a_child_is_told_no_secret(make_pool, monkeypatch):
    monkeypatch.setenv("SCHATJE_SECRET_KEY", "secret-of-the-site")
    [child] = make_pool().children

    environment = Path(f"/proc/{child.pid}/environ").read_bytes()
    assert b"secret-of-the-site" not in environment
    assert b"SCHATJE" not in environment


def encoded(kind, width, height, **options):
    out = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 40)).save(out, kind, **options)
    return out.getvalue()


@linux
@pytest.mark.parametrize("kind", ["WEBP", "PNG", "JPEG"])
def test_the_largest_photo_stays_under_600_mb(kind, make_pool, words, status_of):
    pool = make_pool(job_seconds=60, confinement=Confinement(photo_cpu_s=60))
    [child] = pool.children
    side = int(PHOTO_LIMITS.max_pixels(kind) ** 0.5)
    photo = encoded(kind, side, side, **({"lossless": True} if kind == "WEBP" else {}))

    peak = 0
    try:
        assert pool.draw(words, "square", photo).data
    finally:
        if child.is_alive():
            peak = int(status_of(child.pid, "VmHWM").split()[0]) / 1024
    assert 100 < peak < 600_000_000 / 1024**2, f"{peak:.0f} MB"


@linux
def test_a_photo_that_needs_much_gets_the_room_that_cards_took(make_pool, words):
    pool = make_pool(job_seconds=60, confinement=Confinement(photo_cpu_s=60))
    for number in range(12):
        pool.draw(replace(words, amount=f"€ {number}"), "story")
    photo = io.BytesIO()
    Image.new("CMYK", (7_100, 7_100)).save(photo, "JPEG", progressive=True)

    assert pool.draw(words, "story", photo.getvalue()).whole_because


@linux
def test_a_photo_that_wants_more_memory_than_there_is_is_refused(make_pool, words):
    pool = make_pool(confinement=Confinement(memory_bytes=230_000_000), wait_seconds=60)

    with pytest.raises(PhotoRejected) as rejected:
        pool.draw(words, "square", encoded("WEBP", 4500, 4500, lossless=True))

    assert rejected.value.reason in ("too-many-pixels", "damaged", "crashed")
    assert pool.draw(words, "square").data, "the next visitor notices nothing"


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_filter_ends_in_a_refusal_and_jumps_stay_inside(machine):
    program = build_filter(machine)

    assert len(program) < 4096
    assert program[-1] == (0x06, 0, 0, 0x00050000 | 1)
    for place, (code, if_true, if_false, _operand) in enumerate(program):
        if code in (0x15, 0x35):
            assert place + 1 + max(if_true, if_false) < len(program)
