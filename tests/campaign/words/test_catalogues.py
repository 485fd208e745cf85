"""Catalogues and texts: nothing is missing, stale or different in one of the four languages."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from calculator.card.layout import FORMATS
from calculator.figures.sources import Sources
from campaign.published.texts import check_sections
from campaign.web import errors
from campaign.words import card as card_words
from campaign.words import terms
from campaign.words.addresses import PAGES

ROOT = Path(__file__).parents[3]
CONTENT = ROOT / "campaign" / "content"
TRANSLATED = ("nl", "fr", "de")
LANGUAGES = (*TRANSLATED, "en")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


@pytest.fixture(scope="module")
def extracted():
    """Return every message that code and templates hold today, with where it stands."""
    config = (ROOT / "babel.cfg").read_text(encoding="utf-8")
    methods, options = parse_mapping_cfg(io.StringIO(config))
    catalog = Catalog()
    found = extract_from_dir(ROOT, methods, options, DEFAULT_KEYWORDS, strip_comment_tags=True)
    for file, line, message, _comments, _context in found:
        if not file.startswith(("campaign/", "templates/")):
            continue
        catalog.add(message, None, [(file, line)])
    messages = {message.id: message.locations for message in catalog if message.id}
    assert len(messages) > 300
    return messages


@pytest.fixture(scope="module")
def catalogues():
    found = {}
    for language in TRANSLATED:
        path = ROOT / "campaign" / "translations" / f"{language}.po"
        with path.open("rb") as file:
            found[language] = read_po(file, locale=language, abort_invalid=True)
    return found


def forms(text):
    return list(text) if isinstance(text, (tuple, list)) else [text]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language, extracted, catalogues):
    missing = []
    for identity, places in extracted.items():
        message = catalogues[language].get(forms(identity)[0])
        if message is None or not all(forms(message.string)):
            missing.append((places[0], identity))
    assert missing == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_fuzzy_or_stale(language, extracted, catalogues):
    catalogue = catalogues[language]
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    assert list(catalogue.obsolete) == []
    stale = {forms(m.id)[0] for m in catalogue if m.id} - {forms(key)[0] for key in extracted}
    assert stale == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_the_same_in_every_form(language, catalogues):
    def names(text):
        return Counter(a or b for a, b in PLACEHOLDER.findall(text))

    for message in catalogues[language]:
        if not message.id:
            continue
        wanted = [names(text) for text in forms(message.id)]
        for string in forms(message.string):
            assert names(string) in wanted, message.id
            # A lone percent sign would break the sentence when it is filled in.
            if wanted[0]:
                assert not re.search(r"%(?!\(\w+\)[sd]|%)", string), string


@pytest.mark.parametrize("language", TRANSLATED)
def test_both_forms_of_a_counted_sentence_are_given(language, catalogues):
    counted = [m for m in catalogues[language] if m.id and isinstance(m.id, tuple)]
    assert counted
    assert all(len(message.string) == catalogues[language].num_plurals for message in counted)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_was_left_in_english(language, catalogues):
    same = {
        message.id
        for message in catalogues[language]
        if message.id and isinstance(message.id, str) and message.id == message.string
    }
    # Short words may be alike; a sentence never is.
    assert [text for text in same if len(text.split()) > 2] == []
    assert len(same) < 20


def test_dynamic_words_are_marked_for_the_catalogues(extracted):
    words = {card_words.NAME, card_words.LABEL, card_words.NO_PRICE, card_words.AROUND,
             card_words.NO_MIDDLE, card_words.MINORS_LINE}  # fmt: skip
    for name, table in vars(terms).items():
        if name.isupper():
            texts = [table] if isinstance(table, str) else table.values()
            words |= {text for text in texts if text}
    for error in errors.ERROR_WORDS.values():
        words |= set(error)
    assert words - {forms(key)[0] for key in extracted} == set()


def test_every_form_of_card_has_a_name():
    assert list(terms.FORMAT_NAMES) == list(FORMATS)


def parts_of(language, name):
    file = f"{language}/{name}.md"
    return check_sections((CONTENT / file).read_bytes(), file)


def names_of_texts():
    return sorted({path.stem for path in CONTENT.glob("*/*.md")})


@pytest.mark.parametrize("name", names_of_texts())
def test_every_text_exists_in_four_languages_part_by_part(name):
    texts = {language: parts_of(language, name) for language in LANGUAGES}

    anchors = {language: [part.anchor for part in parts] for language, parts in texts.items()}
    assert len(anchors["nl"]) >= 3
    assert len(set(anchors["nl"])) == len(anchors["nl"]), "an anchor stands twice"
    for language in LANGUAGES:
        assert anchors[language] == anchors["nl"], language


@pytest.mark.parametrize("name", names_of_texts())
def test_every_text_links_to_the_same_pages_in_four_languages(name, site):
    def pages_linked(language):
        where = {f"/{language}/{path[language]}": page for page, path in PAGES.items()}
        text = (CONTENT / language / f"{name}.md").read_text(encoding="utf-8")
        links = re.findall(r"\]\((/[^)#]*)(#[^)]*)?\)|\]\((#[^)]+)\)", text)
        return Counter((where.get(path, path), a or b) for path, a, b in links)

    expected = pages_linked("nl")
    for language in LANGUAGES:
        assert pages_linked(language) == expected, language


@pytest.mark.parametrize("name", names_of_texts())
def test_every_text_has_the_same_shape_in_four_languages(name):
    def shape(language):
        parts = parts_of(language, name)
        return [(part.anchor, part.html.count("<ol>") > 0) for part in parts]

    assert all(shape(language) == shape("nl") for language in LANGUAGES)
    sizes = [len((CONTENT / x / f"{name}.md").read_text(encoding="utf-8")) for x in LANGUAGES]
    assert max(sizes) < 1.35 * min(sizes), "a sentence has no counterpart"


def test_texts_of_figures_are_said_in_four_languages(site):
    sources: Sources = site.published.sources
    for _publication, figure in sources.figures():
        for name in ("label", "says", "caveat"):
            text = getattr(figure, name)
            said = {language: text.in_language(language).strip() for language in LANGUAGES}
            assert all(said.values())
            if len(said["en"].split()) > 3:
                assert len(set(said.values())) == 4, (figure.id, name)


def test_reasons_of_the_method_are_said_in_four_languages(site):
    for _location, part in site.published.sources.scenarios.reasoned():
        said = {part.reason.in_language(language) for language in LANGUAGES}
        assert len(said) == 4


def test_contacts_are_said_in_four_languages(site):
    loaded = site.published.contacts
    texts = [service.what for service in loaded.help.services]
    texts += [text for role in loaded.help.roles for text in (role.title, role.advice)]
    texts += [stage.text for stage in loaded.help.after_report] + [loaded.press.note]
    for text in texts:
        assert len({text.in_language(language) for language in LANGUAGES}) == 4
