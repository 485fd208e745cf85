"""Notice every file that a program creates, also one that is deleted at once."""

from __future__ import annotations

import ctypes
import os
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

_CREATE = 0x100
_MOVED_TO = 0x80
_MODIFY = 0x2
_NONBLOCK = 0o4000
_EVENT = struct.Struct("iIII")
# Memory and devices: writing there leaves nothing on disk.
_NO_DISK = ("/dev/", "/proc/", "/sys/", "/memfd:", "anon_inode:", "socket:", "pipe:")


@contextmanager
def watching(
    folders: Sequence[Path], processes: Callable[[], Sequence[int]]
) -> Iterator[list[str]]:
    """Return a list to which files created in folders or open for writing in processes are added.

    The kernel reports what happens in the folders (inotify), also for a file unlinked at once.
    Open files, unlinked ones too, are looked up every 4 ms. The list is complete, and empty where
    nothing was found, when the block has ended.
    """
    found: list[str] = []
    libc = ctypes.CDLL(None, use_errno=True)
    number = libc.inotify_init1(_NONBLOCK)
    if number < 0:
        raise OSError(ctypes.get_errno(), "inotify is not available")
    for folder in folders:
        watch = libc.inotify_add_watch(number, os.fsencode(folder), _CREATE | _MOVED_TO | _MODIFY)
        if watch < 0:
            raise OSError(ctypes.get_errno(), f"{folder} cannot be watched")
    enough = threading.Event()
    thread = threading.Thread(target=_look, args=(number, processes, found, enough), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        enough.set()
        thread.join(5)
        _read_events(number, found)
        os.close(number)


def _look(
    number: int,
    processes: Callable[[], Sequence[int]],
    found: list[str],
    enough: threading.Event,
) -> None:
    pids: Sequence[int] = ()
    rounds = 0
    while not enough.wait(0.004):
        _read_events(number, found)
        if rounds % 50 == 0:
            pids = processes()
        rounds += 1
        for pid in pids:
            with suppress(OSError):
                _look_at(pid, found)


def _read_events(number: int, found: list[str]) -> None:
    with suppress(BlockingIOError):
        while data := os.read(number, 65536):
            place = 0
            while place < len(data):
                _watch, _mask, _cookie, length = _EVENT.unpack_from(data, place)
                place += _EVENT.size
                name = data[place : place + length].rstrip(b"\0").decode(errors="replace")
                place += length
                found.append(f"made or written in a watched folder: {name}")


def _look_at(pid: int, found: list[str]) -> None:
    for each in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            target = str(each.readlink())
            if target.startswith(_NO_DISK) or not target.startswith("/"):
                continue
            flags = Path(f"/proc/{pid}/fdinfo/{each.name}").read_text(encoding="ascii")
            mode = int(flags.split("flags:")[1].split()[0], 8) & 0o3
            if mode:
                found.append(f"process {pid} has {target} open for writing")
