"""A port that cannot be used: said before anything starts, with what to do."""

from __future__ import annotations

import socket

import pytest


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.mark.parametrize("command", ["serve", "staff"])
def test_a_port_that_is_taken_is_said_with_what_to_do(command, taken, run):
    said = run(command, "--port", taken, code=1).output

    assert f"port {taken} is taken. Is it already running? Open http://127.0.0.1:{taken}/" in said
    assert "choose another port: --port 8080 (with make: PORT=8080)" in said


@pytest.mark.parametrize("command", ["serve", "staff"])
@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 80", "²"])
def test_what_is_no_port_is_said_plainly(command, port, run):
    said = run(command, f"--port={port}", code=2).output

    assert f"{port!r} is no port. Write a number from 1 to 65535, such as 8080" in said


def test_an_address_that_is_not_ours_is_said(run, monkeypatch):
    monkeypatch.setenv("SCHATJE_SITE_URL", "https://campaign.example")
    said = run("serve", "--host", "192.0.2.1", "--port", "8080", code=1).output

    assert "nothing can listen on 192.0.2.1:8080" in said
