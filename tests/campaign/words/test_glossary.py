"""One word for one thing: what docs/glossary.md says is so on every page of a language."""

from __future__ import annotations

import re

import pytest

from calculator.languages import LANGUAGES
from campaign.config import ROOT

ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in (ROOT / "docs" / "glossary.md").read_text().splitlines()
    if line.startswith("|")
][2:]
ORDER = ("nl", "fr", "de", "en")


def words_of(language):
    """Return each word of a language with those that stand for it nowhere."""
    for row in ROWS:
        wanted, _, refused = row[1 + ORDER.index(language)].rstrip(")").partition(" (not: ")
        yield wanted, [each for each in refused.split(", ") if each]


@pytest.fixture(scope="module")
def told(site):
    """Return all that stands on the pages of each language, but for titles and names."""
    named = {
        name
        for each in site.published.sources.publications
        for name in (each.title, each.publisher, each.reported_by)
        if name
    }
    names = re.compile("|".join(map(re.escape, sorted(named, key=len, reverse=True))))
    return {
        language: "\n".join(
            names.sub(" ", text)
            for page in site.everything
            if page.language == language
            for text in page.texts
        ).replace("\u00a0", " ")
        for language in LANGUAGES
    }


def test_the_table_has_every_language():
    assert len(ROWS) >= 12
    assert {len(row) for row in ROWS} == {1 + len(LANGUAGES)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_stands_on_the_site(language, told):
    missing = [
        wanted
        for wanted, _refused in words_of(language)
        if wanted.lower() not in told[language].lower()
    ]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_other_word_stands_for_the_same_thing(language, told):
    found = {
        (refused, told[language][max(0, match.start() - 40) : match.end() + 40])
        for _wanted, words in words_of(language)
        for refused in words
        for match in re.finditer(
            rf"(?<!\w){re.escape(refused)}(?!\w)", told[language], re.IGNORECASE
        )
    }
    assert found == set()
