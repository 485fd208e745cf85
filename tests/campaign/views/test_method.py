"""The method page: short before its tables, its numbers those of the computation."""

from __future__ import annotations

import pytest
from page import text_of

from calculator.formatting import format_money

LANGUAGES = ("nl", "fr", "de", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_most_nine_hundred_words_stand_before_the_tables(language, site):
    page = site.page(language, "method")
    [main] = page.all("main")
    words, _, tables = text_of(main).partition(text_of(page.all("h2[@id='pencil']")[0]))

    assert tables
    # A French colon or a quotation mark, with its space before, is no word.
    assert 400 < sum(any(map(str.isalnum, word)) for word in words.split()) <= 900


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worked_example_is_that_of_the_computation(language, site):
    words = site.page(language, "method").words

    for amount in (16_100, 49_300, 86_300, 15_000, 50_000, 85_000):
        assert format_money(amount, language) in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_decision_that_can_be_turned_round_has_its_price(language, site):
    words = text_of(site.page(language, "method").all("section[@aria-labelledby='critics']")[0])

    # Margin of half and of 85 per cent; police 2011, ILO 2005, world averages as typical.
    for amount in (46_000, 52_000, 100_000, 58_000, 42_000):
        assert format_money(amount, language) in words


def test_every_family_stands_in_the_table_with_its_weights(site):
    page = site.page("en", "method")
    [table] = page.all("table[@class='families stacked']")
    rows = [[text_of(cell) for cell in row] for row in table.findall("./tbody/tr")]
    rows = [[name, *amounts] for name, _drawn, *amounts in rows]

    assert len(rows) == len(site.published.estimates["EUROPE", "1y"].families) == 8
    assert ["UN office UNODC", *["€16,100, weight 1"] * 3] in rows
    assert ["Belgian courts, Ostend case", "€8,800, weight 0.5", "–", "–"] in rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_old_method_is_left(language, site):
    words = site.page(language, "method").words.lower()

    for gone in ("stretch", "active days", "actieve dagen", "doorrekening"):
        assert gone not in words
