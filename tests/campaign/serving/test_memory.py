"""What of a visitor could outlast the answer: cores, freed memory, folders of a killed instance."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from served_site import SERVE_QUIETLY

from campaign.serving import memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these are Linux's")


def limit_of(pid, name):
    for line in Path(f"/proc/{pid}/limits").read_text().splitlines():
        if line.startswith(name):
            return line[26:].split()[:2]
    return None


def test_no_process_of_the_site_may_dump_its_memory(running_site):
    for pid in running_site.processes():
        assert limit_of(pid, "Max core file size") == ["0", "0"]


GROWS = """
import sys, threading
from pathlib import Path
from campaign.serving.memory import give_memory_back
give_memory_back()
def used():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
def receive():
    for _ in range(10):
        photo = bytearray()
        for _ in range(60):
            photo += bytes(250_000)
before = used()
threads = [threading.Thread(target=receive) for _ in range(16)]
[each.start() for each in threads]
[each.join() for each in threads]
print(used() - before)
"""


def test_memory_of_photos_is_given_back():
    """Sixteen threads that each received ten photos: otherwise some 60 MB stay."""
    done = subprocess.run([sys.executable, "-c", GROWS], capture_output=True, check=True)

    assert int(done.stdout) < 20_000_000


def test_folders_in_memory_end_with_their_instance_or_with_the_next(monkeypatch, tmp_path):
    monkeypatch.setattr(memory, "SHARED_MEMORY", tmp_path)
    with memory.folder_in_memory("a-") as folder, memory.folder_in_memory("a-") as other:
        assert folder.is_dir(), "one in use stays"
        left = tmp_path / "a-left"
        left.mkdir()
        (left / ".in-use").touch()
        with memory.folder_in_memory("b-"):
            assert left.is_dir()
        with memory.folder_in_memory("a-"):
            assert not left.exists()
        assert folder.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == []
    assert not other.exists()


def test_a_worker_that_ends_takes_no_folder_with_it(start_site, tmp_path, wait_until):
    site = start_site(folder=tmp_path, command=SERVE_QUIETLY)
    worker = site.workers()[0]
    [held] = {
        path.parent
        for path in memory.SHARED_MEMORY.glob("schatje-cards-*/.in-use")
        if str(path) in opened_by(site.process.pid)
    }

    os.kill(worker, signal.SIGTERM)
    wait_until(lambda: worker not in site.workers() and len(site.workers()) == 2, 60)

    assert held.is_dir()


def opened_by(pid):
    found = []
    for each in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.append(str(each.readlink()))
        except FileNotFoundError:
            continue
    return found
