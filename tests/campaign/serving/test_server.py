"""The production server: what it makes of requests that no browser would send."""

from __future__ import annotations

import http.client
import re
import socket
import time

import pytest

from campaign.web.headers import HEADERS

POST = "POST /nl/foto HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
FORM = "Content-Type: multipart/form-data; boundary=b\r\n"
GET = "GET /nl/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"


@pytest.fixture
def send(running_site):
    """Return a function that sends bytes as they are and gives status and body of the answer."""

    def send_it(head, body=b"", *, ends=True):
        with running_site.connect() as connection:
            try:
                connection.sendall(head.encode("latin-1") + b"\r\n" + body)
                if ends:
                    connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # the server may answer and hang up before all is sent, as a browser knows
            response = http.client.HTTPResponse(connection)
            response.begin()
            return response.status, response.read().decode(errors="replace")

    return send_it


@pytest.mark.parametrize(
    ("path", "too_large"),
    [("/nl/foto", "te groot"), ("/fr/photo", "trop lourde"), ("/de/foto", "zu groß"),
     ("/en/photo", "too large")],
)  # fmt: skip
def test_a_claim_of_100_gb_gets_a_page_at_once(path, too_large, send):
    began = time.monotonic()
    head = (POST + FORM).replace("/nl/foto", path)

    status, page = send(head + "Content-Length: 100000000000\r\n", ends=False)

    assert status == 413
    assert too_large in re.search("<h1>(.*)</h1>", page)[1]
    assert "15" in page
    assert time.monotonic() - began < 20, "it did not wait for more"


def test_a_body_over_the_limit_gets_a_page_while_it_is_still_sent(send):
    status, page = send(POST + FORM + "Content-Length: 20000000\r\n", bytes(20_000_000))

    assert status == 413
    assert "</html>" in page


@pytest.mark.parametrize(
    "body",
    [
        b"zz\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhelloXX0\r\n\r\n",
        b"5\r\nhel",
        b"-1\r\n",
        b"",
        b"fffffffffffffffff\r\nx",
    ],
)
def test_a_body_in_broken_pieces_is_the_senders_mistake(body, send, running_site):
    running_site.said(0)

    status, page = send(POST + FORM + "Transfer-Encoding: chunked\r\n", body)

    assert status == 400
    assert "<h1>" in page
    assert "unexpected" not in running_site.said()


def test_a_body_that_ends_too_soon_is_the_senders_mistake(send):
    status, page = send(POST + FORM + "Content-Length: 5000\r\n", b"--b\r\n")

    assert status == 400
    assert "<h1>" in page


@pytest.mark.parametrize(("megabytes", "expected"), [(15, 400), (16, 413), (40, 413)])
def test_a_photo_in_pieces_is_limited_as_well(megabytes, expected, send):
    start = b'--b\r\nContent-Disposition: form-data; name="photo"; filename="x.jpg"\r\n\r\n'
    pieces = [start, *[bytes(0x100000)] * megabytes, b"\r\n--b--\r\n", b""]
    body = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    german = (POST + FORM).replace("/nl/foto", "/de/foto")

    status, page = send(german + "Transfer-Encoding: chunked\r\n", body)

    assert status == expected, "without its token the form comes back"
    assert '<html lang="de"' in page
    assert "15" in page


@pytest.mark.parametrize(
    "header",
    [
        "SCRIPT_NAME: /evil.example",
        "PATH_INFO: /nowhere",
        "Script-Name: /evil.example",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: evil.example",
        "Forwarded: host=evil.example",
        "Upgrade: h2c",
        "Range: bytes=-1",
        "Cookie: " + "a=b; " * 1000,
    ],
)
def test_a_header_changes_nothing_of_a_page(header, send):
    plain = send(GET)

    assert plain[0] == 200
    assert send(f"{GET}{header}\r\n") == plain


@pytest.mark.parametrize(
    "head",
    [
        "GET\r\n",
        "GET /nl/ HTTP/9.9\r\n",
        "BREW /nl/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n",
        "GET http://evil.example/nl/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n",
        "GET * HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n",
        "GET /" + "a" * 9000 + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n",
        "GET /nl/%FF%00%0d%0a?\xff HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n",
        GET + "Transfer-Encoding: gzip\r\n",
        GET + "Transfer-Encoding: banana\r\n",
        GET + "Content-Length: -5\r\n",
        GET + "Content-Length: x\r\n",
        GET + "Expect: banana\r\n",
        GET + "".join(f"X-{number}: y\r\n" for number in range(150)),
        GET + "X-Long: " + "y" * 20_000 + "\r\n",
        "GET /nl/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n",
        "GET /nl/ HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n",
    ],
)
def test_nothing_that_is_sent_is_the_servers_mistake(head, send, running_site):
    running_site.said(0)

    status, page = send(head)

    assert status < 500
    assert "Traceback" not in page
    assert "banana" not in page
    log = running_site.said()
    assert "127.0.0.1" not in log
    assert "evil" not in log
    assert "aaaa" not in log


@pytest.mark.parametrize(
    "head",
    [
        "GET\r\n",
        "GET /nl/ HTTP/9.9\r\n",
        "GET /" + "a" * 9000 + " HTTP/1.1\r\nHost: 127.0.0.1\r\n",
        GET + "Transfer-Encoding: banana\r\n",
        GET + "Content-Length: x\r\n",
        GET + "X-Long: " + "y" * 20_000 + "\r\n",
    ],
    ids=["request line", "version", "address", "transfer coding", "length", "headers"],
)
def test_a_request_that_cannot_be_read_gets_a_page_of_the_site(head, running_site):
    with running_site.connect() as connection:
        connection.sendall(head.encode() + b"\r\n")
        response = http.client.HTTPResponse(connection)
        response.begin()
        page = response.read().decode()

    assert response.status == 400
    for name, value in HEADERS.items():
        assert response.headers.get_all(name) == [value], name
    assert response.headers["Cache-Control"] == "no-store"
    assert '<html lang="nl"' in page
    assert "tel:116000" in page
    for sent in ("banana", "aaaa", "yyyy", "9.9"):
        assert sent not in page
