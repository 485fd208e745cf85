"""Languages out of step: a part changed in some languages and not yet in the others."""

from __future__ import annotations

import json

import pytest
from page import text_of, token_in

LANGUAGES = ("nl", "fr", "de", "en")


def write(desk, language, words, page="faq"):
    path = desk.root / "campaign" / "content" / language / f"{page}.md"
    path.write_text(f"## Short {{#short}}\n\n{words}\n", encoding="utf-8")


def commit(desk, message="An edit"):
    desk.git("add", "--all", "campaign")
    desk.git("commit", "--quiet", "-m", message)


def rows(desk, person=None):
    """Return the board, and what it says of languages."""
    page = (person or desk.person()).get("/")
    found = [
        text_of(item)
        for part in page.all("section")
        if "out of step" in "".join(part.itertext())
        for item in part.iter("li")
    ]
    return page, found


@pytest.fixture
def begun_desk(desk):
    """Return a desk at which a text was saved before, in all languages."""
    an = desk.person()
    page = an.get("/texts/press")
    bodies = {
        name: text for name, text in page.fields.items() if name[:2] == "0." and "body" in name
    }
    assert len(bodies) == len(LANGUAGES)
    preview = an.press(page, "preview", **{name: f"{text} Nu." for name, text in bodies.items()})
    an.press(preview, "save", why="The first edit")
    return desk


def test_what_developers_changed_before_the_first_edit_at_the_desk_is_in_step(desk):
    write(desk, "nl", "Een nieuwe tekst.")
    commit(desk)

    assert rows(desk)[1] == []


def test_one_language_changed_leaves_the_others_behind_until_they_follow(begun_desk):
    assert rows(begun_desk)[1] == []

    write(begun_desk, "nl", "Een nieuwe tekst.")
    [row] = rows(begun_desk)[1]
    assert row.startswith("Questions and answers: Short changed: Dutch (not yet saved here);")
    commit(begun_desk)
    [row] = rows(begun_desk)[1]
    assert "changed: Dutch (Test, " in row
    assert "not changed: French, German, English" in row

    write(begun_desk, "fr", "Un nouveau texte.")
    commit(begun_desk)
    assert "not changed: German, English" in rows(begun_desk)[1][0]

    write(begun_desk, "de", "Ein neuer Text.")
    write(begun_desk, "en", "A new text.")
    commit(begun_desk)
    assert rows(begun_desk)[1] == []


def test_what_is_taken_back_or_says_nothing_new_is_no_change(begun_desk):
    write(begun_desk, "nl", "Een nieuwe tekst.")
    commit(begun_desk)
    write(begun_desk, "nl", "A text.")
    commit(begun_desk)
    assert rows(begun_desk)[1] == []

    write(begun_desk, "fr", "A\u00a0text !")
    commit(begun_desk)
    assert rows(begun_desk)[1] == []


def test_a_person_may_say_that_the_languages_say_the_same(begun_desk):
    write(begun_desk, "nl", "Een tekst.")
    commit(begun_desk)
    an = begun_desk.person()
    page, [_row] = rows(begun_desk, an)
    [button] = [each for each in page.all("button") if each.get("name") == "part"]

    an.post("/in-step", {"csrf_token": token_in(page.html), "part": button.get("value")})

    assert rows(begun_desk)[1] == []
    marks = json.loads((begun_desk.root / "instance" / "staff" / "in-step.json").read_text())
    assert list(marks) == ["faq#short"]
    write(begun_desk, "de", "Ein anderer Text.")
    commit(begun_desk)
    [row] = rows(begun_desk)[1]
    assert "changed: German (" in row
    assert "not changed: Dutch, French, English" in row


def test_an_unknown_part_and_a_damaged_file_of_marks_harm_nothing(begun_desk):
    (begun_desk.root / "instance" / "staff" / "in-step.json").write_text("no json")
    write(begun_desk, "nl", "Een tekst.")
    an = begun_desk.person()
    page, [_row] = rows(begun_desk, an)

    answer = an.post("/in-step", {"csrf_token": token_in(page.html), "part": "faq#no-such"})

    assert answer.status == 303
    assert len(rows(begun_desk)[1]) == 1


def test_what_came_by_a_merge_is_one_change(begun_desk):
    begun_desk.git("checkout", "--quiet", "-b", "beside")
    for language in LANGUAGES:
        write(begun_desk, language, f"A text in {language}, changed.")
        commit(begun_desk, language)
    begun_desk.git("checkout", "--quiet", "-")
    begun_desk.git("merge", "--quiet", "--no-ff", "-m", "Merged", "beside")

    assert rows(begun_desk)[1] == []
