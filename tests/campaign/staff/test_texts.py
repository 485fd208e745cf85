"""Pages of words: four languages side by side, what is missing marked, nothing else changed."""

from __future__ import annotations

import re

import pytest
from page import text_of

from calculator.languages import LANGUAGES
from campaign.config import ROOT
from campaign.staff.forms.markdown_editing import PagePart, split_parts, write_parts

PAGES = sorted((ROOT / "campaign" / "content").glob("*/*.md"))


def read(desk, language, page="press"):
    path = desk.root / "campaign" / "content" / language / f"{page}.md"
    return path.read_text(encoding="utf-8")


def test_one_part_is_changed_in_one_language_and_previewed_as_the_site_shows_it(desk):
    an = desk.person()
    before = {language: read(desk, language) for language in LANGUAGES}
    page = an.get("/texts/press")
    body = page.fields["0.nl.body"]

    preview = an.press(page, "preview", **{"0.nl.body": f"{body}\n\nEen **nieuwe** zin."})
    [shown] = [frame.get("srcdoc") for frame in preview.all("iframe")]
    assert shown.startswith('<!doctype html>\n<html lang="nl">')
    assert "Een <strong>nieuwe</strong> zin.</p>" in shown
    assert "Not changed now: Français, Deutsch, English." in preview.words
    an.press(preview, "save", why="A sentence more")

    assert read(desk, "nl").replace("\n\nEen **nieuwe** zin.", "") == before["nl"]
    assert {read(desk, language) for language in ("fr", "de", "en")} == {
        before[language] for language in ("fr", "de", "en")
    }


def test_new_part_gets_its_short_name_and_is_marked_until_all_languages_have_it(desk):
    an, before = desk.person(), read(desk, "nl")
    page = an.press(an.get("/texts/press"), "add", new_title="Pictures at schôol")
    anchor = "pictures-at-school"
    number = next(name.split(".")[0] for name, text in page.fields.items() if text == anchor)
    assert page.fields[f"{number}.en.title"] == "Pictures at schôol"

    refused = an.press(
        page, "preview", **{f"{number}.nl.title": "Nieuw", f"{number}.nl.body": "X."}
    )
    assert refused.status == 422
    assert "Pictures at schôol, English: has no text below its heading" in refused.alerts[0]
    assert "ends in the middle" not in refused.alerts[0]
    assert "English: text missing" in refused.words
    assert read(desk, "nl") == before

    rest = {
        f"{number}.{language}.{field}": f"New {language}."
        for language in ("fr", "de", "en")
        for field in ("title", "body")
    }
    an.press(an.press(refused, "preview", **rest), "save", why="A new part")
    assert f"## Nieuw {{#{anchor}}}\n\nX.\n" in read(desk, "nl")
    assert f"## New de. {{#{anchor}}}\n\nNew de.\n" in read(desk, "de")


def test_new_part_needs_a_heading_and_gets_a_name_of_its_own(desk):
    an = desk.person()
    page = an.get("/texts/press")
    anchor, title = page.fields["0.anchor"], page.fields["0.en.title"]

    refused = an.press(page, "add", new_title=" ")
    assert refused.status == 422
    assert "Give the new part a heading" in refused.alerts[0]

    same = an.press(an.press(page, "add", new_title=title), "add", new_title=title)
    names = [text for name, text in same.fields.items() if name.endswith(".anchor")]
    assert len(names) == len(set(names))
    assert anchor in names


def test_what_begins_another_part_is_no_text_and_a_short_name_is_no_heading(desk):
    an = desk.person()
    page = an.get("/texts/press")
    refused = an.press(page, "preview", **{"1.en.body": "A sentence.\n\n## Another\n\nText."})
    assert refused.status == 422
    assert "begins another part" in refused.alerts[0]

    preview = an.press(page, "preview", **{"1.en.title": "A heading {#other}"})
    an.press(preview, "save", why="Another heading")
    assert f"## A heading {{#{page.fields['1.anchor']}}}\n" in read(desk, "en")


def test_a_heading_that_was_emptied_is_asked_for_at_its_field(desk):
    an = desk.person()
    page = an.get("/texts/press")

    refused = an.press(page, "preview", **{"1.fr.title": ""})

    assert refused.status == 422
    assert "Français: fill this in" in refused.alerts[0]
    assert "{#" not in refused.alerts[0]
    assert "#t-1-fr" in [link.get("href") for link in refused.all("main//a")]


def opened(page):
    """Return the places of the parts that stand open."""
    return [
        place
        for place, part in enumerate(page.all("details[@class='rare']"))
        if part.get("open") is not None
    ]


