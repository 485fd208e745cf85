"""Place every line of a card: the words and a layout in, placed lines out."""

from __future__ import annotations

import math
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
# Of the room that is left, above the first text and below the last; the rest is between the figures
# and the sentence that no child has a price.
_FREE_ABOVE: Final = 0.3
_FREE_BELOW: Final = 0.3
_FREE_SHARE: Final = 0.05  # of the column's height: with less room left, the words are made smaller


class CardTextDoesNotFit(CalculatorError):
    """A text of the card is too long even at its smallest size."""


@dataclass(frozen=True, slots=True)
class CardWords:
    """The ready texts of one card; `help_line` contains `help_number`.

    A card without an amount has no statement, range and minors line either.
    """

    name: str
    no_price: str
    help_line: str
    help_number: str
    help_sender: str
    address: str
    label: str
    language: str
    statement: str = ""
    amount: str = ""
    range_line: str = ""
    minors_line: str = ""


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

    @property
    def gap_px(self) -> float:
        return self.style.gap_above * self.style.size_px


def _arrange_column(words: CardWords, layout: CardLayout, fonts: CardFonts) -> list[PlacedText]:
    fit = _fit_estimate if words.amount else _fit_no_price
    spare = 0.0
    for step in range(_SHRINK_STEPS + 1):
        blocks = fit(words, step, layout, fonts)
        spare = layout.column.height - sum(b.height_px for b in blocks)
        spare -= sum(b.gap_px for b in blocks[1:])
        # Words that only just fit stand too close to picture and strip: make them a little smaller.
        if spare >= (_FREE_SHARE * layout.column.height if step < _SHRINK_STEPS else 0):
            return _stack(blocks, spare, layout, fonts)
    raise CardTextDoesNotFit(
        f"{layout.name}/{words.language}: the words take {-spare:.0f} px more than the "
        f"{layout.column.height} px of the column. Shorten the statement or the range."
    )


def _fit_no_price(
    words: CardWords, step: int, layout: CardLayout, fonts: CardFonts
) -> list[_Block]:
    """Return the one sentence of a card without an amount."""
    text = prepare_text(words.no_price)
    return [_fit_block("no_price", text, layout.no_price_style, step, layout, fonts)]


def _fit_estimate(
    words: CardWords, step: int, layout: CardLayout, fonts: CardFonts
) -> list[_Block]:
    """Return the blocks of a card with an amount, from the statement down."""
    amount, no_price = _fit_amount(words, step, layout, fonts)
    statement, range_line, minors = (
        _fit_block(role, prepare_text(text), style, step, layout, fonts)
        for role, text, style in (
            ("statement", words.statement, layout.statement_style),
            ("range", words.range_line, layout.range_style),
            ("minors", words.minors_line, layout.minors_style),
        )
    )
    return [statement, amount, range_line, minors, no_price]


def _fit_amount(
    words: CardWords, step: int, layout: CardLayout, fonts: CardFonts
) -> tuple[_Block, _Block]:
    """Return the amount, and "no child has a price" in the fixed share of the amount's size.

    The contradiction weighs as much as the number: where it would take more lines than it may, both
    are made smaller.
    """
    text = prepare_text(words.no_price)
    style = _shrunk(layout.amount_style, step)
    while style.size_px >= style.smallest_px:
        amount = _fit_block("amount", prepare_text(words.amount), style, 0, layout, fonts)
        size_px = round(layout.no_price_share * amount.style.size_px)
        sized = replace(layout.no_price_style, size_px=size_px)
        font = fonts.of(sized)
        lines = break_lines(text, font, layout.column.width, layout.no_price_lines)
        if lines is not None:
            return amount, _Block("no_price", sized, lines, capital_height(font))
        width = text_width(text, font) / layout.no_price_lines
        fits_at = amount.style.size_px * layout.column.width / width
        style = replace(style, size_px=min(amount.style.size_px - 1, int(fits_at)))
    raise CardTextDoesNotFit(
        f"{layout.name}: no_price {text!r} does not fit {layout.no_price_lines} lines of "
        f"{layout.column.width} px beside an amount of {style.smallest_px} px. Shorten it."
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

    Free room goes above the first block and before the last sentence only: statement, amount and
    range stay together, so that cropping the card does not leave the amount by itself.
    """
    top = layout.column.top + spare * (_FREE_ABOVE if len(blocks) > 1 else 0.5)
    placed = []
    for block in blocks:
        if block is not blocks[0]:
            top += block.gap_px
            top += spare * (1 - _FREE_ABOVE - _FREE_BELOW) if block is blocks[-1] else 0.0
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
    """Place the strip's two rows: the question and the helpline, at their right name and address.

    The number is in bold, after its sender.
    """
    room = layout.help_box
    rows = _fit_help(words, layout, fonts)
    style = rows[-1][0][0].style
    step_px = style.leading * style.size_px
    down = room.top + (room.height + capital_height(fonts.of(style)) - step_px) / 2
    placed = []
    for line, right in rows:
        x = room.left
        for run in line:
            placed.append(_run(run.role, run.text, run.style, x, down, fonts))
            x += math.ceil(run.width_px)  # on a whole pixel, so that it is sharp
        left = room.right - right.width_px
        placed.append(_run(right.role, right.text, right.style, left, down, fonts))
        down += step_px
    return placed


@dataclass(frozen=True, slots=True)
class _Run:
    role: str
    text: str
    style: TextStyle
    width_px: float


def _fit_help(
    words: CardWords, layout: CardLayout, fonts: CardFonts
) -> list[tuple[list[_Run], _Run]]:
    """Return the two rows of the strip, each with what stands at its right, as large as fits."""
    number = prepare_text(words.help_number)
    question, found, after = prepare_text(words.help_line).partition(number)
    if not found:
        raise ValueError(f"help_line {words.help_line!r} lacks the number {number!r}")
    rows = [
        [
            ("help", question.rstrip(), layout.help_style),
            ("name", words.name, layout.name_style),
        ],
        [
            ("help_sender", f"{words.help_sender} ", layout.sender_style),
            ("help_number", number, layout.number_style),
            ("help", after, layout.help_style),
            ("address", words.address, layout.address_style),
        ],
    ]
    for step in range(_SHRINK_STEPS + 1):
        fitted: list[tuple[list[_Run], _Run]] = []
        for row in rows:
            *line, right = (
                _Run(role, text, small, text_width(text, fonts.of(small)))
                for role, text, style in row
                for small in [_shrunk(style, step)]
            )
            fitted.append((line, right))
        if all(
            sum(run.width_px for run in (*line, right)) + right.style.size_px
            <= layout.help_box.width
            for line, right in fitted
        ):
            return fitted
    raise CardTextDoesNotFit(
        f"{layout.name}/{words.language}: the helpline {words.help_line!r}, the name and the "
        f"address do not fit {layout.help_box.width} px at {layout.help_style.smallest_px} px. "
        "Shorten it."
    )


def _shrunk(style: TextStyle, step: int) -> TextStyle:
    """Return a text's style at full size (step 0), the smallest (the last step) or between."""
    size = style.size_px - step / _SHRINK_STEPS * (style.size_px - style.smallest_px)
    return replace(style, size_px=round(size))
