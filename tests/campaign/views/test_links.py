"""Links: whatever a page leads to is there, in every language."""

from __future__ import annotations

import datetime
import io
import json
import re
from urllib.parse import unquote, urldefrag, urlsplit
from xml.etree import ElementTree

import pytest
from page import text_of
from PIL import Image

from campaign.words.addresses import PAGES, page_path

LANGUAGES = ("nl", "fr", "de", "en")
SITE = "https://campaign.example"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
OUTSIDE = ("https://", "http://", "mailto:", "tel:")


def test_every_page_answers(site):
    assert {page.path: page.status for page in site.lasting if page.status != 200} == {}
    refused = {page.name: page.status for page in site.passing if page.status != 200}
    assert refused == {
        "photo": 400,
        **{f"error-{code}": code for code in (400, 403, 404, 405, 413, 429, 500, 503)},
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_in_the_list_at_the_foot(language, get_page):
    [*_, pages] = get_page(page_path("help", language)).all("footer//nav")

    listed = [link.get("href") for link in pages.iter("a")]
    on_the_way = {"home", "photo", "result"}  # by the name of the site, and from the calculator
    assert {page_path(name, language) for name in PAGES.keys() - on_the_way} <= set(listed)


def test_every_internal_link_and_anchor_leads_somewhere(site):
    checked, broken = {page.path: (page.status, page.ids) for page in site.lasting}, []

    def ids_at(path):
        if path not in checked:
            response = site.get(path)
            if response.status_code == 301:  # an address of before leads on in one step
                response = site.get(response.headers["Location"])
            html = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
            checked[path] = (response.status_code, set(re.findall(r'\bid="([^"]+)"', html)))
            response.close()
        return checked[path]

    for page in site.everything:
        for link in page.all("a"):
            address, anchor = urldefrag(link.get("href", ""))
            if address.startswith(OUTSIDE) and not address.startswith(SITE):
                continue
            if address.startswith("/card/") and "/BE/1y/" not in address:
                continue  # every card is drawn by tests/campaign; here it would take long
            if not address or address.startswith("?"):
                here = page.ids
                if anchor and unquote(anchor) not in here:
                    broken.append((page.path, link.get("href")))
                continue
            status, ids = ids_at(address)
            if status != 200 or (anchor and unquote(anchor) not in ids):
                broken.append((page.path, link.get("href"), status))
    assert broken == []
    assert len(checked) > 100


def test_internal_links_stay_in_the_language_of_the_page(site):
    astray = []
    for page in site.everything:
        for link in page.all("a"):
            href = link.get("href", "")
            named = re.match(r"/(nl|fr|de|en)(?:/|$)", href)
            if named and named[1] != page.language and "hreflang" not in link.attrib:
                astray.append((page.path, href))
    assert astray == []


def test_external_links_are_safe_and_send_no_address_along(site):
    wrong = [
        (page.path, link.attrib)
        for page in site.everything
        for link in page.all("main//a")
        if urlsplit(link.get("href", "")).scheme == "http"
        or (link.get("target") and "noopener" not in link.get("rel", ""))
    ]
    # Old publications may stand at an address without TLS; everything else must have it.
    assert all(item[1].get("rel") == "noopener noreferrer external" for item in wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_links_lead_to_the_same_page(language, site):
    for page in site.lasting:
        if page.language != language:
            continue
        tail = page.path.removeprefix(page_path(page.name, language))
        links = {link.get("hreflang"): link for link in page.all("ul[@class='languages']//a")}
        assert set(links) == set(LANGUAGES)
        for other, link in links.items():
            assert link.get("href") == page_path(page.name, other) + tail
            assert link.get("lang") == other
            assert (link.get("aria-current") == "true") == (other == language)
            name, code = link.iter("span")
            assert text_of(name) == {
                "nl": "Nederlands", "fr": "Français", "de": "Deutsch", "en": "English"
            }[other]  # fmt: skip
            assert text_of(code) == other
            assert code.get("aria-hidden") == "true"


def test_canonical_and_alternates_name_the_page_in_four_languages(site):
    for page in site.lasting:
        tail = page.path.removeprefix(page_path(page.name, page.language))
        assert [x.get("href") for x in page.all("link[@rel='canonical']")] == [SITE + page.path]
        alternates = {x.get("hreflang"): x.get("href") for x in page.all("link[@rel='alternate']")}
        expected = {other: SITE + page_path(page.name, other) + tail for other in LANGUAGES}
        if page.name == "home":
            expected["x-default"] = f"{SITE}/"
        assert alternates == expected
        assert page.root.get("lang") == page.language


def test_searches_and_filters_have_the_whole_page_as_canonical(site):
    for page in site.passing:
        if "?" in page.path:
            [canonical] = page.all("link[@rel='canonical']")
            assert canonical.get("href") == SITE + page.path.partition("?")[0]


def test_error_pages_stay_out_of_search_engines(site):
    for page in site.passing:
        if page.name.startswith("error-"):
            assert page.meta["robots"] == "noindex"
            assert not page.all("link[@rel='canonical']")


def test_sitemap_lists_every_page_in_every_language(site):
    response = site.get("/sitemap.xml")
    assert response.mimetype == "application/xml"
    listed = {}
    for entry in ElementTree.fromstring(response.data).findall("s:url", SITEMAP):  # noqa: S314
        listed[entry.findtext("s:loc", None, SITEMAP)] = {
            link.get("hreflang"): link.get("href") for link in entry.findall("x:link", SITEMAP)
        }

    assert set(listed) == {SITE + page.path for page in site.lasting}
    for page in site.lasting:
        alternates = {x.get("hreflang"): x.get("href") for x in page.all("link[@rel='alternate']")}
        assert listed[SITE + page.path] == alternates


def test_robots_let_crawlers_and_link_previews_in(site):
    response = site.get("/robots.txt")
    assert response.mimetype == "text/plain"
    text = response.get_data(as_text=True)
    assert f"Sitemap: {SITE}/sitemap.xml" in text
    assert re.findall(r"(?m)^User-agent: (.+)$", text) == ["*"]
    assert "Disallow" not in text
    preview = site.browser().get(
        "/nl/", base_url=SITE, headers={"User-Agent": "facebookexternalhit/1.1"}
    )
    assert preview.status_code == 200


def test_manifest_names_icons_that_are_what_they_say(site):
    response = site.get("/site.webmanifest")
    assert response.mimetype == "application/manifest+json"
    manifest = json.loads(response.data)
    assert site.browser().get(manifest["start_url"], base_url=SITE).status_code == 302
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    for icon in manifest["icons"]:
        with site.get(icon["src"]) as found:
            assert found.mimetype == icon["type"]
            size = Image.open(io.BytesIO(found.data)).size
        assert "x".join(map(str, size)) == icon["sizes"]


def test_every_page_has_icons_and_a_manifest_that_exist(site):
    wanted = {"icon", "apple-touch-icon", "manifest"}
    found = set()
    for page in site.everything:
        links = {x.get("rel"): x.get("href") for x in page.all("link")}
        assert wanted <= set(links)
        found |= {links[rel] for rel in wanted}
    for path in found:
        with site.get(path) as response:
            assert response.status_code == 200


def test_security_txt_is_valid_for_some_months(site):
    response = site.get("/.well-known/security.txt")
    assert response.mimetype == "text/plain"
    fields = dict(
        line.split(": ", 1) for line in response.get_data(as_text=True).splitlines() if line
    )
    expires = datetime.datetime.fromisoformat(fields["Expires"])
    ahead = expires - datetime.datetime.now(datetime.UTC)
    assert datetime.timedelta(days=30) < ahead < datetime.timedelta(days=366)
    assert fields["Contact"] == f"{SITE}/en/legal-notice#contact"
    assert fields["Canonical"] == f"{SITE}/.well-known/security.txt"


def test_open_graph_is_complete_on_every_page(site):
    locales = {"nl": "nl_BE", "fr": "fr_BE", "de": "de_DE", "en": "en_GB"}
    for page in site.lasting:
        told = page.meta
        assert told["og:type"] == "website"
        assert told["og:url"] == SITE + page.path
        assert told["og:title"] == page.title
        assert told["og:description"] == told["description"]
        assert 50 < len(told["description"]) < 200
        assert told["og:locale"] == locales[page.language]
        # A page that says what criminals earn has that on its preview too, and no other page has.
        drawn = "/card/" if re.search(r"€.?\d|\d.?€", text_of(page.root)) else "/poster/"
        assert told["og:image"].startswith(SITE + drawn), page.path
        assert told["og:image:alt"]
        assert told["og:site_name"] in told["og:title"]
        assert told["twitter:card"] == "summary_large_image"


def test_titles_differ_between_pages(site):
    titles = [page.title for page in site.lasting if page.name != "result"]
    by_language = {(page.language, page.title) for page in site.lasting if page.name != "result"}
    assert len(by_language) == len(titles) == (len(PAGES) - 1) * 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_preview_image_is_what_the_page_says(language, site):
    # Three scenarios and the pages without one; tests/campaign draws the others.
    for name, tail in (
        ("home", ""), ("help", ""), ("youth", ""), ("result", "/EUROPE/2y"), ("result", "/WORLD/1w")
    ):  # fmt: skip
        told = site.page(language, name, tail).meta
        response = site.get(told["og:image"])
        assert response.status_code == 200
        assert response.mimetype == told["og:image:type"] == "image/jpeg"
        size = Image.open(io.BytesIO(response.data)).size
        assert size == (int(told["og:image:width"]), int(told["og:image:height"])) == (1200, 630)


@pytest.mark.parametrize("language", LANGUAGES)
def test_previews_for_who_seeks_help_say_so_and_show_no_amount(language, site):
    others = {site.page(language, name).meta["description"] for name in ("home", "about", "signs")}
    told = [site.page(language, name).meta for name in ("help", "youth")]

    assert len({each["description"] for each in told} | others) == 2 + len(others)
    for each in told:
        assert "116\u00a0000" in each["description"]
        assert re.search(rf"/poster/\w+/{language}/facebook\.jpg$", each["og:image"])
        assert re.findall(r"\d+", each["og:image:alt"]) == ["116", "000"]
        assert "€" not in " ".join(value for value in each.values() if value)


AMOUNT = re.compile(r"€.?\d|\d.?€|116\D000")


def untouched(element):
    """List the texts in which a program that translates may change an amount."""
    if element.get("translate") == "no":
        return []
    texts = [element.text, *(child.tail for child in element)]
    found = [text for text in texts if text and AMOUNT.search(text)]
    return found + [text for child in element for text in untouched(child)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_programs_that_translate_leave_names_amounts_and_numbers(language, site):
    for name, part in (
        ("result", "div[@class='result__words']"), ("result", "figure[@class='chart']"),
        ("result", "div[@class='measure']"), ("home", "ul[@class='facts__list']"),
    ):  # fmt: skip
        shown = site.page(language, name).all(part)
        assert shown
        assert [text for item in shown for text in untouched(item)] == []
    for page in site.lasting:
        if page.language == language:
            [mark] = page.all("a[@rel='home']")
            assert mark.get("translate") == "no"
            [call] = page.all("a[@class='help-strip__call']")
            assert untouched(call) == []
