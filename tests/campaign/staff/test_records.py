"""Who, when, what and why: every saved edit is recorded, and can be undone."""

from __future__ import annotations

import pytest
from page import text_of

from campaign.staff.files.merging import carry_over

ALPHA = "/edit/sources/publications/alpha.yaml"


def save(person, why, **changes):
    preview = person.press(person.get(ALPHA), "preview", **changes)
    return person.press(preview, "save", why=why)


def undo_link(page):
    return next(part.split('"')[0] for part in page.html.split('href="') if "/undo" in part[:60])


def test_history_says_who_when_what_and_why(either_desk):
    save(either_desk.person("An Janssens"), "The table was corrected", figures__0__central="11000")

    page = either_desk.person("Bo").get("/history")

    for said in ("An Janssens", "The table was corrected", "Report alpha", "today, "):
        assert said in page.words


def test_history_is_found_by_person_file_word_and_day(either_desk):
    save(either_desk.person("An Janssens"), "The table was corrected", figures__0__central="11000")
    save(either_desk.person("Zoë".encode().decode("latin-1")), "A better title", title="Other")
    bo = either_desk.person("Bo")

    for query, found in (("zoe", "A better title"), ("janssens", "The table was corrected"),
                         ("alpha better", "A better title")):  # fmt: skip
        page = bo.get(f"/history?q={query}")
        assert [text_of(item) for item in page.all("main//ul/li//strong")] == [found]
    assert "There is no such edit" in bo.get("/history?since=2999-01-01").words
    assert "A better title" in bo.get("/history?since=2026-01-01").words


def test_what_developers_changed_is_shown_when_asked_for(desk):
    desk.path("alpha").write_text(desk.text("alpha") + "# by hand\n")
    desk.git("commit", "--all", "--message", "A developer's edit")
    save(desk.person(), "A better title", title="Other")
    bo = desk.person("Bo")

    assert "A developer's edit" not in bo.get("/history").words
    assert "A better title" in bo.get("/history").words
    assert "A developer's edit" in bo.get("/history?others=1").words


def test_a_long_history_has_pages(desk):
    an, records = desk.person(), desk.app.extensions["desk"].records
    for number in range(27):
        desk.path("alpha").write_text(f"# {number}\n{desk.text('alpha')}")
        records.add("An", f"Edit {number}.", ["sources/publications/alpha.yaml"])

    first = an.get("/history")
    [onward] = [link.get("href") for link in first.all("a[@rel='next']")]

    assert "Edit 26." in first.words
    assert "Edit 0." not in first.words
    assert "Edit 0." in an.get(onward).words


def test_commit_holds_only_the_edited_file_and_leaves_the_rest_staged(desk):
    desk.path("beta").write_text(desk.text("beta") + "# by hand\n")
    desk.git("add", "sources/publications/beta.yaml")

    save(desk.person(), "Corrected", figures__0__central="11000")

    assert desk.git("log", "-1", "--format=%an|%s", "--name-only").split("\n") == [
        "An|Corrected", "", "sources/publications/alpha.yaml", "",
    ]  # fmt: skip
    assert desk.git("diff", "--cached", "--name-only").strip().endswith("beta.yaml")


def test_edit_by_hand_is_not_laid_at_the_door_of_who_saves_next(desk):
    desk.path("alpha").write_text(desk.text("alpha") + "# by hand\n")

    save(desk.person(), "Corrected", figures__0__central="11000")

    assert desk.git("log", "-2", "--format=%an").split("\n")[:2] == ["An", "outside the desk"]
    assert "by hand" not in desk.git("show", "HEAD", "--unified=0")


def test_hooks_of_the_checkout_do_not_run(desk):
    hook = desk.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {desk.root}/hooked\nexit 1\n")
    hook.chmod(0o755)

    save(desk.person(), "Corrected", figures__0__central="11000")

    assert "central: 11000" in desk.text("alpha")
    assert not (desk.root / "hooked").exists()


def test_reason_and_name_are_texts_whatever_they_look_like(desk):
    save(
        desk.person("--exec=touch hooked <x>"),
        "--amend; $(touch hooked) # not a comment",
        figures__0__central="11000",
    )

    assert "--exec=touch hooked x" in desk.git("log", "-1", "--format=%an")
    assert "--amend; $(touch hooked) # not a comment" in desk.git("log", "-1", "--format=%B")
    assert not (desk.root / "hooked").exists()


