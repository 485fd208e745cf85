"""The press page: today's figures as a report may quote them, and on what terms."""

from __future__ import annotations

import re

import pytest
from made_site import SITE
from page import text_of

from calculator.formatting import format_money, format_span

LANGUAGES = ("nl", "fr", "de", "en")
ILLUSTRATIVE = re.compile(r"\billustratie?[fv]", re.IGNORECASE)
UNCHANGED = {
    "nl": "alleen ongewijzigd delen", "fr": "sans aucune modification",
    "de": "nur unverändert weitergeben", "en": "only be shared unchanged",
}  # fmt: skip
RESERVED = {"nl": "voorbehouden", "fr": "réservés", "de": "vorbehalten", "en": "reserved"}
LABELS = {"nl": "onbetaalbaar", "fr": "inestimable", "de": "unbezahlbar", "en": "priceless"}
THEIR_OWN_DECISION = {
    "nl": "Of en wanneer een overlever spreekt, beslist die zelf.",
    "fr": "C’est à chaque personne survivante de décider si elle parle, et quand.",
    "de": "Ob und wann Überlebende sprechen, entscheiden sie selbst.",
    "en": "Whether and when a survivor speaks is for them to decide.",
}


ALL_AGES = {
    "nl": "slachtoffers van alle leeftijden", "fr": "victimes de tous âges",
    "de": "Opfer jeden Alters", "en": "victims of all ages",
}  # fmt: skip
AROUND = re.compile(r"\b(ongeveer|environ|etwa|around)\b")


def amounts_of(estimate, language):
    shown = estimate.shown
    around = [] if shown.central is None else [format_money(shown.central, language)]
    return [format_span(shown.low, shown.high, language), *around]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_year_of_each_region_stands_there_with_all_that_belongs_to_it(language, site):
    page = site.page(language, "press")
    shown = page.all("section[@id='one-year']/ul/li")

    assert len(shown) == len(site.published.regions)
    for item, region in zip(shown, site.published.regions, strict=True):
        estimate = site.published.estimates[region, "1y"]
        words = text_of(item)
        for amount in amounts_of(estimate, language):
            assert amount in words
        assert ILLUSTRATIVE.search(words)
        assert str(estimate.price_year) in words
        assert ALL_AGES[language] in words
        assert AROUND.search(words) if estimate.shown.central else not AROUND.search(words)
        [link] = item.findall(".//a")
        assert link.get("href") == site.page(language, "result", f"/{region}/1y").path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_can_be_quoted_as_it_stands(language, site):
    page = site.page(language, "press")
    shown = site.published.estimates["EUROPE", "1y"].shown
    [quote] = page.all("section[@id='one-year']//blockquote")
    words = text_of(quote)

    low, high = (format_money(each, language) for each in (shown.low, shown.high))
    assert words.index(low) < words.index(high)
    assert format_money(shown.central, language) not in words, "the range is the headline"
    assert ILLUSTRATIVE.search(words)
    assert "2024" in words
    assert ALL_AGES[language] in words
    assert SITE + site.page(language, "method").path in words
    assert "116\u00a0000" in words
    assert "…" not in page.words, "a blank was left for a number"


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_lines_say_what_not_to_write(language, site):
    page = site.page(language, "press")
    lines = page.all("section[@id='what-not-to-write']//li")

    assert len(lines) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_lead_to_their_sources_and_to_the_data(language, site):
    page = site.page(language, "press")
    links = {link.get("href") for link in page.all("section[@id='one-year']//a")}
    data = site.get("/data/figures.json").get_json()

    assert {site.page(language, name).path for name in ("sources", "method")} <= links
    assert {"/data/figures.csv", "/data/figures.json"} <= links
    assert data["digest"] in text_of(page.all("section[@id='one-year']")[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_are_offered_unchanged_only_and_names_are_reserved(language, site):
    page = site.page(language, "press")
    [terms] = page.all("section[@id='what-you-may-use']")
    words = text_of(terms)

    assert "CC\u00a0BY-ND\u00a04.0" in words
    assert UNCHANGED[language] in words
    assert RESERVED[language] in words
    assert LABELS[language] in words


def test_the_licence_says_the_same_as_the_press_page(pytestconfig):
    licence, readme = (
        (pytestconfig.rootpath / name).read_text(encoding="utf-8")
        for name in ("LICENSE", "README.md")
    )

    for text in (licence, readme):
        assert re.search(r"(?i)texts.*?CC BY 4\.0", text, re.DOTALL)
        assert re.search(r"(?i)cards.*?label.*?drawing.*?CC BY-ND 4\.0", text, re.DOTALL)
        assert re.search(r"(?i)reserved.*?ask first", text, re.DOTALL)
        assert re.search(r"(?i)names and logos.*?reserved", text, re.DOTALL)
        assert "illustrations" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_speaks_for_survivors(language, site):
    assert THEIR_OWN_DECISION[language] in site.page(language, "press").words
