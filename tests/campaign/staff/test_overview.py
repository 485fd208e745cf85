"""The overview: what needs a look stands first, and everything can be found."""

from __future__ import annotations

import json

import pytest


def first_row(page):
    return page.html.split("<tbody>")[1].split("</tr>")[0]


def test_what_needs_a_look_stands_first(git_desk):
    gamma = git_desk.text("gamma").replace("accessed: 2026-11-02", "accessed: 2020-01")
    git_desk.path("gamma").write_text(gamma)
    assert "not looked at for a year" in first_row(git_desk.person().get("/"))

    found = {"verdict": "gone", "checked": "2026-11-20", "seen_well": "2026-10-01"}
    (git_desk.root / "instance" / "links.json").write_text(
        json.dumps({"links": {"https://delta.example/report": found}})
    )
    row = first_row(git_desk.person().get("/"))
    assert "Report delta" in row
    assert "link gone" in row
    assert "last seen well 2026-10-01" in row

    git_desk.path("epsilon").write_text("id: epsilon\n")
    page = git_desk.person().get("/")
    assert "problem" in first_row(page)
    assert "sources/publications/epsilon.yaml" in page.alerts[0]


def test_what_takes_part_is_shown_with_its_weight(git_desk):
    row = git_desk.person().get("/?q=alpha").html

    assert "takes part: BE typical 1, EUROPE typical 1" in row


@pytest.mark.parametrize(
    ("query", "count"),
    [("q=ALPHA", 1), ("q=house+of", 5), ("q=nothing", 0), ("region=BE", 1), ("show=part", 5),
     ("show=context", 0), ("kind=authority", 5), ("kind=court", 0), ("show=look", 0)],
)  # fmt: skip
def test_search_and_filters(git_desk, query, count):
    for form in ("", "&by=figure"):
        page = git_desk.person().get(f"/?{query}{form}")
        assert f"{count} of 5 publications" in page.words
        assert page.html.count('<th scope="row">') == count


def test_unreadable_memory_of_links_does_not_close_the_desk(git_desk):
    (git_desk.root / "instance" / "links.json").write_text("no json")

    assert git_desk.person().get("/").status == 200
