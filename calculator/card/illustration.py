"""Draw the child on its marigold ground, in flat shapes.

It is the child of `static/drawings/child.svg`: every number below is one of that file, of which the
radius of the head is 82. A test compares the two drawings.
"""

from collections.abc import Sequence
from typing import Final

from PIL import Image, ImageDraw

from calculator.card.layout import BRICK, FACE, INK, MARIGOLD, PAPER, RIB, Box, ChildPose

Point = tuple[float, float]

# Pillow's shapes have hard edges: draw them this many times larger and reduce, for smooth ones.
_OVERSIZE: Final = 3
_CURVE_STEPS: Final = 40

_HEAD: Final = (160, 150)  # the middle of the head
_HEAD_RADIUS: Final = 82
_LEFT, _TOP, _RIGHT = 12, 4, 308  # of the whole drawing; the coat goes on below it
_BRIM, _SCARF_END, _FRINGE, _SCARF = (60, 100, 260, 142), (182, 226, 224), 284, (78, 212, 242, 250)
_POMPON: Final = (160, 29, 25)
_RIBS: Final = ((92, 138), (119, 140), (146, 140), (174, 140), (201, 140), (228, 138))  # x, foot
_RIB_TOP, _RIB_WIDTH = 102, 5


def draw_child(picture: Box, pose: ChildPose) -> Image.Image:
    """Draw a child without sex, skin, hair, age or expression, in a woolly hat and a scarf."""
    image = Image.new("RGB", (picture.width, picture.height), MARIGOLD)
    scale = pose.head.radius / _HEAD_RADIUS
    # Only the child is drawn larger, within whole pixels of the picture.
    left = max(int(pose.head.x + (_LEFT - _HEAD[0]) * scale) - 1, 0)
    top = max(int(pose.head.y + (_TOP - _HEAD[1]) * scale) - 1, 0)
    right = min(int(pose.head.x + (_RIGHT - _HEAD[0]) * scale) + 2, picture.width)
    drawn = _Drawing(
        Box(left, top, right - left, picture.height - top),
        (pose.head.x - left, pose.head.y - top),
        scale,
    )
    drawn.shape(INK, (*_COAT, (_RIGHT, 1e4), (_LEFT, 1e4)))
    drawn.circle(FACE, *_HEAD, _HEAD_RADIUS)
    drawn.shape(BRICK, _HAT)
    drawn.circle(PAPER, *_POMPON)
    drawn.round(PAPER, *_BRIM)
    for x, foot in _RIBS:
        drawn.box(RIB, x - _RIB_WIDTH / 2, _RIB_TOP, x + _RIB_WIDTH / 2, foot)
    drawn.box(BRICK, *_SCARF_END, _FRINGE)
    drawn.box(PAPER, _SCARF_END[0], _FRINGE, _SCARF_END[2], _FRINGE + 16)
    drawn.round(BRICK, *_SCARF)
    image.paste(drawn.image.reduce(_OVERSIZE), (left, top))
    return image


class _Drawing:
    """An image several times as large as its box, painted in lengths of the file."""

    def __init__(self, box: Box, middle: Point, scale: float) -> None:
        size = (box.width * _OVERSIZE, box.height * _OVERSIZE)
        self.image = Image.new("RGB", size, MARIGOLD)
        self._draw = ImageDraw.Draw(self.image)
        self._unit = scale * _OVERSIZE
        self._left = middle[0] * _OVERSIZE - _HEAD[0] * self._unit
        self._top = middle[1] * _OVERSIZE - _HEAD[1] * self._unit

    def shape(self, colour: str, points: Sequence[Point]) -> None:
        self._draw.polygon([self._at(*point) for point in points], fill=colour)

    def circle(self, colour: str, x: float, y: float, radius: float) -> None:
        self._draw.circle(self._at(x, y), radius * self._unit, fill=colour)

    def box(self, colour: str, left: float, top: float, right: float, bottom: float) -> None:
        self.shape(colour, [(left, top), (right, top), (right, bottom), (left, bottom)])

    def round(self, colour: str, left: float, top: float, right: float, bottom: float) -> None:
        """Paint a box whose short ends are half circles."""
        radius = (bottom - top) / 2
        self.box(colour, left + radius, top, right - radius, bottom)
        for x in (left + radius, right - radius):
            self.circle(colour, x, top + radius, radius)

    def _at(self, x: float, y: float) -> Point:
        return self._left + x * self._unit, self._top + y * self._unit


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


_COAT: Final = flatten_curve(
    (_LEFT, 300), (14, 250), (52, 218), (160, 218), (268, 218), (306, 250), (_RIGHT, 300)
)
_HAT: Final = flatten_curve(
    (72, 126), (72, 62), (110, 32), (160, 32), (210, 32), (248, 62), (248, 126)
)
