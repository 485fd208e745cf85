"""The words of the safeguarding charter, rules 1, 6, 7 and 14, over everything that is said."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import astuple
from itertools import chain, product
from pathlib import Path
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pytest
from babel.messages.pofile import read_po
from page import text_of

from campaign.cards.addresses import words_for
from campaign.words import charter, charter_words
from campaign.words.charter import MAYBE_NAMED, find_faults, names_a_child, speaks_of_trade

ROOT = Path(__file__).parents[3]
LANGUAGES = ("nl", "fr", "de", "en")
HISTORIC = re.compile(charter_words.HISTORIC)


def values_of(data):
    if isinstance(data, dict):
        for value in data.values():
            yield from values_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from values_of(value)
    elif isinstance(data, str):
        yield re.sub("<[^>]+>", " ", data)


def said_on_pages(site):
    """Return what stands on pages, in their heads and in their data, but for names and titles."""
    named = {
        name
        for item in site.published.sources.publications
        for name in (item.publisher, item.reported_by)
        if name
    }
    titles = re.compile("|".join(map(re.escape, sorted(named, key=len, reverse=True))))
    for page in site.everything:
        for text in page.texts:
            yield page.language, page.name, titles.sub(" ", text)
        for script in page.all("script"):
            if "json" in script.get("type", ""):
                for text in values_of(json.loads(script.text)):
                    yield page.language, "data", text
        for field in page.all("input"):
            yield page.language, "field", unquote_plus(field.get("value", ""))


def said_on_cards(site):
    with site.app.app_context():
        for estimate, language in product(site.published.estimates.values(), LANGUAGES):
            for text in astuple(words_for(estimate, language)):
                if isinstance(text, str):
                    yield language, "card", text


# What staff are told about words names them.
ABOUT_WORDS = {
    text
    for rule in vars(charter).values()
    if isinstance(rule, charter.Rule)
    for text in (rule.sentence, rule.better)
}


def said_in_catalogues():
    for language in ("nl", "fr", "de"):
        with (ROOT / "campaign" / "translations" / f"{language}.po").open("rb") as file:
            messages = [
                message
                for message in read_po(file, locale=language)
                if message.id and message.id not in ABOUT_WORDS
            ]
        for message, tongue in product(messages, (language, "en")):
            text = message.id if tongue == "en" else message.string
            for form in [text] if isinstance(text, str) else text:
                yield tongue, "catalogue", form


def said_by_figures(site):
    for publication, figure in site.published.sources.figures():
        for text, language in product((figure.label, figure.says, figure.caveat), LANGUAGES):
            yield language, publication.id, text.in_language(language)


@pytest.fixture(scope="module")
def said(site):
    """Return all that is said in each language, with where."""
    found = defaultdict(set)
    for language, where, text in chain(
        said_on_pages(site), said_on_cards(site), said_in_catalogues(), said_by_figures(site)
    ):
        found[language].add((where, text))
    assert all(len(texts) > 1500 for texts in found.values())
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_that_no_text_may_say(language, said):
    wrong = {
        (where, fault.rule.sentence, text[fault.start : fault.end], text[:200])
        for where, text in said[language]
        for fault in find_faults(text, language)
        if fault.rule is not MAYBE_NAMED  # which a choice with its count looks like: Europe (9)
    }
    assert wrong == set()


ONLY_NAMES_OF_THEIR_TIME = {
    "nl": r"noemen die (?:namen|adressen) alleen",
    "fr": r"citons ces noms seulement|citons ces adresses que comme des noms de leur époque",
    "de": r"nennen diese (?:Namen|Adressen) nur",
    "en": r"(?:give|mention) those (?:names|addresses) only",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_historic_addresses_are_explained_where_they_stand(language, site):
    found = set()
    for page in site.everything:
        if page.language != language:
            continue
        told = [text for text in map(text_of, page.all("section")) if HISTORIC.search(text)]
        assert len(HISTORIC.findall(page.words)) == len(HISTORIC.findall(" ".join(told)))
        for text in told:
            assert re.search(ONLY_NAMES_OF_THEIR_TIME[language], text), f"{page.path}: {text}"
            found.add(page.name)
    assert found == {"faq", "about"}


MONEY = r"\b(?:geld|argent|money|euros?)\b"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_words_never_equate_a_child_with_money(language, site):
    [title] = site.page(language, "home").all("h1")
    sentences = [text_of(span) for span in title]
    assert any(map(names_a_child, sentences))
    for said in sentences:
        assert not (names_a_child(said) and re.search(MONEY, said, re.IGNORECASE)), said


TOLD_ELSEWHERE = re.compile("title|descr|alt|site")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_other_sites_show_never_joins_child_and_price(language, site):
    """Rule 14, in every language at once: a Dutch title may stand on an English timeline."""
    for page in site.everything:
        if page.language != language:
            continue
        told = [page.title]
        told += [text for name, text in page.meta.items() if TOLD_ELSEWHERE.search(name)]
        for link in page.all("ul[@class='share']//a"):
            parts = parse_qs(urlsplit(link.get("href")).query)
            told += [text for values in parts.values() for text in values]
        for text in told:
            assert not (names_a_child(text) and speaks_of_trade(text)), f"{page.path}: {text}"
            assert not re.search("[€$£]", text), f"{page.path} tells an amount: {text}"


def test_the_statement_of_a_card_tells_of_criminals(site):
    words = {"nl": "criminelen", "fr": "criminels", "de": "Kriminelle", "en": "Criminals"}
    for language in LANGUAGES:
        for scenario in site.scenarios:
            page = site.page(language, "result", scenario)
            assert words[language] in text_of(page.all("h1")[0])
