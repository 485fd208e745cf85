"""Write photos part by part, so that any part can be wrong; sizes are in pixels.

The parts of a sound file are public too: whoever changes one writes the rest as it was.
"""

from __future__ import annotations

import io
import struct
import zlib

from heic_sample import HEIC, HEIC_EXIF_AT
from PIL import Image

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 30), (30, 30, 220), (240, 240, 240)
UPRIGHT = (RED, GREEN, BLUE, WHITE)
# What an upright viewer sees of UPRIGHT, stored as it is, for each value of Exif's orientation.
SEEN = {
    1: (RED, GREEN, BLUE, WHITE),
    2: (GREEN, RED, WHITE, BLUE),
    3: (WHITE, BLUE, GREEN, RED),
    4: (BLUE, WHITE, RED, GREEN),
    5: (RED, BLUE, GREEN, WHITE),
    6: (BLUE, RED, WHITE, GREEN),
    7: (WHITE, GREEN, BLUE, RED),
    8: (GREEN, WHITE, RED, BLUE),
}
PNG_START = b"\x89PNG\r\n\x1a\n"
_PIECE = 1_000_000


def quarters(size=(240, 160)):
    """Return a picture of four colours, so that every turn of it is another picture."""
    width, height = size[0] // 2, size[1] // 2
    image = Image.new("RGB", size, RED)
    image.paste(GREEN, (width, 0, size[0], height))
    image.paste(BLUE, (0, height, width, size[1]))
    image.paste(WHITE, (width, height, *size))
    return image


def encoded(image, kind="JPEG", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif_of(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def zeros(count, level=1):
    """Return so many zero bytes as a zlib stream, a thousandth of their size."""
    packer = zlib.compressobj(level)
    pieces = (bytes(min(_PIECE, count - start)) for start in range(0, count, _PIECE))
    return b"".join(map(packer.compress, pieces)) + packer.flush()


# ---- Colour profiles

D50 = (0.9642, 1.0, 0.8249)
SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
DISPLAY_P3 = (
    (0.51512, 0.24120, -0.00105),
    (0.29198, 0.69225, 0.04189),
    (0.15710, 0.06657, 0.78407),
)
ADOBE_RGB = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
BLUE_FIRST = SRGB[::-1]  # red and blue exchanged: whoever leaves it out sees other colours


def screen_profile(primaries, gamma=None, space=b"RGB ", kind=b"mntr", curve=None):
    """Write a profile of version 2: primaries as D50 sees them, and a curve, by default sRGB's."""
    if curve is None and gamma is not None:
        curve = struct.pack(">IH", 1, round(gamma * 256))
    elif curve is None:
        steps = [step / 1023 for step in range(1024)]
        light = [step / 12.92 if step <= 0.04045 else ((step + 0.055) / 1.055) ** 2.4
                 for step in steps]  # fmt: skip
        curve = struct.pack(">I1024H", 1024, *(round(each * 65535) for each in light))
    parts = {b"desc": b"desc" + struct.pack(">II", 0, 2) + b"x\0" + bytes(78)}
    for name, colour in zip((b"wtpt", b"rXYZ", b"gXYZ", b"bXYZ"), (D50, *primaries), strict=True):
        numbers = struct.pack(">3i", *(round(each * 65536) for each in colour))
        parts[name] = b"XYZ " + bytes(4) + numbers
    parts |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), b"curv" + bytes(4) + curve)
    table = content = b""
    for name, part in parts.items():
        place = 132 + 12 * len(parts) + len(content)
        table += struct.pack(">4sII", name, place, len(part))
        content += part + bytes(-len(part) % 4)
    head = struct.pack(">8xI4s4s4s12x4s28x", 0x02100000, kind, space, b"XYZ ", b"acsp")
    head += struct.pack(">3i", *(round(each * 65536) for each in D50))
    body = head.ljust(128, b"\0") + struct.pack(">I", len(parts)) + table + content
    return struct.pack(">I", len(body)) + body[4:]


def blue_first(image):
    """Return an image as it is stored under BLUE_FIRST."""
    return Image.merge("RGB", image.split()[::-1])


# ---- PNG


def chunk(name, content):
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def png_head(width, height, depth=8, colour_type=0, interlaced=0):
    return chunk(
        b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour_type, 0, 0, interlaced)
    )


def png(width, height, *, depth=8, colour_type=0, interlaced=0, before=b"", pixels=None):
    """Write a black PNG; `before` stands between its head and its pixels."""
    if pixels is None:
        samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour_type]
        row = 1 + (width * samples * depth + 7) // 8
        # An interlaced one has up to twice the rows, each with a byte of its own.
        pixels = zeros((row + 8 * interlaced) * height)
    head = png_head(width, height, depth, colour_type, interlaced)
    return PNG_START + head + before + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def deep_png(colour_type, first, second):
    """Write a PNG of 16 bits a sample: its left half one colour, its right half another."""
    pixels = [struct.pack(f">{len(pixel)}H", *pixel) * 60 for pixel in (first, second)]
    rows = zlib.compress((b"\0" + b"".join(pixels)) * 80)
    return png(120, 80, depth=16, colour_type=colour_type, pixels=rows)


def png_of_chunks(image, *chunks):
    """Return a sound PNG of this image with these chunks right behind its head."""
    data, head = encoded(image, "PNG"), len(PNG_START) + len(png_head(1, 1))
    return data[:head] + b"".join(chunks) + data[head:]


# ---- JPEG


def segment(marker, content):
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def jpeg_with(*segments, data=None):
    """Return a sound JPEG with these segments right behind its start."""
    data = data or encoded(quarters())
    return data[:2] + b"".join(segments) + data[2:]


