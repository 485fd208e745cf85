"""Charter, rule 10: with JavaScript the photo never leaves the device, to the last byte.

Not the browser's word is taken for it but the wire's: the page is loaded through a proxy that
keeps everything the browser sends, to whomever and in whatever way.
"""

from __future__ import annotations

import contextlib
import io
import socket
import socketserver
import threading
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from calculator.card.layout import FORMATS
from calculator.photo.destroying import COVER_RGB
from calculator.photo.faces import Face
from calculator.photo.protect import choose_crop
from campaign.cards.studio import default_studio

PATH = "/nl/resultaat/BE/1y"
START_OF_SCAN = 0xDA
MOST_AWAY = 8.0  # of 255: what JPEG makes of one colour, where a face would show 20 and more
# Chromium itself asks its maker what form fields are called; it gets no tunnel to do so. A page
# cannot ask there: that would be a request of its own, of which none is allowed.
CHROMIUMS_OWN = {"content-autofill.googleapis.com:443"}
# All that a JPEG needs to be read: JFIF's own header, tables, the frame, the scan.
PLAIN_SEGMENTS = {0xE0, 0xDB, 0xC0, 0xC4, 0xDD, START_OF_SCAN}


class Recorder(socketserver.ThreadingTCPServer):
    """A proxy on the way to one site, which keeps all bytes that a browser sends."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, site):
        super().__init__(("127.0.0.1", 0), _Relay)
        self.target = (urlsplit(site).hostname, urlsplit(site).port)
        self.sent = bytearray()
        self.tunnels: list[str] = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def request_lines(self):
        """List method and address of all that was asked."""
        lines = bytes(self.sent).split(b"\r\n")
        return [line.decode() for line in lines if line.endswith(b" HTTP/1.1")]


class _Relay(socketserver.BaseRequestHandler):
    def handle(self):
        with socket.create_connection(self.server.target) as site:
            back = threading.Thread(target=self._answer, args=(site,), daemon=True)
            back.start()
            with contextlib.suppress(OSError):  # the browser has hung up
                while data := self.request.recv(65536):
                    if data.startswith(b"CONNECT "):
                        self.server.tunnels.append(data.split()[1].decode())
                        break
                    self.server.sent += data
                    site.sendall(data)
                site.shutdown(socket.SHUT_WR)
            back.join()

    def _answer(self, site):
        with contextlib.suppress(OSError):
            while data := site.recv(65536):
                self.request.sendall(data)
            # The site has hung up: so must we, or the browser would ask again in vain.
            self.request.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def recorder(site):
    with Recorder(site) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield proxy
        proxy.shutdown()


@pytest.fixture
def recorded_page(open_context, recorder):
    """Return a page of which every byte sent is kept, on this machine's own addresses too."""
    context = open_context(proxy={"server": recorder.url, "bypass": "<-loopback>"})
    page = context.new_page()
    page.goto(PATH, wait_until="networkidle")
    return page


def test_photo_is_never_sent(recorded_page, recorder, editor_on, big_photo):
    seen, sockets, workers = [], [], []
    page = recorded_page
    page.on("request", lambda request: seen.append(request.url))
    page.on("websocket", lambda opened: sockets.append(opened.url))
    page.context.on("serviceworker", lambda worker: workers.append(worker.url))
    editor = editor_on(page).open()
    page.wait_for_load_state("networkidle")
    before, seen_before = len(recorder.sent), len(seen)
    assert before > 0

    editor.choose(big_photo)
    editor.part("consent").check()
    cards = [editor.show(name).download() for name in ("facebook", "square", "story")]
    page.wait_for_load_state("networkidle")

    assert bytes(recorder.sent[before:]) == b"", "something was sent after the photo was chosen"
    asked = seen[seen_before:]
    assert all(address.startswith("blob:") for address in asked), asked
    assert (sockets, workers) == ([], [])
    assert set(recorder.tunnels) <= CHROMIUMS_OWN

    # What waits until a page is left, such as a beacon, is sent now.
    page.goto("/nl/")
    page.wait_for_load_state("networkidle")
    sent = bytes(recorder.sent)
    assert all(line.startswith("GET http://127.0.0.1:") for line in recorder.request_lines)
    assert b"\r\ncontent-length:" not in sent.lower()
    assert b"\r\ntransfer-encoding:" not in sent.lower()
    for file in (big_photo.read_bytes(), *cards):
        assert not any(file[at : at + 32] in sent for at in range(1024, len(file) - 32, 997))


