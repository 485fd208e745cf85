"""Languages out of step: a part changed in some languages and not yet in the others."""

from __future__ import annotations

import json

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


def test_one_language_changed_leaves_the_others_behind_until_they_follow(git_desk):
    assert rows(git_desk)[1] == []

    write(git_desk, "nl", "Een nieuwe tekst.")
    [row] = rows(git_desk)[1]
    assert row.startswith("Questions and answers: Short changed: Dutch (not yet saved here);")
    commit(git_desk)
    [row] = rows(git_desk)[1]
    assert "changed: Dutch (Test, " in row
    assert "not changed: French, German, English" in row

    write(git_desk, "fr", "Un nouveau texte.")
    commit(git_desk)
    assert "not changed: German, English" in rows(git_desk)[1][0]

    write(git_desk, "de", "Ein neuer Text.")
    write(git_desk, "en", "A new text.")
    commit(git_desk)
    assert rows(git_desk)[1] == []


def test_what_is_taken_back_or_says_nothing_new_is_no_change(git_desk):
    write(git_desk, "nl", "Een nieuwe tekst.")
    commit(git_desk)
    write(git_desk, "nl", "A text.")
    commit(git_desk)
    assert rows(git_desk)[1] == []

    write(git_desk, "fr", "A\u00a0text !")
    commit(git_desk)
    assert rows(git_desk)[1] == []


def test_a_person_may_say_that_the_languages_say_the_same(git_desk):
    write(git_desk, "nl", "Een tekst.")
    commit(git_desk)
    an = git_desk.person()
    page, [_row] = rows(git_desk, an)
    [button] = [each for each in page.all("button") if each.get("name") == "part"]

    an.post("/in-step", {"csrf_token": token_in(page.html), "part": button.get("value")})

    assert rows(git_desk)[1] == []
    marks = json.loads((git_desk.root / "instance" / "staff" / "in-step.json").read_text())
    assert list(marks) == ["faq#short"]
    write(git_desk, "de", "Ein anderer Text.")
    commit(git_desk)
    [row] = rows(git_desk)[1]
    assert "changed: German (" in row
    assert "not changed: Dutch, French, English" in row


def test_an_unknown_part_and_a_damaged_file_of_marks_harm_nothing(git_desk):
    (git_desk.root / "instance" / "staff" / "in-step.json").write_text("no json")
    write(git_desk, "nl", "Een tekst.")
    an = git_desk.person()
    page, [_row] = rows(git_desk, an)

    answer = an.post("/in-step", {"csrf_token": token_in(page.html), "part": "faq#no-such"})

    assert answer.status == 303
    assert len(rows(git_desk)[1]) == 1


def test_what_came_by_a_merge_is_one_change(git_desk):
    git_desk.git("checkout", "--quiet", "-b", "beside")
    for language in LANGUAGES:
        write(git_desk, language, f"A text in {language}, changed.")
        commit(git_desk, language)
    git_desk.git("checkout", "--quiet", "-")
    git_desk.git("merge", "--quiet", "--no-ff", "-m", "Merged", "beside")

    assert rows(git_desk)[1] == []
