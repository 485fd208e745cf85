"""What is wrong is said at its field, in words that name no line, file or short name."""

from __future__ import annotations

import re

import pytest

ALPHA = "/edit/sources/publications/alpha.yaml"
TECHNICAL = re.compile(r"\bline \d|\.yaml|\.md|\b[a-z]+-[a-z]+-[a-z]+\b")


def links(page):
    """Return the lines of the summary: where each leads, and the whole line."""
    [summary] = page.all("div[@class='error-summary']")
    return {
        item.find("a").get("href"): " ".join("".join(item.itertext()).split())
        for item in summary.iter("li")
    }


def wrong_at(page, field):
    """Return what stands at a field that is marked as wrong."""
    [found] = [item for item in page.root.iter() if item.get("name") == field]
    assert found.get("aria-invalid") == "true"
    told = found.get("aria-describedby").split()
    return " ".join("".join(item.itertext()) for item in page.root.iter() if item.get("id") in told)


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\u2060", "\u202e", "\x07"])
def test_an_invisible_sign_is_named_at_its_field_with_all_that_is_wrong(sign, git_desk):
    an = git_desk.person()
    address = f"https://alpha.example/re{sign}port"

    page = an.press(an.get(ALPHA), "preview", url=address, year="x", figures__0__low="20000")

    assert page.status == 422
    said = f"Holds an invisible sign (U+{ord(sign):04X}), pasted from Word or a web page"
    assert said in wrong_at(page, "url")
    assert links(page)["#i-url"].count("invisible") == 1
    assert "is not a likely year" in links(page)["#i-year"]
    assert any(place.startswith("#i-figures.0.") for place in links(page))
    assert not TECHNICAL.search(" ".join(links(page).values()))


@pytest.mark.parametrize("field", ["title", "figures.0.says.nl"])
def test_an_invisible_sign_in_a_sentence_stands_at_its_field(field, git_desk):
    an = git_desk.person()

    page = an.press(an.get(ALPHA), "preview", **{field: "Zij\u200b verdienden"})

    assert "invisible sign (U+200B)" in wrong_at(page, field)


def test_an_invisible_sign_at_the_end_of_what_is_pasted_is_left_out(git_desk):
    an = git_desk.person()
    pasted = "\ufeffhttps://alpha.example/other\u200b\u200e "

    preview = an.press(an.get(ALPHA), "preview", url=pasted)
    an.press(preview, "save", why="It moved")

    assert 'url: "https://alpha.example/other"\n' in git_desk.text("alpha")


def test_marks_of_a_merge_are_refused_in_a_sentence(git_desk):
    an = git_desk.person()
    pasted = "<<<<<<< HEAD\r\nEen zin.\r\n=======\r\nAnders.\r\n>>>>>>> tak"

    page = an.press(an.get(ALPHA), "preview", **{"figures.0.says.nl": pasted})

    assert "mark of a merge" in wrong_at(page, "figures.0.says.nl")
    assert "mark of a merge" in links(page)["#i-figures.0.says.nl"]
