"""Start the site with `schatje serve` on this machine, and build a visitor's requests."""

from __future__ import annotations

import contextlib
import io
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

WORKERS: Final = 2
HOST: Final = "127.0.0.1"
_COMMAND: Final = Path(sys.executable).with_name("schatje")
# Two workers draw all cards ahead; on a busy machine that takes minutes.
_START_SECONDS: Final = 400
_DRAWN: Final = "cards drawn ahead"


@dataclass(frozen=True)
class Site:
    """The site on a port of this machine."""

    port: int

    def page(self, path: str) -> bytes:
        """Return the request for a page, as a browser sends it."""
        return (
            f"GET {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nAccept: text/html\r\n"
            "Accept-Encoding: br, gzip\r\nConnection: close\r\n\r\n"
        ).encode()

    def card(self, photo: bytes) -> bytes:
        """Return the request for a card with a photo; fetches the form for its token."""
        form = f"http://{HOST}:{self.port}/nl/foto"
        with urllib.request.urlopen(form, timeout=30) as answer:
            cookie = answer.headers["Set-Cookie"].partition(";")[0]
            page = answer.read().decode()
        token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[0]
        fields = {
            "region": "BE",
            "period": "1y",
            "consent": "y",
            "csrf_token": token,
            "photo": FileStorage(io.BytesIO(photo), "x.jpg", content_type="image/jpeg"),
        }
        boundary, body = encode_multipart(fields)
        return (
            f"POST /nl/foto HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nAccept: image/jpeg\r\n"
            f"Cookie: {cookie}\r\nReferer: {form}\r\nConnection: close\r\n"
            f"Content-Type: multipart/form-data; boundary={boundary}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode() + body


@contextlib.contextmanager
def serve_site() -> Iterator[Site]:
    """Serve until the block ends; yield the site once it has drawn its cards ahead."""
    with tempfile.TemporaryDirectory(prefix="schatje-load-") as folder:
        log = Path(folder, "log")
        site = Site(_free_port())
        clean = {key: text for key, text in os.environ.items() if not key.startswith("SCHATJE_")}
        settings = {
            "SCHATJE_CARD_LIMIT": "1000000 per minute",  # all visitors here have one address
            "SCHATJE_STATE": f"{folder}/state",
            "PYTHONUNBUFFERED": "1",
        }
        with log.open("wb") as out:
            process = subprocess.Popen(
                [_COMMAND, "serve", "--port", str(site.port), "--workers", str(WORKERS)],
                env=clean | settings,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            _wait_until_ready(process, log)
            yield site
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while _DRAWN not in log.read_text(encoding="utf-8"):  # one worker draws for all
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(
                f"the site did not start:\n{log.read_text(encoding='utf-8')[-2000:]}"
            )
        time.sleep(0.2)
