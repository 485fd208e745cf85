"""The production server: what it makes of requests that no browser would send."""

from __future__ import annotations

import http.client
import socket
import time

import pytest

POST = "POST /nl/bereken HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
FORM = "Content-Type: multipart/form-data; boundary=b\r\n"
GET = "GET /nl/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"


@pytest.fixture
def send(running_site):
    """Give a function that sends bytes as they are and gives status and body of the answer."""

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


def test_a_claim_of_100_gb_gets_a_page_at_once(send):
    began = time.monotonic()

    status, page = send(POST + FORM + "Content-Length: 100000000000\r\n", ends=False)

    assert status == 413
    assert "<h1>" in page
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


def test_a_body_in_pieces_is_limited_as_well(send):
    piece = b"100000\r\n" + bytes(0x100000) + b"\r\n"

    status, page = send(POST + FORM + "Transfer-Encoding: chunked\r\n", piece * 17 + b"0\r\n\r\n")

    assert status in (400, 413)
    assert "<h1>" in page


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
    log = running_site.said()
    assert "127.0.0.1" not in log
    assert "evil" not in log
    assert "aaaa" not in log
