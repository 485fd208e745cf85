"""From a form or a text to the folder: previewed, saved as one change, refused when wrong."""

from __future__ import annotations

import difflib

ALPHA = "/edit/sources/publications/alpha.yaml"
FIGURE = {
    "id": "zeta-second", "measure": "profit", "form": "sexual-exploitation", "scope": "minors",
    "region": "BE", "central": "900000", "currency": "EUR", "unit": "per-victim-per-year",
    "reference_year": "2024", "family": "unodc", "basis": "study", "claim": "typical",
    "read": "own", "reliability": "strong",
}  # fmt: skip


def diff(before, after):
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in list(lines)[2:] if not line.startswith("@@")]


def in_languages(field, word):
    return {f"{field}.{language}": f"{word} {language}" for language in ("nl", "fr", "de", "en")}


def figure_fields(number, name):
    row = f"figures.{number}"
    filled = {f"{row}.{field}": text for field, text in (FIGURE | {"id": name}).items()}
    for field in ("label", "says", "caveat"):
        filled |= in_languages(f"{row}.{field}", field)
    return filled


PUBLICATION = {
    "id": "zeta", "publisher": "House of Zeta", "title": "Report: zeta", "year": "2024",
    "language": "en", "kind": "court", "url": "https://zeta.example/report", "read_at": "publisher",
    "accessed": "2026-11-03",
}  # fmt: skip


def test_form_changes_one_line_and_keeps_comments(desk):
    an, before = desk.person(), desk.text("alpha")

    preview = an.press(an.get(ALPHA), "preview", figures__0__central="11000")
    saved = an.press(preview, "save", why="The table was corrected")

    assert "The table was corrected" in saved.words
    assert diff(before, desk.text("alpha")) == [
        "-    central: 10000 # see table 3",
        "+    central: 11000 # see table 3",
    ]


def test_preview_shows_the_publication_as_the_site_will_in_each_language(desk):
    an = desk.person()

    preview = an.press(an.get(ALPHA), "preview", figures__0__says__fr="Une phrase nouvelle.")
    shown = {frame.get("lang"): frame.get("srcdoc") for frame in preview.all("iframe")}

    assert list(shown) == ["nl", "fr", "de", "en"]
    assert "Une phrase nouvelle." in shown["fr"]
    assert "Une phrase nouvelle." not in shown["nl"]
    for html in shown.values():
        assert html.count('class="publication"') == 1
        assert '<article class="publication" id="alpha">' in html
        assert "<script" not in html


def test_preview_shows_before_and_after_cards_and_writes_nothing(desk):
    an, before = desk.person(), desk.text("alpha")

    preview = an.press(an.get(ALPHA), "preview", figures__0__central="90000")

    assert preview.status == 200
    assert "Belgium – One year" in preview.words
    assert "over 10 %" in preview.words
    assert any("Look twice" in alert for alert in preview.alerts)
    assert preview.html.count('src="data:image/jpeg;base64,') == 4
    assert "illustrative" in preview.words
    assert "chart__rows" in preview.html
    assert desk.text("alpha") == before


def test_wrong_entry_is_said_at_its_field_and_nothing_is_written(desk):
    an, before = desk.person(), desk.text("alpha")

    page = an.press(
        an.get(ALPHA), "preview", figures__0__central="27.252", figures__0__says__fr="", year="24"
    )

    assert page.status == 422
    assert "3 things to mend" in page.alerts[0]
    assert 'id="e-figures.0.central"' in page.html
    assert 'id="e-year"' in page.html
    assert 'href="#f-figures.0.says"' in page.html
    assert "What the publication says: missing in French" in page.alerts[0]
    assert "Line" not in page.alerts[0]
    assert page.fields["figures.0.central"] == "27.252", "what was filled in is kept"
    assert desk.text("alpha") == before


def test_text_shows_problems_at_their_lines_and_saves_the_same_file(desk):
    an, before = desk.person(), desk.text("alpha")
    page = an.get(f"{ALPHA}?as=text")
    assert page.fields["text"] == before

    wrong = an.press(page, "preview", text=before.replace("kind: authority", "kind: ngo"))
    assert wrong.status == 422
    assert "Line 7: kind is 'ngo'" in wrong.alerts[0]

    preview = an.press(wrong, "preview", text=before.replace("10000", "10500"))
    an.press(preview, "save", why="Read again")
    assert desk.text("alpha") == before.replace("10000", "10500")


def test_check_says_what_is_wrong_while_typing(desk):
    an = desk.person()
    page = an.get(f"{ALPHA}?as=text")
    wrong = desk.text("alpha").replace("year: 2024\nlanguage", "year: 24\nlanguage")

    answer = an.post("/check", page.fields | {"text": wrong})

    problems = answer.response.get_json()["problems"]
    assert [problem["line"] for problem in problems] == [5]
    assert "not a likely year" in problems[0]["message"]


