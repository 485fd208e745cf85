"""Numbers, dates and money in the manner of each language, and never broken over two lines."""

from __future__ import annotations

import re

import pytest
from page import text_of

LANGUAGES = ("nl", "fr", "de", "en")
SPACE = "\u00a0"
SIGN = re.compile(r"[€$£¥]")
GROUPS = {
    "nl": r"\d{1,3}(?:\.\d{3})*(?:,\d+)?",
    "fr": rf"\d{{1,3}}(?:{SPACE}\d{{3}})*(?:,\d+)?",
    "de": r"\d{1,3}(?:\.\d{3})*(?:,\d+)?",
    "en": r"\d{1,3}(?:,\d{3})*(?:\.\d{1,2})?",
}
POWER = rf"(?:{SPACE}(?:millions?|milliards?|Million|Millionen|Milliarden?))?"
BEFORE, AFTER = r"(?:€|US\$|CA?\$|£)", r"(?:€|CA\$|\$|£)"
AMOUNT = {
    "nl": re.compile(rf"{BEFORE}{SPACE}{GROUPS['nl']}(?![\d.,]*\d)"),
    "fr": re.compile(rf"(?<![\d.,]){GROUPS['fr']}{SPACE}{AFTER}(?!\w)"),
    "de": re.compile(rf"(?<![\d.,]){GROUPS['de']}{POWER}{SPACE}{AFTER}(?!\w)"),
    "en": re.compile(rf"{BEFORE}{GROUPS['en']}(?![\d.,]*\d)"),
}
# Factors and weights have decimals of their own; telephone numbers their own groups.
ARITHMETIC = re.compile(r"[×÷]|\bECLI|\bEWHC|https?:")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "€\u00a090.000"),
        ("fr", "90\u00a0000\u00a0€"),
        ("de", "90.000\u00a0€"),
        ("en", "€90,000"),
    ],
)
def test_the_home_form_of_an_amount_is_the_only_one_allowed(language, text, site):
    assert AMOUNT[language].fullmatch(text)
    others = {"nl": "90.000\u00a0€", "fr": "€90,000", "de": "€\u00a090.000", "en": "€90.000"}
    assert not AMOUNT[language].fullmatch(others[language])
    page = site.page(language, "result", "/BE/1y")
    assert AMOUNT[language].search(text_of(page.all("span[@class='amount number']")[0]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_amount_follows_the_language_of_its_page(language, site):
    wrong, amounts = set(), 0
    for page in site.everything:
        if page.language != language:
            continue
        for text in page.texts:
            amounts += len(AMOUNT[language].findall(text))
            rest = AMOUNT[language].sub(" ", text)
            if SIGN.search(rest):
                wrong.add((page.name, text))
    assert wrong == set()
    assert amounts > 500


@pytest.mark.parametrize("language", LANGUAGES)
def test_large_numbers_are_grouped_as_the_language_does(language, site):
    foreign = {
        "nl": rf"\d,\d{{3}}\b|\d{SPACE}\d{{3}}\b",
        "de": rf"\d,\d{{3}}\b|\d{SPACE}\d{{3}}\b",
        "fr": r"\d[.,]\d{3}\b",
        "en": rf"\b[1-9]\d{{0,2}}\.\d{{3}}\b|\d{SPACE}\d{{3}}\b",
    }[language]
    # Helplines are written the same everywhere; weights below one have three decimals.
    other_numbers = re.compile(rf"116{SPACE}000|0800{SPACE}200{SPACE}99|\b0[.,]\d{{2,3}}\b")
    wrong = set()
    for page in site.everything:
        if page.language != language or page.name == "method":
            continue  # the method's weights have three decimals, which look like a group
        for text in page.blocks:
            if ARITHMETIC.search(text) or re.fullmatch(r"[\d.,]+", text):
                continue
            if re.search(foreign, other_numbers.sub(" ", text)):
                wrong.add(text)
    assert wrong == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_helpline_never_breaks_over_two_lines(language, site):
    broken = {
        (page.name, text)
        for page in site.everything
        if page.language == language
        for text in (*page.blocks, page.title, page.meta["description"])
        if re.search(r"116 000|0800 200 99", text)
    }
    assert broken == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_shares_follow_the_language(language, site):
    wanted = {"nl": r"\d%", "fr": rf"\d{SPACE}%", "de": rf"\d{SPACE}%", "en": r"\d%"}[language]
    wrong, found = set(), 0
    for page in site.everything:
        if page.language == language:
            for text in page.texts:
                found += len(re.findall(wanted, text))
                if "%" in re.sub(wanted, "", text):
                    wrong.add(text)
    assert wrong == set()
    assert found > 10


def test_french_keeps_a_space_before_its_tall_signs(site):
    services = site.app.extensions["published"].contacts.help.services
    names = sorted((service.name for service in services), key=len, reverse=True)
    wrong = set()
    for page in site.everything:
        if page.language != "fr":
            continue
        for text in page.texts:
            bare = re.sub(r"https?:\S+|\S+@\S+|ECLI:\S+", " ", text)
            for name in names:
                bare = bare.replace(name, " ")
            if re.search(rf"[^{SPACE}\s][;?!»]|[^{SPACE}]:|[ ][;?!»]|«[^{SPACE}]", bare):
                wrong.add((page.name, text))
    assert wrong == set()


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_other_languages_keep_none(language, site):
    wrong = {
        (page.name, text)
        for page in site.everything
        if page.language == language
        for text in page.blocks
        if re.search(rf"\w[ {SPACE}][:;?!](?:\s|$)", text)
    }
    assert wrong == set()


@pytest.mark.parametrize(
    ("language", "month"),
    [
        ("nl", "november 2026"),
        ("fr", "novembre 2026"),
        ("de", "November 2026"),
        ("en", "November 2026"),
    ],
)
def test_dates_are_written_out_in_the_language(language, month, site):
    assert any(month in text for text in site.page(language, "accessibility").blocks)


QUOTES = {"nl": "[„”«»]", "fr": "[„“”‘‚]", "de": "[”«»‘’]", "en": "[„«»]"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks_follow_the_language(language, site):
    wrong = set()
    for page in site.everything:
        if page.language != language:
            continue
        for text in page.texts:
            bare = re.sub(r"“[^“”„]+”", "", text) if language == "nl" else text
            bare = re.sub(r"(?<=\w)’", "", bare)
            if re.search(QUOTES[language], bare):
                wrong.add((page.name, text[:200]))
    assert wrong == set()
