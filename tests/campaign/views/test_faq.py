"""Questions: each has its own address, and the search finds what people type."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import quote, urljoin

import pytest
from made_site import SITE
from page import Page, text_of, tidy

LANGUAGES = ("nl", "fr", "de", "en")


def anchors(page):
    return [section.get("id") for section in page.all("section[@class='question']")]


@pytest.fixture
def search(site):
    def find(language, words):
        return site.page(language, "faq", query=f"?q={quote(words)}")

    return find


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_a_direct_link(language, site):
    page = site.page(language, "faq")
    found = anchors(page)
    assert len(found) == len(set(found)) >= 17
    offered = [link.get("href") for link in page.all("a[@class='anchor']")]
    assert offered == [f"#{anchor}" for anchor in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_people_ask_today_are_all_there(language, site):
    wanted = {
        "why-this-campaign", "why-now", "the-name", "how-are-the-amounts-computed",
        "what-happens-to-the-photo", "why-no-age-sex-or-looks", "why-a-range",
        "why-is-the-face-covered", "may-a-school-use-this", "who-pays-for-this",
        "is-the-amount-true", "can-i-take-the-image-down", "something-to-report",
        "where-can-i-talk", "what-does-child-focus-do",
    }  # fmt: skip
    assert wanted <= set(anchors(site.page(language, "faq")))


@pytest.mark.parametrize(
    ("language", "words", "anchor"),
    [
        ("nl", "foto", "what-happens-to-the-photo"),
        ("nl", "FOTO", "what-happens-to-the-photo"),
        ("nl", "  foto   server ", "what-happens-to-the-photo"),
        ("nl", "Belgie", "something-to-report"),
        ("nl", "België", "something-to-report"),
        ("fr", "école", "may-a-school-use-this"),
        ("fr", "ECOLE", "may-a-school-use-this"),
        ("fr", "ecole", "may-a-school-use-this"),
        ("fr", "methode", "how-are-the-amounts-computed"),
        ("fr", "l'aide", "what-does-child-focus-do"),
        ("de", "fur kinder", "what-does-child-focus-do"),
        ("de", "SCHÜLER", "may-a-school-use-this"),
        ("de", "schuler", "may-a-school-use-this"),
        ("en", "sell data", "who-pays-for-this"),
        ("en", "Facebook 2016", "can-i-take-the-image-down"),
        ("nl", "bel 116000", "where-can-i-talk"),
        ("en", "call 116 000", "where-can-i-talk"),
    ],
)
def test_search_finds_words_whatever_their_accents_and_case(language, words, anchor, search):
    found = anchors(search(language, words))
    assert anchor in found
    assert len(found) < 19


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_must_be_there(language, search, site):
    every = set(anchors(site.page(language, "faq")))
    for words in ("child focus", "javascript heic"):
        first, second = words.split()
        both = set(anchors(search(language, words)))
        assert both == set(anchors(search(language, first))) & set(
            anchors(search(language, second))
        )
        assert both < every


NOTHING = {
    "nl": "Geen antwoord gevonden.",
    "fr": "Aucune réponse trouvée.",
    "de": "Keine Antwort gefunden.",
    "en": "No answer found.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_says_when_nothing_is_found_and_what_to_do(language, search):
    page = search(language, "xyzzy")
    status = text_of(page.all("p[@role='status']")[0])
    assert NOTHING[language] in status.replace("\u00a0", " ")
    assert "116\u00a0000" in status
    assert anchors(page) == []
    assert page.all("p[@role='status']/a")[0].get("href") == page.path.partition("?")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_counts_what_it_found(language, search):
    page = search(language, "javascript")
    status = text_of(page.all("p[@role='status']")[0])
    assert re.search(rf"\b{len(anchors(page))}\b", status)


@pytest.mark.parametrize(
    "typed",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}",
     "'; --", "%(num)s %s", "</script><b>", "\u202e\u0000", "é" * 500, "%", "(", "\\"],
)  # fmt: skip
def test_what_was_typed_does_not_come_back(typed, site):
    """An address made up by someone else would put their words under our name."""
    path = f"/en/faq?q={quote(typed)}"
    page = Page(path, site.get(path))
    assert page.status == 200
    assert not page.all("b")
    assert [image.get("alt") for image in page.all("main//img")] == [""], "the drawing alone"
    assert "<script>alert" not in page.html
    assert "49" not in text_of(page.all("main")[0])[:200]
    [field] = page.all("input[@id='q']")
    assert not field.get("value")
    same = Page("/en/faq?q=xyzzy", site.get("/en/faq?q=xyzzy"))
    if not anchors(page):
        assert page.html == same.html


def test_at_most_sixty_letters_of_a_search_are_looked_at(search):
    assert anchors(search("nl", "foto" + " " * 56 + "xyzzy")) == anchors(search("nl", "foto"))
    assert anchors(search("nl", "foto" + " " * 55 + "xyzzy")) == []
    [field] = search("nl", "foto").all("input[@id='q']")
    assert field.get("maxlength") == "60"


def test_an_empty_search_shows_all(search, site):
    assert anchors(search("nl", "   ")) == anchors(site.page("nl", "faq"))
    assert not search("nl", "   ").all("p[@role='status']")


@pytest.fixture
def data(site):
    def read(language):
        scripts = site.page(language, "faq").all("script[@type='application/ld+json']")
        [found] = [json.loads(script.text) for script in scripts]
        assert found["@type"] == "FAQPage"
        return [(item["name"], item["acceptedAnswer"]["text"]) for item in found["mainEntity"]]

    return read


@pytest.mark.parametrize("language", LANGUAGES)
def test_data_for_search_engines_says_what_the_page_says(language, site, data):
    page = site.page(language, "faq")
    sections = page.all("section[@class='question']")
    answers = data(language)
    assert len(answers) == len(sections)
    for (name, answer), section in zip(answers, sections, strict=True):
        assert text_of(section.find(".//h2")) == name
        shown = section.find("div[@class='answer']")
        link = text_of(shown.findall("p")[-1])
        said = text_of(shown).removesuffix(link).strip()
        assert tidy(unescape(re.sub("<[^>]+>", "", answer))) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_in_data_for_search_engines_are_whole_addresses(language, site, data):
    """What stands in a search engine's answer has no page around it to be relative to."""
    page = site.page(language, "faq")
    linked = [
        link for _name, answer in data(language) for link in re.findall('href="(.*?)"', answer)
    ]
    shown = [
        link.get("href")
        for section in page.all("section[@class='question']")
        for link in section.findall(".//a")
        if link.get("class") != "anchor"
    ]
    assert linked == [urljoin(SITE + page.path, link) for link in shown]
    assert {link.partition(":")[0] for link in linked} == {"https", "tel", "mailto"}
    assert {
        SITE + site.page(language, "help").path,
        f"{SITE}{page.path}#why-no-age-sex-or-looks",
    } <= {*linked}
