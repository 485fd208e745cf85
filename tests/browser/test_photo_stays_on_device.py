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

import pytest
from PIL import Image

from calculator.layout import FORMATS
from calculator.photo import choose_crop
from campaign.cards import default_studio

PATH = "/nl/resultaat/BE/1y"
START_OF_SCAN = 0xDA
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
                    self.server.sent += data
                    site.sendall(data)
                site.shutdown(socket.SHUT_WR)
            back.join()

    def _answer(self, site):
        with contextlib.suppress(OSError):
            while data := site.recv(65536):
                self.request.sendall(data)


@pytest.fixture
def recorder(site):
    with Recorder(site) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield proxy
        proxy.shutdown()


@pytest.fixture
def recorded_page(open_context, recorder):
    """Give a page of which every byte sent is kept, on this machine's own addresses too."""
    context = open_context(proxy={"server": recorder.url, "bypass": "<-loopback>"})
    page = context.new_page()
    page.goto(PATH, wait_until="networkidle")
    return page


@pytest.fixture(scope="module")
def finder():
    return default_studio().finder


def test_photo_is_never_sent(recorded_page, recorder, editor_on, big_photo):
    seen, sockets, workers = [], [], []
    page = recorded_page
    page.on("request", lambda request: seen.append(request))
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
    asked = [request.url for request in seen[seen_before:]]
    assert all(address.startswith("blob:") for address in asked), asked
    assert (sockets, workers) == ([], [])

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
    page.context.set_offline(True)
    editor = editor_on(page)

    editor.part("open").click()

    editor.part("open").wait_for()
    page.wait_for_function("document.querySelector('[data-part=status]').textContent.length > 20")
    assert editor.part("file").is_hidden()
    page.context.watch.complaints.clear()


def segments(jpeg):
    """List the markers of a JPEG before its pixels."""
    found, at = [], 2
    while jpeg[at + 1] != START_OF_SCAN:
        found.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return [*found, START_OF_SCAN]


@pytest.mark.parametrize("name", FORMATS)
def test_card_is_clean_and_shows_no_face(name, open_page, editor_on, big_photo, finder):
    layout = FORMATS[name]
    page = open_page(PATH)
    editor = editor_on(page).open().choose(big_photo)
    editor.part("consent").check()
    jpeg = editor.show(name).download()

    assert set(segments(jpeg)) <= PLAIN_SEGMENTS
    assert jpeg.endswith(b"\xff\xd9")
    card = Image.open(io.BytesIO(jpeg))
    assert (card.format, card.size, card.mode) == ("JPEG", (layout.width_px, layout.height_px), "RGB")
    assert set(card.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    box = layout.picture
    picture = card.crop((box.left, box.top, box.right, box.bottom))
    with Image.open(big_photo) as photo:
        turned = photo.convert("RGB").transpose(Image.Transpose.ROTATE_270).reduce(4)
    assert finder.find(turned), "the test is worth nothing when the photo shows no face"
    assert finder.find(picture) == ()
    assert destroyed(picture, editor, (turned.width * 4, turned.height * 4))


def cover_as_face(x, y, side):
    """Give a cover as the record by which the server crops: a square, the eyes in its middle."""
    return Face(x - side / 2, y - side / 2, side, side, ((x - 1, y), (x + 1, y)), 1.0)


def destroyed(picture, editor, size):
    """Tell whether the cover is 8 × 8 even squares, beside the label over its middle."""
    x, y, share = editor.cover()
    side = share * size[0]
    left, top, right, _ = choose_crop(size, picture.size, [cover_as_face(x * size[0], y * size[1], side)])
    zoom = picture.width / (right - left)
    pixels = np.asarray(picture, dtype=float)
    step = side * zoom / BLOCKS_ACROSS
    first_x, first_y = ((x * size[0] - side / 2) - left) * zoom, ((y * size[1] - side / 2) - top) * zoom
    uneven = []
    for row in (0, 1, 6, 7):
        for column in range(BLOCKS_ACROSS):
            # A JPEG smears by up to a block of 16 pixels: the middle of a square must be even.
            across, down = first_x + column * step, first_y + row * step
            edge = min(8.0, step / 3)
            square = pixels[
                max(0, round(down + edge)) : max(0, round(down + step - edge)),
                max(0, round(across + edge)) : max(0, round(across + step - edge)),
            ]
            uneven.append(square.std(axis=(0, 1)).max() if square.size else 0.0)
    return max(uneven) < 4
