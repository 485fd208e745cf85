"""Draw the child and the marigold ground behind it, in flat shapes."""

import math
from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageDraw

from calculator.card.layout import (
    BRICK,
    FACE,
    FACE_SHADE,
    INK,
    MARIGOLD,
    SUNLIGHT,
    Box,
    ChildPose,
    Circle,
)

Point = tuple[float, float]

# Pillow's shapes have hard edges: draw them this many times larger and reduce, for smooth ones.
_OVERSIZE: Final = 3
_CURVE_STEPS: Final = 40


def draw_ground(field: Box, sun: Circle) -> Image.Image:
    """Draw the marigold ground with its large, low sun."""
    return _oversized_ground(field, sun).reduce(_OVERSIZE)


def _oversized_ground(field: Box, sun: Circle) -> Image.Image:
    image = Image.new("RGB", (field.width * _OVERSIZE, field.height * _OVERSIZE), MARIGOLD)
    middle = (sun.x * _OVERSIZE, sun.y * _OVERSIZE)
    ImageDraw.Draw(image).circle(middle, sun.radius * _OVERSIZE, fill=SUNLIGHT)
    return image


def draw_child(picture: Box, pose: ChildPose) -> Image.Image:
    """Draw a child without sex, skin colour, age or expression.

    The face is a tint of the ground, so that it is no skin colour. Every length below is in radii
    of the head, from the middle of the head.
    """
    image = _oversized_ground(picture, pose.sun)
    draw = ImageDraw.Draw(image)
    unit = pose.head.radius * _OVERSIZE
    middle_x, middle_y = pose.head.x * _OVERSIZE, pose.head.y * _OVERSIZE

    def at(points: Sequence[Point]) -> list[Point]:
        return [(middle_x + x * unit, middle_y + y * unit) for x, y in points]

    def ellipse(x: float, y: float, radius_x: float, radius_y: float, colour: str) -> None:
        (left, top), (right, bottom) = at(
            [(x - radius_x, y - radius_y), (x + radius_x, y + radius_y)]
        )
        draw.ellipse((left, top, right, bottom), fill=colour)

    draw.polygon(at(_SHOULDERS), fill=INK)
    draw.polygon(at(_NECK), fill=FACE_SHADE)
    ellipse(0, 1.13, 0.30, 0.13, FACE_SHADE)
    draw.polygon(at(_HEAD), fill=FACE)
    draw.polygon(at(_HAIR), fill=BRICK)
    return image.reduce(_OVERSIZE)


def flatten_curve(*anchors: Point) -> list[Point]:
    """Return points on joined cubic Bézier curves: a start, then two handles and an end each."""
    points = [anchors[0]]
    for index in range(0, len(anchors) - 1, 3):
        p0, p1, p2, p3 = anchors[index : index + 4]
        for step in range(1, _CURVE_STEPS + 1):
            t = step / _CURVE_STEPS
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            x, y = (a * p0[i] + b * p1[i] + c * p2[i] + d * p3[i] for i in (0, 1))
            points.append((x, y))
    return points


# A round head, widest at the cheeks, as a young child's.
_HEAD: Final[list[Point]] = [
    (math.cos(t) * (1.0 + 0.03 * math.sin(t)), 0.97 * math.sin(t))
    for t in (math.tau * step / 160 for step in range(160))
]
_NECK: Final[list[Point]] = [(-0.30, 0.7), (0.30, 0.7), (0.30, 1.13), (-0.30, 1.13)]
_SHOULDERS: Final = flatten_curve(
    (-1.55, 4.0),
    (-1.55, 2.4), (-1.50, 1.42), (-0.80, 1.20),
    (-0.58, 1.13), (-0.42, 1.10), (-0.30, 1.05),
    (-0.15, 1.08), (0.15, 1.08), (0.30, 1.05),
    (0.42, 1.10), (0.58, 1.13), (0.80, 1.20),
    (1.50, 1.42), (1.55, 2.4), (1.55, 4.0),
)  # fmt: skip
_HAIR: Final = flatten_curve(
    (-0.92, 0.52),
    (-1.10, 0.40), (-1.16, 0.05), (-1.12, -0.28),
    (-1.05, -0.82), (-0.60, -1.13), (-0.06, -1.12),
    (0.02, -1.12), (0.09, -1.15), (0.13, -1.22),
    (0.19, -1.18), (0.22, -1.14), (0.23, -1.08),
    (0.74, -0.98), (1.08, -0.66), (1.13, -0.20),
    (1.16, 0.08), (1.10, 0.40), (0.92, 0.52),
    (0.97, 0.30), (0.98, 0.0), (0.88, -0.22),
    (0.42, -0.18), (-0.20, -0.30), (-0.46, -0.60),
    (-0.54, -0.42), (-0.68, -0.28), (-0.86, -0.20),
    (-0.98, 0.0), (-0.97, 0.30), (-0.92, 0.52),
)  # fmt: skip
