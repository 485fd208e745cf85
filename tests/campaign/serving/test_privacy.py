"""Charter, rules 10 and 11, on the real server: of a photo nothing is kept but the card.

The photo carries a word of its own in every place where a photo can hide something. Three
witnesses (see witnesses.py) watch that it is written nowhere, the open files among them halfway
through a slow upload.

Then the same once more on a server that the system allows no byte in any file (RLIMIT_FSIZE).
"""

from __future__ import annotations

import base64
import http.client
import io
import re
import struct
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from photo_writers import encoded, jpeg_with, segment
from PIL import Image
from served_site import SERVE_QUIETLY
from werkzeug.datastructures import FileStorage
from witnesses import Notifier, WriteMeter, fetch_form, open_files, segments_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc and uses inotify")

SETTINGS = {"SCHATJE_CARD_LIMIT": "1000 per minute"}
FIVE_MB = 5_000_000
SIZE_PX = 3000
# One word for each place; unlike anything the site itself would say.
MARKS = {
    place: f"qzx-{place}-7193"
    for place in ("artist", "datum", "comment", "xmp", "iptc", "thumbnail", "trailer", "file",
                  "query", "agent", "referrer", "field", "icc", "c2pa")
}  # fmt: skip
LATITUDE, LONGITUDE = (50_851_937, 1_000_000), (4_351_713, 1_000_000)
FORWARDED = "198.51.100.77"
FORBIDDEN_TO_WRITE = "import resource, os, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)); "
FORBIDDEN_TO_WRITE += "os.execv(sys.argv[1], sys.argv[1:])"
SPOOLING = """
import flask
from campaign.web.uploads import MemoryRequest
MemoryRequest._get_file_stream = flask.Request._get_file_stream
"""


def mark(place):
    return MARKS[place].encode()


# ---- The photo


def _ifd(entries, start, following=0):
    """Write a directory of Exif; values over four bytes come after it."""
    values_at = start + 2 + 12 * len(entries) + 4
    rows, values = b"", b""
    for tag, kind, count, value in entries:
        if len(value) > 4:
            rows += struct.pack("<HHII", tag, kind, count, values_at + len(values))
            values += value
        else:
            rows += struct.pack("<HHI4s", tag, kind, count, value)
    return struct.pack("<H", len(entries)) + rows + struct.pack("<I", following) + values


def _exif(thumbnail):
    artist, datum = mark("artist") + b"\0", mark("datum") + b"\0"
    short, long, text, ratio = 3, 4, 2, 5

    def first(gps_at, second_at):
        return _ifd(
            [(0x010E, text, len(artist), artist), (0x8825, long, 1, struct.pack("<I", gps_at))],
            8, second_at,
        )  # fmt: skip

    gps_at = 8 + len(first(0, 0))
    gps = _ifd(
        [
            (1, text, 2, b"N\0"),
            (2, ratio, 3, struct.pack("<6I", *LATITUDE, 0, 1, 0, 1)),
            (3, text, 2, b"E\0"),
            (4, ratio, 3, struct.pack("<6I", *LONGITUDE, 0, 1, 0, 1)),
            (18, text, len(datum), datum),
        ],
        gps_at,
    )
    second_at = gps_at + len(gps)

    def second(thumbnail_at):
        return _ifd(
            [
                (0x0103, short, 1, struct.pack("<H", 6)),
                (0x0201, long, 1, struct.pack("<I", thumbnail_at)),
                (0x0202, long, 1, struct.pack("<I", len(thumbnail))),
            ],
            second_at,
        )

    tail = second(second_at + len(second(0))) + thumbnail
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + first(gps_at, second_at) + gps + tail


def _small_jpeg(image):
    return encoded(image.resize((64, 64)), comment=mark("thumbnail"))


@pytest.fixture(scope="module")
def photo(portrait):
    """Return the portrait as a phone would keep it: 5 MB, with all that a phone adds."""
    large = np.asarray(portrait.resize((SIZE_PX, SIZE_PX), Image.Resampling.BICUBIC), np.int16)
    noise = np.random.default_rng(2026).integers(-24, 25, large.shape, dtype=np.int16)
    picture = Image.fromarray((large + noise).clip(0, 255).astype(np.uint8))
    plain = encoded(picture, quality=96, icc_profile=b"\0" * 128 + mark("icc"))
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + mark("xmp") + b"</x:xmpmeta>"
    added = [
        segment(0xE1, _exif(_small_jpeg(portrait))),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp),
        segment(0xED, b"Photoshop 3.0\08BIM\x04\x04\0\0" + mark("iptc")),
        # Content credentials (C2PA): a JUMBF box in segments of their own.
        segment(0xEB, b"JP\0\1\0\0\0\1\0\0\0\x20jumb" + mark("c2pa")),
        segment(0xFE, mark("comment")),
    ]
    return jpeg_with(*added, data=plain) + mark("trailer")


def test_the_photo_is_what_it_claims_to_be(photo):
    assert FIVE_MB <= len(photo) <= 15_000_000
    inside = ("artist", "datum", "comment", "xmp", "iptc", "thumbnail", "trailer", "icc", "c2pa")
    assert all(photo.count(mark(place)) == 1 for place in inside)
    with Image.open(io.BytesIO(photo)) as image:
        gps = image.getexif().get_ifd(0x8825)
        assert gps[2][0] == pytest.approx(LATITUDE[0] / LATITUDE[1])
        assert image.getexif().get_ifd(0x8825)[18] == MARKS["datum"]
        assert image.info["comment"] == mark("comment")
        assert mark("xmp") in image.info["xmp"]


# ---- The upload