def test_device_keeps_nothing_of_a_photo(open_page, editor_on, big_photo):
    page = open_page(PATH)
    editor = editor_on(page).open().choose(big_photo)
    editor.part("consent").check()
    editor.wait_for_card()

    kept = page.evaluate(
        """async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length,
           (await indexedDB.databases()).length, document.cookie,
           (await navigator.serviceWorker.getRegistrations()).length, history.length]"""
    )
    assert kept[:6] == [0, 0, 0, 0, "", 0]


def test_card_is_made_without_a_network(open_page, editor_on, big_photo):
    page = open_page(PATH)
    editor = editor_on(page).open()
    page.context.set_offline(True)

    editor.choose(big_photo)
    editor.part("consent").check()

    for name, layout in FORMATS.items():
        card = Image.open(io.BytesIO(editor.show(name).download()))
        assert card.size == (layout.width_px, layout.height_px)


def test_offline_is_said_before_a_photo_is_asked_for(open_page, editor_on):
    page = open_page(PATH)
    editor = editor_on(page)
    page.context.set_offline(True)

    editor.part("open").click()

    editor.part("open").wait_for()
    page.wait_for_function("document.querySelector('[data-part=status]').textContent.length > 20")
    assert editor.part("file").is_hidden()
    page.context.watch.complaints.clear()

    page.context.set_offline(False)
    with page.expect_navigation():
        editor.part("open").click()  # the browser remembers the failed script until a new page
    editor.part("open").click()
    expect(editor.part("file")).to_be_enabled()


def segments(jpeg):
    """List the markers of a JPEG before its pixels."""
    found, at = [], 2
    while jpeg[at + 1] != START_OF_SCAN:
        found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return [*found, START_OF_SCAN]


def test_cards_are_clean_and_show_no_face(open_page, editor_on, big_photo):
    finder = default_studio().finder
    with Image.open(big_photo) as photo:
        upright = photo.transpose(Image.Transpose.ROTATE_270)
    faces = finder.find(upright.reduce(4))
    assert any(face.sure for face in faces), "the test is worth nothing without a face"
    editor = editor_on(open_page(PATH)).open().choose(big_photo)
    editor.part("consent").check()

    for name, layout in FORMATS.items():
        jpeg = editor.show(name).download()

        assert set(segments(jpeg)) <= PLAIN_SEGMENTS
        assert jpeg.endswith(b"\xff\xd9")
        card = Image.open(io.BytesIO(jpeg))
        assert (card.format, card.mode) == ("JPEG", "RGB")
        assert card.size == (layout.width_px, layout.height_px)
        assert set(card.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        box = layout.picture
        picture = card.crop((box.left, box.top, box.right, box.bottom))
        assert not any(face.sure for face in finder.find(picture)), name
        assert away_from_cover(picture, editor.cover(), upright.size) < MOST_AWAY, name


def cover_as_face(x, y, side):
    """Return a cover as the record by which the server crops: a square, the eyes in its middle."""
    return Face(x - side / 2, y - side / 2, side, side, ((x - 1, y), (x + 1, y)), 1.0)


def away_from_cover(picture, cover, size):
    """Return how far the cover's square, less the label's rows, is from one colour."""
    x, y, side = cover[0] * size[0], cover[1] * size[1], cover[2] * size[0]
    left, top, right, _ = choose_crop(size, picture.size, [cover_as_face(x, y, side)])
    zoom = picture.width / (right - left)
    pixels = np.asarray(picture, dtype=float)
    # A JPEG smears by up to a block of its own, so the edges are left out.
    across = [max(0, round((x + part * side - left) * zoom) + 16 * sign)
              for part, sign in ((-0.5, 1), (0.5, -1))]  # fmt: skip
    found = []
    for rows in ((-0.5, -0.25), (0.25, 0.5)):
        first, last = (
            min(max(0, round((y + part * side - top) * zoom)), picture.height) for part in rows
        )
        part = pixels[first + 16 : last - 16, across[0] : across[1]]
        if part.size:
            found.append(np.abs(part - COVER_RGB).max())
    assert found
    return max(found)