def jpeg_with_size(width, height):
    """Return a sound JPEG whose frame claims another size."""
    data = bytearray(encoded(quarters()))
    struct.pack_into(">HH", data, data.index(b"\xff\xc0") + 5, height, width)
    return bytes(data)


def jpeg_of_scans(size, count):
    """Return a progressive JPEG whose last scan is repeated until there are `count`."""
    data = encoded(Image.new("RGB", size, BLUE), progressive=True)
    last = data.rindex(b"\xff\xda")
    have = data.count(b"\xff\xda")
    return data[:-2] + data[last:-2] * (count - have) + b"\xff\xd9"


# ---- WebP


def riff(*chunks, form=b"WEBP"):
    """Write a RIFF file of pairs of name and content."""
    body = form + b"".join(
        name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
        for name, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webp_canvas(width, height, flags=0):
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    return b"VP8X", bytes([flags, 0, 0, 0]) + size


def webp_picture(size=(240, 160), **options):
    """Return name and content of the chunk that holds the pixels of a small WebP."""
    data = encoded(quarters(size), "WEBP", **options)
    return data[12:16], data[20:]


# ---- HEIC


def box(name, content, *, version=None):
    """Write a box; one with a version has four bytes for it."""
    start = b"" if version is None else struct.pack(">I", version << 24)
    return struct.pack(">I", 8 + len(start + content)) + name + start + content


_TILE_CODE = HEIC[HEIC.index(b"hvcC") - 4 :][:120]
_TILE_AT = HEIC.index(b"mdat") + 4
_TILE_PIXELS = HEIC[_TILE_AT : _TILE_AT + 63]
TILE = (128, 64)


def spatial(width, height):
    return box(b"ispe", struct.pack(">II", width, height), version=0)


HEIC_TILE = (b"hvc1", _TILE_PIXELS, TILE)


def heic(items=(HEIC_TILE,), links=None, *, brands=b"mif1heic", colours=b""):
    """Write a HEIC file of items, each its kind, its own bytes and its size; the first is shown.

    `links` tells for the number of an item, from 1, of which others it is made; `colours` is what
    a box says of the colours of each.
    """
    sizes = sorted({size for _kind, _content, size in items})
    named = linked = b""
    for number, (kind, _content, size) in enumerate(items, 1):
        named += box(b"infe", struct.pack(">HH4sB", number, 0, kind, 0), version=2)
        code = b"\x81" if kind == b"hvc1" else b""
        code += bytes([2 + sizes.index(size)]) + (bytes([2 + len(sizes)]) if colours else b"")
        linked += struct.pack(">HB", number, len(code)) + code
    references = b"".join(
        box(b"dimg", struct.pack(f">HH{len(parts)}H", number, len(parts), *parts))
        for number, parts in (links or {}).items()
    )
    spatials = b"".join(spatial(*size) for size in sizes)
    properties = box(b"ipco", _TILE_CODE + spatials + (box(b"colr", colours) if colours else b""))
    properties += box(b"ipma", struct.pack(">I", len(items)) + linked, version=0)
    meta = (
        box(b"hdlr", struct.pack(">I4s12xB", 0, b"pict", 0), version=0)
        + box(b"pitm", struct.pack(">H", 1), version=0)
        + box(b"iinf", struct.pack(">H", len(items)) + named, version=0)
        + box(b"iprp", properties)
        + (box(b"iref", references, version=0) if references else b"")
    )
    start = box(b"ftyp", b"heic" + bytes(4) + brands)
    # Where the pixels stand depends on how long the table of their places is.
    first = len(start) + 12 + len(meta) + 16 + 14 * len(items) + 8
    table, stored, places = struct.pack(">BBH", 0x44, 0, len(items)), b"", {}
    for number, (_kind, content, _size) in enumerate(items, 1):
        if content not in places:  # items of the same bytes share them
            places[content] = first + len(stored)
            stored += content
        table += struct.pack(">HHHII", number, 0, 1, places[content], len(content))
    meta += box(b"iloc", table, version=0)
    return start + box(b"meta", meta, version=0) + box(b"mdat", stored)


def turned_heic(orientation):
    """Return a HEIC that only its Exif turns: the decoder leaves it as it is stored."""
    data = bytearray(HEIC.replace(b"irot", b"free"))
    data[data.index(b"ipma") + 17] &= 0x7F  # a property unknown to a reader may not be essential
    data[HEIC_EXIF_AT] = orientation
    return bytes(data)


def heic_grid(rows, columns, size=None):
    """Write a picture of rows × columns times the same tile."""
    size = size or (columns * TILE[0], rows * TILE[1])
    about = struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, *size)
    items = [(b"grid", about, size)] + [HEIC_TILE] * (rows * columns)
    return heic(items, {1: range(2, len(items) + 1)})


def heic_overlays(size, depth):
    """Write an overlay on an overlay on an overlay …, each of this size, the last on one tile."""
    about = struct.pack(">BB4HIIii", 0, 1, 0, 0, 0, 0, *size, 0, 0)
    items = [(b"iovl", about, size)] * depth + [HEIC_TILE]
    return heic(items, {number: (number + 1,) for number in range(1, depth + 1)})


def heic_overlay_of_overlays(size, count):
    """Write an overlay of so many overlays, each of this size and of one tile: slow, not large."""
    about = struct.pack(">BB4HIIii", 0, 1, 0, 0, 0, 0, *size, 0, 0)
    all_parts = about + struct.pack(">ii", 0, 0) * (count - 1)
    items = [(b"iovl", all_parts, size)] + [(b"iovl", about, size)] * count + [HEIC_TILE] * count
    links = {1: range(2, count + 2)} | {number: (number + count,) for number in range(2, count + 2)}
    return heic(items, links)
