"""What the French desk joins from parts: blanks before colons, counts, order of words."""

from __future__ import annotations

import re

import pytest

NBSP = "\u00a0"
FRENCH = {"Accept-Language": "fr-BE"}
PAGES = (
    "/", "/publications", "/publications/new", "/texts", "/texts/faq", "/contacts", "/facts",
    "/choices", "/rates", "/rates/2025", "/launch", "/history", "/proposals", "/links",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_line_of_the_desk_breaks_before_a_sign(desk, path):
    page = desk.person().get(path, headers=FRENCH)

    said = "".join(page.all("main")[0].itertext())
    assert re.findall(r".{0,30} [:;?!»].{0,10}|.{0,30}« .{0,10}", said) == []


def test_a_title_and_a_part_are_joined_as_french_does(desk):
    file = desk.root / "campaign" / "content" / "nl" / "faq.md"
    file.write_text("## Short {#short}\n\nEen nieuwe tekst.\n", encoding="utf-8")

    page = desk.person().get("/", headers=FRENCH)

    assert f"Questions et réponses{NBSP}: Short" in page.html


def test_numbers_of_the_choices_have_a_comma_and_semicolons_a_blank(desk):
    page = desk.person().get("/choices", headers=FRENCH)

    said = "".join(page.all("main")[0].itertext())
    assert "0,25" in said
    assert re.search(rf"0,25{NBSP}; ", said)
    assert not re.search(r"\d\.\d", said)


def test_the_files_of_a_large_edit_are_counted_in_french(desk):
    for name in ("alpha", "beta", "gamma", "delta"):
        file = desk.root / "sources" / "publications" / f"{name}.yaml"
        file.write_text(file.read_text() + "# Once more\n")
    desk.git("commit", "--quiet", "--all", "-m", "Four at once")

    page = desk.person().get("/history?others=yes", headers=FRENCH)

    assert "et encore 1" in page.words
    assert "more" not in page.words.replace("Four at once", "")


def test_accents_do_not_move_a_word_to_the_end_of_a_list(desk):
    page = desk.person().get("/publications/new", headers=FRENCH)

    listed = [option.text.strip() for option in page.all("select[@name='language']/option")]
    assert listed.index("Néerlandais") < listed.index("Norvégien")


def test_a_publication_that_is_cited_is_not_removed_in_english(desk):
    file = desk.root / "sources" / "scenarios.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("margin:\n", "margin:\n  cites: [alpha]\n", 1))

    page = desk.person().get("/remove/sources/publications/alpha.yaml", headers=FRENCH)

    assert "margin cite alpha, mais cette publication n’existe pas ici" in page.words


def test_a_draft_of_a_text_is_called_as_the_text_is(desk):
    an = desk.person()
    an.press(an.get("/texts/about"), "keep")

    assert ">À propos" in an.get("/", headers=FRENCH).html
