"""The form that sends a photo: token and cookie, errors that say what to do, choices that stay."""

from __future__ import annotations

import io
import re

import pytest
from page import text_of
from werkzeug.datastructures import FileStorage

from campaign.words.addresses import PAGES

LANGUAGES = ("nl", "fr", "de", "en")
CHOICES = {"region": "EUROPE", "period": "6m", "format": "square", "consent": "y"}


def address(language):
    return f"/{language}/{PAGES['photo'][language]}"


@pytest.fixture
def photo(portrait_jpeg):
    return lambda: FileStorage(io.BytesIO(portrait_jpeg), "kind.jpg")


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_says_that_the_photo_is_sent_and_offers_the_way_without_before_the_choice(
    language, get_page
):
    page = get_page(address(language))

    order = [item.get("id") for item in page.all("main//*") if item.get("id")]
    assert order.index("sent") < order.index("without") < order.index("photo")
    [without] = [item for item in page.root.iter() if item.get("id") == "without"]
    assert without.find("a").get("href") == f"/{language}/{PAGES['result'][language]}/BE/1y"
    [form] = page.all("form[@enctype='multipart/form-data']")
    assert form.get("method") == "post"
    assert not form.get("action")


def test_form_asks_for_nothing_about_a_child(get_page):
    page = get_page("/nl/foto")

    assert set(page.fields) == {"csrf_token", "photo", "region", "period", "format"}
    assert set(page.boxes) == {"consent"}
    assert (page.fields["region"], page.fields["period"]) == ("BE", "1y")
    assert page.checked("format") == ["facebook"]
    assert page.checked("consent") == []


def test_form_takes_the_two_choices_of_a_link_and_nothing_else(get_page):
    page = get_page("/nl/foto?region=EUROPE&period=6m&consent=y&format=story&csrf_token=x")
    assert (page.fields["region"], page.fields["period"]) == ("EUROPE", "6m")
    assert page.checked("consent") == [], "only the parent confirms"
    assert page.checked("format") == ["facebook"]
    [without] = [item for item in page.root.iter() if item.get("id") == "without"]
    assert without.find("a").get("href") == "/nl/resultaat/EUROPE/6m"

    page = get_page("/nl/foto?region=%22%3E%3Cb%3E&period=100y")
    assert (page.fields["region"], page.fields["period"]) == ("BE", "1y")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_photo_gives_the_result_of_the_choices(language, post_form, get_page, photo):
    page = post_form(language, photo=photo(), **CHOICES)

    assert re.search(r"\d\d\d", page.text("h1"))
    assert not page.errors
    assert page.h1 == get_page(f"/{language}/{PAGES['result'][language]}/EUROPE/6m").h1


def test_result_of_a_post_is_for_the_visitor_alone(post_form, photo):
    response = post_form(photo=photo(), **CHOICES).response

    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert not response.headers.getlist("Set-Cookie")


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_stand_in_a_summary_with_links_in_the_language_of_the_page(language, post_form):
    page = post_form(language, status=400, region="BE", period="1y")

    expected = {"nl": "Kies", "fr": "Choisissez", "de": "Wählen", "en": "Choose"}[language]
    [(link, message)] = page.errors
    assert link == "#photo"
    assert message.startswith(expected)
    summary = page.root.find(".//div[@id='errors']")
    assert summary.get("role") == "alert"
    assert {"tabindex", "autofocus"} <= set(summary.attrib)
    assert page.text("p[@id='photo-error']").endswith(message)


def test_choices_stay_when_the_photo_is_missing(post_form):
    page = post_form(status=400, **CHOICES)

    assert [link for link, _message in page.errors] == ["#photo"]
    assert (page.fields["region"], page.fields["period"]) == ("EUROPE", "6m")
    assert page.checked("format") == ["square"]
    assert page.checked("consent") == ["y"]


@pytest.mark.parametrize("field", ["region", "period", "format"])
def test_a_value_that_is_not_offered_is_refused_when_forged(field, post_form, photo):
    page = post_form(status=400, **(CHOICES | {field: "<b>forged", "photo": photo()}))

    assert [link for link, _message in page.errors] == [f"#{field}"]
    assert "<b>forged" not in page.html


def test_further_fields_are_ignored(post_form, photo):
    page = post_form(age="7", name="forged-name", photo=photo(), **CHOICES)

    assert "forged-name" not in page.html


TRUE_OF_NO_COOKIE = {"nl": "geblokkeerd", "fr": "bloqués", "de": "blockiert", "en": "blocked"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("brings_token", [True, False])
def test_with_cookies_blocked_the_page_says_so_and_offers_the_way_without(
    brings_token, language, app, browse, read_page, token_from, photo
):
    path = address(language)
    visitor = browse(app)
    fields = CHOICES | {"photo": photo()}
    if brings_token:
        fields["csrf_token"] = token_from(browse(app).get(path))

    page = read_page(visitor.post(path, data=fields), path, 400)

    [(link, message)] = page.errors
    assert link == "#without"
    assert "cookie" in message.lower()
    assert TRUE_OF_NO_COOKIE[language] in message
    [without] = [item for item in page.root.iter() if item.get("id") == "without"]
    way = without.find("a").get("href")
    assert way == f"/{language}/{PAGES['result'][language]}/EUROPE/6m"
    assert visitor.get(way).status_code == 200
    assert "cookie" in text_of(without).lower()


@pytest.mark.parametrize("token", [None, "", "wrong", "ImFiYyI.Zm9v.YmFy", "\x00é"])
def test_choices_stay_when_the_token_is_missing_or_wrong(token, client, read_page, photo):
    client.get("/nl/foto")
    data = CHOICES | {"photo": photo()}
    if token is not None:
        data["csrf_token"] = token

    page = read_page(client.post("/nl/foto", data=data), "/nl/foto", 400)

    [(link, message)] = page.errors
    assert link == "#photo"
    assert "lang open" in message, "the cookie came, so nothing is said of blocking"
    assert "opnieuw" in message, "a browser never keeps the chosen file"
    assert (page.fields["region"], page.fields["period"]) == ("EUROPE", "6m")
    assert page.checked("format") == ["square"]


def test_form_can_be_sent_again_after_a_wrong_token(client, read_page, token_from, photo):
    refused = client.post("/nl/foto", data=CHOICES | {"csrf_token": "old", "photo": photo()})

    fields = {"csrf_token": token_from(refused), "photo": photo()}

    read_page(client.post("/nl/foto", data=CHOICES | fields), "/nl/foto")


def test_token_of_another_visitor_is_refused(app, browse, token_from, photo):
    data = CHOICES | {"csrf_token": token_from(browse(app).get("/nl/foto")), "photo": photo()}

    assert browse(app).post("/nl/foto", data=data).status_code == 400


def test_token_lasts_longer_than_an_hour(app):
    assert app.config["WTF_CSRF_TIME_LIMIT"] is None


def test_cookie_is_bound_to_this_site_and_out_of_reach_of_scripts(client):
    [cookie] = client.get("/nl/foto").headers.getlist("Set-Cookie")

    name, *attributes = [part.strip() for part in cookie.split(";")]
    assert name.startswith("__Host-form=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} == set(attributes)


def test_cookie_holds_the_token_alone(client):
    client.get("/nl/foto")

    with client.session_transaction(base_url="https://campaign.example") as session:
        assert set(session) == {"csrf_token"}
