"""Static files come in the smallest form a browser takes, and once only."""

from __future__ import annotations

import gzip
import re

import brotli
import pytest

from campaign.config import ROOT
from campaign.web.headers import FOREVER
from campaign.web.static import static_path

NAME = "css/site.css"
READ = {None: lambda data: data, "gzip": gzip.decompress, "br": brotli.decompress}


@pytest.fixture(scope="module")
def address(app):
    with app.app_context():
        return static_path(NAME)


@pytest.mark.parametrize(
    ("accepted", "form"),
    [("", None), ("gzip", "gzip"), ("gzip, deflate, br", "br"), ("br;q=0, gzip", "gzip"),
     ("zstd", None), ("*;q=0", None)],
)  # fmt: skip
def test_text_comes_in_the_smallest_form_the_browser_takes(accepted, form, address, client):
    response = client.get(address, headers={"Accept-Encoding": accepted})
    written = (ROOT / "static" / NAME).read_bytes()
    rules = b"".join(part.rpartition(b"*/")[2] for part in written.split(b"/*"))
    plain = READ[form](response.data)

    assert response.headers.get("Content-Encoding") == form
    assert plain.split() == rules.split(), "all but the comments"
    assert form is None or len(response.data) < len(plain) / 2
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.content_type.startswith("text/css")


def test_each_form_has_its_own_tag_and_is_sent_once(address, client):
    tags = set()
    for accepted in ("", "gzip", "br"):
        asked = {"Accept-Encoding": accepted}
        tags.add(tag := client.get(address, headers=asked).headers["ETag"])
        again = client.get(address, headers=asked | {"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
    assert len(tags) == 3


def test_a_page_has_a_tag_for_each_form_too(client):
    forms = {}
    for accepted in ("", "gzip", "br"):
        for _ in range(2):  # made, and from memory
            response = client.get("/nl/privacy", headers={"Accept-Encoding": accepted})
            forms.setdefault(response.headers["ETag"], set()).add(response.data)
    assert [len(bodies) for bodies in forms.values()] == [1, 1, 1]


def test_pictures_are_not_compressed_once_more(address, client):
    picture = address.replace(NAME, "images/icon-192.png")
    response = client.get(picture, headers={"Accept-Encoding": "gzip, br"})

    assert "Content-Encoding" not in response.headers
    assert response.data == (ROOT / "static" / "images" / "icon-192.png").read_bytes()


def test_an_address_of_an_older_state_gives_todays_file_for_a_while(address, client):
    digest = address.split("/")[2]
    old = client.get(address.replace(digest, "0123456789ab"))

    assert client.get(address).headers["Cache-Control"] == FOREVER
    assert old.data == client.get(address).data
    assert old.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("drawing", sorted((ROOT / "static" / "drawings").glob("*.svg")))
def test_drawings_are_small_and_of_the_campaigns_colours(drawing):
    svg = drawing.read_text()
    assert len(svg) <= 1_000
    colours = {"#17233b", "#fbf6ec", "#f2c14e", "#a3341f", "#fbdc8c", "#edd9b4", "none"}
    assert set(re.findall(r'(?:fill|stroke)="(#?\w+)"', svg)) <= colours
    assert "script" not in svg
    assert "href" not in svg
