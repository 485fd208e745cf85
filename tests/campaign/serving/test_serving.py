"""The production server: stopping, and metrics."""

from __future__ import annotations

import http.client
import json
import os
import re
import selectors
import shutil
import signal
import socket
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger
from page import token_in
from served_site import SERVE, SERVE_QUIETLY
from werkzeug.test import encode_multipart

from campaign.config import ROOT
from campaign.serving.worker import Worker


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(site, path):
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read().decode()
    finally:
        connection.close()


def card_form(site, photo):
    """Return headers and body of a form that asks for the card alone."""
    _, headers, page = get(site, "/nl/foto")
    fields = {"region": "BE", "period": "1y", "consent": "y", "csrf_token": token_in(page)}
    boundary, body = encode_multipart(fields)
    end = f"--{boundary}--\r\n".encode()
    part = (
        f"--{boundary}\r\n"
        'Content-Disposition: form-data; name="photo"; filename="x.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    return {
        "Content-Type": f'multipart/form-data; boundary="{boundary}"', "Accept": "image/jpeg",
        "Cookie": headers["Set-Cookie"].partition(";")[0], "Referer": f"{site.url}/nl/foto",
    }, body.removesuffix(end) + part.encode() + photo + b"\r\n" + end  # fmt: skip


def post_card(site, photo):
    """Fill in the form and ask for the card alone; give the status and the body."""
    headers, body = card_form(site, photo)
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    try:
        connection.request("POST", "/nl/foto", body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def begin_card(site, photo):
    """Send a form up to where the site says that it is reading it; give the line and the rest."""
    headers, body = card_form(site, photo)
    head = {"Host": f"127.0.0.1:{site.port}", "Content-Length": len(body), "Expect": "100-continue"}
    lines = [f"{name}: {value}" for name, value in (head | headers).items()]
    line = site.connect()
    line.sendall("\r\n".join(["POST /nl/foto HTTP/1.1", *lines, "", ""]).encode())
    assert line.recv(100).startswith(b"HTTP/1.1 100 ")
    return line, body


def test_a_running_card_is_finished_when_the_site_is_told_to_stop(
    start_site, tmp_path, large_jpeg, wait_until
):
    site = start_site(folder=tmp_path, settings={"SCHATJE_RENDERERS": "1"})
    everyone = site.processes()
    children = [pid for pid in everyone if b"calculator.renderer.child" in
                Path(f"/proc/{pid}/cmdline").read_bytes()]  # fmt: skip
    assert 2 <= len(children) <= 4, "one for each worker, and one more while it draws ahead"
    begun = [begin_card(site, large_jpeg) for _ in range(3)]

    # All get it, as from systemd or a terminal.
    for pid in everyone:
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            continue
    came = []
    for line, body in begun:
        with line:
            line.sendall(body)
            response = http.client.HTTPResponse(line)
            response.begin()
            came.append((response.status, response.read()[:3]))

    assert came == [(200, b"\xff\xd8\xff")] * 3
    site.process.wait(25)
    wait_until(lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in everyone))
    assert not [each for each in (tmp_path / "tmp").rglob("*") if each.is_file()]


def test_whoever_knocked_before_the_end_is_answered_and_nobody_is_let_wait_after(
    start_site, tmp_path
):
    site = start_site(folder=tmp_path, command=[*SERVE_QUIETLY, "--workers", "1"])
    [worker] = site.workers()
    os.kill(worker, signal.SIGSTOP)
    knocked = [site.connect() for _ in range(6)]
    for line in knocked:
        line.sendall(b"GET /nl/privacy HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")

    for pid in (site.process.pid, worker):
        os.kill(pid, signal.SIGTERM)
    os.kill(worker, signal.SIGCONT)

    for line in knocked:
        with line:
            assert line.recv(100).startswith(b"HTTP/1.1 200 OK")
            while line.recv(65536):
                pass
    site.process.wait(25)
    with pytest.raises(ConnectionRefusedError):
        site.connect()


def test_a_door_that_is_shut_may_be_shut_again():
    listener = socket.create_server(("127.0.0.1", 0))
    address = listener.getsockname()
    settings = Config()
    worker = Worker(1, os.getppid(), [listener], None, 30, settings, Logger(settings))
    with closing(worker.tmp), selectors.DefaultSelector() as worker.poller:
        worker.set_accept_enabled(True)
        worker.alive = False
        # Told to stop while it had no room for more, gunicorn asks for this twice.
        worker.set_accept_enabled(False)
        worker.set_accept_enabled(False)

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address)


def one_period(folder):
    """Copy the figures with one period: fewer cards to draw."""
    shutil.copytree(ROOT / "sources", folder)
    scenarios = folder / "scenarios.yaml"
    text, left_out = re.subn(
        r"(?m)^  - id: (?!1y)\d\w\n(?:    .*\n)+", "", scenarios.read_text(encoding="utf-8")
    )
    assert left_out
    scenarios.write_text(text, encoding="utf-8")
    return folder


def test_a_running_site_draws_all_cards_ahead(start_site, tmp_path, wait_until):
    settings = {"SCHATJE_SOURCES": str(one_period(tmp_path / "sources"))}
    site = start_site(folder=tmp_path, command=[*SERVE, "--workers", "1"], settings=settings)

    heard = []
    wait_until(lambda: heard.append(site.said()) or "drawn ahead" in "".join(heard), 300)
    # Three regions, four languages, three shapes; and the card without an amount.
    assert re.search(r"cards drawn ahead: 48, .* left for later: 0\n", "".join(heard))


def test_metrics_of_all_workers_stand_on_a_port_of_their_own(start_site, tmp_path, wait_until):
    port = free_port()
    settings = {"SCHATJE_METRICS": f"127.0.0.1:{port}"}
    site = start_site(folder=tmp_path, command=SERVE_QUIETLY, settings=settings)
    for _ in range(20):
        assert get(site, "/nl/privacy")[0] == 200
    assert post_card(site, b"no photo")[0] == 400

    def told():
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
                return answer.read().decode()
        except OSError:
            return ""

    wait_until(told)
    text = told()
    assert 'schatje_requests_total{route="/nl/privacy",status="200"} 20.0' in text
    assert 'schatje_renders_total{outcome="refused",reason="unknown-format"} 1.0' in text
    digest = json.loads(get(site, "/readyz")[2])["figures"]
    assert f'schatje_figures{{digest="{digest}"}} 1.0' in text
    since = float(re.search(r"^schatje_figures_since_seconds (\S+)$", text, re.MULTILINE)[1])
    assert time.time() - 300 < since <= time.time()
    for name in ("renderer_queue", "renderer_memory_bytes", "rate_limited_total",
                 "limits_storage_down", "render_seconds_count"):  # fmt: skip
        assert f"schatje_{name} " in text
    assert "127.0.0.1" not in text
    assert get(site, "/metrics")[0] == 404

    site.process.send_signal(signal.SIGTERM)
    site.process.wait(30)
    wait_until(lambda: not told())


def test_a_port_of_metrics_that_is_taken_stops_the_start(start_site, tmp_path):
    """Half of the numbers would be missing without a word."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = {"SCHATJE_METRICS": f"127.0.0.1:{taken.getsockname()[1]}"}
        with pytest.raises(RuntimeError, match=r"SCHATJE_METRICS is 127\.0\.0\.1"):
            start_site(folder=tmp_path, command=SERVE_QUIETLY, settings=settings)
