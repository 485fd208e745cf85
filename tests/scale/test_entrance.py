"""What nginx keeps from the site: slow visitors, huge claims, bodies without end."""

from __future__ import annotations

import contextlib
import re
import resource
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from composition import make_nginx
from running import ending, find_program
from visiting import BOUNDARY, Crowd, Visitor, form_headers, percentiles, trickling

CLAIM = 100 * 1000**3


def post_head(length, path="/fr/photo", more=""):
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n{more}\r\n"
    ).encode()


def answer_to(port, sent):
    """Send bytes and give what comes back, reading until the other side is done or still."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(sent)
        got = b""
        while part := connection.recv(65536):
            got += part
            if b"</html>" in got:
                break
    return got.decode(errors="replace")


def times_of_pages(port, count=60, path="/nl/"):
    visitor, seconds = Visitor(port, "127.0.40.1"), []
    for _ in range(count):
        began = time.monotonic()
        assert visitor.ask(path).status == 200
        seconds.append(time.monotonic() - began)
    return seconds


def test_sixty_trickling_connections_cost_a_visitor_nothing(whole, photos, tell):
    alone = times_of_pages(whole.port)
    slow = [
        (f"127.0.{50 + number % 10}.1", start)
        for number in range(60)
        for start in [
            b"GET /nl/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
            if number % 3 == 0
            else post_head(9_000_000) + b"--of"
        ]
    ]
    with trickling(whole.port, slow):
        time.sleep(1)
        among = times_of_pages(whole.port)
        visitor = Visitor(whole.port, "127.0.41.1")
        visitor.open_form()
        without_photo = visitor.send_form().status
        with_photo = visitor.send_form(photo=photos["middle"], tries=8).status

    assert (without_photo, with_photo) == (200, 200)
    tell(f"a page, nobody else there: {percentiles(alone)}")
    tell(f"a page, with 60 trickling connections: {percentiles(among)}")
    # A site that waits for them would take seconds, or for ever; a busy machine takes a while.
    assert sorted(among)[len(among) // 2] < sorted(alone)[len(alone) // 2] + 0.5


@pytest.mark.parametrize(
    "path", ["/nl/methode", "/nl/bronnen?measure=lifetime_cost", "/downloads/press-kit.zip"]
)
def test_a_visitor_who_reads_slowly_holds_no_thread(path, whole):
    """Of a page that is kept, of one that is not, and of megabytes."""
    while Visitor(whole.port).ask(path).status == 503:
        time.sleep(0.5)  # the kit is still being made
    opened = []
    try:
        for number in range(60):
            each = socket.socket()
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            each.bind((f"127.0.{60 + number % 10}.1", 0))
            each.settimeout(10)
            each.connect(("127.0.0.1", whole.port))
            each.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            opened.append(each)
        time.sleep(1)
        # Without kept pages too: each is asked of an instance.
        assert max(times_of_pages(whole.port, 20, "/nl/faq?q=foto")) < 5
    finally:
        for each in opened:
            each.close()


@pytest.mark.parametrize(
    "head",
    [
        post_head(CLAIM),
        post_head(CLAIM, more="Expect: 100-continue\r\n"),
        post_head(17 * 1024 * 1024 + 1),
        post_head(16 * 1024 * 1024 + 1) + b"x" * (16 * 1024 * 1024 + 1),
    ],
    ids=["100 GB", "100 GB, asked first", "over nginx's limit", "over the site's limit"],
)
def test_a_claim_of_too_much_gets_the_site_s_own_page(whole, head):
    began = time.monotonic()
    got = answer_to(whole.port, head)

    assert got.startswith("HTTP/1.1 413 "), got[:200]
    assert time.monotonic() - began < 10
    assert '<html lang="fr"' in got
    assert "15" in got, "says how large a photo may be"
    assert "116" in got
    headers = got.partition("\r\n\r\n")[0].lower()
    assert "content-security-policy: default-src 'none'" in headers
    assert "cache-control: no-store" in headers
    assert headers.count("x-content-type-options") == 1


def test_a_body_without_a_length_ends_at_the_limit(whole):
    visitor = Visitor(whole.port)
    before = memory_of(whole.nginx)

    def pieces():
        for _ in range(200):
            yield b"x" * 256 * 1024

    try:
        status = visitor.ask("/nl/foto", "POST", pieces(), form_headers()).status
    except (BrokenPipeError, ConnectionResetError):
        status = 413  # closed while we were still sending, which is right too
    assert status == 413
    assert memory_of(whole.nginx) - before < 30_000_000, "what is too much is not kept"


def memory_of(program):
    """Return the memory that a program and its children use, in bytes."""
    statm = [Path(f"/proc/{pid}/statm").read_text().split() for pid in program.processes()]
    return sum(int(fields[1]) for fields in statm) * resource.getpagesize()


LARGE = 8_000_000
CHUNKED = "Transfer-Encoding: chunked\r\n"


def head_of(method, path, length):
    said = CHUNKED if length is None else f"Content-Length: {length}\r\n"
    return f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{said}\r\n".encode()


@pytest.mark.parametrize(
    ("method", "path", "length"),
    [
        ("PUT", "/nl/foto", 2 * LARGE), ("GET", "/nl/foto", 2 * LARGE), ("GET", "/nl/foto", None),
        ("PATCH", "/nl/foto", None), ("PUT", "/nl/hulp", 2 * LARGE), ("POST", "/nl/hulp", None),
        ("GET", "/nl/hulp", 2 * LARGE), ("DELETE", "/", None), ("POST", "/nl/foto", 2 * LARGE),
        ("POST", "/nl/foto", None), ("POST", "/nl/foto", 999_999), ("POST", "/nl/foto", 99_999),
    ],
)  # fmt: skip
def test_bodies_of_one_address_take_no_more_memory_than_sixteen_photos(
    method, path, length, whole, tell
):
    """Ninety at once, each nearly sent, of any method and with or without a length."""
    body = b"x" * (min(LARGE, length or LARGE) - 1)
    start = head_of(method, path, length) + (b"%x\r\n" % LARGE if length is None else b"")
    before, opened = memory_of(whole.nginx), []
    try:
        for _ in range(90):
            each = socket.create_connection(("127.0.0.1", whole.port), 10)
            opened.append(each)
            each.setblocking(True)
            each.settimeout(10)
            with contextlib.suppress(OSError):  # refused while it is still sent
                each.sendall(start + body)
        time.sleep(0.5)
        more = memory_of(whole.nginx) - before
    finally:
        for each in opened:
            each.close()

    # Sixteen forms with photos come through, of each method nothing else.
    held = 16 * len(body) if method == "POST" and path == "/nl/foto" else 0
    assert more < held + 24_000_000
    tell(f"90 × {method} {path}, {length} bytes: nginx {more / 1e6:+.0f} MB")


def test_one_connection_of_http_2_carries_no_more(whole):
    sent = subprocess.run(
        [
            find_program("curl"), "--silent", "--insecure", "--http2", "--parallel",
            "--parallel-max", "60", "--max-time", "30", "--request", "PUT", "--output", "/dev/null",
            "--write-out", "%{http_version} %{http_code}\n", "--header", "Content-Length:",
            "--data-binary", "@-", f"https://127.0.0.1:{whole.nginx.tls_port}/nl/foto?[1-60]",
        ],
        input=bytes(LARGE), capture_output=True, check=False,
    )  # fmt: skip
    peaks = [
        int(re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1])
        for pid in whole.nginx.processes()
    ]

    assert set(sent.stdout.decode().split("\n")) <= {"2 413", "2 000", "0 000", ""}
    assert "2 413" in sent.stdout.decode()
    # The peak of everything this nginx was sent so far, sixteen photos among it.
    assert sum(peaks) < 450_000, peaks


def test_when_no_instance_is_there_a_page_says_so(whole, place):
    folder = place / "nginx-alone"
    nginx = make_nginx(folder, [1])
    with ending(nginx):
        nginx.start()
        nginx.wait_for_port(nginx.port)
        answer = Visitor(nginx.port).ask("/fr/")
        large = answer_to(nginx.port, post_head(CLAIM))
        broken = answer_to(nginx.port, b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n")
    shutil.rmtree(folder)

    assert answer.status == 502
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for words in ("Probeer het", "Réessayez", "Versuchen Sie", "Try again", "tel:116000"):
        assert words in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "nginx/" not in answer.headers["server"]
    assert large.startswith("HTTP/1.1 502")
    assert "tel:116000" in large
    assert broken.startswith("HTTP/1.1 400")
    assert "tel:116000" in broken


def test_readiness_is_not_for_visitors(whole):
    assert Visitor(whole.port, "127.0.0.1").ask("/readyz").status == 200
    assert Visitor(whole.port).ask("/healthz").status == 200


def test_nobody_wrote_an_address_or_a_name(whole):
    """Runs last in this file, after the kinds of traffic that make programs talk."""
    with Crowd(whole.port, visitors=2).visiting():
        answer_to(whole.port, b"\x16\x03\x01 no HTTP at all\r\n\r\n")
        answer_to(whole.port, b"GET /nl/?secret-name HTTP/1.1\r\nHost: evil.example\r\n\r\n")
        time.sleep(1)
    assert whole.nginx.written == []
    for site in whole.sites:
        text = "".join(line for line in site.written if "open http://127.0.0.1" not in line)
        assert "127.0." not in text
        assert "secret-name" not in text
        assert "a.jpg" not in text
