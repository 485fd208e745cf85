"""The desk's page of what is open before a launch: as the files say it, and no form."""

from __future__ import annotations


def test_what_is_open_is_listed_with_the_file_to_edit(desk):
    page = desk.person().get("/launch")

    assert page.status == 200
    assert "points still open" in page.words
    assert "Who answers for the site: 0 of 7 done" in page.words
    assert "Help contacts: 0 of 18 done" in page.words
    assert "Pages of the figures: 0 of 5 done" in page.words, "those of this checkout"
    links = {link.get("href") for link in page.all("main//a")}
    assert {f"/edit/campaign/content/{name}.yaml" for name in ("launch", "help", "press")} <= links
    assert not page.all("main//form")
    assert "/launch" in {link.get("href") for link in page.all("nav//a")}


def test_a_point_is_done_once_the_file_says_who_and_when(desk):
    path = desk.root / "campaign" / "content" / "launch.yaml"
    text = path.read_text(encoding="utf-8")
    licences = 'licences: {confirmed_by: "", confirmed_on: ""}'
    assert licences in text
    path.write_text(text.replace(licences, licences.replace('""', '"An, counsel"', 1).replace(
        '""', '"2026-11-02"')), encoding="utf-8")  # fmt: skip

    words = desk.person().get("/launch").words

    assert "Licences: 1 of 1 done" in words
    assert "LICENSE and the press page: done (An, counsel, 2026-11-02)" in words


def test_files_that_cannot_be_read_are_to_be_mended_first(desk):
    path = desk.root / "campaign" / "content" / "launch.yaml"
    path.write_text("owner:\n  nmae: x\n", encoding="utf-8")

    page = desk.person().get("/launch")

    assert "mend them first" in page.alerts[0]
    assert "nmae is not a known field" in page.alerts[0]
    assert "done" not in page.words


def test_the_list_is_edited_as_text_and_refused_where_it_is_wrong(desk):
    an = desk.person()
    page = an.get("/edit/campaign/content/launch.yaml")

    assert page.status == 200
    assert page.buttons == ["preview", "preview", "keep"]
    refused = an.press(page, "preview", text="owner:\n  email: 116000@childfocus.org\n")
    assert "the mailbox of the helpline" in refused.alerts[0]
