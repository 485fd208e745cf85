"""Gunicorn's threaded worker, with another way to stop and other error answers."""

import selectors
from typing import Any, cast

from flask import Flask
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from campaign.web.errors import answer_outside


class Worker(ThreadWorker):
    """Answers every connection made before the stop, and unreadable requests with the site's page.

    Gunicorn's own error page lacks our headers, quotes the request, answers 501 to an unknown
    transfer coding, and logs the visitor's address when something breaks.
    """

    def set_accept_enabled(self, enabled: bool | None) -> None:
        """When stopping, accept the connections that wait, then close the listening socket.

        Gunicorn keeps it open until running cards are finished: new connections wait, and are
        reset at the end. Once it is closed, nginx asks the next instance at once. A connection
        made between the last look and the close is still reset.
        """
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            with selectors.DefaultSelector() as selector:
                selector.register(listener, selectors.EVENT_READ)
                for _ in range(self.cfg.backlog):  # the most that can wait, so that this ends
                    if not selector.select(0):
                        break
                    self.accept(listener)
            listener.close()
        self.sockets = []  # gunicorn may call this again

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer with the site's page for 400 or 500."""
        response = answer_outside(cast("Flask", self.app.wsgi()), exc)
        lines = [f"HTTP/1.1 {response.status}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in response.headers]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        try:
            write_nonblock(client, head + response.get_data())
        except OSError:
            return  # the client has closed the connection
