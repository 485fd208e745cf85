"""Draw the label over the eyes, with its thread, and place it on a card."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw

from calculator.card.illustration import Point, flatten_curve
from calculator.card.layout import INK, MARIGOLD, PAPER, Box, CardLayout, LabelShape
from calculator.card.lettering import CardFonts, capital_height, text_width

# The label is drawn once for each word, this high, and halved a few times. To place it, the next
# larger drawing is turned and shrunk in one step: 1 ms, where drawing it takes 30.
_DRAWN_HEIGHT_PX: Final = 200
_HALVINGS: Final = 3
_OVERSIZE: Final = 3
_PROBE_PX: Final = 100
_EDGE: Final = 0.06  # empty room around the label, in its heights, so that turned edges are smooth

# The drawing and its mask. Outside the mask it is ink too, so that turning leaves no pale fringe.
_Drawing = tuple[Image.Image, Image.Image]


def place_label(
    card: Image.Image,
    word: str,
    layout: CardLayout,
    fonts: CardFonts,
    *,
    centre: Point,
    height_px: float,
    angle_degrees: float,
) -> Box:
    """Put the label on `card` with its middle near `centre`; return the box it takes.

    `centre` counts from the picture's corner, `angle_degrees` turns clockwise. The label stays
    inside the picture: where it would not fit it is made smaller, then moved. Its thread, which is
    no part of the box, is cut off at the picture's edge.
    """
    picture, shape = layout.picture, layout.label
    aspect = label_aspect(word, shape, fonts)
    margin = shape.field_margin * min(picture.width, picture.height)
    cos, sin = math.cos(math.radians(angle_degrees)), math.sin(math.radians(angle_degrees))
    # The box around a turned label, in label widths.
    across = abs(cos) + abs(sin) / aspect
    down = abs(sin) + abs(cos) / aspect
    width = min(
        height_px * aspect,
        (picture.width - 2 * margin) / across,
        (picture.height - 2 * margin) / down,
    )
    half_x, half_y = width * across / 2, width * down / 2
    x = min(max(centre[0], half_x + margin), picture.width - half_x - margin)
    y = min(max(centre[1], half_y + margin), picture.height - half_y - margin)

    drawing, cover = _drawing_at_least(width, word, shape, fonts)
    zoom = _label_width(drawing, shape, aspect) / width
    # The label's middle in its drawing, and the corners of the turned drawing in the picture.
    unit = zoom * width / aspect
    middle_x = drawing.width - (aspect / 2 + _EDGE) * unit
    middle_y = (0.5 + _EDGE) * unit
    corners = [
        (x + (cos * u - sin * v) / zoom, y + (sin * u + cos * v) / zoom)
        for u in (-middle_x, drawing.width - middle_x)
        for v in (-middle_y, drawing.height - middle_y)
    ]
    left = max(math.floor(min(u for u, _ in corners)), 0)
    top = max(math.floor(min(v for _, v in corners)), 0)
    right = min(math.ceil(max(u for u, _ in corners)), picture.width)
    bottom = min(math.ceil(max(v for _, v in corners)), picture.height)
    # The matrix that gives, for every pixel of that box, its place in the drawing.
    a, b, from_x, from_y = cos * zoom, sin * zoom, left - x, top - y
    back = (a, b, middle_x + a * from_x + b * from_y, -b, a, middle_y - b * from_x + a * from_y)
    size = (right - left, bottom - top)
    # The drawing is at most twice as large: bilinear is then as good as bicubic, and faster.
    turned, mask = (
        layer.transform(size, Image.Transform.AFFINE, back, Image.Resampling.BILINEAR)
        for layer in (drawing, cover)
    )
    card.paste(turned, (picture.left + left, picture.top + top), mask)
    return Box(
        round(picture.left + x - half_x),
        round(picture.top + y - half_y),
        round(2 * half_x),
        round(2 * half_y),
    )


@lru_cache(maxsize=8)
def label_aspect(word: str, shape: LabelShape, fonts: CardFonts) -> float:
    """Return the width of the label over its height."""
    font, tracking = fonts.font("sans", 800, _PROBE_PX), shape.tracking * (len(word) - 1)
    widths_per_capital = (text_width(word, font) + tracking * _PROBE_PX) / capital_height(font)
    return shape.text_left + widths_per_capital * shape.capital + shape.text_right


def _label_width(drawing: Image.Image, shape: LabelShape, aspect: float) -> float:
    """Return the width in pixels of the label itself within its drawing."""
    return drawing.width * aspect / (aspect + shape.thread_left + 2 * _EDGE)


def _drawing_at_least(width_px: float, word: str, shape: LabelShape, fonts: CardFonts) -> _Drawing:
    """Return the smallest drawing whose label is at least `width_px` wide, else the largest."""
    best, *smaller = _drawings(word, shape, fonts)
    for drawing in smaller:
        if _label_width(drawing[0], shape, label_aspect(word, shape, fonts)) < width_px:
            break
        best = drawing
    return best


# One for each language; a drawing with its halves takes 2.5 MB.
@lru_cache(maxsize=8)
def _drawings(word: str, shape: LabelShape, fonts: CardFonts) -> tuple[_Drawing, ...]:
    label = _draw(word, shape, fonts)
    drawings = [(label.convert("RGB"), label.getchannel("A"))]
    for _ in range(_HALVINGS):
        colour, cover = drawings[-1]
        drawings.append((colour.reduce(2), cover.reduce(2)))
    return tuple(drawings)


def _draw(word: str, shape: LabelShape, fonts: CardFonts) -> Image.Image:
    """Draw the label, not turned, with room around it for the thread."""
    unit, aspect = _DRAWN_HEIGHT_PX, label_aspect(word, shape, fonts)
    left, top = (shape.thread_left + _EDGE) * unit, _EDGE * unit
    size = (
        round(left + (aspect + _EDGE) * unit),
        round(top + (1 + shape.thread_below + _EDGE) * unit),
    )
    label = Image.new("RGBA", size, INK + "00")
    # Below the label there is only the thread: paper behind it gives it no dark fringe.
    label.paste(PAPER + "00", (0, round(top + 1.08 * unit), *size))
    mask = Image.new("L", (size[0] * _OVERSIZE, size[1] * _OVERSIZE), 0)
    draw = ImageDraw.Draw(mask)
    fine = unit * _OVERSIZE

    def at(points: Sequence[Point]) -> list[Point]:
        return [(left * _OVERSIZE + x * fine, top * _OVERSIZE + y * fine) for x, y in points]

    def paint(colour: str) -> None:
        """Paint `colour` on the label where the mask is white, and clear the mask."""
        label.paste(colour, (0, 0), mask.reduce(_OVERSIZE))
        mask.paste(0, (0, 0, *mask.size))

    cut, right = shape.chamfer, aspect
    square_end = at([(cut + 0.1, 0), (right, 1)])
    draw.polygon(
        at([(cut, 0), (right / 2, 0), (right / 2, 1), (cut, 1), (0, 1 - cut), (0, cut)]), fill=255
    )
    draw.rounded_rectangle(square_end, shape.corner * fine, fill=255)
    paint(INK)
    draw.circle(at([(shape.hole_x, 0.5)])[0], shape.hole_radius * fine, fill=255)
    paint(MARIGOLD)
    thick = shape.thread_width * fine
    for strand in (at(flatten_curve(*curve)) for curve in shape.thread):
        draw.line(strand, fill=255, width=round(thick), joint="curve")
        draw.circle(strand[-1], thick / 2, fill=255)
    paint(PAPER)
    _letter(ImageDraw.Draw(label), word, shape, (left, top, unit), fonts)
    return label


def _letter(
    draw: ImageDraw.ImageDraw,
    word: str,
    shape: LabelShape,
    frame: tuple[float, float, float],
    fonts: CardFonts,
) -> None:
    """Draw the word letter by letter, to the right of the hole."""
    edge, top, height = frame
    probe = capital_height(fonts.font("sans", 800, _PROBE_PX))
    font = fonts.font("sans", 800, round(shape.capital * height / probe * _PROBE_PX))
    gap = shape.tracking * font.size
    # The step to the next letter: the width of both together less that of the second.
    steps = [
        text_width(pair, font) - text_width(pair[1], font)
        for pair in (word[i : i + 2] for i in range(len(word) - 1))
    ]
    x = edge + shape.text_left * height
    baseline = top + height / 2 + capital_height(font) / 2
    for letter, step in zip(word, [*steps, 0.0], strict=True):
        draw.text((x, baseline), letter, fill=PAPER, font=font, anchor="ls")
        x += step + gap


@dataclass(frozen=True, slots=True)
class LabelDrawing:
    """The label on a transparent ground; its width and middle in pixels of the drawing."""

    image: Image.Image
    aspect: float
    label_width_px: float
    middle_x: float
    middle_y: float


def draw_label(word: str, shape: LabelShape, fonts: CardFonts) -> LabelDrawing:
    """Draw the label as an image, for the visitor's device to put on a photo."""
    colour, cover = _drawings(word, shape, fonts)[0]
    image = colour.copy()
    image.putalpha(cover)
    aspect = label_aspect(word, shape, fonts)
    return LabelDrawing(
        image,
        aspect,
        _label_width(image, shape, aspect),
        image.width - (aspect / 2 + _EDGE) * _DRAWN_HEIGHT_PX,
        (0.5 + _EDGE) * _DRAWN_HEIGHT_PX,
    )
