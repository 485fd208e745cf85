"""Read a photo's kind and size from its header, and refuse what would cost too much to decode.

A 38-byte WebP can make its decoder ask for 2.8 GB, and a small JPEG with thousands of scans keeps
one busy for half a minute. So the few fields needed are read here, before any decoder runs.
"""

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from calculator.errors import PhotoRejected


@dataclass(frozen=True)
class PhotoLimits:
    """What a photo may cost.

    `resident_bytes` is what the process already uses: Python, OpenCV and the model took 130 MB.
    What is left of `memory_bytes` limits WebP to 28 million pixels. Scanned pixels are pixels
    times scans: 120 scans of 51 million pixels took 6.7 s; real photos have some 10 scans.
    """

    max_bytes: int = 15_000_000
    memory_bytes: int = 600_000_000
    resident_bytes: int = 140_000_000
    max_jpeg_scans: int = 120
    max_jpeg_scanned_pixels: int = 1_500_000_000

    def max_pixels(self, kind: str) -> int:
        """Return the most pixels that a photo of this kind may have."""
        pixels, bytes_per_pixel = _PIXELS[kind]
        if kind == "JPEG":
            return pixels
        return min(pixels, (self.memory_bytes - self.resident_bytes) // bytes_per_pixel)


PHOTO_LIMITS = PhotoLimits()
# The most pixels of each kind, and the bytes that each takes at its decoder's measured peak: of a
# JPEG none counts, since it is reduced while it is decoded.
_PIXELS = {
    "JPEG": (51_000_000, 0),
    "HEIC": (51_000_000, 9),
    "PNG": (36_000_000, 4),
    "WEBP": (36_000_000, 16),
}


@dataclass(frozen=True)
class PhotoHeader:
    """What the header says. `turned_in_file` (HEIC): the decoder itself turns the picture.

    `ends_at` (HEIC): where its boxes end, and what the maker of a phone hung on begins.

    `held_whole`: the decoder needs memory for all pixels at once, even to make a small picture.
    Only a JPEG with all its colours in one scan can be decoded in parts.
    """

    kind: str
    width_px: int
    height_px: int
    turned_in_file: bool = False
    held_whole: bool = True
    ends_at: int | None = None


def read_header(data: bytes) -> PhotoHeader:
    """Return a photo's kind and size; raises PhotoRejected when it may not be decoded."""
    header, limits = read_size(data), PHOTO_LIMITS
    pixels = header.width_px * header.height_px
    scans = min(limits.max_jpeg_scans, limits.max_jpeg_scanned_pixels // pixels)
    if header.kind == "JPEG" and _more_jpeg_scans_than(data, scans):
        raise PhotoRejected("too-many-scans")
    return header


def read_size(data: bytes) -> PhotoHeader:
    """Do what read_header does, but without counting scans, which takes milliseconds."""
    if not data:
        raise PhotoRejected("empty")
    if len(data) > PHOTO_LIMITS.max_bytes:
        raise PhotoRejected("too-big")
    read = _reader_for(data)
    try:
        header = read(data)
    except (struct.error, IndexError) as error:
        raise PhotoRejected("damaged") from error
    if header.width_px < 1 or header.height_px < 1:
        raise PhotoRejected("damaged")
    if header.width_px * header.height_px > PHOTO_LIMITS.max_pixels(header.kind):
        raise PhotoRejected("too-many-pixels")
    return header


def _reader_for(data: bytes) -> Callable[[bytes], PhotoHeader]:
    """Choose by the bytes alone: the file name and the declared type come from the visitor."""
    if data.startswith(b"\xff\xd8\xff"):
        return _read_jpeg
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _read_png
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _read_webp
    if data[4:8] == b"ftyp" and _HEIC_BRANDS & _brands(data):
        return _read_heic
    raise PhotoRejected("unknown-format")


# ---- JPEG

_JPEG_SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_PROGRESSIVE = 0xC2
_JPEG_BARE_MARKERS = frozenset(range(0xD0, 0xD9)) | {0x01}
_JPEG_SCAN, _JPEG_END = 0xDA, 0xD9
_MOST_PARTS = 20_000  # segments, chunks or boxes; a real photo of 15 MB has some two thousand
_JPEG_SCAN_START = re.compile(rb"\xff\xda")
# In a scan 0xFF is data when 0x00 follows, and a restart when 0xD0 to 0xD7 follows.
_JPEG_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield each marker of the first picture, with the position where its content starts."""
    position = 2
    for _ in range(_MOST_PARTS):
        # As decoders do, skip any bytes before a marker, and repeated 0xFF.
        found = _JPEG_MARKER_IN_SCAN.search(data, position)
        if found is None:
            return
        marker, position = data[found.end() - 1], found.end()
        if marker == _JPEG_END:
            return
        if marker in _JPEG_BARE_MARKERS:
            continue
        yield marker, position + 2
        position += struct.unpack_from(">H", data, position)[0]
    raise PhotoRejected("damaged")


def _read_jpeg(data: bytes) -> PhotoHeader:
    header, colours = None, 0
    for marker, start in _jpeg_segments(data):
        if marker in _JPEG_SIZE_MARKERS:
            height_px, width_px, colours = struct.unpack_from(">HHB", data, start + 1)
            progressive = marker == _JPEG_PROGRESSIVE
            header = PhotoHeader("JPEG", width_px, height_px, held_whole=progressive)
        if marker == _JPEG_SCAN and header is not None:
            return header if data[start] == colours else replace(header, held_whole=True)
    raise PhotoRejected("damaged")


def _more_jpeg_scans_than(data: bytes, limit: int) -> bool:
    """Return whether the first picture has more scans than `limit`.

    Counting the start bytes takes 2 ms on a 5 MB photo (bytes.count more than twice as long). It
    also counts thumbnails and the further pictures of an MPO, so it can only be too high; only
    then are the markers followed one by one.
    """
    if sum(1 for _ in islice(_JPEG_SCAN_START.finditer(data), limit + 1)) <= limit:
        return False
    return sum(marker == _JPEG_SCAN for marker, _ in _jpeg_segments(data)) > limit


# ---- PNG


def _read_png(data: bytes) -> PhotoHeader:
    length, name, width_px, height_px = struct.unpack_from(">I4sII", data, 8)
    if name != b"IHDR" or length != 13:
        raise PhotoRejected("damaged")
    position = 8
    for _ in range(_MOST_PARTS):
        length, name = struct.unpack_from(">I4s", data, position)
        position += 12 + length
        if name == b"IEND" and position <= len(data):  # a file cut off has no IEND
            return PhotoHeader("PNG", width_px, height_px)
    raise PhotoRejected("damaged")


# ---- WebP


def _read_webp(data: bytes) -> PhotoHeader:
    if struct.unpack_from("<I", data, 4)[0] + 8 > len(data):
        raise PhotoRejected("damaged")
    name = data[12:16]
    if name == b"VP8X":
        width, width_high, height, height_high = struct.unpack_from("<HBHB", data, 24)
        return PhotoHeader("WEBP", 1 + width + (width_high << 16), 1 + height + (height_high << 16))
    if name == b"VP8L" and data[20] == 0x2F:
        bits = struct.unpack_from("<I", data, 21)[0]
        return PhotoHeader("WEBP", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
    if name == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", data, 26)
        return PhotoHeader("WEBP", width & 0x3FFF, height & 0x3FFF)
    raise PhotoRejected("damaged")


# ---- HEIC

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1"})
# The boxes that lead to the pictures' properties, each with its bytes before the first inner box.
_HEIC_OUTER_BOXES = frozenset(
    {b"meta", b"mdat", b"moov", b"moof", b"free", b"skip", b"wide", b"uuid", b"idat"}
    | {b"mpvd", b"sefd", b"pdin", b"mfra", b"sidx", b"styp", b"emsg"}
)
_HEIC_PATH = ((b"meta", 4), (b"iprp", 0), (b"ipco", 0))


def _brands(data: bytes) -> set[bytes]:
    end = min(int.from_bytes(data[:4]), len(data), 256)
    brands = {data[8:12]} | {data[start : start + 4] for start in range(16, end, 4)}
    return set() if data[8:12] in (b"avif", b"avis") else brands


def _heic_boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, start and end of the content of each box between `start` and `end`."""
    for _ in range(_MOST_PARTS):
        if start >= end:
            return
        size, name = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", data, start + 8)[0], 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            break
        yield name, start + head, start + size
        start += size
    raise PhotoRejected("damaged")


def _heic_end(data: bytes) -> int:
    """Return where the boxes end: a maker's trailer has no box's name, a box cut off has one."""
    start = 0
    for _ in range(_MOST_PARTS):
        name = data[start + 4 : start + 8]
        if start >= len(data) or (start and name not in _HEIC_OUTER_BOXES):
            return start
        _, _, start = next(_heic_boxes(data, start, len(data)))
    raise PhotoRejected("damaged")


def _read_heic(data: bytes) -> PhotoHeader:
    """Return the largest size in the file: that of a grid is larger than that of its tiles."""
    start, end = 0, _heic_end(data)
    ends_at = end
    for wanted, own_bytes in _HEIC_PATH:
        # A list, so that the boxes behind the wanted one are checked too: there a file is cut off.
        inner = [box for box in _heic_boxes(data, start, end) if box[0] == wanted]
        if not inner:
            raise PhotoRejected("damaged")
        start, end = inner[0][1] + own_bytes, inner[0][2]
    sizes, turned = [(0, 0)], False
    for name, content, _end in _heic_boxes(data, start, end):
        if name == b"ispe":
            sizes.append(struct.unpack_from(">II", data, content + 4))
        turned = turned or name in (b"irot", b"imir")
    width_px, height_px = max(sizes, key=lambda size: size[0] * size[1])
    return PhotoHeader("HEIC", width_px, height_px, turned_in_file=turned, ends_at=ends_at)
