"""The card: ready words in, a JPEG without any metadata out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

from calculator.errors import CalculatorError
from calculator.illustration import draw_child, draw_ground, place_label
from calculator.layout import INK, PAPER, Box, CardLayout, Marker, TextStyle
from calculator.lettering import (
    CardFonts,
    break_lines,
    capital_height,
    figure_features,
    ink_box,
    prepare_text,
    text_width,
)

if TYPE_CHECKING:
    from calculator.photo import ProtectedPhoto

_QUALITY: Final = 85
_SHRINK_STEPS: Final = 12


class CardTextDoesNotFit(CalculatorError):
    """A text of the card is too long even at its smallest size."""


@dataclass(frozen=True, slots=True)
class CardWords:
    """Hold the ready texts of one card; `help_line` contains `help_number`."""

    name: str
    statement: str
    amount: str
    range_line: str
    sources_line: str
    no_price: str
    help_line: str
    help_number: str
    address: str
    label: str
    language: str


@dataclass(frozen=True, slots=True)
class PlacedText:
    """Hold one line of one role where it will be drawn: origin on the baseline, ink in `box`."""

    role: str
    text: str
    style: TextStyle
    x: float
    baseline: float
    box: Box


def render_card(
    words: CardWords,
    layout: CardLayout,
    fonts: CardFonts,
    photo: ProtectedPhoto | None = None,
) -> bytes:
    """Return the card as JPEG bytes; with `photo` its picture takes the drawn child's place.

    Raises ValueError when the photo has not the size of the layout's picture.
    """
    if photo is None:
        return _encode(_finished_base(words, layout, fonts))
    card = _finished_base(words, layout, fonts).copy()
    picture = layout.picture
    if photo.image.size != (picture.width, picture.height):
        raise ValueError(f"photo is {photo.image.size}, the picture is {picture}")
    card.paste(photo.image, (picture.left, picture.top))
    _label_faces(card, words, layout, fonts, photo)
    return _encode(card)


def render_base(words: CardWords, layout: CardLayout, fonts: CardFonts) -> Image.Image:
    """Return the photo-free card as an image of the caller's own."""
    return _finished_base(words, layout, fonts).copy()


# Twelve bases are at most 75 MB; drawing one anew costs about a tenth of a second.
@lru_cache(maxsize=12)
def _finished_base(words: CardWords, layout: CardLayout, fonts: CardFonts) -> Image.Image:
    card = Image.new("RGB", (layout.width_px, layout.height_px), PAPER)
    pose = layout.child
    card.paste(draw_child(layout.picture, pose), (layout.picture.left, layout.picture.top))
    _label(card, words, layout, fonts, pose.label_x, pose.label_y)
    if layout.foot is not None:
        foot = layout.foot.box
        card.paste(draw_ground(foot, layout.foot.sun), (foot.left, foot.top))
    draw = ImageDraw.Draw(card)
    strip = layout.strip
    draw.rectangle((strip.left, strip.top, strip.right - 1, strip.bottom - 1), fill=INK)
    for placed in arrange_words(words, layout, fonts):
        style = placed.style
        if placed.role == "no_price":
            _mark(draw, placed, layout.marker)
        draw.text(
            (placed.x, placed.baseline),
            placed.text,
            fill=style.colour,
            font=fonts.font(style.typeface, style.weight, style.size_px),
            anchor="ls",
            features=figure_features(),
        )
    return card


def _mark(draw: ImageDraw.ImageDraw, placed: PlacedText, marker: Marker) -> None:
    size, down = placed.style.size_px, placed.baseline
    draw.rectangle(
        (
            placed.box.left,
            round(down - marker.above_baseline * size),
            round(placed.box.right + marker.beyond_text * size),
            round(down + marker.below_baseline * size),
        ),
        fill=marker.colour,
    )


def _label(
    card: Image.Image, words: CardWords, layout: CardLayout, fonts: CardFonts, x: float, y: float
) -> None:
    pose = layout.child
    place_label(
        card, words.label, layout, fonts,
        centre=(x, y), width_px=pose.label_width, angle_degrees=pose.label_angle,
    )  # fmt: skip


