"""The production server: stopping, metrics, and counting together through a real Redis."""

from __future__ import annotations

import http.client
import json
import os
import re
import selectors
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger
from page import token_in
from redis import Redis as Client
from served_site import SERVE, SERVE_QUIETLY
from werkzeug.exceptions import TooManyRequests
from werkzeug.test import encode_multipart

from campaign import create_app
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
    _, headers, page = get(site, "/nl/bereken")
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
        "Cookie": headers["Set-Cookie"].partition(";")[0], "Referer": f"{site.url}/nl/bereken",
    }, body.removesuffix(end) + part.encode() + photo + b"\r\n" + end  # fmt: skip


def post_card(site, photo):
    """Fill in the form and ask for the card alone; give the status and the body."""
    headers, body = card_form(site, photo)
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    try:
        connection.request("POST", "/nl/bereken", body, headers)
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
    line.sendall("\r\n".join(["POST /nl/bereken HTTP/1.1", *lines, "", ""]).encode())
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
    text = re.sub(r"(?m)^  - [{]id: (?!1y).*\n", "", scenarios.read_text(encoding="utf-8"))
    scenarios.write_text(text, encoding="utf-8")
    return folder


def test_a_running_site_draws_all_cards_ahead(start_site, tmp_path, wait_until):
    settings = {"SCHATJE_SOURCES": str(one_period(tmp_path / "sources"))}
    site = start_site(folder=tmp_path, command=[*SERVE, "--workers", "1"], settings=settings)

    heard = []
    wait_until(lambda: heard.append(site.said()) or "drawn ahead" in "".join(heard), 300)
    # Three regions, four languages, three shapes, two of them in the kind of our pages too.
    assert re.search(r"cards drawn ahead: 60, .* left for later: 0\n", "".join(heard))


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


@pytest.fixture
def redis(do_without):
    """Return a real Redis on a port of its own, and a way to stop and start it."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        do_without("no redis-server on the PATH: run `make test`, which says how to install it")
    server = Redis(program, free_port())
    server.start()
    yield server
    server.stop()


class Redis:
    """A Redis that keeps nothing on disk."""

    def __init__(self, program, port):
        self.program, self.port, self.process = program, port, None

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
             "--appendonly", "no"], stdout=subprocess.DEVNULL,
        )  # fmt: skip
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("redis did not start")

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)


@pytest.mark.parametrize("scheme", ["redis", "valkey"])
def test_two_sites_count_together_and_go_on_alone_when_redis_is_gone(
    scheme, redis, make_hosts, monkeypatch
):
    first, second = make_hosts(f"{scheme}://127.0.0.1:{redis.port}", "4 per 10 minutes")
    monkeypatch.setattr("campaign.web.limits.ASK_AGAIN_SECONDS", 0.1)

    assert [ask() for ask in (first.ask, second.ask) * 2] == [200] * 4
    assert (first.ask(), second.ask()) == (429, 429)
    assert first.describe_storage() == "shared"

    redis.stop()
    assert first.ask() == 200, "nobody is refused because a counter is down"
    assert first.describe_storage().startswith("shared storage down")
    assert first.page() == 200

    redis.start()
    time.sleep(0.2)
    assert first.ask() == 200, "Redis came back empty"
    assert first.describe_storage() == "shared"


def test_the_key_by_which_hosts_name_a_network_is_in_memory_for_a_day_and_random(redis, make_hosts):
    first, second = make_hosts(f"redis://127.0.0.1:{redis.port}", "4 per 10 minutes")
    assert (first.ask(), second.ask()) == (200, 200)

    with Client(host="127.0.0.1", port=redis.port) as client:
        [name] = client.keys("schatje:*")
        key = client.get(name)
        assert 0 < client.ttl(name) <= 24 * 60 * 60
        assert len(key) == 64
        [counted] = client.keys("LIMITS*")
        assert b"203.0.113" not in counted
        # A day later: another key, so that nobody is who they were.
        client.delete(name)
        assert first.ask() == 200
        assert client.get(name) != key
        assert len(client.keys("LIMITS*")) == 2


@pytest.fixture
def make_hosts(monkeypatch):
    """Return a function that makes two sites with the same key, as on two hosts."""
    # A quarter of a second is for visitors; here a machine at work for others must not matter.
    patience = {"socket_timeout": 5.0, "socket_connect_timeout": 5.0}
    monkeypatch.setattr("campaign.web.limits.SHARED_OPTIONS", patience)
    site, made = "https://campaign.example", []

    class Host:
        def __init__(self, app):
            self.app, self.client = app, app.test_client()

        def ask(self):
            with self.app.test_request_context(environ_base={"REMOTE_ADDR": "203.0.113.7"}):
                try:
                    self.app.extensions["card_limit"].count_one()
                except TooManyRequests:
                    return 429
            return 200

        def describe_storage(self):
            return self.client.get("/readyz", base_url=site).json["limits"]

        def page(self):
            return self.client.get("/nl/privacy", base_url=site).status_code

    def make(storage, limit):
        for _ in range(2):
            with pytest.MonkeyPatch.context() as patch:
                for name, value in {
                    "SITE_URL": site, "SECRET_KEY": "of both hosts " + "x" * 40,
                    "LIMITS_STORAGE": storage, "CARD_LIMIT": limit, "RENDERERS": "1",
                }.items():  # fmt: skip
                    patch.setenv(f"SCHATJE_{name}", value)
                made.append(Host(create_app()))
        return made

    yield make
    for host in made:
        host.app.extensions["renderer"].close()
