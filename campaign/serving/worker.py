"""Gunicorn's threaded worker, with time limits, and other ways to stop, hang up and say no."""

import selectors
import socket
import time
from collections import deque
from functools import partial
from typing import Any, Final, cast

from flask import Flask
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from campaign.web.errors import answer_outside

# How long a visitor who was answered may take to hang up.
LINGER_SECONDS: Final = 2.0
# 15 MB in two minutes is 1 Mbit/s. A connection silent for 20 seconds counts as lost.
BODY_SECONDS: Final = 120.0
SILENCE_SECONDS: Final = 20.0


class BodyLine:
    """A connection while a body comes over it: raises TimeoutError when that takes too long.

    With each piece, however small: whoever sends a byte now and then would hold a thread for days.
    """

    def __init__(self, sock: socket.socket, seconds: float, silence: float) -> None:
        self._sock, self._silence = sock, silence
        self._ends = time.monotonic() + seconds

    def recv(self, count: int) -> bytes:
        """Return what has come, at most so many bytes."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(min(left, self._silence))
        return self._sock.recv(count)


class Worker(ThreadWorker):
    """Answers every connection made before the stop, and unreadable requests with the site's page.

    Gunicorn's own error page lacks our headers, quotes the request, answers 501 to an unknown
    transfer coding, and logs the visitor's address when something breaks.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._leaving: deque[Any] = deque()  # answered, still open; the first to come goes first

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

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a request, whose body must come in time."""
        source = conn.parser.unreader
        source.sock = BodyLine(conn.sock, BODY_SECONDS, SILENCE_SECONDS)
        try:
            return super().handle_request(req, conn)
        finally:
            source.sock = conn.sock
            conn.sock.settimeout(None)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Hang up after the last answer without waiting for the visitor to do so.

        Gunicorn waits, up to 2 s, on the one thread that accepts everyone: a few slow readers would
        keep all others out. Here the connection is looked at again when it has something to say.
        """
        try:
            goes_on = not fs.cancelled() and fs.result()
        except Exception:  # noqa: BLE001 - gunicorn's own way to end it
            goes_on = True
        if goes_on:
            super().finish_request(conn, fs)
            return
        conn.timeout = time.monotonic() + LINGER_SECONDS
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._drain, conn))
        except (OSError, ValueError):
            self._hang_up(conn)  # the visitor has done so
        else:
            self._leaving.append(conn)

    def murder_keepalived(self, force: bool = False) -> None:  # noqa: FBT002 - gunicorn calls it so
        """Close connections that were kept too long, answered ones among them."""
        super().murder_keepalived(force)  # type: ignore[call-arg]
        while self._leaving and (force or self._leaving[0].timeout <= time.monotonic()):
            self._let_go(self._leaving[0])

    def _drain(self, conn: Any, client: Any) -> None:
        """Read what still comes, unread, which would reset the connection; close at its end."""
        try:
            more = client.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        if not more:
            self._let_go(conn)

    def _let_go(self, conn: Any) -> None:
        self._leaving.remove(conn)
        self.poller.unregister(conn.sock)
        self._hang_up(conn)

    def _hang_up(self, conn: Any) -> None:
        self.nr_conns -= 1
        conn.close()

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
