"""The manual: a page of the desk in each language, whose words are those that the desk bears."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from calculator.languages import LANGUAGES, OF_THE_CODE
from campaign.staff.views.manual import MANUAL, load_manual
from campaign.words.charter import find_faults
from campaign.words.i18n import TRANSLATIONS

NAMES = {"nl": "Handleiding", "fr": "Mode d’emploi", "de": "Anleitung", "en": "Manual"}
MOST_WORDS = 900  # with the marks of headings and steps


def words_of_the_desk(language):
    """Return every sentence of the program in a language, with … for what is filled in."""
    with (TRANSLATIONS / f"{'nl' if language == OF_THE_CODE else language}.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    said = [each.id if language == OF_THE_CODE else each.string for each in messages]
    return {re.sub(r"%\(\w+\)s", "…", each) for each in said if isinstance(each, str)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_footer_leads_to_the_manual_in_the_language_of_the_page(desk, language):
    an = desk.person()
    links = an.get(f"/?lang={language}").all("footer//a[@href='/manual']")
    assert [link.text for link in links] == [NAMES[language]]

    page = an.get("/manual")
    assert page.all("h1")[0].text == NAMES[language]
    assert f'<html lang="{language}">' in page.html
    headings = [heading.text for heading in page.all("main//h2")]
    assert headings == [section.title for section in load_manual()[language]]
    assert len(headings) > 8
    anchors = {section.get("id") for section in page.all("main//section")}
    assert {link.get("href").lstrip("#") for link in page.all("main//nav//a")} == anchors


def test_who_is_not_signed_on_is_shown_no_manual(desk):
    page = desk.person("").get("/manual")

    assert page.status == 403
    assert 'href="/manual"' not in page.html


def test_every_language_has_the_same_tasks_in_the_same_order():
    of_all = {tuple(each.anchor for each in sections) for sections in load_manual().values()}

    assert len(of_all) == 1
    assert {path.stem for path in MANUAL.iterdir()} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_in_bold_is_what_the_desk_says(language):
    named = [
        name
        for section in load_manual()[language]
        for name in re.findall(r"\*\*(.+?)\*\*", section.markdown)
    ]

    assert len(named) > 30
    assert set(named) - words_of_the_desk(language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_is_short_and_says_nothing_that_the_desk_would_refuse(language):
    text = (MANUAL / f"{language}.md").read_text(encoding="utf-8")

    assert len(text.split()) <= MOST_WORDS
    assert list(find_faults(text, language)) == []
