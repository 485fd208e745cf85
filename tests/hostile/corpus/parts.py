"""Take a file apart where its format does, and put it together again."""

from __future__ import annotations

import struct

from photo_writers import PNG_START, chunk


def parts_of(data):
    """Cut a file where its format does: PNG chunks, WebP chunks, boxes, JPEG segments."""
    if data.startswith(PNG_START):
        return _cut(data, 8, lambda at: 12 + struct.unpack_from(">I", data, at)[0])
    if data.startswith(b"RIFF"):
        return _cut(
            data, 12, lambda at: 8 + (struct.unpack_from("<I", data, at + 4)[0] + 1) // 2 * 2
        )
    if data.startswith(b"\xff\xd8"):
        return [data[:2], *(b"\xff" + part for part in data[2:].split(b"\xff")[1:])]
    return _cut(data, 0, lambda at: struct.unpack_from(">I", data, at)[0])


def _cut(data, place, length):
    parts = [data[:place]]
    while place + 8 <= len(data):
        end = place + max(8, length(place))
        parts.append(data[place:end])
        place = end
    return [*parts, data[place:]]


def joined(parts):
    """Put parts together again; the sums of a PNG are made right, so that decoders read on."""
    if parts[0] == PNG_START:
        parts = [PNG_START, *(chunk(part[4:8], part[8:-4]) for part in parts[1:] if len(part) > 11)]
    return b"".join(parts)
