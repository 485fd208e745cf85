"""A line that falls silent in the middle of a body, or trickles, is given up, with a page."""

from __future__ import annotations

import io
import socket
import threading

import pytest

from campaign.serving.worker import BODY_SECONDS, SILENCE_SECONDS, BodyLine

FORM = "multipart/form-data; boundary=b"


class Silent(io.BytesIO):
    """A body that stops coming, as a socket with a time limit tells it."""

    def read(self, *count):
        raise TimeoutError

    readinto = readline = read


@pytest.fixture
def line():
    """Return the two ends of a connection."""
    ours, visitors = socket.socketpair()
    with ours, visitors:
        yield ours, visitors


def test_a_body_may_be_silent_for_so_long_and_take_so_long_in_all():
    assert (SILENCE_SECONDS, BODY_SECONDS) == (20, 120)


def test_a_silent_line_is_given_up(line):
    ours, visitors = line
    with pytest.raises(TimeoutError):
        BodyLine(ours, seconds=1, silence=0.05).recv(1)

    visitors.send(b"xx")
    BodyLine(ours, seconds=60, silence=20).recv(1)
    assert ours.gettimeout() == 20
    BodyLine(ours, seconds=5, silence=20).recv(1)
    assert ours.gettimeout() <= 5


def test_a_line_that_trickles_is_given_up_however_small_the_pieces(line):
    ours, visitors = line
    enough = threading.Event()

    def trickle():
        while not enough.wait(0.02):
            visitors.send(b"x")

    thread = threading.Thread(target=trickle, daemon=True)
    thread.start()
    body = BodyLine(ours, seconds=0.3, silence=60)
    try:
        assert body.recv(65536)
        with pytest.raises(TimeoutError):
            any(body.recv(65536) == b"" for _ in range(200))
    finally:
        enough.set()
        thread.join()


def test_a_line_that_fell_silent_gets_a_page(client, read_page):
    response = client.post(
        "/fr/photo",
        input_stream=Silent(),
        content_type=FORM,
        environ_overrides={"CONTENT_LENGTH": "5000"},
    )

    read_page(response, "/fr/photo", 400)
