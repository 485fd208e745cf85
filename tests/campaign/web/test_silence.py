"""A line that falls silent in the middle of a body is given up, with a page."""

from __future__ import annotations

import io
import socket

import pytest

FORM = "multipart/form-data; boundary=b"
SILENCE_SECONDS = 20


class Silent(io.BytesIO):
    """A body that stops coming, as a socket with a time limit tells it."""

    def read(self, *count):
        raise TimeoutError

    readinto = readline = read


@pytest.mark.parametrize(("method", "seconds"), [("POST", SILENCE_SECONDS), ("GET", None)])
def test_a_body_may_be_silent_for_so_long(method, seconds, client):
    ours, visitors = socket.socketpair()
    with ours, visitors:
        client.open(
            "/nl/foto", method=method, data=b"--b--" if method == "POST" else None,
            content_type=FORM, environ_overrides={"gunicorn.socket": ours},
        )  # fmt: skip

        assert ours.gettimeout() == seconds


def test_a_line_that_fell_silent_gets_a_page(client, read_page):
    response = client.post(
        "/fr/photo",
        input_stream=Silent(),
        content_type=FORM,
        environ_overrides={"CONTENT_LENGTH": "5000"},
    )

    read_page(response, "/fr/photo", 400)
