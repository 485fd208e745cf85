"""A hostile crowd on loopback: slow readers, trickling bodies, bombs, words nobody knows."""

from __future__ import annotations

import http.client
import io
import itertools
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Final

from PIL import Image
from visiting import BOUNDARY, Visitor, form_headers, trickling

SLOW: Final = 60  # readers, and as many trickling bodies
_LARGEST: Final = "/downloads/press-kit.zip"
_BODY_BYTES: Final = 8_000_000
_PAUSE_SECONDS: Final = 0.05


@contextmanager
def hostile_crowd(port: int) -> Iterator[Counter[str]]:
    """Keep slow connections open, and send what costs most, until the block ends.

    Yields how often each answer came, by what was sent.
    """
    came: Counter[str] = Counter()
    enough = threading.Event()
    numbers = itertools.count()
    bomb = _bomb()

    def unknown_word(visitor: Visitor) -> int:
        return visitor.ask(f"/nl/bronnen?region=x{next(numbers)}").status

    def body_nobody_wants(visitor: Visitor) -> int:
        return visitor.ask("/nl/hulp", "PUT", bytes(_BODY_BYTES)).status

    def bomb_as_photo(visitor: Visitor) -> int:
        if not visitor.token:
            visitor.open_form()
        return visitor.ask("/nl/foto", "POST", visitor.form(bomb), form_headers()).status

    def keep_on(act: Callable[[Visitor], int], address: str) -> None:
        visitor = Visitor(port, address)
        while not enough.wait(_PAUSE_SECONDS):
            try:
                came[f"{act.__name__}: {act(visitor)}"] += 1
            except (OSError, http.client.HTTPException):
                came[f"{act.__name__}: refused"] += 1  # the line was closed on what it sent

    acts = [unknown_word, body_nobody_wants, bomb_as_photo]
    threads = [
        threading.Thread(target=keep_on, args=(act, f"127.{150 + number}.1.1"), daemon=True)
        for number, act in enumerate(acts)
    ]
    with ExitStack() as stack:
        stack.enter_context(
            trickling(port, [(f"127.0.{50 + n % 10}.1", _begin()) for n in range(SLOW)])
        )
        for number in range(SLOW):
            stack.enter_context(_slow_reader(port, f"127.0.{60 + number % 10}.1"))
        for thread in threads:
            thread.start()
        try:
            yield came
        finally:
            enough.set()
            for thread in threads:
                thread.join(60)


def _begin() -> bytes:
    return (
        "POST /nl/foto HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n--of"
    ).encode()


def _slow_reader(port: int, address: str) -> socket.socket:
    """Return a connection that asked for the largest file and takes 2 kB of it."""
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    reader.bind((address, 0))
    reader.settimeout(10)
    with suppress(OSError):
        reader.connect(("127.0.0.1", port))
        reader.sendall(f"GET {_LARGEST} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    return reader


def _bomb() -> bytes:
    """Return a PNG of a few kilobytes that is 36 megapixels, the most that is read."""
    out = io.BytesIO()
    Image.new("L", (6000, 6000)).save(out, "PNG")
    return out.getvalue()
