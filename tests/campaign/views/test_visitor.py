"""The visitor: no cookie but the form's, nothing from elsewhere, nothing that follows anyone."""

from __future__ import annotations

import itertools
import logging
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from page import text_of

from campaign.web.logs import SIZE_CLASSES, size_class
from campaign.words.addresses import PAGES, page_path

SITE = "https://campaign.example"
COMMENT = re.compile(r"/\*.*?\*/|(?m:^\s*//.*$)", re.DOTALL)
LOADED = {"img": "src", "script": "src", "iframe": "src", "source": "src", "video": "src",
          "audio": "src", "embed": "src", "object": "data", "form": "action"}  # fmt: skip


def test_only_the_page_that_sends_a_photo_sets_a_cookie_and_it_is_a_safe_one(site):
    for page in site.everything:
        cookies = page.headers.getlist("Set-Cookie")
        if page.name == "photo" and page.status == 200:
            [cookie] = cookies
            flags = {part.strip().lower() for part in cookie.split(";")[1:]}
            assert {"httponly", "secure"} <= flags
            assert any(flag.startswith("samesite=") for flag in flags)
            assert not any(flag.startswith(("expires", "max-age")) for flag in flags)
        elif page.name != "photo":
            assert cookies == [], page.path


# What the privacy page says of each field of a line: its words in the item of that field.
LOGGED = {
    "time": {"nl": "tijdstip", "fr": "l’heure", "de": "Zeitpunkt", "en": "the time"},
    "method": {"nl": "soort verzoek", "fr": "type de requête", "de": "Art der Anfrage",
               "en": "kind of request"},
    "route": {"nl": "de pagina", "fr": "la page", "de": "die Seite", "en": "the page"},
    "status": {"nl": "resultaat", "fr": "résultat", "de": "Ergebnis", "en": "outcome"},
    "ms": {"nl": "milliseconden", "fr": "millisecondes", "de": "Millisekunden",
           "en": "milliseconds"},
    "size": {"nl": "een van zes categorieën", "fr": "l’une de six catégories",
             "de": "von sechs Größenstufen",
             "en": "one of six size bands"},
    "reason": {"nl": "algemene reden", "fr": "raison générale", "de": "allgemeinen Grund",
               "en": "general reason"},
    "fault": {"nl": "soort fout", "fr": "type d’erreur", "de": "Art des Fehlers",
              "en": "kind of fault"},
}  # fmt: skip


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_privacy_page_names_each_field_of_a_line_of_the_log(language, site, caplog):
    page = site.page(language, "privacy")
    [section] = page.all("section[@id='what-we-log']")
    items = [text_of(item) for item in section.findall(".//li")]
    with caplog.at_level(logging.INFO, "campaign"):
        site.get(page.path)
    [record] = [item for item in caplog.records if item.name == "campaign.requests"]
    [handler] = logging.getLogger("campaign").handlers
    line = re.fullmatch(r"[\d-]{10} [\d:,]{12} INFO ((?:\w+=\S+ ?)+)", handler.format(record))
    assert ["time", *re.findall(r"(\w+)=", line[1]), "fault"] == list(LOGGED)
    for item, words in zip(items, LOGGED.values(), strict=True):
        assert words[language] in item
    assert len({*SIZE_CLASSES, size_class(10**12)}) == 6


def test_machines_and_data_set_no_cookie_either(site):
    for path in ("/", "/robots.txt", "/sitemap.xml", "/site.webmanifest", "/data/figures.csv",
                 "/data/figures-excel.csv", "/data/figures.json", "/data/dictionary.csv",
                 "/healthz"):  # fmt: skip
        with site.get(path) as response:
            assert not response.headers.getlist("Set-Cookie"), path


def test_no_page_loads_anything_from_elsewhere(site):
    foreign = set()
    for page in site.everything:
        for item in page.root.iter():
            address = item.get(LOADED.get(item.tag, ""), "")
            if item.tag == "link" and item.get("rel") not in ("canonical", "alternate"):
                address = item.get("href", "")
            if urlsplit(address).netloc:
                foreign.add((page.path, item.tag, address))
            assert item.tag not in ("iframe", "object", "embed", "style", "base")
            assert re.fullmatch(r"/card/\S+", item.get("srcset", "/card/-"))
            assert "style" not in item.attrib
            assert not [name for name in item.attrib if name.startswith("on")]
    assert foreign == set()


def test_static_files_name_no_other_site(site):
    static = Path(__file__).parents[3] / "static"
    for path in itertools.chain(static.rglob("*.css"), static.rglob("*.js")):
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        outside = re.findall(r"(?:https?:)?//[\w.-]+\.\w+", text)
        allowed = {"https://www.meteo.be", "http://www.w3.org", "https://www.w3.org"}
        assert set(outside) <= allowed, path.name


def test_policy_lets_nothing_else_in(site):
    for page in site.everything:
        policy = page.headers.get("Content-Security-Policy", "")
        if page.name.startswith("error-"):
            continue  # these were made without the site around them
        directives = {part.split()[0]: part.split()[1:] for part in policy.split(";")}
        assert directives["default-src"] == ["'none'"]
        for name, allowed in directives.items():
            assert set(allowed) <= {"'none'", "'self'", "data:"}, name
            if "data:" in allowed:
                assert name == "img-src"


def test_no_link_carries_a_tracking_mark(site):
    for page in site.everything:
        for link in page.all("a"):
            if page.name == "sources":
                continue  # the addresses of publications stand as they were found
            assert not re.search(r"[?&](?:utm_|fbclid|gclid|mc_)", link.get("href", ""))
            assert "ping" not in link.attrib


def test_the_browser_chooses_the_language_of_the_first_page(site):
    for wanted, header in {
        "nl": "nl-BE,nl;q=0.9,en;q=0.8",
        "fr": "fr-FR,fr;q=0.8,en-US;q=0.5",
        "de": "de-CH,de;q=0.9",
        "en": "en-US,en;q=0.9",
    }.items():
        response = site.browser().get("/", base_url=SITE, headers={"Accept-Language": header})
        assert response.status_code == 302
        assert response.headers["Location"] == page_path("home", wanted)
        assert "Accept-Language" in response.headers["Vary"]
    for header in ("", "ja,zh;q=0.5", "*"):
        response = site.browser().get("/", base_url=SITE, headers={"Accept-Language": header})
        assert response.headers["Location"] == "/nl/"


def test_pages_do_not_depend_on_the_browsers_language(site):
    for name in PAGES:
        if name == "photo":
            continue  # its token differs every time
        tail = "/BE/1y" if name == "result" else ""
        path = page_path(name, "nl") + tail
        other = site.browser().get(path, base_url=SITE, headers={"Accept-Language": "fr"})
        assert other.get_data(as_text=True) == site.page("nl", name, tail).html
