"""Large sums and counts are written as each language says them, and nothing is lost by it."""

from __future__ import annotations

import pytest

from calculator.formatting import format_ends, format_large, format_sum

SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("language", "amount"),
    [
        ("nl", "US$ 33,9 miljard"),
        ("fr", "33,9 milliards de dollars"),
        ("de", "33,9 Milliarden $"),
        ("en", "US$33.9 billion"),
    ],
)
def test_milliards_of_dollars_are_written_out(language, amount):
    assert format_sum(33_900_000_000, language, "USD") == amount.replace(" ", SPACE)


@pytest.mark.parametrize(
    ("language", "count", "one"),
    [
        ("nl", "300 miljoen", "1 miljoen"),
        ("fr", "300 millions", "1 million"),
        ("de", "300 Millionen", "1 Million"),
        ("en", "300 million", "1 million"),
    ],
)
def test_millions_are_written_out_one_or_more(language, count, one):
    assert format_large(300_000_000, language) == count.replace(" ", SPACE)
    assert format_large(1_000_000, language) == one.replace(" ", SPACE)


@pytest.mark.parametrize("value", [999_999, 2_497_438, 12_345_000, 1_234_000, 0, 1e12])
def test_a_number_that_three_digits_do_not_say_keeps_its_digits(value):
    assert format_large(value, "en") is None


@pytest.mark.parametrize("value", [1_000_000, 1_230_000, 999_000_000, 29_400_000_000])
def test_a_number_that_three_digits_say_is_written_out(value):
    number, power = format_large(value, "en").split(SPACE)
    assert float(number) * {"million": 1e6, "billion": 1e9}[power] == pytest.approx(value)


@pytest.mark.parametrize(
    ("language", "ends"),
    [
        ("nl", ("€ 251 miljoen", "€ 374 miljoen")),
        ("fr", ("251 millions", "374 millions d’euros")),
        ("de", ("251 Millionen", "374 Millionen €")),
        ("en", ("€251 million", "€374 million")),
    ],
)
def test_a_sign_that_follows_stands_once_behind_a_range(language, ends):
    found = format_ends(251e6, 374e6, language)
    assert found == tuple(end.replace(" ", SPACE) for end in ends)


def test_french_names_foreign_money():
    assert format_ends(500, 1_000, "fr", "GBP") == (
        "500",
        f"1{SPACE}000{SPACE}livres{SPACE}sterling",
    )
    assert format_sum(67_000, "fr", "USD") == f"67{SPACE}000{SPACE}dollars"
    assert format_sum(1_000, "fr", "CAD") == f"1{SPACE}000{SPACE}dollars{SPACE}canadiens"
