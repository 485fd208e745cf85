"""The card as visitors get it: words in place, bytes clean."""

from __future__ import annotations

import itertools
import re
import struct
from dataclasses import replace
from functools import cache

import pytest
from sample_cards import (
    EVERY_CARD,
    EVERY_CARD_AND_POSTER,
    EVERY_FORMAT,
    EVERY_POSTER,
    FR,
    ILLUSTRATIVE,
    NL,
    NL_LARGE,
    opened,
    plain_photo,
)

from calculator.card.draw import CardWords, render_base, render_card
from calculator.card.layout import FORMATS, Box, CardLayout
from calculator.card.lettering import CardFonts, text_width
from calculator.card.typesetting import CardTextDoesNotFit, PlacedText, arrange_words
from calculator.photo.protect import Cover


def box_of(placed: list[PlacedText]) -> Box:
    left, top = min(p.box.left for p in placed), min(p.box.top for p in placed)
    right, bottom = max(p.box.right for p in placed), max(p.box.bottom for p in placed)
    return Box(left, top, right - left, bottom - top)


@cache
def arranged(words: CardWords, layout: CardLayout, fonts: CardFonts) -> list[PlacedText]:
    return arrange_words(words, layout, fonts)


def by_role(words: CardWords, layout: CardLayout, fonts: CardFonts) -> dict[str, list[PlacedText]]:
    placed = arranged(words, layout, fonts)
    return {role: [p for p in placed if p.role == role] for role in {p.role for p in placed}}


def segments(jpeg: bytes) -> list[tuple[int, bytes]]:
    """Marker and payload of every segment before the picture's data."""
    found, at = [], 2
    while True:
        _, marker, length = struct.unpack(">BBH", jpeg[at : at + 4])
        found.append((marker, jpeg[at + 4 : at + 2 + length]))
        at += 2 + length
        if marker == 0xDA:
            return found


# The bytes


@EVERY_CARD
def test_card_is_a_jpeg_of_exactly_the_formats_size(words, layout, fonts):
    card = opened(render_card(words, layout, fonts))
    assert (card.format, card.mode) == ("JPEG", "RGB")
    assert card.size == (layout.width_px, layout.height_px)


@EVERY_FORMAT
def test_card_carries_no_metadata_at_all(layout, fonts):
    photo = plain_photo(layout, Cover(200, 200, 100, 0))
    photo.image.info |= {"comment": b"secret", "exif": b"Exif\0\0secret", "icc_profile": b"x"}
    for data in (render_card(NL, layout, fonts), render_card(NL, layout, fonts, photo)):
        markers = [marker for marker, _ in segments(data)]
        # JFIF, tables, one frame, one scan; no APP1 to APP15 and no comment
        assert set(markers) == {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}
        assert markers.count(0xE0) == 1
        assert dict(segments(data))[0xE0].startswith(b"JFIF\0")
        assert len(dict(segments(data))[0xE0]) == 14  # no thumbnail
        assert data.endswith(b"\xff\xd9")
        assert data.count(b"\xff\xd9") == 1
        assert b"secret" not in data


def test_card_halves_its_colours_and_not_its_light(fonts):
    frame = dict(segments(render_card(NL, FORMATS["square"], fonts)))[0xC0]
    assert [frame[7 + 3 * i] for i in range(3)] == [0x22, 0x11, 0x11]  # 4:2:0


def test_card_is_the_same_each_time_and_keeps_its_base_untouched(fonts):
    layout = FORMATS["facebook"]
    before = render_card(NL, layout, fonts)
    base = render_base(NL, layout, fonts)
    base.paste("#000000", (0, 0, *base.size))
    render_card(NL, layout, fonts, plain_photo(layout, Cover(250, 250, 120, 5)))
    assert render_card(NL, layout, fonts) == before


# The words


@EVERY_CARD
def test_every_word_stands_on_the_card_in_reading_order(words, layout, fonts):
    found = by_role(words, layout, fonts)
    for role, text in {
        "name": words.name,
        "statement": words.statement,
        "amount": words.amount,
        "range": words.range_line,
        "minors": words.minors_line,
        "no_price": words.no_price,
        "help_number": words.help_number,
        "address": words.address,
    }.items():
        shown = " ".join(p.text for p in found[role]).replace("\u00a0", " ")
        assert shown == text.replace("\u00a0", " ")
    order = ["statement", "amount", "range", "minors", "no_price", "help_number"]
    tops = [box_of(found[role]).top for role in order]
    assert tops == sorted(tops)


@EVERY_POSTER
def test_card_without_an_amount_has_no_figure_but_the_helpline(words, layout, fonts):
    found = by_role(words, layout, fonts)
    assert set(found) == {"no_price", "help", "help_sender", "help_number", "name", "address"}
    shown = " ".join(p.text for p in arranged(words, layout, fonts)).replace("\u00a0", " ")
    assert re.findall(r"\d+", shown) == ["116", "000"]
    others = [p for role, lines in found.items() if role != "no_price" for p in lines]
    assert found["no_price"][0].style.size_px > 1.9 * max(p.style.size_px for p in others)


@EVERY_CARD_AND_POSTER
def test_who_answers_stands_right_before_the_number(words, layout, fonts):
    found = by_role(words, layout, fonts)
    (sender,), (number,) = found["help_sender"], found["help_number"]
    assert sender.text.strip() == "Child Focus"
    assert sender.baseline == number.baseline
    assert 0 <= number.box.left - sender.box.right < number.style.size_px


