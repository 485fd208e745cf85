"""What is no photo that we read, whatever it calls itself: refused by its first bytes."""

from __future__ import annotations

import gzip

from photo_writers import box, chunk, encoded, heic, quarters, riff, segment, webp_picture

from corpus.case import Case
from corpus.sound import ENTITIES, FRAMES, zip_file

UNKNOWN = "unknown-format"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
WRITTEN = ("AVIF", "BMP", "DDS", "EPS", "GIF", "ICNS", "ICO", "JPEG2000", "PCX", "PDF", "PPM",
           "QOI", "SGI", "TGA", "TIFF")  # fmt: skip


def pdf_with_photo():
    photo = encoded(quarters())
    return b"%PDF-1.4\n1 0 obj<</Filter/DCTDecode>>stream\n" + photo + b"\nendstream endobj\n%%EOF"


CASES = tuple(
    Case(name, make, UNKNOWN)
    for name, make in (
        *((f"foreign-{kind}", lambda k=kind: encoded(quarters((64, 64)), k)) for kind in WRITTEN),
        ("gif-animated",
         lambda: encoded(quarters(), "GIF", save_all=True, append_images=FRAMES)),
        ("tiff-big", lambda: b"II+\0\x08\0\0\0" + bytes(50)),
        ("avif-sequence", lambda: box(b"ftyp", b"avis" + bytes(4) + b"avifheic") + bytes(90)),
        ("mp4", lambda: box(b"ftyp", b"isom" + bytes(4) + b"mp41") + bytes(90)),
        ("quicktime", lambda: box(b"ftyp", b"qt  " + bytes(4)) + box(b"moov", bytes(90))),
        ("jpeg-xl", lambda: b"\xff\x0a" + bytes(90)),
        ("photoshop", lambda: b"8BPS\0\1" + bytes(90)),
        ("svg", lambda: SVG),
        ("svg-entities", lambda: ENTITIES[: ENTITIES.index(b"<x:xmp")] + SVG),
        ("xml-entities", lambda: ENTITIES),
        ("postscript", lambda: b"%!PS\n(/etc/passwd) (r) file quit\n"),
        ("pdf-with-photo", pdf_with_photo),
        ("html", lambda: b"<!doctype html><script>alert(1)</script>"),
        ("zip", zip_file),
        ("gzip-bomb", lambda: gzip.compress(bytes(20_000_000))),
        ("wave", lambda: riff((b"fmt ", bytes(16)), form=b"WAVE")),
        ("avi-with-webp", lambda: riff(webp_picture(), form=b"AVI ")),
        ("program", lambda: b"\x7fELF\2\1\1" + bytes(90)),
        ("text", "Dit is geen foto. \u20ac".encode),
        ("one-byte", lambda: b"\xff"),
        ("zeros", lambda: bytes(5_000)),
        # A picture that comes second does not make a photo.
        ("gif-before-jpeg", lambda: b"GIF89a/*" + bytes(9) + b"*/=1;" + encoded(quarters())),
        ("jpeg-behind-a-byte", lambda: b"\0" + encoded(quarters())),
        ("jpeg-behind-newlines", lambda: b"\r\n\r\n" + encoded(quarters())),
        ("png-mangled-as-text", lambda: encoded(quarters(), "PNG").replace(b"\r\n", b"\n")),
        ("png-start-alone", lambda: chunk(b"IHDR", bytes(13))),
        ("jpeg-segment-alone", lambda: segment(0xE0, b"JFIF\0")),
        ("heic-behind-a-box", lambda: box(b"free", b"") + heic()),
    )
)  # fmt: skip