def test_parts_are_folded_but_what_someone_works_on(desk):
    an = desk.person()
    page = an.get("/texts/press")
    assert opened(page) == []
    assert opened(an.get(f"/texts/press?part={page.fields['2.anchor']}")) == [2]

    # The text has no end: a fault of that part.
    refused = an.press(page, "preview", **{"1.fr.body": "Un texte sans fin <b>"})
    assert refused.status == 422
    assert opened(refused) == [1]


def test_a_part_is_moved_in_all_languages(desk):
    an = desk.person()
    page = an.get("/texts/press")
    first, second, third = (page.fields[f"{i}.anchor"] for i in range(3))

    moved = an.press(an.press(page, f"down:{first}"), f"up:{third}")
    assert [moved.fields[f"{i}.anchor"] for i in range(3)] == [second, third, first]
    preview = an.press(moved, "preview")
    assert "The parts stand in another order" in preview.words
    an.press(preview, "save", why="Another order")

    for language in LANGUAGES:
        text = read(desk, language)
        assert text.index(f"#{second}}}") < text.index(f"#{third}}}") < text.index(f"#{first}}}")


def test_part_is_removed_in_all_languages_at_once(desk):
    an = desk.person()
    page = an.get("/texts/press")
    anchor, title = page.fields["0.anchor"], page.fields["0.en.title"]

    without = an.press(page, f"remove:{anchor}")
    assert f"Part removed: {title}. Nothing is saved yet." in without.words
    preview = an.press(without, "preview")
    assert f"Part removed: {title}" in preview.words
    an.press(preview, "save", why="Old")

    for language in LANGUAGES:
        assert f"{{#{anchor}}}" not in read(desk, language)


def test_script_in_a_text_reaches_no_preview(desk):
    an = desk.person()
    page = an.get("/texts/press")
    refused = an.press(page, "preview", **{"0.nl.body": "<script>alert(1)</script> Een zin."})
    assert refused.status == 422
    assert "<script>alert(1)" not in refused.html

    linked = an.press(page, "preview", **{"0.nl.body": "Een [zin](javascript:1)."})
    assert linked.status == 422
    assert 'href="javascript' not in linked.html

    preview = an.press(page, "preview", **{"0.nl.body": "Een zin met *nadruk*."})
    [frame] = preview.all("iframe")
    assert frame.get("sandbox") == "allow-same-origin"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_real_page_changes_only_where_its_text_does(path):
    text = path.read_text(encoding="utf-8")
    parts = [part for part, _ in split_parts(text)[1]]
    assert write_parts(text, parts) == text

    parts[0] = PagePart(parts[0].anchor, parts[0].title, f"{parts[0].body} More.")
    assert write_parts(text, parts).replace(" More.", "", 1) == text


@pytest.mark.parametrize(
    ("field", "words", "told"),
    [
        ("1.nl.body", "Zin.\n\nTegen kinderporno.", "kinderporno"),
        ("1.fr.body", "Une phrase\u200b.", "an invisible sign (U+200B)"),
        ("2.de.body", "Ein Satz.\n\n<b>Fett</b>.", "holds HTML"),
        ("1.nl.title", "Kop <<<<<<< HEAD", "mark of a merge"),
        ("1.en.body", "", "has no text below its heading"),
    ],
)
def test_what_is_wrong_stands_at_the_heading_or_the_text_of_its_part(field, words, told, desk):
    an = desk.person()
    page = an.get("/texts/press")
    number, language, kind = field.split(".")
    name = f"{kind[0]}-{number}-{language}"

    refused = an.press(page, "preview", **{field: words})

    [summary] = refused.all("div[@class='error-summary']")
    lines = {a.get("href"): text_of(li) for li in summary.iter("li") for a in li.iter("a")}
    named = {"nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"}[language]
    heading = page.fields[f"{number}.en.title"]
    assert lines[f"#{name}"].startswith(f"{heading}, {named}: ")
    assert told.lower() in lines[f"#{name}"].lower()
    assert not re.search(r"\bline\b|\.md", " ".join(lines.values()))
    [at] = [item for item in refused.root.iter() if item.get("id") == name]
    assert at.get("aria-invalid") == "true"
    [said] = [item for item in refused.root.iter() if item.get("id") == at.get("aria-describedby")]
    assert told.lower() in text_of(said).lower()
    [part] = [each for each in refused.all("details") if at in list(each.iter())]
    assert "open" in part.attrib
    others = [each for each in refused.all("form//details") if each is not part]
    assert all("open" not in each.attrib for each in others)


def test_a_part_that_one_language_lacks_is_named_by_its_heading(desk):
    an = desk.person()
    page = an.get("/texts/press")

    refused = an.press(page, "preview", **{"1.fr.title": "", "1.fr.body": ""})

    heading = page.fields["1.en.title"]
    assert f"{heading}, Français: heading and text are missing" in refused.alerts[0]
    assert 'href="#t-1-fr"' in refused.html
