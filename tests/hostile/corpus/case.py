"""One file that someone may send, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

DRAWN: Final = "drawn"
Colours = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class Case:
    """A file and its outcome: DRAWN, or the reason why it is refused.

    `colours` are those of the picture's quarters, from the upper left to the lower right, where
    it matters. A costly case keeps a renderer busy for a second or more.
    """

    name: str
    make: Callable[[], bytes]
    outcome: str = DRAWN
    colours: Colours | None = None
    costly: bool = False
    file_name: str = "photo.jpg"
    content_type: str = "image/jpeg"
