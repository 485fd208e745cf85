"""The limits on a photo, judged before any decoder sees it: both sides of each."""

import struct
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from photo_writers import (
    PNG_START,
    box,
    chunk,
    encoded,
    jpeg_with,
    png_head,
    riff,
    segment,
    spatial,
    webp_canvas,
)
from PIL import Image

from calculator.errors import PhotoRejected
from calculator.photo.header import PHOTO_LIMITS, read_header

CROSSED = {"JPEG": (7500, 6800), "PNG": (6000, 6000), "WEBP": (5750, 5000), "HEIC": (7500, 6800)}
PICTURE = Image.new("RGB", (321, 123), (200, 60, 40))


def jpeg_of(width_px, height_px, scans=1):
    frame = struct.pack(">HBHHB", 11, 8, height_px, width_px, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">H", 8) + b"\x01\x01\x00\x00\x3f\x00" + b"\x12\xff\x00\x34"
    return b"\xff\xd8\xff\xc0" + frame + scan * scans + b"\xff\xd9"


def png_of(width_px, height_px):
    return PNG_START + png_head(width_px, height_px, 8, 2) + chunk(b"IEND", b"")


def webp_of(width_px, height_px):
    return riff(webp_canvas(width_px, height_px, 2))


def heic_of(width_px, height_px, extra=b""):
    properties = box(b"iprp", box(b"ipco", spatial(width_px, height_px) + extra))
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", properties, version=0)


MAKERS = {"JPEG": jpeg_of, "PNG": png_of, "WEBP": webp_of, "HEIC": heic_of}


def reason_for(data):
    with pytest.raises(PhotoRejected) as caught:
        read_header(data)
    return caught.value.reason


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
def test_header_gives_kind_and_size_of_what_an_encoder_wrote(file_format):
    header = read_header(encoded(PICTURE, file_format))
    assert (header.kind, header.width_px, header.height_px) == (file_format, 321, 123)


@pytest.mark.parametrize(
    "options", [{"lossless": True}, {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0"}, {"quality": 5}]
)
def test_header_reads_all_three_kinds_of_webp(options):
    header = read_header(encoded(PICTURE, "WEBP", **options))
    assert (header.kind, header.width_px, header.height_px) == ("WEBP", 321, 123)


@pytest.mark.parametrize("kind", MAKERS)
def test_header_accepts_the_most_pixels_and_refuses_one_row_more(kind):
    width, height = CROSSED[kind]
    assert read_header(MAKERS[kind](width, height)).kind == kind
    assert reason_for(MAKERS[kind](width, height + 1)) == "too-many-pixels"


def test_limits_leave_room_for_what_the_process_already_holds():
    for kind, cost in (("WEBP", 16), ("HEIC", 9), ("PNG", 4)):
        peak = PHOTO_LIMITS.max_pixels(kind) * cost + PHOTO_LIMITS.resident_bytes
        assert peak <= PHOTO_LIMITS.memory_bytes == 600_000_000
    assert PHOTO_LIMITS.max_pixels("JPEG") == PHOTO_LIMITS.max_pixels("HEIC") == 51_000_000
    assert PHOTO_LIMITS.max_pixels("PNG") == 36_000_000
    roomy = replace(PHOTO_LIMITS, memory_bytes=10**9)
    assert roomy.max_pixels("WEBP") == 36_000_000


def test_header_refuses_a_webp_of_38_bytes_that_would_cost_gigabytes():
    bomb = webp_of(16384, 16384) + b"ANIM\x00\x00\x00\x00"
    assert len(bomb) == 38
    assert reason_for(bomb) == "too-many-pixels"


def test_header_accepts_120_scans_and_refuses_121():
    assert read_header(jpeg_of(800, 600, scans=120)).width_px == 800
    assert reason_for(jpeg_of(800, 600, scans=121)) == "too-many-scans"


def test_header_allows_fewer_scans_of_a_large_photo():
    assert read_header(jpeg_of(7500, 6800, scans=29)).width_px == 7500
    assert reason_for(jpeg_of(7500, 6800, scans=30)) == "too-many-scans"


def test_header_does_not_count_the_scans_of_further_pictures():
    assert read_header(jpeg_of(800, 600) + jpeg_of(800, 600, scans=500)).width_px == 800
    thumbnail = jpeg_of(80, 60, scans=500)
    photo = jpeg_with(segment(0xE1, thumbnail), data=jpeg_of(800, 600))
    assert read_header(photo).width_px == 800


def test_header_accepts_15_million_bytes_and_refuses_one_more():
    photo = encoded(PICTURE)
    assert read_header(photo.ljust(15_000_000, b"\0")).kind == "JPEG"
    assert reason_for(photo.ljust(15_000_001, b"\0")) == "too-big"


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a" + bytes(40),
        b"%PDF-1.7\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"II*\0" + bytes(40),
        b"BM" + bytes(40),
        heic_of(40, 30).replace(b"heic", b"avif"),
        b"\0",
        bytes(1000),
    ],
)
def test_header_refuses_what_is_no_photo(data):
    assert reason_for(data) == "unknown-format"


