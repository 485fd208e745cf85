"""What staff note for each other: each reads it in her own language where it is there."""

from __future__ import annotations

import pytest

NOTE = "Le tableau de la page 9"
QUESTION = "Qui répond la nuit ?"
REMARK = "Is it free?"
EDIT = "/edit/sources/publications/delta.yaml"
LIST = "/publications?show=missing&by=figure"
SHOWN = {
    "/": (NOTE, "main//span[@lang='fr']"),
    LIST: (NOTE, "main//span[@lang='fr']"),
    "/launch": (QUESTION, "main//a[@lang='fr']"),
    "/contacts": (QUESTION, "main//a[@lang='fr']"),
}


@pytest.fixture
def noted(desk):
    """Return a desk with a note, and a question of the foundation, in French alone."""
    delta = desk.text("delta").replace("    says:", f'    missing:\n      fr: "{NOTE}"\n    says:')
    desk.path("delta").write_text(delta, encoding="utf-8")
    path = help_file(desk)
    text = path.read_text(encoding="utf-8")
    asked = f'waiting:\n  - id: "made-up"\n    question: {{fr: "{QUESTION}"}}\n'
    path.write_text(text.replace("waiting:\n", asked, 1), encoding="utf-8")
    return desk


def help_file(desk):
    return desk.root / "campaign" / "content" / "help.yaml"


def in_language(desk, path, language):
    return desk.person().get(path, headers={"Accept-Language": language})


@pytest.mark.parametrize("path", SHOWN)
def test_a_note_in_one_language_is_shown_to_all_and_marked_where_it_is_another(path, noted):
    words, marked = SHOWN[path]

    for language in ("nl", "de", "en"):
        page = in_language(noted, path, language)
        assert [each.text for each in page.all(marked)] == [words], language
    page = in_language(noted, path, "fr")
    assert words in page.words
    assert page.all(marked) == []


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_the_real_questions_are_in_the_language_of_the_page(language, desk):
    for path in ("/launch", "/contacts"):
        page = in_language(desk, path, language)
        assert len(page.all("main//a")) > 10
        assert page.all("main//a[@lang]") == []


def test_a_remark_in_texts_is_one_question_in_the_language_of_the_page(desk):
    for language, asked in {"nl": "Is het gratis?", "en": REMARK}.items():
        path = desk.root / "campaign" / "content" / language / "youth.md"
        text = path.read_text(encoding="utf-8")
        part = f"\n## Free {{#free}}\n\n<!-- waiting: {asked} -->\nIt is.\n"
        path.write_text(f"{text}{part}", encoding="utf-8")
    for language in ("fr", "de"):
        path = desk.root / "campaign" / "content" / language / "youth.md"
        path.write_text(f"{path.read_text(encoding='utf-8')}\n## F {{#free}}\n\nYes.\n", "utf-8")

    for language, shown in {"nl": "Is het gratis?", "en": REMARK, "fr": "Is het gratis?"}.items():
        page = in_language(desk, "/launch", language)
        [link] = page.all("main//a[@href='/texts/youth']")
        assert link.text == shown
        assert link.get("lang") == ("nl" if language == "fr" else None)
    assert "Pour les jeunes" in page.words


def test_the_form_offers_each_language_and_needs_none_of_them(desk):
    an = desk.person()
    form = an.get(EDIT)
    names = {f"figures.0.missing.{language}" for language in ("nl", "fr", "de", "en")}
    assert names <= set(form.fields)

    an.press(
        an.press(form, "preview", figures__0__missing__nl="De tabel"), "save", why="Still open"
    )
    assert '    missing:\n      nl: "De tabel"\n' in desk.text("delta")

    an.press(an.press(an.get(EDIT), "preview", figures__0__missing__nl=""), "save", why="Found")
    assert "missing" not in desk.text("delta")


def test_a_question_needs_one_language_and_no_more(noted):
    an, path = noted.person(), "/part/waiting/made-up"
    form = an.get(path)
    assert "missing" not in form.words

    refused = an.press(form, "preview", waiting__0__question__fr="")
    assert refused.status == 422
    assert "fill this in" in refused.alerts[0]

    an.press(
        an.press(form, "preview", waiting__0__question__fr="", waiting__0__question__nl="Wie?"),
        "save", why="In Dutch",
    )  # fmt: skip
    assert '    question: {nl: "Wie?"}\n' in help_file(noted).read_text(encoding="utf-8")
