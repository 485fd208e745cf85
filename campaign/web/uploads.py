"""Keep uploads in memory, with a limit on all of them together.

Werkzeug would write larger files to an unlinked temporary file.
"""

import io
import threading
from typing import IO, Any, Final

from flask import Flask, Request, g

from calculator.renderer.pool import RendererBusy

# For each worker: sixteen of the largest photos, those still arriving included.
MOST_BYTES: Final = 256 * 1024 * 1024


class UploadBudget:
    """Counts the bytes of all uploads now in memory."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self.held_bytes = 0

    def take(self, count: int) -> None:
        """Count more bytes; raises RendererBusy when they exceed the limit."""
        with self._lock:
            if self.held_bytes + count > self._most_bytes:
                raise RendererBusy
            self.held_bytes += count

    def give_back(self, count: int) -> None:
        """Subtract freed bytes."""
        with self._lock:
            self.held_bytes -= count


BUDGET: Final = UploadBudget()


class Upload(io.BytesIO):
    """A file in memory that counts its bytes in the budget."""

    def __init__(self, budget: UploadBudget = BUDGET) -> None:
        super().__init__()
        self._budget = budget
        self._counted = 0

    def write(self, data: Any) -> int:
        """Append bytes; raises RendererBusy above the budget."""
        self._budget.take(len(data))
        self._counted += len(data)
        return super().write(data)

    def read(self, size: int | None = -1, /) -> bytes:
        """Return what is left; the whole file without a copy of it."""
        if self.tell() or (size is not None and size >= 0):
            return super().read(size)
        self.seek(0, io.SEEK_END)
        return self.getvalue()

    def close(self) -> None:
        """Free the bytes; may be called again."""
        self._budget.give_back(self._counted)
        self._counted = 0
        super().close()


class MemoryRequest(Request):
    """A request whose uploaded files are never written to disk (charter, rule 10)."""

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


def _drop_uploads(error: BaseException | None) -> None:
    for upload in g.pop("uploads", []):
        upload.close()


def init_app(app: Flask) -> None:
    """Keep uploads in memory and free them at the end of their request."""
    app.request_class = MemoryRequest
    app.teardown_request(_drop_uploads)
