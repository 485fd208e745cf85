"""The desk's page before a launch: what is open, whom to ask, and a button for who confirmed."""

from __future__ import annotations

import pytest


def launch_file(desk):
    return (desk.root / "campaign" / "content" / "launch.yaml").read_text(encoding="utf-8")


def confirm(person, **fields):
    page = person.get("/launch")
    answer = person.post("/launch", {"csrf_token": page.fields["csrf_token"], **fields})
    return person.get(answer.response.location) if answer.status == 303 else answer


def test_what_is_open_is_listed_with_the_page_to_fill_in(desk):
    page = desk.person().get("/launch")

    assert page.status == 200
    assert "Points still open: " in page.words
    assert "Who answers for the site: 0 of 7 done" in page.words
    assert "Help contacts: 0 of 18 done" in page.words
    assert "Pages of the figures: 0 of 5 done" in page.words, "those of this checkout"
    links = {link.get("href") for link in page.all("main//a")}
    assert {"/part/owner", "/part/privacy", "/contacts"} <= links
    assert "confirmed_by" not in page.words, "a button writes it"
    assert "/launch" in {link.get("href") for link in page.all("nav//a")}


def test_questions_to_the_foundation_are_listed_with_what_waits_for_them(desk):
    page = desk.person().get("/launch")

    assert "Questions for the foundation" in page.words
    asked = {a.text: a.get("href") for a in page.all("main//section//li/a")}
    [question] = [words for words in asked if "pages print different numbers" in words]
    assert asked[question] == "/part/waiting/stop-it-now-number"
    assert "campaign/content" not in page.words, "its place is named as staff know it"


@pytest.mark.parametrize(
    ("fields", "done", "written"),
    [
        ({"field": "licences"}, "Licences: 1 of 1 done", "licences: {confirmed_by: "),
        ({"field": "publications", "key": "alpha"}, "Pages of the figures: 1 of 5 done",
         '  - publication: "alpha"\n    confirmed_by: "Bo, legal"\n    confirmed_on: 2026-11-02'),
        ({"field": "readings", "key": "help.nl", "reader": "native"}, "(Bo, legal, 02/11/2026)",
         "  - page: help\n    language: nl\n    reader: native\n"),
    ],
)  # fmt: skip
def test_a_point_is_confirmed_by_a_button_with_who_and_when(desk, fields, done, written):
    page = confirm(desk.person(), who="Bo, legal", day="2026-11-02", **fields)

    assert "Saved" in page.words
    assert done in page.words
    assert written in launch_file(desk)


def test_services_are_confirmed_in_the_help_file(desk):
    before = launch_file(desk)

    page = confirm(desk.person(), field="services", key="awel")

    assert "Help contacts: 1 of 18 done" in page.words
    assert launch_file(desk) == before


def test_nothing_can_be_confirmed_where_nothing_is_filled_in(desk):
    before = launch_file(desk)

    page = confirm(desk.person(), field="owner")

    assert page.status == 422
    assert "holds nothing" in page.alerts[0]
    assert launch_file(desk) == before


def test_values_are_filled_in_by_a_form_and_changed_ones_are_confirmed_anew(desk):
    an = desk.person()
    form = an.get("/part/mistakes")
    an.press(an.press(form, "preview", mistakes__email="errors@house.example"), "save", why="Known")
    assert '  email: "errors@house.example"' in launch_file(desk)
    assert "Address for mistakes: 1 of 1 done" in confirm(an, field="mistakes").words

    form = an.get("/part/mistakes")
    assert "Confirmed by An" in form.words
    an.press(an.press(form, "preview", mistakes__email="other@house.example"), "save", why="New")

    assert "Address for mistakes: 0 of 1 done" in an.get("/launch").words


def test_a_form_leaves_what_is_still_empty_as_it_stands(desk):
    an, before = desk.person(), launch_file(desk)

    an.press(
        an.press(an.get("/part/owner"), "preview", owner__name="House of Help"), "save", why="Name"
    )

    changed = [line for line in launch_file(desk).splitlines() if line not in before.splitlines()]
    assert changed == ['  name: "House of Help"']


def test_the_helplines_mailbox_is_refused(desk):
    an, before = desk.person(), launch_file(desk)

    page = an.press(an.get("/part/mistakes"), "preview", mistakes__email="116000@childfocus.org")

    assert page.status == 422
    assert "the mailbox of the helpline" in page.alerts[0]
    assert launch_file(desk) == before


def test_files_that_cannot_be_read_are_to_be_mended_first(desk):
    path = desk.root / "campaign" / "content" / "launch.yaml"
    path.write_text("owner:\n  nmae: x\n", encoding="utf-8")

    page = desk.person().get("/launch")

    assert "mend them first" in page.alerts[0]
    assert "nmae is not a known field" in page.alerts[0]
    assert "done" not in page.words


def test_another_group_is_refused(desk):
    assert confirm(desk.person(), field="settings").status == 400
    assert confirm(desk.person(), field="readings", key="help.nl", reader="nobody").status == 400
