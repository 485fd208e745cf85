"""Unusual photos that are sound, or carry something that is none of the picture's: to be drawn."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from functools import partial

from photo_writers import (
    BLUE_FIRST,
    DISPLAY_P3,
    PNG_START,
    SEEN,
    UPRIGHT,
    blue_first,
    box,
    chunk,
    deep_png,
    encoded,
    exif_of,
    heic,
    heic_grid,
    jpeg_with,
    png,
    png_head,
    png_of_chunks,
    quarters,
    riff,
    screen_profile,
    segment,
    turned_heic,
    webp_canvas,
    webp_picture,
    zeros,
)
from PIL import Image

from corpus.case import Case

ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + b"ha" * 50 + b'">'
    + b"".join(b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b'<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY u SYSTEM "http://127.0.0.1:9/x">]>'
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>&j;&f;&u;</x:xmpmeta>"
)  # fmt: skip
XMP = b"http://ns.adobe.com/xap/1.0/\0"
FRAMES = [Image.new("RGB", (240, 160), (0, shade, 0)) for shade in range(0, 250, 5)]


def turned(kind, orientation):
    return encoded(quarters(), kind, exif=exif_of(orientation))


def orientations():
    for value, seen in SEEN.items():
        for kind in ("JPEG", "PNG", "WEBP"):
            yield Case(
                f"orientation-{value}-{kind}", lambda k=kind, v=value: turned(k, v), colours=seen
            )
        yield Case(f"orientation-{value}-HEIC", lambda v=value: turned_heic(v), colours=seen)


def palette_png(**options):
    return encoded(quarters().quantize(4), "PNG", **options)


def zip_file():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("x.html", "<script>alert(1)</script>")
    return out.getvalue()


def many_idat():
    """Return a sound PNG whose pixels come in pieces of one byte."""
    noise = random.Random(1)  # noqa: S311 - only has to be hard to pack
    pixels = zlib.compress(b"".join(b"\0" + noise.randbytes(160) for _row in range(90)))
    pieces = [chunk(b"IDAT", pixels[place : place + 1]) for place in range(len(pixels))]
    return PNG_START + png_head(160, 90) + b"".join(pieces) + chunk(b"IEND", b"")


def mpo():
    return encoded(quarters(), "MPO", save_all=True, append_images=FRAMES[:2])


def mpo_index(count, *entries):
    """Write an index of further pictures that may point anywhere."""
    rows = b"".join(struct.pack("<IIIHH", *entry, 0, 0) for entry in entries)
    return segment(
        0xE2,
        b"MPF\0II*\0" + struct.pack("<IH", 8, 2) + struct.pack("<HHII", 0xB001, 4, 1, count)
        + struct.pack("<HHII", 0xB002, 7, len(rows), 50) + bytes(20) + rows,
    )  # fmt: skip


def profiled(kind):
    """Return a file whose red and blue are exchanged, and a profile that says so."""
    profile = screen_profile(BLUE_FIRST)
    return encoded(blue_first(quarters()), kind, icc_profile=profile)


P3 = screen_profile(DISPLAY_P3)
TRAILER = b"\0\0\x01\n\x0e\0\0\0Image_UTC_Data1700000000000SEFH\x6a\0\0\0\x01\0\0\0SEFT"
FILM = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0\0\x10\0moov" + bytes(4088)
HALF = [(0x10,) * 3, (0xC0,) * 3] * 2
EXIF_LOOP = b"Exif\0\0II*\0" + struct.pack("<IHHHIII", 8, 1, 0x8769, 4, 1, 8, 8)
EXIF_HUGE = b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + struct.pack("<HHII", 271, 2, 2**31, 0) * 5000

CASES = (
    *orientations(),
    Case("jpeg-grey", lambda: encoded(quarters().convert("L"))),
    Case("jpeg-cmyk", lambda: encoded(quarters().convert("CMYK"), quality=95), colours=UPRIGHT),
    Case("jpeg-progressive", lambda: encoded(quarters(), progressive=True), colours=UPRIGHT),
    Case("jpeg-arithmetic-claimed", lambda: encoded(quarters()).replace(b"\xff\xc0", b"\xff\xc9")),
    Case("jpeg-thin", lambda: encoded(Image.new("L", (1, 65_500)))),
    Case("jpeg-one-pixel", lambda: encoded(Image.new("RGB", (1, 1)))),
    Case("png-grey-16", lambda: deep_png(0, (0x1000,), (0xC000,)), colours=HALF),
    Case("png-rgb-16", lambda: deep_png(2, (0x1000,) * 3, (0xC000,) * 3), colours=HALF),
    Case("png-rgba-16", lambda: deep_png(6, (4096,) * 3 + (65535,), (0xC000,) * 3 + (65535,)),
         colours=HALF),
    Case("png-palette", palette_png, colours=UPRIGHT),
    Case("png-palette-transparent", lambda: palette_png(transparency=b"\xff\xff\0\x80")),
    Case("png-palette-missing", lambda: png(90, 60, colour_type=3)),
    Case("png-palette-too-short", lambda: png(90, 60, colour_type=3,
         before=chunk(b"PLTE", b"\xff\0\0"), pixels=zlib.compress((b"\0" + b"\7" * 90) * 60))),
    Case("png-one-bit-interlaced", lambda: png(90, 60, depth=1, interlaced=1)),
    Case("png-thousands-of-pieces", many_idat),
    Case("png-exif-endless", lambda: png(90, 60, before=chunk(b"eXIf",
         b"MM\0*\0\0\0\x08\xff\xff" + b"\1\x12\0\3\xff\xff\xff\xff\0\6\0\0" * 400))),
    Case("webp-lossless", lambda: encoded(quarters(), "WEBP", lossless=True), colours=UPRIGHT),
    Case("webp-in-a-canvas", lambda: riff(webp_canvas(240, 160), webp_picture()), colours=UPRIGHT),
    Case("heic-by-hand", heic, colours=UPRIGHT),
    Case("heic-grid", lambda: heic_grid(4, 4)),
    Case("heic-free-space-behind", lambda: heic() + box(b"free", b"PK\3\4" * 9), colours=UPRIGHT),
    # Several pictures in one file: the first counts.
    Case("png-animated", lambda: encoded(quarters(), "PNG", save_all=True, append_images=FRAMES),
         colours=UPRIGHT),
    Case("png-animation-of-2-billion", lambda: png(90, 60,
         before=chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0)))),
    Case("webp-animated", lambda: encoded(quarters(), "WEBP", save_all=True, append_images=FRAMES,
         duration=20), colours=UPRIGHT),
    Case("mpo", mpo, colours=UPRIGHT),
    Case("mpo-index-beyond-the-file", lambda: jpeg_with(
         mpo_index(2, (0x30000, 9**9, 0), (0, 9**9, 2**31))), colours=UPRIGHT),
    Case("mpo-index-of-4-billion", lambda: jpeg_with(mpo_index(2**32 - 1, (0, 0, 0))),
         colours=UPRIGHT),
    # Metadata: huge, endless, with entities.
    Case("jpeg-xmp-entities", lambda: jpeg_with(segment(0xE1, XMP + ENTITIES)), colours=UPRIGHT),
    Case("png-xmp-entities", lambda: png_of_chunks(quarters(), chunk(b"iTXt",
         b"XML:com.adobe.xmp\0\0\0\0\0" + ENTITIES)), colours=UPRIGHT),
    Case("webp-xmp-entities", lambda: encoded(quarters(), "WEBP", xmp=ENTITIES), colours=UPRIGHT),
    Case("jpeg-exif-loop", lambda: jpeg_with(segment(0xE1, EXIF_LOOP)), colours=UPRIGHT),
    Case("jpeg-exif-huge", lambda: jpeg_with(segment(0xE1, EXIF_HUGE)), colours=UPRIGHT),
    Case("jpeg-13-mb-of-profiles", lambda: jpeg_with(*(segment(0xE2, b"ICC_PROFILE\0"
         + bytes([part, 200]) + bytes(65_000)) for part in range(1, 201))), colours=UPRIGHT),
    Case("jpeg-15-mb-of-nothing", lambda: encoded(quarters()).ljust(15_000_000, b"\xff"),
         colours=UPRIGHT),
    # Colours: what a profile says, and profiles that say nonsense.
    *(
        Case(f"profile-{kind.lower()}", partial(profiled, kind), colours=UPRIGHT)
        for kind in ("JPEG", "PNG", "WEBP")
    ),
    Case("profile-heic", lambda: heic(colours=b"prof" + P3)),
    Case("profile-heic-in-numbers", lambda: heic(
         colours=b"nclx" + struct.pack(">HHHB", 12, 13, 6, 0x80))),
    Case("profile-of-inks", lambda: encoded(quarters(), icc_profile=screen_profile(
         BLUE_FIRST, space=b"CMYK")), colours=UPRIGHT),
    Case("profile-curve-of-4-billion", lambda: encoded(quarters(), icc_profile=screen_profile(
         BLUE_FIRST, curve=struct.pack(">IH", 2**32 - 1, 0))), colours=UPRIGHT),
    Case("profile-cut-off", lambda: encoded(quarters(), icc_profile=P3[:300]), colours=UPRIGHT),
    Case("profile-4-mb", lambda: encoded(quarters(), icc_profile=P3 + bytes(4_000_000)),
         colours=UPRIGHT),
    Case("profile-of-noise", lambda: encoded(quarters(), icc_profile=zeros(60_000)[:40]
         * 1500), colours=UPRIGHT),
    # The end of a file: lost, or with a maker's trailer behind it.
    Case("jpeg-without-its-end", lambda: encoded(quarters())[:-2], colours=UPRIGHT),
    Case("jpeg-progressive-without-its-end", lambda: encoded(quarters(), progressive=True)[:-2],
         colours=UPRIGHT),
    Case("jpeg-with-a-trailer", lambda: encoded(quarters()) + TRAILER, colours=UPRIGHT),
    Case("heic-with-a-trailer", lambda: heic() + TRAILER, colours=UPRIGHT),
    Case("heic-and-jpeg", lambda: heic() + encoded(FRAMES[9]), colours=UPRIGHT),
    Case("heic-with-a-film", lambda: heic() + FILM + TRAILER, colours=UPRIGHT),
    # Two files in one: what is no picture stays behind.
    Case("jpeg-and-zip", lambda: encoded(quarters()) + zip_file(), colours=UPRIGHT),
    Case("jpeg-and-html", lambda: encoded(quarters(), comment=b"--><script>alert(1)</script>"),
         colours=UPRIGHT),
    Case("jpeg-and-pdf", lambda: jpeg_with(segment(0xFE, b"%PDF-1.7\n1 0 obj\n")),
         colours=UPRIGHT),
    Case("png-and-php", lambda: png_of_chunks(quarters(), chunk(b"tEXt",
         b"Comment\0<?php system($_GET[0]); ?>")), colours=UPRIGHT),
    Case("png-and-jpeg", lambda: encoded(quarters(), "PNG") + encoded(FRAMES[0]), colours=UPRIGHT),
    Case("webp-and-zip", lambda: encoded(quarters(), "WEBP") + zip_file(), colours=UPRIGHT),
    # Names and types that are wrong: only the content counts.
    Case("png-named-jpg", lambda: encoded(quarters(), "PNG"), file_name="a.jpg", colours=UPRIGHT),
    Case("webp-named-exe", lambda: encoded(quarters(), "WEBP"), file_name="setup.exe",
         content_type="application/x-msdownload", colours=UPRIGHT),
    Case("heic-named-svg", heic, file_name="x.svg", content_type="image/svg+xml", colours=UPRIGHT),
    *(
        Case(f"name-{number}", lambda: encoded(quarters()), file_name=name, content_type=kind)
        for number, (name, kind) in enumerate((
            ("../../../../etc/passwd", "text/html"), ("C:\\con\\nul.jpg", ""), (".", "x"),
            ("x" * 5000 + ".jpg", "image/jpeg; charset=\u20ac"), ("\u202egpj.exe", "*/*"),
            ("photo.jpg%00.php", "multipart/mixed; boundary=b"), ("<img src=x>.jpg", "image/png"),
            ("|cat /etc/passwd", "application/octet-stream"), ("\u2603.heic", "image/heic"),
        ))
    ),
)  # fmt: skip
