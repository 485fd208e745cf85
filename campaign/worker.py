"""Gunicorn's worker with threads, except for what it answers by itself."""

from __future__ import annotations

from typing import Any, cast

from flask import Flask
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from campaign.errors import answer_outside


class Worker(ThreadWorker):
    """Answer a request that cannot be read with the site's own page.

    Gunicorn's has none of the headers, repeats what was sent, calls an unknown transfer coding our
    failure (501), and writes the address asked for into the log when something breaks.
    """

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Say that the request could not be read, or that something broke here."""
        response = answer_outside(cast("Flask", self.app.wsgi()), exc)
        lines = [f"HTTP/1.1 {response.status}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in response.headers]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        try:
            write_nonblock(client, head + response.get_data())
        except OSError:
            return  # nobody there any more
