"""Photos that were cut off, or whose parts contradict each other: refused as damaged."""

from __future__ import annotations

import struct
import zlib

from photo_writers import (
    HEIC_TILE,
    PNG_START,
    TILE,
    box,
    chunk,
    encoded,
    heic,
    heic_grid,
    jpeg_with_size,
    png,
    png_head,
    quarters,
    riff,
    webp_canvas,
    webp_picture,
)
from PIL import Image

from corpus.case import Case

DAMAGED = "damaged"
WHOLE = {
    "jpeg": lambda: encoded(quarters()),
    "progressive": lambda: encoded(quarters(), progressive=True),
    "png": lambda: encoded(quarters(), "PNG"),
    "webp": lambda: encoded(quarters(), "WEBP"),
    "webp-lossless": lambda: encoded(Image.radial_gradient("L"), "WEBP", lossless=True),
    "heic": heic,
}


def cuts():
    """Return each format cut at each tenth of its length; nothing at all is empty."""
    for kind, make in WHOLE.items():
        for tenth in range(10):
            yield Case(
                f"cut-{kind}-{tenth}",
                lambda m=make, t=tenth: m()[: len(m()) * t // 10],
                DAMAGED if tenth else "empty",
            )


def frame_with(offset, value):
    """Return a JPEG with another byte in its frame header, counted from the marker."""
    data = bytearray(encoded(quarters()))
    data[data.index(b"\xff\xc0") + offset] = value
    return bytes(data)


def other_code(marker):
    return encoded(quarters()).replace(b"\xff\xc0", bytes((0xFF, marker)), 1)


def png_around(*parts):
    return PNG_START + b"".join(parts) + chunk(b"IEND", b"")


def overlay(size, claimed):
    about = struct.pack(">BB4HIIii", 0, 1, 0, 0, 0, 0, *size, 0, 0)
    return heic([(b"iovl", about, claimed), HEIC_TILE], {1: (2,)})


TWO_FRAMES = chunk(b"acTL", struct.pack(">II", 2, 0))
FRAME_OUTSIDE = chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 2**31 - 1, 9, 0, 0, 1, 1, 0, 0))
PIXELS = chunk(b"IDAT", zlib.compress(bytes(91 * 60)))

CASES = (
    *cuts(),
    *(
        Case(name, make, DAMAGED)
        for name, make in (
            *((f"jpeg-frame-{marker:x}", lambda m=marker: other_code(m))
              for marker in (0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF)),
            ("jpeg-12-bits", lambda: frame_with(4, 12)),
            ("jpeg-255-colours", lambda: frame_with(9, 255)),
            ("jpeg-sampling-15", lambda: frame_with(11, 0xFF)),
            ("jpeg-no-height", lambda: jpeg_with_size(240, 0)),
            ("jpeg-no-tables", lambda: encoded(quarters()).replace(b"\xff\xdb", b"\xff\xe5")),
            ("jpeg-start-alone", lambda: b"\xff\xd8\xff"),
            ("jpeg-of-markers", lambda: b"\xff\xd8" + b"\xff\x01" * 2_000_000),
            ("png-depth-3", lambda: png(90, 60, depth=3)),
            ("png-colour-5", lambda: png_around(png_head(90, 60, 8, 5), PIXELS)),
            ("png-no-pixels", lambda: png_around(png_head(90, 60))),
            ("png-too-few-pixels", lambda: png(90, 60, pixels=zlib.compress(bytes(50)))),
            ("png-pixels-no-zlib", lambda: png(90, 60, pixels=b"no zlib at all")),
            ("png-wrong-sum", lambda: png_around(png_head(90, 60)[:-1] + b"\0", PIXELS)),
            ("png-head-second", lambda: png_around(PIXELS, png_head(90, 60))),
            ("png-for-iphones", lambda: png_around(chunk(b"CgBI", bytes(4)), png_head(90, 60))),
            ("png-no-width", lambda: png_around(png_head(0, 60), PIXELS)),
            ("png-chunk-of-2-gb", lambda: PNG_START + png_head(90, 60) + b"\x7f\xff\xff\xffIDAT"),
            ("png-a-million-chunks", lambda: png(90, 60, before=chunk(b"teSt", b"") * 1_000_000)),
            ("png-frame-outside", lambda: png(90, 60, before=TWO_FRAMES + FRAME_OUTSIDE)),
            ("webp-canvas-too-small", lambda: riff(webp_canvas(10, 10), webp_picture())),
            ("webp-canvas-too-large", lambda: riff(webp_canvas(4000, 4000), webp_picture())),
            ("webp-canvas-alone", lambda: riff(webp_canvas(240, 160))),
            ("webp-alpha-of-noise", lambda: riff(webp_canvas(240, 160, 16),
             (b"ALPH", b"\1" + b"\xa5" * 40), webp_picture())),
            ("webp-unknown-chunk", lambda: riff((b"JUNK", bytes(90)))),
            ("heic-start-alone", lambda: box(b"ftyp", b"heic" + bytes(4) + b"mif1heic")),
            ("heic-claims-more", lambda: heic([(*HEIC_TILE[:2], (129, 64))])),
            ("heic-claims-less", lambda: heic([(*HEIC_TILE[:2], (64, 64))])),
            ("heic-of-av1", lambda: heic([(b"av01", b"\x12\0", TILE)])),
            ("heic-of-jpeg", lambda: heic([(b"jpeg", encoded(quarters()), TILE)])),
            ("heic-of-raw-pixels", lambda: heic([(b"unci", bytes(99), TILE)])),
            ("heic-made-of-itself", lambda: heic([(b"iden", b"x", TILE)], {1: (1,)})),
            ("heic-made-in-a-circle", lambda: heic(
             [(b"iden", b"x", TILE), (b"iden", b"x", TILE)], {1: (2,), 2: (1,)})),
            ("heic-same-part-twice", lambda: heic(
             [(b"grid", struct.pack(">BBBBHH", 0, 0, 0, 1, 256, 64), (256, 64)), HEIC_TILE],
             {1: (2, 2)})),
            ("heic-grid-with-holes", lambda: heic_grid(1, 1, (7000, 7000))),
            ("heic-overlay-larger-than-told", lambda: overlay((20_000, 20_000), (200, 100))),
            ("heic-tables-nowhere", lambda: heic().replace(b"iloc", b"free")),
            ("heic-box-of-4-gb", lambda: heic().replace(b"meta", b"meta", 1)[:28]
             + b"\xff\xff\xff\xffmeta" + heic()[36:]),
        )
    ),
)  # fmt: skip
