"""The drawn child and the label over the eyes, in flat shapes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw

from calculator.layout import (
    BRICK,
    INK,
    MARIGOLD,
    PAPER,
    FACE,
    FACE_SHADE,
    SUNLIGHT,
    Box,
    CardLayout,
    ChildPose,
    Circle,
    LabelShape,
)
from calculator.lettering import CardFonts, capital_height, ink_box, text_width

Point = tuple[float, float]

# Pillow's shapes have hard edges; drawn this many times larger and reduced they are smooth.
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
    """Draw the child that is every child: no sex, skin, age or expression.

    The face has a tint of the ground, so that it is nobody's skin. Every length below is in
    radii of the head, from the middle of the head.
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


def _curve(*anchors: Point) -> list[Point]:
    """Flatten a chain of cubic Bézier curves: start, then two handles and an end for each."""
    points = [anchors[0]]
    for index in range(0, len(anchors) - 1, 3):
        p0, p1, p2, p3 = anchors[index : index + 4]
        for step in range(1, _CURVE_STEPS + 1):
            t = step / _CURVE_STEPS
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            points.append(
                (
                    a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0],
                    a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1],
                )
            )
    return points


def _head() -> list[Point]:
    """Trace a round head, fullest at the cheeks: young, and not anyone's."""
    steps = [math.tau * step / 160 for step in range(160)]
    return [(math.cos(t) * (1.0 + 0.03 * math.sin(t)), 0.97 * math.sin(t)) for t in steps]


_HEAD: Final = _head()
_NECK: Final[list[Point]] = [(-0.30, 0.7), (0.30, 0.7), (0.30, 1.13), (-0.30, 1.13)]
_SHOULDERS: Final = _curve(
    (-1.55, 4.0),
    (-1.55, 2.4), (-1.50, 1.42), (-0.80, 1.20),
    (-0.58, 1.13), (-0.42, 1.10), (-0.30, 1.05),
    (-0.15, 1.08), (0.15, 1.08), (0.30, 1.05),
    (0.42, 1.10), (0.58, 1.13), (0.80, 1.20),
    (1.50, 1.42), (1.55, 2.4), (1.55, 4.0),
)  # fmt: skip
_HAIR: Final = _curve(
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


@lru_cache(maxsize=32)
def _upright_label(word: str, width_px: int, shape: LabelShape, fonts: CardFonts) -> Image.Image:
    """Draw the label level and twice as large, in the middle of a clear margin.

    What is transparent is ink as well, so that turning leaves no pale fringe.
    """
    unit = 2 * width_px / shape.aspect
    margin = math.ceil(shape.thread_room * unit)
    size = (2 * width_px + 2 * margin, math.ceil(unit) + 2 * margin)
    label = Image.new("RGBA", size, INK + "00")
    over = _OVERSIZE
    mask = Image.new("L", (size[0] * over, size[1] * over), 0)
    draw = ImageDraw.Draw(mask)

    def at(points: Sequence[Point]) -> list[Point]:
        return [((margin + x * unit) * over, (margin + y * unit) * over) for x, y in points]

    def pour(colour: str) -> None:
        """Lay `colour` on the label where the mask is white, and clear the mask."""
        fine = mask.reduce(over)
        label.paste(colour, (0, 0), fine)
        mask.paste(0, (0, 0, *mask.size))

    cut, right = shape.chamfer, shape.aspect
    draw.polygon(
        at([(cut, 0), (right / 2, 0), (right / 2, 1), (cut, 1), (0, 1 - cut), (0, cut)]), fill=255
    )
    draw.rounded_rectangle(
        [*at([(cut + 0.1, 0)])[0], *at([(right, 1)])[0]], shape.corner * unit * over, fill=255
    )
    pour(INK)
    draw.circle(at([(shape.hole_x, 0.5)])[0], shape.hole_radius * unit * over, fill=255)
    pour(MARIGOLD)
    thick = shape.thread_width * unit * over
    for strand in (at(_curve(*curve)) for curve in shape.thread):
        draw.line(strand, fill=255, width=round(thick), joint="curve")
        draw.circle(strand[-1], thick / 2, fill=255)
    pour(PAPER)
    _letter(ImageDraw.Draw(label), word, shape, (margin, unit), fonts)
    return label


def _letter(
    draw: ImageDraw.ImageDraw,
    word: str,
    shape: LabelShape,
    frame: tuple[int, float],
    fonts: CardFonts,
) -> None:
    """Set the word in spaced capitals, as large as the room right of the hole allows."""
    margin, height = frame
    left = margin + shape.text_left * height
    room = (shape.aspect - shape.text_left - shape.text_right) * height
    probe = fonts.font("sans", 800, 100)
    widest = text_width(word, probe) / 100 + shape.tracking * (len(word) - 1)
    tallest = shape.tallest_capital * height / (capital_height(probe) / 100)
    font = fonts.font("sans", 800, max(int(min(room / widest, tallest)), 4))
    gap = shape.tracking * font.size
    # Kerning between two letters = their width together less their widths alone.
    steps = [
        text_width(pair, font) - text_width(pair[1], font)
        for pair in (word[i : i + 2] for i in range(len(word) - 1))
    ]
    total = sum(steps) + text_width(word[-1], font) + gap * len(steps)
    x = left + (room - total) / 2
    baseline = margin + height / 2 + capital_height(font) / 2
    for letter, step in zip(word, [*steps, 0.0], strict=True):
        draw.text((x, baseline), letter, fill=PAPER, font=font, anchor="ls")
        x += step + gap


def place_label(
    card: Image.Image,
    word: str,
    layout: CardLayout,
    fonts: CardFonts,
    *,
    centre: Point,
    width_px: float,
    angle_degrees: float,
) -> Box:
    """Lay the label on `card` with its middle near `centre`; return the box it takes.

    `centre` counts from the picture's corner. The label keeps wholly inside the picture: it is
    made smaller or moved where it would stick out. `angle_degrees` turns anticlockwise.
    """
    picture, shape = layout.picture, layout.label
    margin = shape.field_margin * picture.width
    slope = math.radians(angle_degrees)
    cos, sin = abs(math.cos(slope)), abs(math.sin(slope))
    # The box around a turned label, in label widths.
    across, down = cos + sin / shape.aspect, sin + cos / shape.aspect
    widest = min((picture.width - 2 * margin) / across, (picture.height - 2 * margin) / down)
    # Steps of four pixels let labels of nearly the same size share one drawing.
    width = max(int(min(width_px, widest)) // 4 * 4, 4)
    half_x, half_y = width * across / 2 + margin, width * down / 2 + margin
    x = min(max(centre[0], half_x), picture.width - half_x)
    y = min(max(centre[1], half_y), picture.height - half_y)

    level = _upright_label(word, width, shape, fonts)
    turned = level.rotate(angle_degrees, Image.Resampling.BICUBIC, expand=True).reduce(2)
    # The thread may leave the picture, so it is cut off at the picture's edge.
    field_box = (picture.left, picture.top, picture.right, picture.bottom)
    field = card.crop(field_box)
    corner = (round(x - turned.width / 2), round(y - turned.height / 2))
    field.paste(turned.convert("RGB"), corner, turned.getchannel("A"))
    card.paste(field, field_box)
    half_x, half_y = half_x - margin, half_y - margin
    return Box(
        round(picture.left + x - half_x),
        round(picture.top + y - half_y),
        round(2 * half_x),
        round(2 * half_y),
    )
