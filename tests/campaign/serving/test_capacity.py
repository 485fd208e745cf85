"""The production server by itself, without nginx: pages while cards wait, slow lines, what it says.

No time is measured; what must not wait fails by the patience of its own connection.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import threading
from pathlib import Path

import pytest
from served_site import SERVE_QUIETLY
from werkzeug.test import encode_multipart
from witnesses import fetch_form, renderers

from campaign.cards.renderer import cores

# A page takes milliseconds. A server that lets it wait for cards or slow lines takes minutes.
PATIENCE_SECONDS = 25
PAGES = ("/nl/", "/fr/faq", "/nl/resultaat/BE/1y", "/de/hilfe", "/nl/bereken", "/healthz")
UPLOAD = b"multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n--b\r\n"
SLOW_STARTS = [
    b"GET /nl/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    b"POST /nl/foto HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + UPLOAD,
    b"",
]


def ask(site, path, method="GET", body=None, headers=None, sent=lambda: None):
    """Return status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE_SECONDS)
    try:
        connection.request(method, path, body, headers or {})
        sent()
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def form_of(site, photo):
    """Return body and headers of a form that asks for the card alone."""
    token, cookie = fetch_form(site)
    fields = {"region": "BE", "period": "1y", "consent": "y", "csrf_token": token}
    boundary, body = encode_multipart(fields)
    part = 'Content-Disposition: form-data; name="photo"; filename="x.jpg"'
    body = f"--{boundary}\r\n{part}\r\n\r\n".encode() + photo + b"\r\n" + body
    content_type = f'multipart/form-data; boundary="{boundary}"'
    return body, {"Content-Type": content_type, "Cookie": cookie, "Accept": "image/jpeg"}


def test_pages_are_answered_while_every_renderer_is_busy_and_cards_wait(
    start_site, tmp_path, portrait_jpeg, wait_until
):
    settings = {"SCHATJE_RENDERERS": "1", "SCHATJE_CARD_LIMIT": "1000 per minute"}
    site = start_site(folder=tmp_path, command=SERVE_QUIETLY, settings=settings)
    wait_until(lambda: len(renderers(site)) == 2, 60)
    body, headers = form_of(site, portrait_jpeg)
    for renderer in renderers(site):
        os.kill(renderer, signal.SIGSTOP)
    all_sent, came = threading.Semaphore(0), []

    def post():
        with contextlib.suppress(OSError, http.client.HTTPException):  # counted below
            came.append(ask(site, "/nl/foto", "POST", body, headers, all_sent.release))

    cards = [threading.Thread(target=post, daemon=True) for _ in range(24)]
    for card in cards:
        card.start()
    for _ in cards:
        assert all_sent.acquire(timeout=PATIENCE_SECONDS)

    assert [ask(site, path)[0] for path in PAGES] == [200] * len(PAGES)

    for card in cards:
        card.join(2 * PATIENCE_SECONDS)
    assert len(came) == len(cards), "none was reset, none forgotten"
    codes = [status for status, _headers, _body in came]
    assert 503 in codes
    for status, told, page in came:
        assert status in (200, 400, 503)
        assert status == 200 or b"</html>" in page
        assert status != 503 or int(told["Retry-After"]) > 0


def test_sixty_trickling_connections_keep_nobody_waiting(running_site, portrait_jpeg):
    slow = [running_site.connect() for _ in range(60)]
    try:
        for number, each in enumerate(slow):
            each.sendall(SLOW_STARTS[number % len(SLOW_STARTS)])

        assert [ask(running_site, path)[0] for path in PAGES] == [200] * len(PAGES)
        body, headers = form_of(running_site, portrait_jpeg)
        assert ask(running_site, "/nl/foto", "POST", body, headers)[0] == 200

        for each in slow:
            each.settimeout(0)
        waiting = [each for each in slow if is_waiting(each)]
        assert len(waiting) >= 40, "the slow ones were there all the while"
    finally:
        for each in slow:
            each.close()


def is_waiting(connection):
    try:
        connection.recv(1)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def test_as_many_renderers_run_as_there_are_cores(running_site, wait_until):
    workers = len(running_site.workers())

    wait_until(lambda: len(renderers(running_site)) == workers * max(1, cores() // workers), 60)


def test_a_line_of_the_log_holds_what_was_decided_and_nothing_else(running_site, wait_until):
    running_site.said()
    secrets = {"User-Agent": "qzx-agent", "Referer": "http://qzx.example/", "Cookie": "form=qzx",
               "X-Forwarded-For": "198.51.100.77"}  # fmt: skip

    assert ask(running_site, "/nl/faq?q=qzx-query", headers=secrets)[0] == 200
    assert ask(running_site, "/qzx-address", headers=secrets)[0] == 404
    assert ask(running_site, "/nl/foto", "POST", b"qzx", secrets)[0] == 400

    heard = []
    wait_until(lambda: heard.append(running_site.said()) or "size=1kB" in "".join(heard))
    said = "".join(heard)
    assert not re.search(r"qzx|198\.51|127\.0", said)
    # Other tests of this site may have left a slow line that is answered now.
    lines = re.findall(r"^.*(?:route=/nl/faq|status=404|size=1kB).*$", said, re.MULTILINE)
    start = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} INFO"
    expected = [
        rf"{start} method=GET route=/nl/faq status=200 ms=\d+ size=none reason=-",
        rf"{start} method=GET route=- status=404 ms=\d+ size=none reason=-",
        rf"{start} method=POST route=/nl/foto status=400 ms=\d+ size=1kB reason=-",
    ]
    assert len(lines) == len(expected)
    for line, pattern in zip(lines, expected, strict=True):
        assert re.fullmatch(pattern, line)


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="memory as files is Linux's")  # noqa: S108
def test_heartbeats_are_in_memory_and_nothing_listens_but_the_site(running_site):
    fds = []
    for process in running_site.web_processes():
        for link in Path(f"/proc/{process}/fd").iterdir():
            with contextlib.suppress(FileNotFoundError):  # closed meanwhile
                fds.append(str(link.readlink()))
    assert [each for each in fds if each.startswith("/dev/shm/wgunicorn-")]  # noqa: S108
    own = {each.removeprefix("socket:[").removesuffix("]") for each in fds if "socket:" in each}
    tables = Path(f"/proc/{running_site.process.pid}/net")
    unix = [line.split() for line in (tables / "unix").read_text().splitlines()[1:]]
    listening = [line for line in unix if line[3] == "00010000" and line[6] in own]
    assert listening == [], "a socket of control"
    tcp = [line.split() for line in (tables / "tcp").read_text().splitlines()[1:]]
    ports = {int(line[1].partition(":")[2], 16) for line in tcp
             if line[3] == "0A" and line[9] in own}  # fmt: skip
    assert ports == {running_site.port}
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.2", running_site.port), timeout=5)