def test_header_refuses_nothing_at_all():
    assert reason_for(b"") == "empty"


@pytest.mark.parametrize("kind", MAKERS)
def test_header_refuses_a_picture_without_a_side(kind):
    if kind != "WEBP":  # whose canvas cannot be empty
        assert reason_for(MAKERS[kind](0, 30)) == "damaged"


@pytest.mark.parametrize("kind", MAKERS)
def test_header_refuses_every_cut_of_a_header(kind):
    whole = MAKERS[kind](40, 30)
    # Of a JPEG the header ends where its first scan starts; what follows the decoder judges.
    end = whole.index(b"\xff\xda") + 2 if kind == "JPEG" else len(whole)
    for length in range(1, end):
        assert reason_for(whole[:length]) in {"damaged", "unknown-format"}


def test_header_tells_what_a_decoder_must_hold_whole():
    plain = encoded(PICTURE, "JPEG")
    assert not read_header(plain).held_whole
    assert read_header(encoded(PICTURE, "JPEG", progressive=True)).held_whole
    in_two_scans = plain.replace(b"\xff\xda\x00\x0c\x03", b"\xff\xda\x00\x0c\x02")
    assert read_header(in_two_scans).held_whole
    assert all(read_header(encoded(PICTURE, kind)).held_whole for kind in ("PNG", "WEBP"))


def test_header_tells_whether_a_heic_turns_itself():
    assert not read_header(heic_of(40, 30)).turned_in_file
    assert read_header(heic_of(40, 30, box(b"irot", b"\x01"))).turned_in_file
    assert read_header(heic_of(40, 30, box(b"imir", b"\x01"))).turned_in_file


def test_header_takes_the_largest_size_of_a_heic_in_tiles():
    tile = spatial(512, 512)
    header = read_header(heic_of(4032, 3024, tile))
    assert (header.width_px, header.height_px) == (4032, 3024)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xd8" + b"\xff\xe1\x00\x02" * 3_700_000,
        b"\xff\xd8" + b"\xff\x01" * 7_000_000,
        png_of(40, 30)[:33] + chunk(b"teXt", b"") * 1_200_000,
        heic_of(40, 30)[:24] + box(b"free", b"") * 1_800_000,
    ],
    ids=["segments", "bare-markers", "chunks", "boxes"],
)
def test_header_does_not_walk_through_millions_of_empty_parts(data):
    start = time.process_time()
    assert reason_for(data) == "damaged"
    assert time.process_time() - start < 1


@given(
    st.sampled_from([make(40, 30) for make in MAKERS.values()]),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 255)), max_size=8),
    st.binary(max_size=40),
)
def test_header_answers_with_a_size_or_a_reason_whatever_the_bytes(data, changes, tail):
    changed = bytearray(data)
    for place, value in changes:
        changed[place % len(changed)] = value
    try:
        header = read_header(bytes(changed) + tail)
    except PhotoRejected:
        return
    assert 0 < header.width_px * header.height_px <= PHOTO_LIMITS.max_pixels(header.kind)
