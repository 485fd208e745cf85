"""Place every line of a card: the words and a layout in, placed lines out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from calculator.card.layout import Box, CardLayout, TextStyle
from calculator.card.lettering import (
    CardFonts,
    break_lines,
    capital_height,
    ink_box,
    prepare_text,
    text_width,
)
from calculator.errors import CalculatorError

_SHRINK_STEPS: Final = 12
_FREE_SHARE: Final = 0.05  # of the column's height: with less room left, the words are made smaller


class CardTextDoesNotFit(CalculatorError):
    """A text of the card is too long even at its smallest size."""


@dataclass(frozen=True, slots=True)
class CardWords:
    """The ready texts of one card; `help_line` contains `help_number`."""

    name: str
    statement: str
    amount: str
    range_line: str
    minors_line: str
    no_price: str
    help_line: str
    help_number: str
    address: str
    label: str
    language: str


@dataclass(frozen=True, slots=True)
class PlacedText:
    """One line and where it is drawn: its origin on the baseline, its ink within `box`."""

    role: str
    text: str
    style: TextStyle
    x: float
    baseline: float
    box: Box


def arrange_words(words: CardWords, layout: CardLayout, fonts: CardFonts) -> tuple[PlacedText, ...]:
    """Place every line of the card; raises CardTextDoesNotFit when a text is too long."""
    return (*_arrange_column(words, layout, fonts), *_arrange_help(words, layout, fonts))


@dataclass(frozen=True, slots=True)
class _Block:
    role: str
    style: TextStyle
    lines: tuple[str, ...]
    capital_px: float

    @property
    def height_px(self) -> float:
        """Return the height from the top of the first capitals to the last baseline."""
        return self.capital_px + (len(self.lines) - 1) * self.style.leading * self.style.size_px


def _arrange_column(words: CardWords, layout: CardLayout, fonts: CardFonts) -> list[PlacedText]:
    texts = [
        ("name", words.name, layout.name_style),
        ("statement", words.statement, layout.statement_style),
        ("amount", words.amount.replace(" ", "\u00a0"), layout.amount_style),
        ("range", words.range_line, layout.range_style),
        ("minors", words.minors_line, layout.minors_style),
        ("no_price", words.no_price, layout.no_price_style),
    ]
    spare = 0.0
    for step in range(_SHRINK_STEPS + 1):
        blocks = [
            _fit_block(role, prepare_text(text), style, step, layout, fonts)
            for role, text, style in texts
        ]
        spare = layout.column.height - sum(b.height_px + b.style.gap_above_px for b in blocks)
        # Words that only just fit stand too close to the name: make them a little smaller.
        if spare >= (_FREE_SHARE * layout.column.height if step < _SHRINK_STEPS else 0):
            return _stack(blocks, spare, layout, fonts)
    raise CardTextDoesNotFit(
        f"{layout.name}/{words.language}: the words take {-spare:.0f} px more than the "
        f"{layout.column.height} px of the column. Shorten the statement or the range."
    )


def _fit_block(
    role: str, text: str, style: TextStyle, step: int, layout: CardLayout, fonts: CardFonts
) -> _Block:
    """Break `text` at the largest size, from that of `step` down, that fits the width."""
    for most_lines in (style.usual_lines, style.most_lines):
        size_px = _shrunk(style, step).size_px
        while size_px >= style.smallest_px:
            sized = replace(style, size_px=size_px)
            font = fonts.of(sized)
            lines = break_lines(text, font, layout.column.width, most_lines)
            if lines is not None:
                return _Block(role, sized, lines, capital_height(font))
            # Every size is a font of its own, to open and to keep: pass over those at which one
            # line, in proportion, is still too wide. Small sizes are cut wider, never narrower.
            fits_at = size_px * layout.column.width * most_lines / text_width(text, font)
            size_px = min(size_px - 1, int(fits_at) + 1)
    raise CardTextDoesNotFit(
        f"{layout.name}: {role} {text!r} does not fit {style.most_lines} lines of "
        f"{layout.column.width} px at {style.smallest_px} px. Shorten it."
    )


def _stack(
    blocks: Sequence[_Block], spare: float, layout: CardLayout, fonts: CardFonts
) -> list[PlacedText]:
    """Place the blocks one under the other.

    Free room goes before the statement and before the last sentence only: statement, amount and
    range stay together, so that cropping the card does not leave the amount by itself.
    """
    share = {"statement": 0.35, "no_price": 0.65}
    top = float(layout.column.top)
    placed = []
    for block in blocks:
        top += block.style.gap_above_px + spare * share.get(block.role, 0.0)
        baseline = top + block.capital_px
        for number, line in enumerate(block.lines):
            down = baseline + number * block.style.leading * block.style.size_px
            # The ink, not the side bearing, begins at the column's left.
            x = layout.column.left - ink_box(line, fonts.of(block.style))[0]
            placed.append(_run(block.role, line, block.style, x, down, fonts))
        top += block.height_px
    return placed


def _run(
    role: str, text: str, style: TextStyle, x: float, baseline: float, fonts: CardFonts
) -> PlacedText:
    """Place a text with its origin at `x`, its baseline on a whole pixel so that it is sharp."""
    left, top, right, bottom = ink_box(text, fonts.of(style))
    down = round(baseline)
    box = Box(round(x + left), round(down + top), round(right - left), round(bottom - top))
    return PlacedText(role, text, style, x, down, box)


def _arrange_help(words: CardWords, layout: CardLayout, fonts: CardFonts) -> list[PlacedText]:
    """Place the helpline with its number in bold, and the address at the right of the last row.

    Where the strip has two rows, the first holds the text before the number.
    """
    room = layout.help_box
    rows, address = _fit_help(words, layout, fonts)
    style = rows[0][0].style
    step_px = style.leading * style.size_px
    height = capital_height(fonts.of(style)) + (len(rows) - 1) * step_px
    last = room.top + (room.height + height) / 2
    placed = []
    for up, row in enumerate(reversed(rows)):
        x = float(room.left)
        for run in row:
            placed.append(_run(run.role, run.text, run.style, x, last - up * step_px, fonts))
            x += run.width_px
    left = room.right - address.width_px
    placed.append(_run("address", address.text, address.style, left, last, fonts))
    return placed


@dataclass(frozen=True, slots=True)
class _Run:
    role: str
    text: str
    style: TextStyle
    width_px: float


def _fit_help(
    words: CardWords, layout: CardLayout, fonts: CardFonts
) -> tuple[list[list[_Run]], _Run]:
    """Return the rows of the strip and the address at the largest sizes that fit."""
    number = prepare_text(words.help_number)
    before, found, after = prepare_text(words.help_line).partition(number)
    if not found:
        raise ValueError(f"help_line {words.help_line!r} lacks the number {number!r}")
    stacked = layout.help_stacked and bool(before)
    parts = [
        ("help", before.rstrip() if stacked else before, layout.help_style),
        ("help_number", number, layout.number_style),
        ("help", after, layout.help_style),
        ("address", words.address, layout.address_style),
    ]
    for step in range(_SHRINK_STEPS + 1):
        *line, address = (
            _Run(role, text, small, text_width(text, fonts.of(small)))
            for role, text, style in parts
            for small in [_shrunk(style, step)]
        )
        rows = [line[:1], line[1:]] if stacked else [line]
        gap_px = 2 * address.style.size_px
        widest = max(sum(run.width_px for run in row) for row in rows)
        last = sum(run.width_px for run in rows[-1]) + gap_px + address.width_px
        if max(widest, last) <= layout.help_box.width:
            return [[run for run in row if run.text.strip()] for row in rows], address
    raise CardTextDoesNotFit(
        f"{layout.name}/{words.language}: the helpline {words.help_line!r} and the address do not "
        f"fit {layout.help_box.width} px at {layout.help_style.smallest_px} px. Shorten it."
    )


def _shrunk(style: TextStyle, step: int) -> TextStyle:
    """Return a text's style at full size (step 0), the smallest (the last step) or between."""
    size = style.size_px - step / _SHRINK_STEPS * (style.size_px - style.smallest_px)
    return replace(style, size_px=round(size))
