"""Hosts that count cards together through a real Redis, and go on alone without it."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time

import pytest
from redis import Redis as Client
from werkzeug.exceptions import TooManyRequests

from campaign import create_app


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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
                    "LAUNCH": "confirmed",
                }.items():  # fmt: skip
                    patch.setenv(f"SCHATJE_{name}", value)
                made.append(Host(create_app()))
        return made

    yield make
    for host in made:
        host.app.extensions["renderer"].close()
