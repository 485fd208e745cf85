"""Rates and prices at the desk: the yearly update, and figures whose year has none yet."""

from __future__ import annotations

import re

import pytest

from calculator.clock import belgian_day

DELTA = "/edit/sources/publications/delta.yaml"
TODAY = belgian_day().isoformat()
YEAR = "/rates/2025"
YEAR_2025 = {"prices": "2,634", "USD": "1,13", "GBP": "0.8568", "CAD": "1.5787"}


def rates(desk):
    return (desk.root / "sources" / "rates.yaml").read_text(encoding="utf-8")


def forget_2025(desk):
    path = desk.root / "sources" / "rates.yaml"
    text = re.sub(r"    2025: \{.*\}\n", "", rates(desk))
    path.write_text(text, encoding="utf-8")
    return text


def test_page_shows_the_years_where_to_look_and_what_is_missing(desk):
    an = desk.person()
    every, page = an.get("/rates"), an.get(YEAR)

    assert "Fill in 2025" in every.words, "the first year that lacks something"
    assert every.words.count("missing") == 1, "prices of 2025; those of 2003 are where they begin"
    assert page.fields["USD"] == "1.1300", "as many decimals as in the file"
    links = {link.get("href") for link in page.all("main//a")}
    assert any(link.startswith("https://data.worldbank.org/") for link in links)
    assert any(link.startswith("https://www.ecb.europa.eu/") for link in links)


def test_a_year_is_typed_as_read_previewed_and_saved_in_its_line(desk):
    an, before = desk.person(), forget_2025(desk)

    preview = an.press(an.get(YEAR), "preview", **YEAR_2025)
    assert preview.status == 200, preview.alerts
    an.press(preview, "save", why="Yearly update")

    new = [line for line in rates(desk).splitlines() if line not in before.splitlines()]
    assert new == [
        f"  accessed: {TODAY}",
        "    2025: {USD: 1.1300, GBP: 0.8568, CAD: 1.5787}",
        f"  accessed: {TODAY}",
        "    2025: 2.6340",
    ]
    assert "CAD: 1.5787}\n\nconsumer_prices:" in rates(desk)


def test_amounts_are_shown_in_euros_of_the_new_year_where_that_is_ticked(desk):
    an = desk.person()

    preview = an.press(an.get(YEAR), "preview", **YEAR_2025, price_year="1")

    assert "Belgium – One year" in preview.words
    assert "+2.6 %" in preview.words
    an.press(preview, "save", why="Yearly update")
    choices = (desk.root / "sources" / "scenarios.yaml").read_text(encoding="utf-8")
    assert "price_year:\n  value: 2025\n" in choices
    assert "euro van 2025" in choices
    assert "2024" not in choices.partition("margin:")[0]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"prices": "26"}, "In no year since 1950"),
        ({"prices": "2634"}, "Write one number, such as 2,634"),
        ({"prices": "2 procent"}, "Write one number"),
        ({"USD": "0,885"}, "Is it how many of them one euro buys?"),
        ({"USD": "0"}, "Write one number, such as 1,1300"),
        ({"prices": "", "USD": "", "GBP": "", "CAD": ""}, "at least one"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_with_what_to_write(desk, typed, words):
    an, before = desk.person(), rates(desk)

    page = an.press(an.get(YEAR), "preview", **YEAR_2025 | typed)

    assert page.status == 422
    assert words in page.alerts[0]
    assert page.html.count('aria-invalid="true"') >= 1
    assert rates(desk) == before


def test_whoever_looked_once_more_may_say_so(desk):
    an = desk.person()
    page = an.press(an.get(YEAR), "preview", **YEAR_2025 | {"prices": "16"})

    assert an.press(page, "preview", sure="1").status == 200


def test_edit_on_keeps_the_numbers(desk):
    an = desk.person()
    preview = an.press(an.get(YEAR), "preview", **YEAR_2025)

    assert "price_year" not in an.get(YEAR).fields, "not ticked"
    preview = an.press(an.get(YEAR), "preview", price_year="1")
    again = an.press(preview, "edit")
    assert again.fields["price_year"] == "1"

    assert again.action == YEAR
    assert again.fields["prices"] == "2,634"


def test_a_figure_of_a_year_without_prices_is_saved_and_waits_for_them(desk):
    an = desk.person()

    preview = an.press(an.get(DELTA), "preview", figures__0__reference_year="2025")
    assert preview.status == 200, preview.alerts
    assert "is context for now: no price level for 2025" in preview.words
    assert "Proposals" in [link.text.strip() for link in preview.all("nav//a")]
    an.press(preview, "save", why="The year it is about")

    assert "is context for now" in an.get(DELTA).words
    assert "Figures that wait for a year" in an.get("/rates").words
    an.press(an.press(an.get(YEAR), "preview", **YEAR_2025), "save", why="2025")
    assert "is context for now" not in an.get(DELTA).words
    assert "Figures that wait for a year" not in an.get("/rates").words


def test_nothing_leads_to_the_page_of_a_year_that_is_not_over(desk):
    an, year = desk.person(), belgian_day().year

    preview = an.press(an.get(DELTA), "preview", figures__0__reference_year=str(year))

    assert f"The numbers of {year} are there when the year is over" in preview.words
    links = {link.get("href") for link in preview.all("a")}
    assert not [link for link in links if link.startswith(f"/rates/{year}")]


def test_a_year_that_is_not_over_has_no_page(desk):
    an = desk.person()

    for year in ("2100", "1900", "25", str(belgian_day().year)):
        assert an.get(f"/rates/{year}").status == 404, year
