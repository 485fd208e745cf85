"""Measures, line breaks and the characters of the four languages."""

from __future__ import annotations

import pytest

from calculator.card.lettering import CardFonts, break_lines, prepare_text, text_width

NB = "\u00a0"
FOUR_LANGUAGES = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    "àâäæçéèêëîïíìôöóòœùûüúÿñßÀÂÄÆÇÉÈÊËÎÏÍÌÔÖÓÒŒÙÛÜÚÑ"
    ".,;:!?'\"()[]&%/+-–—…·’‘“”„«»€×½°"
)


@pytest.mark.parametrize("typeface", ["serif", "sans"])
def test_fonts_draw_every_character_of_the_four_languages(fonts: CardFonts, typeface):
    assert fonts.missing_characters(FOUR_LANGUAGES, typeface) == ""


@pytest.mark.parametrize("typeface", ["serif", "sans"])
def test_missing_characters_are_named_and_spaces_are_none(fonts: CardFonts, typeface):
    assert fonts.missing_characters(f"a→漢{NB} b", typeface) == "→漢"


@pytest.mark.parametrize("typeface", ["serif", "sans"])
def test_no_break_space_has_the_width_of_a_space(fonts: CardFonts, typeface):
    font = fonts.font(typeface, 400, 100)
    assert text_width(f"a{NB}b", font) == pytest.approx(text_width("a b", font), abs=1)


def test_weight_and_optical_size_change_the_letters(fonts: CardFonts):
    light, bold = fonts.font("serif", 400, 40), fonts.font("serif", 700, 40)
    assert text_width("verdienen", bold) > text_width("verdienen", light)
    large = text_width("verdienen", fonts.font("serif", 400, 120))
    assert large < 2.98 * text_width("verdienen", light)  # a display cut is set tighter


def test_fonts_are_made_once_for_each_size(fonts: CardFonts):
    assert fonts.font("sans", 400, 30) is fonts.font("sans", 400, 30)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("€ 85 000", f"€{NB}85{NB}000"),
        ("85 000 €", f"85{NB}000{NB}€"),
        ("Bel 116 000, gratis", f"Bel 116{NB}000, gratis"),
        ("en Belgique :", f"en Belgique{NB}:"),
        ("« ici »", f"«{NB}ici{NB}»"),
        ("85\u202f000", f"85{NB}000"),
        ("in 2024 en 17 bronnen", "in 2024 en 17 bronnen"),
    ],
)
def test_prepare_text_glues_numbers_and_french_punctuation(given, expected):
    assert prepare_text(given) == expected


def test_break_lines_takes_as_few_lines_as_fit(fonts: CardFonts):
    font = fonts.font("serif", 400, 30)
    text = "een twee drie vier"
    whole = text_width(text, font)
    assert break_lines(text, font, whole + 1, 3) == (text,)
    assert len(break_lines(text, font, whole - 1, 3) or ()) == 2


def test_break_lines_evens_the_lines_and_leaves_no_word_alone(fonts: CardFonts):
    font = fonts.font("serif", 400, 30)
    text = "zoveel woorden staan hier bijna op een regel samen"
    lines = break_lines(text, font, text_width(text, font) - 5, 2)
    assert lines is not None
    assert " ".join(lines) == text
    widths = [text_width(line, font) for line in lines]
    assert min(widths) > 0.7 * max(widths)


def test_break_lines_ends_no_line_on_a_short_word_when_it_can(fonts: CardFonts):
    font = fonts.font("serif", 400, 30)
    text = "zoveel verdienen criminelen in een jaar aan uitbuiting"
    lines = break_lines(text, font, 0.6 * text_width(text, font), 2)
    assert lines == ("zoveel verdienen criminelen", "in een jaar aan uitbuiting")


def test_break_lines_never_tears_a_number(fonts: CardFonts):
    font = fonts.font("serif", 400, 30)
    text = prepare_text("tussen € 25 000 en € 124 000 of bel 116 000")
    for width in range(150, 700, 25):
        for line in break_lines(text, font, width, 9) or ():
            assert line.count("€") == line.count("000") - line.count("116")


def test_break_lines_says_none_when_a_text_is_too_long(fonts: CardFonts):
    font = fonts.font("serif", 400, 30)
    assert break_lines("onverkortbaarheid", font, 50, 3) is None
    assert break_lines("een twee drie vier", font, text_width("een twee", font) + 1, 1) is None
