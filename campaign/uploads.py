"""Uploads stay in memory: werkzeug would write larger parts to an unlinked temporary file."""

from __future__ import annotations

import io
from typing import IO

from flask import Request


class MemoryRequest(Request):
    """A request whose uploaded files never touch the disk (charter, rule 10)."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return io.BytesIO()
