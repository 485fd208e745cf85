"""The desk as `schatje staff` serves it."""

from __future__ import annotations

import http.client
import json

import pytest
from served_site import SCHATJE

from campaign.web.headers import HEADERS


@pytest.fixture(scope="module")
def desk(start_site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("desk")
    (folder / "checkout").mkdir()
    return start_site(folder=folder, command=[SCHATJE, "staff", "--checkout", "checkout"])


def answer_to(desk, head):
    with desk.connect() as connection:
        connection.sendall(head.encode() + b"\r\n\r\n")
        response = http.client.HTTPResponse(connection)
        response.begin()
        return response, response.read().decode()


@pytest.mark.parametrize(
    "head",
    [
        "GET\r\n",
        "GET / HTTP/9.9",
        "GET /" + "a" * 9000 + " HTTP/1.1\r\nHost: 127.0.0.1",
        "POST /save HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: banana",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: " + "y" * 20_000,
    ],
    ids=["request line", "version", "address", "transfer coding", "headers"],
)
def test_a_request_that_cannot_be_read_gets_a_page_of_the_desk(head, desk):
    desk.said(0)

    response, page = answer_to(desk, head)

    assert response.status == 400
    for name, value in HEADERS.items():
        assert response.headers.get_all(name) == [value], name
    assert response.headers["Cache-Control"] == "no-store"
    assert "This could not be read" in page
    for sent in ("banana", "aaaa", "yyyy", "9.9", "127.0.0.1"):
        assert sent not in page + desk.said()


def test_this_computer_is_known_by_its_address_of_ipv6(desk):
    head = f"GET /readyz HTTP/1.1\r\nHost: [::1]:{desk.port}\r\nConnection: close"

    response, told = answer_to(desk, head)

    assert (response.status, json.loads(told)) == (200, {"status": "ready"})
