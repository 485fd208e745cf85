"""Witnesses of what a running site does with what it is sent; each alone could be escaped.

- the system, which counts every byte a process writes to any file, device or pipe (/proc/PID/io);
- the open files of every process, unlinked ones included;
- inotify on the folders where the server has its temporary files, its home and its place.
"""

from __future__ import annotations

import contextlib
import ctypes
import http.client
import os
import re
from pathlib import Path

from page import token_in

_NO_FILES = ("socket:", "pipe:", "anon_inode:", "/dev/null")


class Notifier:
    """Hears of every file made, opened for writing, written or renamed in some folders."""

    MODIFY, CLOSE_WRITE, MOVED_TO, CREATE = 0x2, 0x8, 0x80, 0x100

    def __init__(self, *folders):
        libc = ctypes.CDLL(None, use_errno=True)
        self._fd = libc.inotify_init1(os.O_NONBLOCK)
        assert self._fd >= 0
        wanted = self.MODIFY | self.CLOSE_WRITE | self.MOVED_TO | self.CREATE
        for folder in folders:
            for place in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
                assert libc.inotify_add_watch(self._fd, os.fsencode(place), wanted) >= 0

    def heard(self):
        try:
            return os.read(self._fd, 65536)
        except BlockingIOError:
            return b""

    def close(self):
        os.close(self._fd)


class WriteMeter:
    """Counts what the processes of a site write, wherever to; sockets are not counted.

    What they hand to a renderer over its pipe is taken off by what that renderer reads: it can
    open no file, so all it reads came from them. A renderer must live as long as the meter.
    """

    def __init__(self, site):
        self._site = site
        self._renderers = renderers(site)
        self._start = self._count()

    def _count(self):
        written = sum(_counter(process, "wchar") for process in self._site.web_processes())
        return written - sum(_counter(process, "rchar") for process in self._renderers)

    def written(self):
        assert renderers(self._site) == self._renderers, "a renderer was replaced: count again"
        return self._count() - self._start


def _counter(process, name):
    counters = Path(f"/proc/{process}/io").read_text()
    return int(re.search(rf"^{name}: (\d+)", counters, re.MULTILINE)[1])


def renderers(site):
    """List the processes in which a site draws cards."""
    return sorted(
        child
        for worker in site.workers()
        for task in Path(f"/proc/{worker}/task").iterdir()
        for child in map(int, _read(task / "children").split())
        if b"calculator.renderer.child" in _read(Path(f"/proc/{child}/cmdline"))
    )


def _read(path):
    try:
        return path.read_bytes()
    except (FileNotFoundError, ProcessLookupError):  # a thread or process that ended meanwhile
        return b""


def open_files(site):
    """Name the files that the processes of a site may write into, the nameless ones included.

    By name alone: a renderer that starts holds its maker's files for a moment, and opens others to
    read them.
    """
    found = set()
    for process in site.processes():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            for link in Path(f"/proc/{process}/fd").iterdir():
                if (target := _written_to(process, link)) is not None:
                    found.add(target)
    return found


def _written_to(process, link):
    try:
        target = str(link.readlink())
        flags = Path(f"/proc/{process}/fdinfo/{link.name}").read_text()
    except FileNotFoundError:  # closed meanwhile
        return None
    mode = int(re.search(r"^flags:\s*(\d+)", flags, re.MULTILINE)[1], 8) & os.O_ACCMODE
    return None if mode == os.O_RDONLY or target.startswith(_NO_FILES) else target


def fetch_form(site):
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    connection.request("GET", "/nl/foto")
    response = connection.getresponse()
    page = response.read().decode()
    connection.close()
    return token_in(page), response.headers["Set-Cookie"].partition(";")[0]


def segments_of(jpeg):
    """List the markers up to the picture, and what stands after its end."""
    place, found = 2, []
    while jpeg[place + 1] != 0xDA:
        found.append(jpeg[place + 1])
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    end = jpeg.index(b"\xff\xd9", place)
    return set(found), jpeg[end + 2 :]
