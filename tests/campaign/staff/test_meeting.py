"""Two people, one file: both changes are kept, and where they cannot be, someone chooses."""

from __future__ import annotations

import pytest

from campaign.staff.forms.joining import NotJoinable, join

ALPHA = "/edit/sources/publications/alpha.yaml"
NAME = "sources/publications/alpha.yaml"


def save(person, why, path=ALPHA, **changes):
    return person.press(person.press(person.get(path), "preview", **changes), "save", why=why)


def meet(desk, by_an, by_bo, do="save"):
    """Let An open the page, Bo save his change, and An then go on with hers."""
    an, bo = desk.person("An"), desk.person("Bo")
    preview = an.press(an.get(ALPHA), "preview", **by_an)
    save(bo, "Read in the book", **by_bo)
    return an, an.press(preview, do, why="Corrected")


@pytest.mark.parametrize("do", ["save", "propose"])
def test_changes_of_different_fields_are_joined_and_shown_before_they_are_saved(either_desk, do):
    an, joined = meet(either_desk, {"figures__0__central": "11000"}, {"year": "2023"}, do)

    assert joined.status == 200
    for said in ("Both changes are joined here", "Bo", "Read in the book", "today,"):
        assert said in joined.words
    assert "central: 10000" in either_desk.text("alpha")
    an.press(joined, "save", why="Corrected")
    assert "central: 11000 # see table 3" in either_desk.text("alpha")
    assert "year: 2023" in either_desk.text("alpha")


def test_fields_side_by_side_are_joined_too(either_desk):
    """By lines they could not be: each stands beside the other."""
    an, joined = meet(either_desk, {"title": "Mine"}, {"year": "2023"})

    an.press(joined, "save", why="Corrected")

    assert 'title: "Mine"' in either_desk.text("alpha")
    assert "year: 2023" in either_desk.text("alpha")


@pytest.mark.parametrize(("side", "result"), [("now", "12000"), ("wanted", "11000")])
def test_for_the_same_field_someone_chooses_and_the_others_are_kept(either_desk, side, result):
    mine = {"figures__0__central": "11000", "title": "Mine"}
    theirs = {"figures__0__central": "12000", "year": "2023"}
    an, asked = meet(either_desk, mine, theirs)
    assert asked.status == 409
    assert "Read in the book" in asked.words
    assert "Figures / Label en / The number itself" in asked.words
    place = f"choose:{NAME}:figures / alpha-profit / central"
    assert place in asked.fields

    again = an.press(asked, "preview", **{place: None})
    assert again.status == 409
    joined = an.press(asked, "preview", **{place: side})
    an.press(joined, "save", why="We talked")

    for said in (f"central: {result} #", 'title: "Mine"', "year: 2023"):
        assert said in either_desk.text("alpha")


def test_a_draft_left_open_is_joined_when_it_is_looked_at_again(either_desk):
    an, bo = either_desk.person("An"), either_desk.person("Bo")
    an.press(an.get(ALPHA), "keep", figures__0__central="11000")
    save(bo, "Year", year="2023")

    joined = an.press(an.get(ALPHA), "preview")

    assert "Both changes are joined here" in joined.words
    an.press(joined, "save", why="Corrected")
    assert "year: 2023" in either_desk.text("alpha")
    assert "central: 11000" in either_desk.text("alpha")


def test_pages_of_words_are_joined_part_by_part(either_desk):
    an, bo = either_desk.person("An"), either_desk.person("Bo")
    preview = an.press(an.get("/texts/press"), "preview", **{"0__nl__body": "Een zin van An."})
    changed = {"0__nl__title": "Een kop van Bo", "1__nl__body": "Een zin van Bo."}
    save(bo, "Beter", path="/texts/press", **changed)

    joined = an.press(preview, "save", why="Corrected")
    an.press(joined, "save", why="Corrected")

    text = (either_desk.root / "campaign/content/nl/press.md").read_text(encoding="utf-8")
    for said in ("Een zin van An.", "Een kop van Bo", "Een zin van Bo."):
        assert said in text


def test_who_works_on_a_file_and_what_is_proposed_for_it_is_said_there(either_desk):
    an, bo = either_desk.person("An"), either_desk.person("Bo")
    an.press(an.press(an.get(ALPHA), "preview", year="2023"), "propose", why="A better year")
    an.press(an.get(ALPHA), "keep", title="Not done yet")

    words = bo.get(ALPHA).words

    assert "An is working on this too" in words
    assert "An has proposed a change of this: A better year" in words
    assert "Not done yet" not in words


BASE = '# note\nid: a\ntitle: "T"\nfigures:\n  - id: one\n    central: 1 # table\n  - id: two\n'


@pytest.mark.parametrize(
    ("wanted", "now", "joined"),
    [
        # A figure added on one side, another field changed on the other.
        (BASE + "  - id: three\n", BASE.replace('"T"', '"U"'),
         BASE.replace('"T"', '"U"') + "  - id: three\n"),
        # One added between two.
        (BASE.replace("  - id: two\n", "  - id: new\n  - id: two\n"),
         BASE.replace('"T"', '"U"') + "  - id: four\n",
         BASE.replace('"T"', '"U"').replace("  - id: two\n", "  - id: new\n  - id: two\n")
         + "  - id: four\n"),
        # Both add one.
        (BASE + "  - id: three\n", BASE + "  - id: four\n",
         BASE + "  - id: three\n  - id: four\n"),
        # One is taken out, another is changed.
        (BASE.replace("  - id: two\n", ""), BASE.replace("central: 1", "central: 2"),
         BASE.replace("  - id: two\n", "").replace("central: 1", "central: 2")),
        (BASE, BASE.replace("# note", "# other note"), BASE.replace("# note", "# other note")),
    ],
)  # fmt: skip
def test_lists_are_joined_entry_by_entry_with_their_comments(wanted, now, joined):
    found = join("sources/publications/a.yaml", BASE, wanted, now, {})

    assert found.text == joined
    assert not found.to_choose


def test_an_entry_taken_out_here_and_changed_there_is_chosen():
    wanted = BASE.replace("  - id: one\n    central: 1 # table\n", "")
    now = BASE.replace("central: 1", "central: 2")

    found = join("sources/publications/a.yaml", BASE, wanted, now, {})

    assert [change.place for change in found.to_choose] == ["figures / one"]
    assert found.text == now


@pytest.mark.parametrize(
    "wanted",
    [
        BASE.replace("# note", "# mine"),
        '# note\nid: a\ntitle: "T"\nfigures:\n  - id: two\n  - id: one\n    central: 1 # table\n',
    ],
)
def test_a_change_that_is_no_field_is_not_lost_without_a_word(wanted):
    with pytest.raises(NotJoinable):
        join("sources/publications/a.yaml", BASE, wanted, BASE, {})
