"""The method page: short before its tables, its numbers those of the computation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from page import text_of

from calculator.estimate import combine, group
from calculator.formatting import format_money
from campaign.words.critics import say_critics

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


def critics_of(site, estimate):
    with site.app.test_request_context("/en/"):
        site.app.preprocess_request()
        return " ".join(say_critics(estimate, site.published.sources.families, "en"))


def without(estimate, family):
    """Return an estimate on the same figures less one family's."""
    evidence = estimate.evidence
    contributions = [item for item in evidence.contributions if item.described.family != family]
    families = group(contributions)
    left = replace(
        evidence,
        contributions=tuple(contributions),
        families=families,
        euros=combine(families, evidence.rules),
    )
    return replace(estimate, evidence=left)


def test_what_critics_can_say_follows_the_figures(site):
    estimate = site.published.estimates["EUROPE", "1y"]
    said = critics_of(site, estimate)
    assert "UN office UNODC carries 33% of the weight" in said
    assert "It comes from one publication, of 2010." in said
    assert "The high end is the number of one source: researcher Siddharth Kara." in said
    assert "as reported by Tsachi Keren-Paz" in said
    assert "Of 16 figures not one is about children alone" in said
    assert "7 of the 16 figures are cases as the press told them" in said

    other = critics_of(site, without(estimate, "unodc"))
    assert "UNODC" not in other
    assert "of 2010" not in other

    other = critics_of(site, without(estimate, "kara"))
    assert "Kara" not in other
    assert "Keren-Paz" not in other
    newest = max(
        item.cited.year
        for item in without(estimate, "nl-court-arnhem").contributions
        if item.role == "typical"
    )
    assert f"from {newest} or before" in critics_of(site, without(estimate, "nl-court-arnhem"))


def test_a_weight_is_drawn_as_it_is_written(site):
    page = site.page("en", "method")
    drawn = {
        text_of(row.find("dt")): row.find(".//rect[@class='bar__part']").get("width")
        for row in page.all("dl[@class='weights']/div")
        if row.find(".//rect[@class='bar__part']") is not None
    }
    assert float(drawn["a study of many victims"].rstrip("%")) == 100
    assert float(drawn["one case"].rstrip("%")) == 50
    assert float(drawn["lowest"].rstrip("%")) == 25


def test_a_circle_is_as_large_as_its_weight(site):
    page = site.page("en", "method")
    families = {
        text_of(row.find("th")): row.find(".//circle[@class='chart__point']")
        for row in page.all("table[@class='families stacked']/tbody/tr")
    }
    radius = {
        name: float(circle.get("r")) for name, circle in families.items() if circle is not None
    }
    # Their weights are 1 and a half, and a weight is an area.
    ratio = radius["UN office UNODC"] / radius["Researcher Siddharth Kara"]
    assert ratio**2 == pytest.approx(2, rel=0.05)
    assert families["International Labour Organization (ILO)"] is None, "one end alone: a triangle"
