"""What is wrong is said at its field, in words that name no line, file or short name."""

from __future__ import annotations

import re
import shutil

import pytest

from calculator.languages import LANGUAGES
from campaign.config import ROOT

ALPHA = "/edit/sources/publications/alpha.yaml"
TECHNICAL = re.compile(r"\bline \d|\.yaml|\.md|\b[a-z]+-[a-z]+-[a-z]+\b")


def links(page):
    """Return the lines of the summary: where each leads, and the whole line."""
    [summary] = page.all("div[@class='error-summary']")
    return {
        item.find("a").get("href"): " ".join("".join(item.itertext()).split())
        for item in summary.iter("li")
    }


def number_in(page):
    """Return the number of the entry that the form of a part is about."""
    return next(name.split(".")[1] for name in page.fields if re.match(r"[a-z_]+\.\d+\.", name))


def wrong_at(page, field):
    """Return what stands at a field that is marked as wrong."""
    [found] = [item for item in page.root.iter() if item.get("name") == field]
    assert found.get("aria-invalid") == "true"
    told = found.get("aria-describedby").split()
    return " ".join("".join(item.itertext()) for item in page.root.iter() if item.get("id") in told)


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\u2060", "\u202e", "\x07"])
def test_an_invisible_sign_is_named_at_its_field_with_all_that_is_wrong(sign, desk):
    an = desk.person()
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
def test_an_invisible_sign_in_a_sentence_stands_at_its_field(field, desk):
    an = desk.person()

    page = an.press(an.get(ALPHA), "preview", **{field: "Zij\u200b verdienden"})

    assert "invisible sign (U+200B)" in wrong_at(page, field)


def test_an_invisible_sign_at_the_end_of_what_is_pasted_is_left_out(desk):
    an = desk.person()
    pasted = "\ufeffhttps://alpha.example/other\u200b\u200e "

    preview = an.press(an.get(ALPHA), "preview", url=pasted)
    an.press(preview, "save", why="It moved")

    assert 'url: "https://alpha.example/other"\n' in desk.text("alpha")


def test_marks_of_a_merge_are_refused_in_a_sentence(desk):
    an = desk.person()
    pasted = "<<<<<<< HEAD\r\nEen zin.\r\n=======\r\nAnders.\r\n>>>>>>> tak"

    page = an.press(an.get(ALPHA), "preview", **{"figures.0.says.nl": pasted})

    assert "mark of a merge" in wrong_at(page, "figures.0.says.nl")
    assert "mark of a merge" in links(page)["#i-figures.0.says.nl"]


@pytest.mark.parametrize("family", ["be-court-ostend", "unodc"])
def test_a_figure_that_carries_the_estimate_is_told_once_where_it_can_wait(
    family, desk_on, tmp_path
):
    for folder in ("sources", "campaign/content"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    an = desk_on(tmp_path).person()
    figure = {
        "measure": "profit", "form": "sexual-exploitation", "scope": "minors", "region": "BE",
        "central": "8000", "currency": "EUR", "unit": "per-victim-per-week",
        "reference_year": "2023", "family": family, "basis": "study", "claim": "typical",
        "read": "own", "reliability": "strong",
    } | {f"{name}.{language}": f"A network in {language}" for name in ("label", "says", "caveat")
         for language in LANGUAGES}  # fmt: skip
    publication = {
        "publisher": "House of Zeta", "title": "Report", "year": "2025", "language": "en",
        "kind": "research", "url": "https://zeta.example/report", "read_at": "publisher",
    } | {f"figures.0.{name}": text for name, text in figure.items()}  # fmt: skip

    page = an.press(an.get("/publications/new"), "preview", **publication)

    [(place, told)] = links(page).items()
    assert place == "#i-figures.0.status"
    assert re.search(
        "Europe: without “A network in en” the middle goes from €1\\d\\d,\\d{3} to", told
    )
    assert "write that it waits for other sources" in told
    assert not TECHNICAL.search(told)
    assert "the middle goes from" in wrong_at(page, "figures.0.status")
    [rare] = [each for each in page.all("details[@class='rare']") if "open" in each.attrib]
    assert "figures.0.status" in {item.get("name") for item in rare.iter("select")}


def test_a_day_is_told_as_it_was_typed_and_its_field_once(desk):
    an = desk.person()

    page = an.press(an.get(ALPHA), "preview", accessed="27/12/2093", year="2093")

    assert links(page)["#i-accessed"].startswith("When you read the page: 27/12/2093 lies in")
    assert links(page)["#i-year"].startswith("Year of publication: 2093 lies in the future")


def test_numbers_out_of_order_name_their_own_field_once(desk):
    an = desk.person()

    page = an.press(an.get(ALPHA), "preview", figures__0__low="1250000")

    told = links(page)["#i-figures.0.low"]
    assert "this is 1,250,000 but must not be above the number itself (10,000)" in told


def test_a_figure_without_its_maker_is_no_short_name_and_says_where_makers_are_added(desk):
    an = desk.person()

    page = an.press(an.get(ALPHA), "preview", figures__0__family="")

    told = links(page)["#i-figures.0.family"]
    assert "this figure would take part in the estimate" in told
    assert not TECHNICAL.search(told)
    [added] = [link for link in page.all("a") if link.get("href") == "/part/families/new"]
    assert added.text == "Not in the list? Add a maker (in a new tab)"


def test_a_figure_that_is_not_strong_is_told_at_the_figure(desk):
    an = desk.person()

    page = an.press(an.get(ALPHA), "preview", read_at="press", reported_by="Knack")

    assert "calls this figure strong" in links(page)["#f-figures.0"].lower()


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("services", "#i-services.{}.name"),
        ("roles", "#f-roles.{}.title"),
        ("after_report", "#f-after_report.{}.text"),
        ("waiting", "#f-waiting.{}.question"),
        ("families", "#f-families.{}.label"),
        ("regions", "#f-regions.{}.label"),
    ],
)
def test_an_entry_without_a_name_is_told_at_its_name(kind, field, desk):
    an = desk.person()
    new = an.get(f"/part/{kind}/new")
    number = number_in(new)

    page = an.press(new, "preview")

    assert links(page)[field.format(number)].endswith("fill this in")
    assert all(place.startswith(("#i-", "#f-")) for place in links(page))
    assert "small letters" not in page.alerts[0]
    assert "capital letters" not in page.alerts[0]


def test_a_second_entry_of_one_name_gets_a_short_name_of_its_own(desk):
    an = desk.person()
    for _time in range(2):
        new = an.get("/part/families/new")
        words = {f"families.{number_in(new)}.label.{language}": "Kara" for language in LANGUAGES}
        an.press(an.press(new, "preview", **words), "save", why="Once more")

    made = (desk.root / "sources" / "families.yaml").read_text(encoding="utf-8")
    assert "id: kara-2\n" in made


def test_a_new_question_in_one_language_alone_gets_its_short_name_from_it(desk):
    an = desk.person()
    new = an.get("/part/waiting/new")

    page = an.press(
        new, "preview", **{f"waiting.{number_in(new)}.question.fr": "Qui répond la nuit ?"}
    )

    assert page.status == 200
