"""Small files that would cost much: refused by their header, or ended when they cost too much."""

from __future__ import annotations

from photo_writers import (
    chunk,
    encoded,
    heic,
    heic_grid,
    heic_overlay_of_overlays,
    heic_overlays,
    jpeg_of_scans,
    jpeg_with_size,
    png,
    quarters,
    riff,
    webp_canvas,
    zeros,
)

from corpus.case import DRAWN, Case

MANY = "too-many-pixels"


def packed(name, start, count=100_000_000):
    """Return a small PNG with a chunk that unpacks to a hundred million bytes."""
    return png(90, 60, before=chunk(name, start + zeros(count)))


CASES = (
    # More pixels than allowed.
    Case("jpeg-4-gigapixels", lambda: jpeg_with_size(65_500, 65_500), MANY),
    Case("jpeg-one-row-too-many", lambda: jpeg_with_size(7_500, 6_801), MANY),
    Case("png-4-gigapixels", lambda: png(65_535, 65_535, pixels=b""), MANY),
    Case("png-2-billion-wide", lambda: png(2**31 - 1, 2**31 - 1, pixels=b""), MANY),
    Case("png-one-column-too-many", lambda: png(6_001, 6_000, pixels=b""), MANY),
    Case("webp-of-38-bytes", lambda: riff(webp_canvas(16_384, 16_384, 2), (b"ANIM", b"")), MANY),
    Case("webp-canvas-of-16-million", lambda: riff(webp_canvas(2**24, 2**24)), MANY),
    Case("heic-4-gigapixels", lambda: heic([(b"hvc1", b"x", (65_535, 65_535))]), MANY),
    Case("heic-grid-of-gigapixels", lambda: heic_grid(1, 1, (2**31, 2**31)), MANY),
    # More bytes or scans than allowed.
    Case("jpeg-one-byte-too-many", lambda: encoded(quarters()).ljust(15_000_001, b"\0"), "too-big"),
    Case("zeros-one-byte-too-many", lambda: bytes(15_000_001), "too-big"),
    Case("jpeg-121-scans", lambda: jpeg_of_scans((240, 160), 121), "too-many-scans"),
    Case("jpeg-10000-scans", lambda: jpeg_of_scans((240, 160), 10_000), "too-many-scans"),
    # What unpacks without end.
    Case("png-pixels-without-end", lambda: png(90, 60, pixels=zeros(200_000_000)), DRAWN),
    Case("png-text-bomb", lambda: packed(b"zTXt", b"Comment\0\0"), "damaged"),
    Case("png-xmp-bomb", lambda: packed(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0"), "damaged"),
    Case("png-profile-bomb", lambda: packed(b"iCCP", b"icc\0\0"), "damaged"),
    Case("png-many-text-bombs", lambda: png(90, 60,
         before=chunk(b"zTXt", b"Comment\0\0" + zeros(1_000_000)) * 100), "damaged"),
    # Within the limits, and as costly as they come.
    Case("jpeg-121-scans-but-one", lambda: jpeg_of_scans((240, 160), 120), DRAWN),
    Case("jpeg-scans-of-large-pixels", lambda: jpeg_of_scans((3_500, 3_500), 120), costly=True),
    Case("png-36-mp", lambda: png(6_000, 6_000, depth=16, colour_type=6, interlaced=1),
         costly=True),
    Case("png-as-a-thread", lambda: png(1, 9_000_000), costly=True),
    Case("heic-900-tiles", lambda: heic_grid(30, 30), costly=True),
    Case("heic-49-mp-overlay", lambda: heic_overlays((7_000, 7_000), 1), costly=True),
    # More memory than a renderer may have, and more time.
    Case("heic-overlays-on-overlays", lambda: heic_overlays((7_000, 7_000), 40), "damaged",
         costly=True),
    Case("heic-overlay-of-overlays", lambda: heic_overlay_of_overlays((3_000, 3_000), 300),
         "too-slow", costly=True),
)  # fmt: skip
