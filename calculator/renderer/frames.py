"""What parent and child say to each other: a small JSON head and a body of bytes, nothing else.

No pickle: a child that a photo has taken over could otherwise run code in the web process.
"""

from __future__ import annotations

import json
import struct
from typing import Any, Final

Head = dict[str, Any]

LENGTHS: Final = struct.Struct(">II")
MAX_HEAD_BYTES: Final = 16 * 1024
# A card is some 0.3 MB; an upload is at most 15 MB.
MAX_ANSWER_BYTES: Final = 8 * 1024 * 1024
MAX_JOB_BYTES: Final = 16 * 1024 * 1024


class FrameBroken(Exception):
    """The other side sent what is no frame."""


def pack_head(head: Head, body_bytes: int) -> bytes:
    """Return the lengths and the head; the body follows as it is."""
    text = json.dumps(head).encode()
    return LENGTHS.pack(len(text), body_bytes) + text


def unpack_lengths(start: bytes, max_body_bytes: int) -> tuple[int, int]:
    """Return the lengths of head and body; raises FrameBroken when they are out of bounds."""
    head_bytes, body_bytes = LENGTHS.unpack(start)
    if not 2 <= head_bytes <= MAX_HEAD_BYTES or body_bytes > max_body_bytes:
        raise FrameBroken
    return head_bytes, body_bytes


def unpack_head(text: bytes) -> Head:
    """Read the head; raises FrameBroken when it is not one."""
    try:
        head = json.loads(text)
    except ValueError as error:
        raise FrameBroken from error
    if not isinstance(head, dict):
        raise FrameBroken
    return head