@EVERY_CARD_AND_POSTER
def test_words_keep_inside_the_margins_and_apart(words, layout, fonts):
    placed = arranged(words, layout, fonts)
    margin = 0.04 * min(layout.width_px, layout.height_px)
    for p in placed:
        assert p.box.left >= margin
        assert layout.width_px - p.box.right >= margin
        assert p.box.top >= max(margin, layout.text_free_px)
        assert p.box.bottom <= layout.height_px - layout.text_free_px
        in_strip = p.role in {"help", "help_sender", "help_number", "name", "address"}
        ground = layout.strip if in_strip else layout.column
        # Capitals and baselines keep to the ground; ascenders and descenders hang over.
        assert p.box.top >= ground.top - 0.25 * p.style.size_px
        assert p.box.bottom <= ground.bottom + 0.3 * p.style.size_px
        assert p.box.right <= ground.right
    for one, other in itertools.combinations(placed, 2):
        apart_x = one.box.right <= other.box.left or other.box.right <= one.box.left
        apart_y = one.box.bottom <= other.box.top or other.box.bottom <= one.box.top
        assert apart_x or apart_y, (one.text, other.text)


@EVERY_CARD_AND_POSTER
def test_every_character_is_in_its_font(words, layout, fonts):
    for p in arranged(words, layout, fonts):
        assert fonts.missing_characters(p.text, p.style.typeface) == ""
    assert fonts.missing_characters(words.label, "sans") == ""


@EVERY_CARD
def test_amount_is_largest_and_the_helpline_number_bold_in_one_piece(words, layout, fonts):
    found = by_role(words, layout, fonts)
    (amount,), (number,) = found["amount"], found["help_number"]
    others = [p for role, lines in found.items() if role != "amount" for p in lines]
    assert amount.style.size_px > 1.5 * max(p.style.size_px for p in others)
    assert number.style.weight >= 700
    assert number.style.weight > found["help"][0].style.weight


@EVERY_CARD
def test_no_child_has_a_price_weighs_nearly_as_much_as_the_amount(words, layout, fonts):
    found = by_role(words, layout, fonts)
    (amount,) = found["amount"]
    for line in found["no_price"]:
        assert line.style.size_px / amount.style.size_px == pytest.approx(0.6, abs=0.01)


@EVERY_FORMAT
def test_long_statement_is_set_smaller_rather_than_against_the_edge(layout, fonts):
    statement = (
        "Voici ce que des criminels empochent en une semaine en exploitant sexuellement un seul "
        "mineur, en moyenne dans le monde :"
    )
    words = replace(
        FR,
        statement=statement,
        amount="550 €",
        range_line="Estimation illustrative, entre 470 € et 670 €.",
    )
    found = by_role(words, layout, fonts)
    (amount,) = found["amount"]
    assert box_of(found["statement"]).top >= layout.column.top
    assert amount.box.top - box_of(found["statement"]).bottom >= 0.3 * amount.style.size_px
    assert box_of(found["no_price"]).top - box_of(found["minors"]).bottom > 0


@EVERY_CARD
def test_statement_amount_and_range_are_one_block(words, layout, fonts):
    found = by_role(words, layout, fonts)
    (amount,) = found["amount"]
    statement, estimate = box_of(found["statement"]), box_of(found["range"])
    assert abs(statement.left - amount.box.left) <= 2
    assert abs(estimate.left - amount.box.left) <= 2
    # Half the amount's size from baseline to capitals: near, and clear of every descender.
    assert 0.2 < (amount.box.top - statement.bottom) / amount.style.size_px < 0.5
    assert 0 <= (estimate.top - amount.box.bottom) / amount.style.size_px < 0.5


@EVERY_CARD
def test_no_straight_cut_leaves_the_amount_without_its_meaning(words, layout, fonts):
    found = by_role(words, layout, fonts)
    (amount,) = found["amount"]
    # Cut across: above it stands the whole statement, or below it the whole range.
    for cut in range(layout.height_px):
        above = amount.box.bottom <= cut
        if above:
            assert box_of(found["statement"]).bottom <= cut
        elif cut <= amount.box.top:
            assert box_of(found["range"]).top >= cut
    # Cut down: whatever holds the whole amount also holds the word "illustrative".
    first = found["range"][0]
    font = fonts.font(first.style.typeface, first.style.weight, first.style.size_px)
    assert first.text.startswith(ILLUSTRATIVE[words.language])
    end = first.box.left + text_width(ILLUSTRATIVE[words.language], font)
    assert end <= amount.box.right


def test_card_refuses_words_that_do_not_fit_and_says_what_to_shorten(fonts):
    layout = FORMATS["facebook"]
    with pytest.raises(CardTextDoesNotFit, match=r"statement .* Shorten it"):
        render_card(replace(NL, statement=NL.statement * 3), layout, fonts)
    low = replace(layout, column=replace(layout.column, height=190))
    with pytest.raises(CardTextDoesNotFit, match="more than the 190 px"):
        render_card(NL_LARGE, low, fonts)
    with pytest.raises(CardTextDoesNotFit, match="amount"):
        render_card(replace(NL, amount="€ 85 000 000 000 000–90 000 000 000 000"), layout, fonts)
    with pytest.raises(CardTextDoesNotFit, match="helpline"):
        render_card(replace(NL, help_line=NL.help_line * 3), layout, fonts)


def test_card_refuses_a_helpline_without_its_number(fonts):
    with pytest.raises(ValueError, match="116"):
        render_card(replace(NL, help_line="Hulp nodig?"), FORMATS["square"], fonts)