def _label_faces(
    card: Image.Image,
    words: CardWords,
    layout: CardLayout,
    fonts: CardFonts,
    photo: ProtectedPhoto,
) -> None:
    """Lay a label over every face, the largest last and so on top; without faces one label."""
    if photo.whole_photo_pixelated or not photo.faces:
        picture = layout.picture
        _label(card, words, layout, fonts, picture.width / 2, picture.height / 2)
        return
    shape = layout.label
    for cover in sorted(photo.faces, key=lambda face: face.width_px):
        place_label(
            card, words.label, layout, fonts,
            centre=(cover.centre_x, cover.centre_y),
            width_px=max(
                cover.width_px * shape.face_cover, shape.smallest_width * layout.picture.width
            ),
            # The cover's angle grows clockwise, as y does; Pillow turns anticlockwise.
            angle_degrees=-cover.angle_degrees,
        )  # fmt: skip


def _encode(card: Image.Image) -> bytes:
    """Encode without EXIF, profile or comment: the image is new, so it carries none over."""
    out = BytesIO()
    card.save(out, "JPEG", quality=_QUALITY, subsampling="4:2:0")
    return out.getvalue()


def arrange_words(words: CardWords, layout: CardLayout, fonts: CardFonts) -> tuple[PlacedText, ...]:
    """Place every line of the card; raises CardTextDoesNotFit when a text is too long."""
    return (
        *_arrange_column(words, layout, fonts),
        *_arrange_help(words, layout, fonts),
    )


@dataclass(frozen=True, slots=True)
class _Block:
    role: str
    style: TextStyle
    lines: tuple[str, ...]
    capital_px: float

    @property
    def height_px(self) -> float:
        """From the top of the first capitals to the last baseline."""
        return self.capital_px + (len(self.lines) - 1) * self.style.leading * self.style.size_px


def _arrange_column(words: CardWords, layout: CardLayout, fonts: CardFonts) -> list[PlacedText]:
    texts = [
        ("name", words.name, layout.name_style),
        ("statement", words.statement, layout.statement_style),
        ("amount", words.amount.replace(" ", "\u00a0"), layout.amount_style),
        ("range", words.range_line, layout.range_style),
        ("sources", words.sources_line, layout.sources_style),
        ("no_price", words.no_price, layout.no_price_style),
    ]
    for step in range(_SHRINK_STEPS + 1):
        blocks = [
            _fit_block(role, prepare_text(text), style, step / _SHRINK_STEPS, layout, fonts)
            for role, text, style in texts
        ]
        spare = layout.column.height - sum(b.height_px + b.style.gap_above_px for b in blocks)
        if spare >= 0:
            return _stack(blocks, spare, layout, fonts)
    raise CardTextDoesNotFit(
        f"{layout.name}/{words.language}: the words take {-spare:.0f} px more than the "
        f"{layout.column.height} px there are. Shorten the statement or the range."
    )


def _fit_block(
    role: str, text: str, style: TextStyle, shrink: float, layout: CardLayout, fonts: CardFonts
) -> _Block:
    """Break `text` at the largest size from `shrink` (0 full, 1 smallest) that fits the width."""
    start = round(style.size_px - shrink * (style.size_px - style.smallest_px))
    for size_px in range(start, style.smallest_px - 1, -1):
        font = fonts.font(style.typeface, style.weight, size_px)
        lines = break_lines(text, font, layout.column.width, style.most_lines)
        if lines is not None:
            return _Block(role, replace(style, size_px=size_px), lines, capital_height(font))
    raise CardTextDoesNotFit(
        f"{layout.name}: {role} {text!r} does not fit {style.most_lines} lines of "
        f"{layout.column.width} px at {style.smallest_px} px. Shorten it."
    )