def test_without_a_checkout_the_desk_keeps_a_record_of_its_own(make_desk):
    desk = make_desk(git=False)
    an, own = desk.person(), desk.root / "instance" / "staff" / "record.git"
    an.get("/")
    save(an, "First", figures__0__central="11000")
    desk.path("beta").write_text(desk.text("beta") + "# by hand\n")
    preview = an.press(an.get("/edit/sources/publications/beta.yaml"), "preview", title="Other")
    an.press(preview, "save", why="Second")

    assert own.is_dir()
    assert not (desk.root / ".git").exists()
    words = an.get("/history").words
    for said in ("First", "Second", "Found changed outside the desk", "The files as the desk"):
        assert said in words


@pytest.mark.parametrize(
    ("lock", "said"), [("index", "Another program is writing"), ("HEAD", "Git says: ")]
)
def test_nothing_is_saved_where_no_record_can_be_made(desk, lock, said):
    before = desk.text("alpha")
    an = desk.person()
    preview = an.press(an.get(ALPHA), "preview", figures__0__central="11000")
    # The first is seen before anything is written, the second only when git commits.
    (desk.root / ".git" / f"{lock}.lock").touch()

    refused = an.press(preview, "save", why="Corrected")

    assert refused.status == 422
    assert said in refused.alerts[-1]
    assert desk.text("alpha") == before


def test_undo_is_an_edit_with_a_preview_and_a_reason_of_its_own(either_desk):
    an, before = either_desk.person(), either_desk.text("alpha")
    record = save(an, "Corrected", figures__0__central="90000")

    preview = an.get(undo_link(record))
    assert "Belgium – One year" in preview.words
    assert preview.fields["why"] == "Undo: Corrected"
    assert "Say in a line why" in an.press(preview, "save", why="").alerts[0]
    an.press(preview, "save", why="It was right before")

    assert either_desk.text("alpha") == before
    assert "It was right before" in an.get("/history").words


def test_undo_keeps_later_edits_elsewhere_in_the_file(either_desk):
    an = either_desk.person()
    record = save(an, "Corrected", figures__0__central="11000")
    save(an, "Better title", title="Another title")

    an.press(an.get(undo_link(record)), "save", why="Back")

    assert "central: 10000 # see table 3" in either_desk.text("alpha")
    assert "Another title" in either_desk.text("alpha")


def test_undo_is_refused_where_a_later_edit_stands_on_it(either_desk):
    an = either_desk.person()
    record = save(an, "Corrected", figures__0__central="11000")
    save(an, "Corrected again", figures__0__central="12000")

    refused = an.get(undo_link(record))

    assert refused.status == 409
    assert "were changed again" in refused.alerts[0]
    assert "12000" in refused.words
    assert "central: 12000" in either_desk.text("alpha")


@pytest.mark.parametrize(
    ("current", "result"),
    [
        ("a\nb\nc\nd\ne\n", "a\nB\nc\nd\ne\n"),
        ("new\na\nb\nc\nd\ne\n", "new\na\nB\nc\nd\ne\n"),
        ("a\nb\nc\nd\nE\n", "a\nB\nc\nd\nE\n"),
        ("a\nB\nc\nd\ne\n", "a\nB\nc\nd\ne\n"),
    ],
)
def test_change_is_carried_over_to_a_newer_text(current, result):
    assert carry_over("a\nb\nc\nd\ne\n", "a\nB\nc\nd\ne\n", current) == result


@pytest.mark.parametrize(
    "current", ["a\nx\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "a\nc\nd\ne\n", "", None]
)
def test_change_is_not_carried_over_where_its_lines_changed(current):
    with pytest.raises(ValueError, match=r"in the meantime|as they were"):
        carry_over("a\nb\nc\nd\ne\n", "a\nB\nc\nd\ne\n", current)


def test_no_sign_in_the_message_of_a_commit_hides_the_history(desk):
    path = desk.path("alpha")
    for why in ("a \x1e b \x1f c \x1e\x1f d", "plain"):
        path.write_text(desk.text("alpha") + "# by hand\n")
        desk.git("commit", "--all", "--message", why)

    page = desk.person().get("/history?others=1")

    assert page.status == 200
    assert "plain" in page.words
    assert "Report alpha" in page.words


@pytest.mark.parametrize("name", ["Zoë Élise", "Àgnes Ánna", "Łukasz"])
def test_a_name_with_accents_signs_its_own_edits(name, desk):
    handed_over = name.encode().decode("latin-1")  # as a server hands over what a proxy sends

    save(desk.person(handed_over), "Corrected", figures__0__central="11000")

    assert desk.git("log", "-1", "--format=%an").strip() == name
