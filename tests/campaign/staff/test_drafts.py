"""What someone typed is kept, shown again as typed, and lost only when she throws it away."""

from __future__ import annotations

import pytest

ALPHA = "/edit/sources/publications/alpha.yaml"


def test_a_draft_is_kept_as_typed_and_listed_on_the_overview_of_who_typed_it(desk):
    an, bo, before = desk.person("An"), desk.person("Bo"), desk.text("alpha")

    an.press(an.get(ALPHA), "keep", title="Half a tit", figures__0__central="about 11000")

    again = an.get(ALPHA)
    assert again.fields["title"] == "Half a tit"
    assert again.fields["figures.0.central"] == "about 11000"
    assert "Your draft, kept today," in again.words
    assert desk.text("alpha") == before
    assert "Your drafts Half a tit" in an.get("/").words
    assert "Your drafts" not in bo.get("/").words
    assert bo.get(ALPHA).fields["figures.0.central"] == "10000"


def test_drafts_lie_beside_the_state_and_outlive_the_desk(make_desk, tmp_path):
    desk = make_desk(staff_state=str(tmp_path / "state"))
    an = desk.person("An")
    an.press(an.get("/publications/new"), "keep", title="A new report")

    again = type(desk)(desk.root, staff_state=str(tmp_path / "state")).person("An")

    assert again.get("/publications/new").fields["title"] == "A new report"
    assert list((tmp_path / "state" / "drafts").glob("*.json"))
    assert not desk.git("status", "--porcelain").strip()


def test_a_preview_is_a_page_of_its_own_that_can_be_loaded_again(desk):
    an = desk.person()
    page = an.get(ALPHA)

    answer = an.post(ALPHA, page.fields | {"figures.0.central": "11000", "do": "preview"})

    assert answer.status == 303
    preview = an.get(answer.response.location)
    assert "Belgium – One year" in preview.words
    assert an.get(answer.response.location).words == preview.words
    assert an.get(ALPHA).fields["figures.0.central"] == "11000"


def test_an_entry_added_or_removed_stays_so_when_the_page_is_loaded_again(desk):
    an = desk.person()

    added = an.press(an.get(ALPHA), "add:figures")
    assert "figures.1.id" in added.fields
    assert "figures.1.id" in an.get(ALPHA).fields
    an.press(added, "remove:figures.1")
    assert "figures.1.id" not in an.get(ALPHA).fields


def test_a_draft_ends_when_it_is_saved_or_thrown_away(desk):
    an = desk.person()
    an.press(an.press(an.get(ALPHA), "preview", year="2023"), "save", why="Year")
    assert "Your drafts" not in an.get("/").words

    page = an.press(an.get(ALPHA), "keep", year="2022")
    answer = an.post("/drafts/discard", {"csrf_token": page.fields["csrf_token"], "path": ALPHA})

    assert answer.status == 303
    assert an.get(ALPHA).fields["year"] == "2023"


def test_what_was_typed_after_the_preview_on_another_page_stays(desk):
    an = desk.person()
    preview = an.press(an.get(ALPHA), "preview", year="2023")
    an.press(an.get(ALPHA), "keep", title="Typed on a phone")

    # As a page carries it whose preview is older than the draft.
    an.press(preview, "save", why="Year", draft__when="2026-01-01T00:00:00+01:00")

    assert an.get(ALPHA).fields["title"] == "Typed on a phone"


def test_a_draft_of_a_page_of_words_is_kept(desk):
    an = desk.person()

    an.press(an.get("/texts/press"), "keep", **{"0__nl__body": "Half een zin"})

    assert an.get("/texts/press").fields["0.nl.body"] == "Half een zin"


def test_only_pages_of_forms_are_kept(desk):
    an = desk.person()
    token = an.get(ALPHA).fields["csrf_token"]

    for path in ("/", "/history", "//elsewhere.example/", "https://elsewhere.example/"):
        assert an.post("/drafts/discard", {"csrf_token": token, "path": path}).status == 400
    assert an.post("/edit/sources/none.yaml", {"csrf_token": token}).status == 404
    assert not list(desk.root.glob("instance/staff/drafts/*"))


def test_undo_edited_on_does_not_write_over_a_draft(desk):
    an = desk.person()
    an.press(an.press(an.get(ALPHA), "preview", year="2023"), "save", why="Year")
    undo = an.get(an.get("/history").html.split("/undo")[0].rsplit('"', 1)[1] + "/undo")
    an.press(an.get(ALPHA), "keep", title="My work")

    page = an.press(undo, "edit")

    assert page.fields["title"] == "My work"


@pytest.mark.parametrize(
    ("form", "list_of_them"),
    [
        (ALPHA, "/publications"),
        ("/facts", "/texts"),
        ("/texts/press", "/texts"),
        ("/rates/2024", "/rates"),
        ("/part/margin", "/choices"),
        ("/part/services/awel", "/contacts"),
    ],
)
def test_every_form_can_be_previewed_kept_and_left(form, list_of_them, desk):
    page = desk.person().get(form)

    assert {"preview", "keep"} <= set(page.buttons)
    [leave] = [link for link in page.all("main//form//a") if "Leave" in (link.text or "")]
    assert leave.get("href") == list_of_them
