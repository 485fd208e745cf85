"""Gunicorn's worker with threads, but for how it stops and what it answers by itself."""

from __future__ import annotations

import selectors
from typing import Any, cast

from flask import Flask
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from campaign.web.errors import answer_outside


class Worker(ThreadWorker):
    """Turn nobody away who came before the end; answer what cannot be read with a page of the site.

    Gunicorn's own page has none of the headers, repeats what was sent, calls an unknown transfer
    coding our failure (501), and writes the address into the log when something breaks.
    """

    def set_accept_enabled(self, enabled: bool | None) -> None:
        """When stopping, take whoever waits at the door, then shut it.

        Gunicorn leaves the door open until its cards are finished: whoever knocks meanwhile is let
        wait and then sent off, with nginx waiting too. At a shut door it asks elsewhere.
        Who knocks between the last look and the shutting is sent off all the same.
        """
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            with selectors.DefaultSelector() as door:
                door.register(listener, selectors.EVENT_READ)
                for _ in range(self.cfg.backlog):  # so many may wait; more come in a rush
                    if not door.select(0):
                        break
                    self.accept(listener)
            listener.close()
        self.sockets = []  # may be called again: told to stop while it had no room for more

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
