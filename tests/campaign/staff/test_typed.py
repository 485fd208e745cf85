"""Numbers, days and telephone numbers as people write them: what can be read in one way is read."""

from __future__ import annotations

import pytest

from campaign.staff.forms.typed import write_day, write_number, write_phone


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("1250", "1250"), ("0.73", "0.73"), ("0,73", "0.73"), ("12,5", "12.5"),
        ("€ 1250", "1250"), ("1250 euro", "1250"), ("EUR 1250", "1250"), ("1250€", "1250"),
        ("1.250,00", "1250"), ("1.250,50", "1250.50"), ("1,250.00", "1250"), ("1.250,-", "1250"),
        ("1 250", "1250"), ("1\u00a0250\u202f000", "1250000"), ("1.250.000", "1250000"),
        ("1250,500", "1250.500"), ("0,730", "0.730"), ("2,6340", "2.6340"), ("€ 1.250,00", "1250"),
    ],
)  # fmt: skip
def test_a_number_with_one_meaning_is_written_as_the_files_have_it(typed, written):
    assert write_number(typed) == written


@pytest.mark.parametrize("typed", ["1.250", "1,250", "2.634", "about 1000", "1.25.00", "12 50", ""])
def test_a_number_with_two_meanings_or_none_stays_as_typed(typed):
    assert write_number(typed) == typed


def test_a_thousand_with_a_currency_is_still_read_in_two_ways():
    assert write_number("€ 1.250") == "1.250"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("27/11/2026", "2026-11-27"), ("27-11-2026", "2026-11-27"), ("7.1.2026", "2026-01-07"),
        ("11/2026", "2026-11"), ("2026-11-27", "2026-11-27"), ("2026-11", "2026-11"),
        ("yesterday", "yesterday"), ("27/11/26", "27/11/26"),
    ],
)  # fmt: skip
def test_a_day_is_written_year_first(typed, written):
    assert write_day(typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("116 000", "116 000"), ("02 / 475 44 11", "02 475 44 11"),
        ("+32 2 475 44 11", "02 475 44 11"),
        ("+32 (0)2/475.44.11", "02 475 44 11"), ("0032 2 475 44 11", "02 475 44 11"),
        ("+31 88 123", "+31 88 123"), ("0800-200-99", "0800 200 99"),
    ],
)  # fmt: skip
def test_a_belgian_number_is_written_with_blanks(typed, written):
    assert write_phone(typed) == written
