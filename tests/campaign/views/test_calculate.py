"""The form: two choices, an optional photo, errors that say what to do, choices that stay."""

from __future__ import annotations

import re

import pytest

from campaign.words.addresses import PAGES

LANGUAGES = ("nl", "fr", "de", "en")
REGIONS = ["BE", "EUROPE", "WORLD"]
PERIODS = ["1w", "1m", "3m", "6m", "1y", "2y"]


def calculator(language):
    return f"/{language}/{PAGES['calculate'][language]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_offers_the_two_choices_and_nothing_about_a_child(language, get_page):
    page = get_page(calculator(language))

    fields = {field.get("name") for field in page.all("form//input")} - {None}
    assert fields == {"csrf_token", "region", "period", "photo", "consent", "format"}
    assert not page.all("form//select")
    assert not page.all("form//textarea")
    values = [(item.get("name"), item.get("value")) for item in page.all("input[@type='radio']")]
    assert [value for name, value in values if name == "region"] == REGIONS
    assert [value for name, value in values if name == "period"] == PERIODS
    form = page.root.find(".//form[@enctype='multipart/form-data']")
    assert form.get("method") == "post"


def test_form_works_without_javascript_and_stays_on_this_site(get_page):
    form = get_page("/nl/bereken").root.find(".//form[@enctype='multipart/form-data']")

    assert form.get("action", "") in ("", "/nl/bereken")
    assert form.findall(".//button[@type='submit']")


def test_form_chooses_nothing_in_advance_but_a_format(get_page):
    page = get_page("/nl/bereken")

    assert page.checked("region") == []
    assert page.checked("period") == []
    assert page.checked("consent") == []
    assert page.checked("format") == ["facebook"]


def test_form_takes_the_two_choices_of_a_link_and_nothing_else(get_page):
    page = get_page("/nl/bereken?region=EUROPE&period=6m&consent=y&format=story&csrf_token=x")
    assert (page.checked("region"), page.checked("period")) == (["EUROPE"], ["6m"])
    assert page.checked("consent") == [], "only the parent confirms"
    assert page.checked("format") == ["facebook"]

    page = get_page("/nl/bereken?region=%22%3E%3Cb%3E&period=100y")
    assert (page.checked("region"), page.checked("period")) == ([], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_content_note_with_the_helpline_stands_before_the_choices(language, get_page):
    page = get_page(calculator(language))

    note = page.root.find(".//main//div[@class='note']")
    assert note.findall(".//a[@href='tel:116000']")
    order = [item for item in page.root.iter() if item is note or item.tag == "fieldset"]
    assert order[0] is note


@pytest.mark.parametrize("language", LANGUAGES)
def test_post_gives_the_result_when_both_choices_are_made(language, post_form):
    page = post_form(language, region="EUROPE", period="6m")

    assert re.search(r"\d\d\d", page.text("h1"))
    assert not page.errors


def test_post_agrees_with_the_shared_result(post_form, get_page):
    posted = post_form(region="WORLD", period="3m")
    shared = get_page("/nl/resultaat/WORLD/3m")

    assert posted.h1 == shared.h1


def test_errors_stand_in_a_summary_with_links_when_nothing_is_chosen(post_form):
    page = post_form(status=400)

    assert page.errors == [("#region", "Kies een regio"), ("#period", "Kies een periode")]
    assert page.title.startswith("Fout:")
    summary = page.root.find(".//div[@id='errors']")
    assert summary.get("role") == "alert"
    assert {"tabindex", "autofocus"} <= set(summary.attrib)
    for field in ("region", "period"):
        assert page.text(f"p[@id='{field}-error']").endswith(dict(page.errors)[f"#{field}"])
        group = page.root.find(f".//fieldset[@aria-describedby='{field}-error']")
        assert group is not None, f"{field}: the group does not name its error"


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_speak_the_language_of_the_page(language, post_form):
    page = post_form(language, status=400)

    expected = {"nl": "Kies", "fr": "Choisissez", "de": "Wähl", "en": "Choose"}[language]
    assert len(page.errors) == 2
    assert all(message.startswith(expected) for _link, message in page.errors)


def test_choices_stay_when_one_is_missing(post_form):
    page = post_form(status=400, region="EUROPE", format="story", consent="y")

    assert [link for link, _message in page.errors] == ["#period"]
    assert page.checked("region") == ["EUROPE"]
    assert page.checked("format") == ["story"]
    assert page.checked("consent") == ["y"]


@pytest.mark.parametrize("field", ["region", "period", "format"])
def test_a_value_that_is_not_offered_is_refused_when_forged(field, post_form):
    choices = {"region": "BE", "period": "1y", "format": "square"} | {field: "<b>forged"}

    page = post_form(status=400, **choices)

    assert [link for link, _message in page.errors] == [f"#{field}"]
    assert "<b>forged" not in page.html


def test_further_fields_are_ignored(post_form):
    page = post_form(region="BE", period="1y", age="7", name="forged-name")

    assert "forged-name" not in page.html


@pytest.mark.parametrize("token", [None, "", "wrong", "ImFiYyI.Zm9v.YmFy", "\x00é"])
def test_choices_stay_when_the_token_is_missing_or_wrong(token, client, read_page):
    client.get("/nl/bereken")
    data = {"region": "EUROPE", "period": "6m", "format": "square"}
    if token is not None:
        data["csrf_token"] = token

    page = read_page(client.post("/nl/bereken", data=data), "/nl/bereken", 400)

    assert [link for link, _message in page.errors] == ["#submit"]
    assert (page.checked("region"), page.checked("period")) == (["EUROPE"], ["6m"])
    assert page.checked("format") == ["square"]


def test_form_can_be_sent_again_after_a_wrong_token(client, read_page, token_from):
    data = {"region": "EUROPE", "period": "6m"}
    refused = client.post("/nl/bereken", data=data | {"csrf_token": "old"})

    answer = client.post("/nl/bereken", data=data | {"csrf_token": token_from(refused)})

    read_page(answer, "/nl/bereken")


def test_token_of_another_visitor_is_refused(app, browse, token_from):
    stolen = token_from(browse(app).get("/nl/bereken"))
    data = {"region": "BE", "period": "1y", "csrf_token": stolen}

    assert browse(app).post("/nl/bereken", data=data).status_code == 400


def test_token_lasts_longer_than_an_hour(app):
    assert app.config["WTF_CSRF_TIME_LIMIT"] is None


def test_cookie_is_bound_to_this_site_and_out_of_reach_of_scripts(client):
    [cookie] = client.get("/nl/bereken").headers.getlist("Set-Cookie")

    name, *attributes = [part.strip() for part in cookie.split(";")]
    assert name.startswith("__Host-form=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} == set(attributes)


def test_cookie_holds_the_token_alone(client):
    client.get("/nl/bereken")

    with client.session_transaction(base_url="https://campaign.example") as session:
        assert set(session) == {"csrf_token"}


def test_result_sets_no_cookie(post_form):
    assert not post_form(region="BE", period="1y").response.headers.getlist("Set-Cookie")