def _stack(
    blocks: Sequence[_Block], spare: float, layout: CardLayout, fonts: CardFonts
) -> list[PlacedText]:
    """Set the blocks one under the other.

    The room left over goes before the statement and before the last sentence only: statement,
    amount and range stay one block, so that no cut of the card leaves the amount by itself.
    """
    share = {"statement": 0.35, "no_price": 0.65}
    top = float(layout.column.top)
    placed = []
    for block in blocks:
        top += block.style.gap_above_px + spare * share.get(block.role, 0.0)
        baseline = top + block.capital_px
        for number, line in enumerate(block.lines):
            down = baseline + number * block.style.leading * block.style.size_px
            placed.append(
                _at_margin(block.role, line, block.style, layout.column.left, down, fonts)
            )
        top += block.height_px
    return placed


def _at_margin(
    role: str, text: str, style: TextStyle, left: float, baseline: float, fonts: CardFonts
) -> PlacedText:
    """Place a line so that its ink, not its side bearing, begins at `left`."""
    bearing = ink_box(text, fonts.font(style.typeface, style.weight, style.size_px))[0]
    return _run(role, text, style, left - bearing, baseline, fonts)


def _run(
    role: str, text: str, style: TextStyle, x: float, baseline: float, fonts: CardFonts
) -> PlacedText:
    """Place a run with its origin at `x`, on a whole pixel row so that baselines are crisp."""
    left, top, right, bottom = ink_box(
        text, fonts.font(style.typeface, style.weight, style.size_px)
    )
    down = round(baseline)
    box = Box(round(x + left), round(down + top), round(right - left), round(bottom - top))
    return PlacedText(role, text, style, x, down, box)


def _arrange_help(words: CardWords, layout: CardLayout, fonts: CardFonts) -> list[PlacedText]:
    """Set the helpline with its number in bold, and the address at the right of the last row.

    A stacked strip sets what comes before the number in a row of its own.
    """
    number = prepare_text(words.help_number)
    before, found, after = prepare_text(words.help_line).partition(number)
    if not found:
        raise ValueError(f"help_line {words.help_line!r} lacks the number {number!r}")
    room = layout.help_box
    for step in range(_SHRINK_STEPS + 1):
        plain = _shrunk(layout.help_style, step)
        address = _shrunk(layout.address_style, step)
        asked = ("help", before, plain)
        answered = [("help_number", number, _shrunk(layout.number_style, step)),
                    ("help", after, plain)]  # fmt: skip
        stacked = layout.help_stacked and bool(before.strip())
        rows = [[asked], answered] if stacked else [[asked, *answered]]
        widths = [sum(_advance(text, style, fonts) for _, text, style in row) for row in rows]
        address_px = _advance(words.address, address, fonts)
        widths[-1] += address_px + 2 * address.size_px
        if max(widths) <= room.width:
            break
    else:
        raise CardTextDoesNotFit(
            f"{layout.name}/{words.language}: the helpline and the address do not fit "
            f"{room.width} px at {plain.size_px} px. Shorten the helpline."
        )
    capital_px = capital_height(fonts.font(plain.typeface, plain.weight, plain.size_px))
    step_px = plain.leading * plain.size_px
    height = capital_px + (len(rows) - 1) * step_px
    baseline = room.top + (room.height - height) / 2 + capital_px
    placed = []
    for row in rows:
        x = float(room.left)
        for role, text, style in row:
            if text.strip():
                placed.append(_run(role, text, style, x, baseline, fonts))
            x += _advance(text, style, fonts)
        baseline += step_px
    left = room.right - address_px
    placed.append(_run("address", words.address, address, left, baseline - step_px, fonts))
    return placed


def _advance(text: str, style: TextStyle, fonts: CardFonts) -> float:
    return text_width(text, fonts.font(style.typeface, style.weight, style.size_px))


def _shrunk(style: TextStyle, step: int) -> TextStyle:
    size = style.size_px - step / _SHRINK_STEPS * (style.size_px - style.smallest_px)
    return replace(style, size_px=round(size))
