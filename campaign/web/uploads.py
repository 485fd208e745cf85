"""Uploads stay in memory, all together within bounds; none may hold a thread for long.

Werkzeug would write larger parts to an unlinked temporary file.
"""

from __future__ import annotations

import io
import threading
import time
from typing import IO, Any, Final

from flask import Flask, Request, g, request
from werkzeug.exceptions import RequestTimeout

from calculator.renderer.pool import RendererBusy

# In each worker: sixteen of the largest photos at once, with those that are still arriving.
MOST_BYTES: Final = 256 * 1024 * 1024
# 15 MB in two minutes is 1 Mbit/s; and a line that is silent this long has gone.
UPLOAD_SECONDS: Final = 120.0
SILENCE_SECONDS: Final = 20.0


class UploadBudget:
    """Counts the bytes of all uploads held at this moment."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self.held_bytes = 0

    def take(self, count: int) -> None:
        """Make room for more bytes; raises RendererBusy when there is none."""
        with self._lock:
            if self.held_bytes + count > self._most_bytes:
                raise RendererBusy
            self.held_bytes += count

    def give_back(self, count: int) -> None:
        """Forget bytes that are gone."""
        with self._lock:
            self.held_bytes -= count


BUDGET: Final = UploadBudget()


class Upload(io.BytesIO):
    """A file in memory that counts what it holds and how long it takes to come."""

    def __init__(self, budget: UploadBudget = BUDGET) -> None:
        super().__init__()
        self._budget = budget
        self._counted = 0
        self._deadline = time.monotonic() + UPLOAD_SECONDS

    def write(self, data: Any) -> int:
        """Take a piece; raises RendererBusy or RequestTimeout."""
        if time.monotonic() > self._deadline:
            raise RequestTimeout
        self._budget.take(len(data))
        self._counted += len(data)
        return super().write(data)

    def close(self) -> None:
        """Drop the bytes; may be called again."""
        self._budget.give_back(self._counted)
        self._counted = 0
        super().close()


class MemoryRequest(Request):
    """A request whose uploaded files never touch the disk (charter, rule 10)."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        upload = Upload()
        g.setdefault("uploads", []).append(upload)
        return upload


def _limit_silence() -> None:
    """Give up on a line that has gone silent in the middle of a body."""
    connection = request.environ.get("gunicorn.socket")
    if request.method == "POST" and connection is not None:
        connection.settimeout(SILENCE_SECONDS)


def _drop_uploads(error: BaseException | None) -> None:
    for upload in g.pop("uploads", []):
        upload.close()


def init_app(app: Flask) -> None:
    """Keep uploads in memory and drop them with their request."""
    app.request_class = MemoryRequest
    app.before_request(_limit_silence)
    app.teardown_request(_drop_uploads)
