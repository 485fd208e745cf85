"""A face that was found: where it is, how it is turned, and how sure that is.

Nothing here recognises or compares people; positions are used once and dropped.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from calculator.photo.destroying import HEAD_SHARE

PixelPoint = tuple[float, float]

COVER_FROM_SCORE: Final = 0.22  # a cup is covered now and then: better than a face that is not
SURE_FROM_SCORE: Final = 0.75  # a cat reached 0.71, a face of ten pixels 0.77
SAME_FACE_OVERLAP: Final = 0.35


@dataclass(frozen=True)
class Face:
    """A face in pixels of the image that was searched, brow to chin, with the middle of each eye.

    The first of `eyes` is the one on the viewer's left when the face is upright.
    """

    left: float
    top: float
    width: float
    height: float
    eyes: tuple[PixelPoint, PixelPoint]
    score: float
    across: float = 0.0  # the width along the eyes, where the box of a tilted face cannot tell it

    @property
    def sure(self) -> bool:
        """Return whether this surely is a face; one that is not sure is covered all the same."""
        return self.score >= SURE_FROM_SCORE

    def doubted(self) -> "Face":
        """Return the same face, to be covered but not believed."""
        return replace(self, score=min(self.score, math.nextafter(SURE_FROM_SCORE, 0)))

    @property
    def size(self) -> float:
        return max(self.width, self.height)

    @property
    def centre(self) -> PixelPoint:
        return self.left + self.width / 2, self.top + self.height / 2

    @property
    def between_eyes(self) -> PixelPoint:
        (x1, y1), (x2, y2) = self.eyes
        return (x1 + x2) / 2, (y1 + y2) / 2

    @property
    def width_along_eyes(self) -> float:
        """Return the width along the line through the eyes: of a lying face, the box's height."""
        angle = math.radians(self.angle_degrees)
        return self.across or abs(math.cos(angle)) * self.width + abs(math.sin(angle)) * self.height

    @property
    def angle_degrees(self) -> float:
        """Return the tilt of the line through the eyes, clockwise, within -90 and 90."""
        (x1, y1), (x2, y2) = self.eyes
        angle = math.degrees(math.atan2(y2 - y1, x2 - x1))
        return (angle + 90) % 180 - 90

    def overlap(self, other: "Face") -> float:
        """Return the shared area over the joint area."""
        wide = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        high = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        shared = max(wide, 0.0) * max(high, 0.0)
        joint = self.width * self.height + other.width * other.height - shared
        return shared / joint if joint > 0 else 0.0

    def covers(self, other: "Face") -> bool:
        """Return whether the square that would destroy this face reaches around the other's."""
        away = max(abs(a - b) for a, b in zip(self.centre, other.centre, strict=True))
        return away + other.size * HEAD_SHARE / 2 <= self.size * HEAD_SHARE / 2


def distinct(faces: Iterable[Face]) -> tuple[Face, ...]:
    """Return the faces to cover, the largest first: of those that overlap, the best score."""
    kept: list[Face] = []
    for face in sorted(faces, key=lambda face: -face.score):
        if face.score < COVER_FROM_SCORE:
            break
        if not any(face.overlap(other) > SAME_FACE_OVERLAP or other.covers(face) for other in kept):
            kept.append(face)
    return tuple(sorted(kept, key=lambda face: -face.size))
