"""The messages between parent and child: two lengths, a small JSON head, a body of bytes.

No pickle: with it, a child taken over by a photo could run code in the web process.
"""

import json
import struct
from typing import Any, Final

Head = dict[str, Any]

FRAME_LENGTHS: Final = struct.Struct(">II")  # of head and body, in bytes
MAX_HEAD_BYTES: Final = 16 * 1024
# A card is some 0.3 MB; an upload is at most 15 MB.
MAX_ANSWER_BYTES: Final = 8 * 1024 * 1024
MAX_JOB_BYTES: Final = 16 * 1024 * 1024


class FrameBroken(Exception):
    """The other side sent something else than a frame."""


def pack_head(head: Head, body_bytes: int) -> bytes:
    """Return the lengths and the head; the body is sent after it, unchanged."""
    text = json.dumps(head).encode()
    return FRAME_LENGTHS.pack(len(text), body_bytes) + text


def unpack_lengths(start: bytes, max_body_bytes: int) -> tuple[int, int]:
    """Return the lengths of head and body; raises FrameBroken when they are out of bounds."""
    head_bytes, body_bytes = FRAME_LENGTHS.unpack(start)
    if not 2 <= head_bytes <= MAX_HEAD_BYTES or body_bytes > max_body_bytes:
        raise FrameBroken
    return head_bytes, body_bytes


def unpack_head(text: bytes) -> Head:
    """Return the head; raises FrameBroken when it is not a JSON object."""
    try:
        head = json.loads(text)
    except ValueError as error:
        raise FrameBroken from error
    if not isinstance(head, dict):
        raise FrameBroken
    return head
