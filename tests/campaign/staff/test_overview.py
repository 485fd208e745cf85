"""The list of publications: what needs a look stands first, and everything can be found."""

from __future__ import annotations

import csv
import io
import json

import pytest

from campaign.staff.views.finding import ROWS_A_PAGE, found_in, searched, words_of


def first_row(page):
    return page.html.split("<tbody>")[1].split("</tr>")[0]


def names(page):
    return [link.get("href").split("/")[-1] for link in page.all("tbody//th/a")]


def test_what_needs_a_look_stands_first(desk):
    gamma = desk.text("gamma").replace("accessed: 2026-11-02", "accessed: 2020-01")
    desk.path("gamma").write_text(gamma)
    assert "not looked at for a year" in first_row(desk.person().get("/publications"))

    found = {"verdict": "gone", "checked": "2026-11-20", "seen_well": "2026-10-01"}
    (desk.root / "instance" / "staff" / "links.json").write_text(
        json.dumps({"links": {"https://delta.example/report": found}})
    )
    row = first_row(desk.person().get("/publications"))
    assert "Report delta" in row
    assert "Link: is gone" in row

    desk.path("epsilon").write_text("id: epsilon\n")
    page = desk.person().get("/publications")
    assert "problem" in first_row(page)
    assert "epsilon, line 1: year is missing" in page.alerts[0]


def test_what_takes_part_is_shown_with_its_weight(desk):
    an = desk.person()

    assert "Belgium: 1 (typical amount)" in an.get("/publications?q=alpha&by=figure").words
    assert "1 (1 in an estimate)" in an.get("/publications?q=alpha").words


@pytest.mark.parametrize(
    ("query", "count"),
    [("q=ALPHA", 1), ("q=house+of", 5), ("q=nothing", 0), ("region=BE", 1), ("show=part", 5),
     ("show=context", 0), ("show=missing", 0), ("kind=authority", 5), ("kind=court", 0),
     ("who=Test", 5), ("who=Bo", 0), ("since=2000-01-01", 5), ("since=2999-01-01", 0)],
)  # fmt: skip
def test_search_and_filters(desk, query, count):
    for form, noun in (("", "publications"), ("&by=figure", "figures")):
        page = desk.person().get(f"/publications?{query}{form}")
        assert f"{count} of 5 {noun}" in page.words
        assert page.html.count('<th scope="row">') == count


@pytest.mark.parametrize(
    ("query", "count"),
    [("label+nl", 5), ("bewijs", 1), ("preuve", 1), ("PREUVE", 1), ("nederland", 1),
     ("pays-bas", 1), ("20000", 1), ("20.000", 1), ("20,000", 1), ("20+000", 1), ("2000", 0),
     ("0,5", 1), ("0.5", 1), ("antwerpen", 1), ("anvers", 1), ("overheid", 0)],
)  # fmt: skip
def test_words_in_each_language_and_amounts_however_written_are_found(desk, query, count):
    beta = desk.text("beta").replace('nl: "Says nl"', 'nl: "Het bewijs"')
    desk.path("beta").write_text(beta.replace('fr: "Says fr"', 'fr: "La preuve, 0,5 %"'))
    gamma = desk.text("gamma").replace("House of gamma", "Court of Antwerp")
    desk.path("gamma").write_text(gamma)

    page = desk.person().get(f"/publications?q={query}")

    assert f"{count} of 5 publications" in page.words


def test_numbers_are_found_whole_and_accents_do_not_count():
    text = searched(["be-liege-2019", "Tribunal correctionnel de Liège", "18000", "€ 8.000"])

    for query in ("8000", "8.000", "8 000", "8\u00a0000", "LIEGE", "luik", "lüttich tribunal"):
        assert found_in(text, words_of(query)), query
    for query in ("800", "000", "80000", "8000 18001"):
        assert not found_in(text, words_of(query)), query


def test_a_column_sorts_and_sorts_back(desk):
    an = desk.person()
    page = an.get("/publications?q=report&sort=title")
    assert names(page) == ["alpha.yaml", "beta.yaml", "delta.yaml", "epsilon.yaml", "gamma.yaml"]
    [heading] = page.all("th[@aria-sort='ascending']")

    page = an.get(heading.find("a").get("href"))

    assert names(page) == ["gamma.yaml", "epsilon.yaml", "delta.yaml", "beta.yaml", "alpha.yaml"]
    assert page.all("th[@aria-sort='descending']")
    assert "q=report" in heading.find("a").get("href"), "the search is kept"
    for page in (an.get("/publications?sort=nonsense"), an.get("/publications?page=-3&sort=-")):
        assert len(names(page)) == 5


def test_a_long_list_has_pages(desk):
    for number in range(ROWS_A_PAGE):
        name = f"more-{number:02}"
        desk.path(name).write_text(desk.text("alpha").replace("alpha", name))
    an = desk.person()
    page = an.get("/publications?sort=title&by=")
    assert len(names(page)) == ROWS_A_PAGE
    assert f"{ROWS_A_PAGE + 5} of {ROWS_A_PAGE + 5} publications" in page.words

    [onward] = page.all("a[@rel='next']")
    rest = an.get(onward.get("href"))

    assert len(names(rest)) == 5
    assert "Page 2 of 2" in rest.words
    assert set(names(page)) & set(names(rest)) == set()
    assert names(an.get("/publications?sort=title&page=99")) == names(rest)


def test_an_edit_at_the_desk_is_the_last_edit(desk):
    bo = desk.person("Bo")
    form = bo.get("/edit/sources/publications/delta.yaml?as=text")
    text = form.fields["text"].replace("Report delta", "Report delta, second edition")
    bo.press(bo.press(form, "preview", text=text), "save", why="A new edition")

    page = desk.person().get("/publications?who=Bo")

    assert names(page) == ["delta.yaml"]
    assert names(desk.person().get("/publications?sort=-edited"))[0] == "delta.yaml"


def test_everything_opens_in_a_belgian_spreadsheet(desk):
    delta = desk.text("delta").replace("central: 40000", "central: 40000.5")
    waits = '    status: waiting\n    missing: {fr: "=a page; the number"}\n    says:'
    desk.path("delta").write_text(delta.replace("    says:", waits))
    an = desk.person()
    [link] = [a.get("href") for a in an.get("/publications").all("a") if ".csv" in a.get("href")]

    answer = an.get(link).response

    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 5
    [row] = [row for row in rows if row["publication_id"] == "delta"]
    assert row["central"] == "40000,5"
    assert row["status"] == "waiting", "staff see what waits"
    assert row["missing_fr"] == "'=a page; the number"
    assert row["missing_nl"] == ""

    desk.path("alpha").write_text("id: alpha\n")
    assert an.get(link).response.location == "/publications"


def test_unreadable_memory_of_links_does_not_close_the_desk(desk):
    (desk.root / "instance" / "staff" / "links.json").write_text("no json")

    for path in ("/", "/publications"):
        assert desk.person().get(path).status == 200