def test_new_publication_with_two_figures_by_the_form_alone(desk):
    an = desk.person()
    page = an.press(an.get("/publications/new"), "add:figures", **PUBLICATION)
    assert "remove:figures.1" in page.buttons

    filled = PUBLICATION | figure_fields(0, "zeta-first") | figure_fields(1, "zeta-second")
    preview = an.press(page, "preview", **filled)
    assert preview.status == 200, preview.alerts
    assert "New publication: Report: zeta" in preview.words
    an.press(preview, "save", why="Two new figures")

    text = desk.text("zeta")
    assert text.startswith("id: zeta\n")
    assert 'title: "Report: zeta"\n' in text
    assert text.count("  - id: zeta-") == 2
    assert text.index("measure") < text.index("unit") < text.index("reliability")


def test_removing_a_figure_leaves_the_other_as_it_was(desk):
    an = desk.person()
    before = desk.text("alpha")
    second = before[before.index("  - id:") :].replace("alpha-profit", "alpha-more")
    desk.path("alpha").write_text(before + second)
    page = an.get(ALPHA)

    page = an.press(page, "remove:figures.1")
    an.press(an.press(page, "preview"), "save", why="Read wrongly")

    assert desk.text("alpha") == before


def test_new_publication_does_not_replace_one_that_is_there(desk):
    an, before = desk.person(), desk.text("alpha")

    page = an.press(an.get("/publications/new"), "preview", **PUBLICATION | {"id": "alpha"})

    assert page.status == 422
    assert "already" in page.alerts[0]
    assert desk.text("alpha") == before


def test_what_became_wrong_since_the_preview_is_not_saved(desk):
    an, before = desk.person("An"), desk.text("alpha")
    preview = an.press(an.get(ALPHA), "preview", figures__0__central="11000")
    [name] = [name for name, text in preview.fields.items() if "central: 11000" in text]
    wrong = preview.fields[name].replace("central: 11000", "central: about 11000")

    refused = an.post("/save", preview.fields | {name: wrong, "do": "save", "why": "Corrected"})

    assert "Mend the problems first" in refused.alerts[0]
    assert desk.text("alpha") == before


def test_a_reason_is_asked(desk):
    an, before = desk.person(), desk.text("alpha")
    preview = an.press(an.get(ALPHA), "preview", figures__0__central="11000")

    refused = an.press(preview, "save", why="   ")

    assert refused.status == 422
    assert "Say in a line why" in refused.alerts[0]
    assert desk.text("alpha") == before


def test_figure_of_the_first_page_cannot_be_renamed_away(desk):
    an, before = desk.person(), desk.text("alpha")

    page = an.press(an.get(ALPHA), "preview", figures__0__id="alpha-other")

    assert page.status == 422
    assert "alpha-profit is no figure" in page.alerts[0]
    assert desk.text("alpha") == before


def test_problem_in_another_file_does_not_hinder_mending_this_one(desk):
    an = desk.person()
    desk.path("beta").write_text("id: beta\n")
    desk.path("alpha").write_text(desk.text("alpha").replace("kind: authority", "kind: ngo"))
    assert "Report alpha, line 7" in an.get("/").alerts[0]

    preview = an.press(an.get(ALPHA), "preview", kind="court")

    assert preview.status == 200
    assert any("Other files have problems" in alert for alert in preview.alerts)
    an.press(preview, "save", why="Mended")
    assert "kind: court" in desk.text("alpha")


def test_windows_line_ends_stay(desk):
    desk.path("alpha").write_bytes(desk.text("alpha").replace("\n", "\r\n").encode())
    an = desk.person()
    page = an.get(f"{ALPHA}?as=text")

    preview = an.press(page, "preview", text=page.fields["text"].replace("10000", "10500"))
    an.press(preview, "save", why="Read again")

    raw = desk.path("alpha").read_bytes()
    assert b"central: 10500" in raw
    assert raw.count(b"\r\n") == raw.count(b"\n")


def test_the_press_contact_is_edited_by_the_form(desk):
    an = desk.person()
    file = desk.root / "campaign" / "content" / "press.yaml"
    before = file.read_text(encoding="utf-8")

    page = an.get("/edit/campaign/content/press.yaml")
    preview = an.press(page, "preview", phone="02 475 44 11")
    an.press(preview, "save", why="Called the number")

    changed = diff(before, file.read_text(encoding="utf-8"))
    assert 1 <= len(changed) <= 4
