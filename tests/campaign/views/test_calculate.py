"""Choosing: two choices, asked as a plain question that needs no cookie and leads to the result."""

from __future__ import annotations

import pytest

from campaign.words.addresses import PAGES

LANGUAGES = ("nl", "fr", "de", "en")


@pytest.fixture(scope="module")
def scenarios(app):
    return app.extensions["published"].sources.scenarios


def calculator(language):
    return f"/{language}/{PAGES['calculate'][language]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_offers_the_two_choices_and_nothing_about_a_child(language, get_page, scenarios):
    page = get_page(calculator(language))

    fields = {field.get("name") for field in page.all("form//input")} - {None}
    assert fields == {"region", "period"}
    assert not page.all("form//select")
    assert not page.all("form//textarea")
    values = [(item.get("name"), item.get("value")) for item in page.all("input[@type='radio']")]
    assert [value for name, value in values if name == "region"] == [
        region.id for region in scenarios.regions
    ]
    assert [value for name, value in values if name == "period"] == [
        period.id for period in scenarios.periods
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_is_a_plain_question_to_the_result(language, get_page):
    page = get_page(calculator(language))

    [form] = page.all("main//form")
    assert form.get("method", "get") == "get"
    assert form.get("action") == f"/{language}/{PAGES['result'][language]}"
    assert form.findall(".//button[@type='submit']")


def test_belgium_and_one_year_are_chosen_in_advance(get_page):
    page = get_page("/nl/bereken")

    assert (page.checked("region"), page.checked("period")) == (["BE"], ["1y"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_content_note_with_the_helpline_stands_before_the_choices(language, get_page):
    page = get_page(calculator(language))

    note = page.root.find(".//main//div[@class='note']")
    assert note.findall(".//a[@href='tel:116000']")
    order = [item for item in page.root.iter() if item is note or item.tag == "fieldset"]
    assert order[0] is note


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_leads_to_its_result_in_one_step(language, get_page, client, scenarios):
    page = get_page(calculator(language))
    [form] = page.all("main//form")
    for region in scenarios.regions:
        for period in scenarios.periods:
            answer = client.get(f"{form.get('action')}?region={region.id}&period={period.id}")
            assert answer.status_code == 301
            assert answer.headers["Location"] == f"{form.get('action')}/{region.id}/{period.id}"


def test_choosing_needs_no_cookie_and_caches_keep_every_step(app, browse):
    """Neither the choices, nor the way, nor the result depend on anything a browser remembers."""
    for path in ("/nl/bereken", "/nl/resultaat?region=EUROPE&period=6m", "/nl/resultaat/EUROPE/6m"):
        answers = [
            browse(app).get(path, headers=headers)
            for headers in ({}, {"Cookie": "__Host-form=x"}, {"Referer": "https://l.facebook.com/"})
        ]
        assert len({answer.data for answer in answers}) == 1
        for answer in answers:
            assert answer.headers["Cache-Control"].startswith("public, max-age=300")
            assert not answer.headers.getlist("Set-Cookie")
            assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize(
    ("question", "scenario"),
    [
        ("", "BE/1y"),
        ("region=WORLD", "WORLD/1y"),
        ("period=2y", "BE/2y"),
        ("region=&period=", "BE/1y"),
        ("region=europe&period=6M", "EUROPE/6m"),
        ("region=BE&period=1y&fbclid=IwAR0x", "BE/1y"),
        ("region=BE&region=WORLD&period=1w", "BE/1w"),
    ],
)
def test_what_was_not_chosen_is_belgium_and_one_year(question, scenario, client):
    answer = client.get(f"/nl/resultaat?{question}")

    assert (answer.status_code, answer.headers["Location"]) == (301, f"/nl/resultaat/{scenario}")


@pytest.mark.parametrize(
    "question", ["region=XX&period=1y", "region=BE&period=1d", "region=%22%3E%3Cb&period=1y",
                 "region=BE%2F..&period=1y", "region=//evil.example&period=1y"]
)  # fmt: skip
def test_what_is_not_offered_leads_back_to_the_choices(question, client):
    answer = client.get(f"/nl/resultaat?{question}")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/nl/bereken")


def test_a_link_that_brings_both_choices_leads_to_their_result(client, get_page):
    """Nobody lands on the page that sends a photo who did not ask for it."""
    answer = client.get("/nl/bereken?region=EUROPE&period=6m")

    assert answer.status_code == 301
    assert answer.headers["Location"] == "/nl/resultaat/EUROPE/6m"
    for question in (
        "?region=EUROPE",
        "?fbclid=x",
        "?region=XX&period=1y",
        "?region=%22%3E&period=",
    ):
        page = get_page(f"/nl/bereken{question}")
        assert (page.checked("region"), page.checked("period")) == (["BE"], ["1y"])


def test_the_result_offers_the_photo_where_no_script_runs(get_page):
    page = get_page("/fr/resultat/EUROPE/6m")

    [way] = [item for item in page.root.iter() if item.get("id") == "photo-by-server"]
    assert "hidden" not in way.attrib
    assert way.find("a").get("href") == "/fr/photo?region=EUROPE&period=6m"
