"""Visitors for the tests of scale: they send requests from loopback addresses of their own."""

from __future__ import annotations

import http.client
import io
import re
import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

PAGES = ("/nl/", "/fr/", "/nl/hulp", "/de/methode", "/nl/resultaat/BE/1y", "/en/faq", "/nl/bereken")
TIMEOUT_SECONDS = 30.0
CARDS_OF_ONE_NETWORK = 20
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
BOUNDARY = "of-the-tests-of-scale"


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_shed(self) -> bool:
        """Return whether the site itself, not nginx, answers that it has too many cards to draw."""
        policy = self.headers.get("content-security-policy", "")
        return self.status == 503 and "form-action 'self'" in policy

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode(errors="replace")


@dataclass
class Visitor:
    """A visitor with an address of 127.0.0.0/8 (all are this machine), a cookie and a token."""

    port: int
    address: str = "127.0.0.1"
    cookie: str = ""
    token: str = ""

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | Iterator[bytes] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send a request on a new connection; raises OSError or HTTPException."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, TIMEOUT_SECONDS, source_address=(self.address, 0)
        )
        try:
            sent = {"Cookie": self.cookie} if self.cookie else {}
            connection.request(method, path, body, sent | (headers or {}))
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            if "set-cookie" in found:
                self.cookie = found["set-cookie"].partition(";")[0]
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def open_form(self, path: str = "/nl/foto") -> None:
        """Open the page that sends a photo and keep the token of its form."""
        found = TOKEN.search(self.ask(path).text)
        assert found is not None, "no token in the form"  # noqa: S101 - the page always has one
        self.token = found[1]

    def send_form(
        self, path: str = "/nl/foto", photo: bytes | None = None, tries: int = 1
    ) -> Answer:
        """Send the form and return the answer, a JPEG; retry while the site says it is busy."""
        body = self.form(photo)
        answer = self.ask(path, "POST", body, form_headers())
        for _ in range(tries - 1):
            if not answer.is_shed:
                break
            time.sleep(1)
            answer = self.ask(path, "POST", body, form_headers())
        return answer

    def form(self, photo: bytes | None = None) -> bytes:
        """Return the form as a browser sends it."""
        fields: dict[str, str | FileStorage] = {
            "region": "BE",
            "period": "1y",
            "csrf_token": self.token,
        }
        if photo is not None:
            fields["consent"] = "y"
            fields["photo"] = FileStorage(io.BytesIO(photo), "a.jpg", content_type="image/jpeg")
        return encode_multipart(fields, BOUNDARY)[1]


def form_headers() -> dict[str, str]:
    """Return the headers of the form that ask for the card alone."""
    return {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Accept": "image/jpeg"}


@dataclass
class Crowd:
    """Visitors who send requests until the block ends; counts answers and times."""

    port: int
    paths: Sequence[str] = PAGES
    visitors: int = 4
    pause_seconds: float = 0.05
    photo: bytes | None = None
    # Each visitor of a crowd has a network of its own from here on: 127.100, 127.101 and so on.
    network: int = 100
    statuses: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    _enough: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def visiting(self, most_seconds: float = 180.0) -> Iterator[Crowd]:
        """Send requests while the block runs."""
        threads = [
            threading.Thread(target=self._visit, args=(number, most_seconds), daemon=True)
            for number in range(self.visitors)
        ]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._enough.set()
            for thread in threads:
                thread.join(TIMEOUT_SECONDS + 5)

    def _visit(self, number: int, most_seconds: float) -> None:
        visitor = Visitor(self.port, f"127.{self.network + number}.1.1")
        end = time.monotonic() + most_seconds
        count = number
        while not self._enough.is_set() and time.monotonic() < end:
            path = self.paths[count % len(self.paths)]
            count += 1
            began = time.monotonic()
            try:
                if self.photo is None:
                    answer = visitor.ask(path)
                else:
                    if count % CARDS_OF_ONE_NETWORK == 0:  # below any limit
                        visitor.address = f"127.{self.network + number}.{count % 250}.1"
                    if not visitor.token:
                        visitor.open_form()
                    path = "a card with a photo"
                    answer = visitor.send_form(photo=self.photo)
            except (OSError, http.client.HTTPException) as error:
                self.statuses[type(error).__name__] += 1
                self.failures.append(f"{path}: {type(error).__name__} {error}")
            else:
                self.statuses[str(answer.status)] += 1
                # A busy machine may refuse cards, but never pages.
                if answer.status != 200 and not (self.photo is not None and answer.is_shed):
                    self.failures.append(f"{path}: {answer.status}")
            self.seconds.append(time.monotonic() - began)
            self._enough.wait(self.pause_seconds)

    def summary(self) -> str:
        """Return counts and times in one line."""
        counts = ", ".join(f"{count} × {status}" for status, count in sorted(self.statuses.items()))
        return f"{counts}; {percentiles(self.seconds)}"


def percentiles(seconds: Sequence[float]) -> str:
    """Return the median, the 95th percentile and the maximum of some times, in milliseconds."""
    if len(seconds) < 2:
        return "too few to say"
    cut = statistics.quantiles(seconds, n=20)
    return (
        f"p50 {cut[9] * 1000:.0f} ms, p95 {cut[18] * 1000:.0f} ms, max {max(seconds) * 1000:.0f} ms"
    )


@contextmanager
def trickling(port: int, requests: Sequence[tuple[str, bytes]]) -> Iterator[list[socket.socket]]:
    """Open connections that each send a beginning, then a byte every half second.

    Each request is the address to send from and the bytes to send at once.
    """
    opened: list[socket.socket] = []
    enough = threading.Event()

    def trickle() -> None:
        while not enough.wait(0.5):
            for each in opened:
                with suppress(OSError):
                    each.send(b"x")

    thread = threading.Thread(target=trickle, daemon=True)
    try:
        for address, start in requests:
            each = socket.create_connection(
                ("127.0.0.1", port), TIMEOUT_SECONDS, source_address=(address, 0)
            )
            each.sendall(start)
            each.setblocking(False)
            opened.append(each)
        thread.start()
        yield opened
    finally:
        enough.set()
        if thread.is_alive():
            thread.join(2)
        for each in opened:
            each.close()
