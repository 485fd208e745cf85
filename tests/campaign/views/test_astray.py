"""Addresses that are nearly right: each leads to its page by one 301."""

from __future__ import annotations

import pytest

from campaign.words.addresses import PAGES, page_path

LANGUAGES = ("nl", "fr", "de", "en")

NEARLY = {
    # a slash too many or too few
    "/nl": "/nl/",
    "/nl//": "/nl/",
    "/nl/faq/": "/nl/faq",
    "/nl//faq": "/nl/faq",
    "/nl/bereken/": "/nl/bereken",
    "/nl/bronnen/": "/nl/bronnen",
    "/nl/methode/": "/nl/methode",
    "/nl/resultaat/BE/1y/": "/nl/resultaat/BE/1y",
    "/nl/resultaat//BE/1y": "/nl/resultaat/BE/1y",
    "/nl/resultaat/": "/nl/resultaat",
    # capitals
    "/NL": "/nl/",
    "/Nl/": "/nl/",
    "/NL/FAQ": "/nl/faq",
    "/nl/Bereken": "/nl/bereken",
    "/FR/Resultat/be/1Y": "/fr/resultat/BE/1y",
    "/nl/resultaat/be/1y": "/nl/resultaat/BE/1y",
    "/nl/resultaat/Europe/6M/": "/nl/resultaat/EUROPE/6m",
    # names of files
    "/nl/index.html": "/nl/",
    "/nl/index.php": "/nl/",
    "/NL/INDEX.HTM": "/nl/",
    "/nl/faq.html": "/nl/faq",
    "/nl/faq/index.html": "/nl/faq",
    # what clings to an address in a message
    "/nl/hulp.": "/nl/hulp",
    "/nl/hulp)": "/nl/hulp",
    "/nl/hulp%20": "/nl/hulp",
    "/nl/hulp%E2%80%8B": "/nl/hulp",
    "/nl/resultaat/BE/1y,": "/nl/resultaat/BE/1y",
    # the language changed by hand, and an accent
    "/fr/bereken": "/fr/calculer",
    "/de/resultat/BE/1y": "/de/ergebnis/BE/1y",
    "/fr/m%C3%A9thode": "/fr/methode",
}


@pytest.mark.parametrize(("astray", "page"), NEARLY.items())
@pytest.mark.parametrize("question", ["", "?fbclid=IwAR0-x&q=a%20b"])
def test_an_address_nearly_right_leads_to_its_page_in_one_step(astray, page, question, client):
    answer = client.get(astray + question)

    assert (answer.status_code, answer.headers["Location"]) == (301, page + question)
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    arrived = client.get(page)
    assert arrived.status_code == (301 if page == "/nl/resultaat" else 200)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_found_with_a_slash_behind_it_and_in_capitals(language, client):
    for name in PAGES:
        path = page_path(name, language)
        for astray in (path.upper(), path.rstrip("/") + "//", path.replace("/", "//") + "//"):
            # By the environment: the test client takes a name after two slashes for a host.
            answer = client.get("/", environ_overrides={"PATH_INFO": astray})
            assert (answer.status_code, answer.headers["Location"]) == (301, path), astray


@pytest.mark.parametrize("path", ["/index.html", "/INDEX.PHP", "/index.html/"])
def test_the_front_door_by_another_name_leads_at_once_to_the_first_page(path, client):
    answer = client.get(path, headers={"Accept-Language": "fr-BE"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/fr/")


@pytest.mark.parametrize("mark", ["fbclid=IwAR0x", "utm_source=x&utm_medium=y", "gclid=1", "_=1"])
@pytest.mark.parametrize("path", ["/nl/", "/fr/faq", "/nl/resultaat/BE/1y", "/en/calculate"])
def test_what_a_network_hangs_on_an_address_changes_nothing(mark, path, get_page):
    page = get_page(f"{path}?{mark}")

    assert page.response.data == get_page(path).response.data
    [canonical] = page.all("link[@rel='canonical']")
    assert canonical.get("href") == f"https://campaign.example{path}"


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/nl/nowhere", "/xx/faq", "/nl/faq/x", "/nl/resultaat/BE", "/nl/resultaat/XX/1y",
     "/evil.example//nl/faq", "/nl/..%2Ffaq/x", "/static/none/", "/nl/%00"],
)  # fmt: skip
def test_what_means_no_page_stays_unfound(path, client):
    assert client.get(path).status_code == 404
    there = client.get("/", environ_overrides={"PATH_INFO": "//evil.example/nl/"})
    assert there.status_code == 404


def test_only_reading_is_led_on(client):
    for path in ("/nl/foto/", "/NL/foto", "/nl//foto"):
        assert client.post(path).status_code in (404, 405, 308)
    answer = client.head("/nl/faq/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/nl/faq")


@pytest.mark.parametrize(
    "path", ["/static/x//a", "//nl/hulp", "/card//x", "/nl//hulp//", "/data//x"]
)
def test_no_way_follows_the_scheme_or_host_of_a_request(path, client):
    answer = client.get(path, headers={"X-Forwarded-Proto": "javascript", "Host": "localhost:1234"})

    assert answer.headers.get("Location", "/").startswith("/")
    assert not answer.headers.get("Location", "/").startswith("//")