def send_slowly(site, encode, photo, halfway, accept="text/html"):
    """Post a photo with a pause in the middle; give status, headers and body of the answer."""
    token, cookie = fetch_form(site)
    encoded = encode(
        {
            "csrf_token": token, "region": "BE", "period": "1y", "consent": "y",
            "name": MARKS["field"],
            "photo": FileStorage(
                io.BytesIO(photo), f"{MARKS['file']}.jpg", content_type="image/jpeg"
            ),
        }
    )  # fmt: skip
    body = encoded["data"]
    head = (
        f"POST /nl/foto?{MARKS['query']}=1 HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n"
        f"Cookie: {cookie}\r\nAccept: {accept}\r\nUser-Agent: {MARKS['agent']}\r\n"
        f"Referer: http://127.0.0.1:{site.port}/{MARKS['referrer']}\r\n"
        f"X-Forwarded-For: {FORWARDED}\r\nConnection: close\r\n"
        f"Content-Type: {encoded['content_type']}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with site.connect() as connection:
        connection.sendall(head.encode() + body[: len(body) * 2 // 3])
        time.sleep(0.4)
        halfway()
        connection.sendall(body[len(body) * 2 // 3 :])
        response = http.client.HTTPResponse(connection)
        response.begin()
        return response.status, response.headers, response.read()


@pytest.fixture(scope="module")
def site(running_site):
    return running_site


def cards_of(content_type, body):
    if content_type == "image/jpeg":
        return [body]
    found = re.findall(rb"data:image/jpeg;base64,([A-Za-z0-9+/=]+)", body)
    assert found
    return [base64.b64decode(card) for card in found]


@pytest.mark.parametrize("accept", ["text/html", "image/jpeg"])
def test_a_photo_leaves_nothing_but_the_card(accept, site, photo, multipart):
    send_slowly(site, multipart, photo, lambda: None)  # loads what only a first photo loads
    site.said()
    notifier = Notifier(site.folder)
    files_before, meter = open_files(site), WriteMeter(site)
    files_halfway = set()

    status, headers, body = send_slowly(
        site, multipart, photo, lambda: files_halfway.update(open_files(site)), accept
    )

    log = site.said()
    written, heard = meter.written(), notifier.heard()
    notifier.close()
    assert status == 200
    # Nothing on a disk, nor in a file that has no name or lives in memory.
    assert files_halfway <= files_before
    assert open_files(site) <= files_before
    assert written <= len(log.encode()) + 1000, "all that was written is the log"
    assert heard == b""
    # Nothing in the log.
    assert re.fullmatch(r"(.*route=/nl/foto status=200.*\n){2}", log), log
    for word in (*MARKS.values(), FORWARDED, "127.0.0.1", ".jpg", "csrf", "BE"):
        assert word not in log
    # Nothing in the answer, except the card.
    cards = cards_of(headers["Content-Type"], body)
    for told in (body, str(headers).encode(), *cards):
        for word in MARKS.values():
            assert word.encode() not in told
        assert struct.pack("<II", *LATITUDE) not in told
        for start in range(5000, len(photo), 50_000):
            assert photo[start : start + 16] not in told, "a piece of the photo itself"
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in headers
    for card in cards:
        kinds, rest = segments_of(card)
        assert kinds <= {0xE0, 0xDB, 0xC0, 0xC4}, "JFIF, tables and frame only"
        assert rest == b""
        with Image.open(io.BytesIO(card)) as image:
            assert image.size == (1200, 630)
            assert not image.getexif()


def test_a_refused_photo_leaves_nothing_either(site, photo, multipart):
    site.said()
    before, meter = open_files(site), WriteMeter(site)
    halfway = set()

    status, _headers, body = send_slowly(
        site, multipart, photo[: len(photo) // 2], lambda: halfway.update(open_files(site))
    )

    log = site.said()
    assert status == 400
    assert halfway <= before
    assert meter.written() <= len(log.encode()) + 1000
    assert "127.0.0.1" not in log
    for word in (*MARKS.values(), FORWARDED):
        assert word not in log
        assert word.encode() not in body


def test_a_photo_gives_a_card_where_no_file_can_be_written(start_site, tmp_path, photo, multipart):
    site = start_site(
        folder=tmp_path,
        command=[sys.executable, "-c", FORBIDDEN_TO_WRITE, *SERVE_QUIETLY],
        settings=SETTINGS,
    )
    assert len(site.processes()) > 1 + len(site.workers())
    for process in site.processes():
        limits = Path(f"/proc/{process}/limits").read_text()
        assert re.search(r"Max file size +0 +0 ", limits)

    status, headers, body = send_slowly(site, multipart, photo, lambda: None)

    assert status == 200
    assert cards_of(headers["Content-Type"], body)


def test_the_witnesses_notice_a_server_that_spools(start_site, tmp_path, photo, multipart):
    """Prove the proof: with Werkzeug's own handling of uploads they do find something."""
    python, option, program, *rest = SERVE_QUIETLY
    command = [python, option, SPOOLING + program, *rest]
    site = start_site(folder=tmp_path, command=command, settings=SETTINGS)
    before, meter = open_files(site), WriteMeter(site)
    halfway = set()

    status, _headers, _body = send_slowly(
        site, multipart, photo, lambda: halfway.update(open_files(site))
    )

    assert status == 200
    assert any("deleted" in target for target in halfway - before)
    assert meter.written() >= FIVE_MB


def test_a_request_that_makes_no_sense_is_not_logged_with_its_sender(site):
    site.said()
    no_header, no_text = b"GET / HTTP/1.1\r\nA b: c\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00"
    for nonsense in (b"GET\r\n\r\n", no_header, no_text):
        with site.connect() as connection:
            connection.sendall(nonsense)
            connection.shutdown(1)
            connection.recv(1000)

    assert "127.0.0.1" not in site.said()
