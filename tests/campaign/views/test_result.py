"""The result: never an amount alone, and a shared page that other sites can show."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from calculator.formatting import format_money
from campaign.words.addresses import PAGES

LANGUAGES = ("nl", "fr", "de", "en")
SITE = "https://campaign.example"
ILLUSTRATIVE = {"nl": "llustratieve", "fr": "llustrative", "de": "llustrative", "en": "llustrative"}
NO_PRICE = {
    "nl": "Geen enkel kind heeft een prijs.",
    "fr": "Aucun enfant n’a de prix.",
    "de": "Kein Kind hat einen Preis.",
    "en": "No child has a price.",
}
CHILD = {"nl": r"\bkind", "fr": r"\benfant", "de": r"\bkind", "en": r"\bchild(?! focus)"}
SALE = {
    "nl": r"\bprijs|\bprijzen|\bkoop|\bte huur|\bkost|\bwaard\b|\bverko",
    "fr": r"\bprix\b|\bvente|\bvendre|\blouer|\bcoût|\bvaut\b",
    "de": r"\bpreis|\bverkauf|\bzu vermieten|\bmiete|\bkoste|\bwert\b",
    "en": r"\bprice\b|\bsale\b|\bfor hire\b|\brent\b|\bcost|\bworth\b|\bsell",
}


def result_path(language, region="BE", period="1y"):
    return f"/{language}/{PAGES['result'][language]}/{region}/{period}"


@pytest.fixture(scope="module")
def estimates(app):
    found = app.extensions["published"].estimates
    assert len(found) == 18
    return found


def test_every_scenario_shows_its_amount_with_all_that_belongs_to_it(estimates, get_page):
    for (region, period), estimate in estimates.items():
        page = get_page(result_path("nl", region, period))
        shown = estimate.shown

        assert format_money(shown.central, "nl") in page.h1
        between = page.text("p[@class='range']")
        for part in (format_money(shown.low, "nl"), format_money(shown.high, "nl"), "llustratieve"):
            assert part in between, (region, period)
        assert page.text("p[@class='no-price']") == NO_PRICE["nl"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_amount_never_stands_alone(language, estimates, get_page, post_form):
    amount = format_money(estimates["BE", "1y"].shown.central, language)

    for page in (get_page(result_path(language)), post_form(language, region="BE", period="1y")):
        words = page.text("div[@class='result__words']")
        assert amount in words
        assert re.search(ILLUSTRATIVE[language], words)
        for end in ("low", "high"):
            assert format_money(getattr(estimates["BE", "1y"].shown, end), language) in words
        assert NO_PRICE[language] in words
        assert "116\u00a0000" in words
        # The picture's alternative is a screen of its own to those who hear it.
        for image in page.all("img"):
            if amount in image.get("alt"):
                assert NO_PRICE[language] in image.get("alt")
                assert re.search(ILLUSTRATIVE[language], image.get("alt"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_amount_stays_out_of_titles_and_descriptions(language, estimates, get_page):
    page = get_page(result_path(language))
    amount = format_money(estimates["BE", "1y"].shown.central, language)

    names = ("description", "og:title", "og:description", "og:image:alt")
    told = [page.title, *(page.meta[name] for name in names)]
    assert not [text for text in told if amount in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_and_descriptions_never_join_child_and_price(language, get_page):
    paths = [result_path(language)]
    paths += [f"/{language}/{PAGES[page][language]}" for page in PAGES if page != "result"]
    for path in paths:
        page = get_page(path)
        told = [page.title] + [
            item.get("content")
            for item in page.all("meta")
            if re.search("title|description|alt", item.get("name") or item.get("property") or "")
        ]
        for text in told:
            joined = re.search(CHILD[language], text, re.IGNORECASE) and re.search(
                SALE[language], text, re.IGNORECASE
            )
            assert not joined, f"{path}: {text!r}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_result_tells_how_it_was_computed(language, estimates, get_page):
    page = get_page(result_path(language))
    contributions = estimates["BE", "1y"].contributions

    rows = page.all("details[@class='figure-row']")
    assert len(rows) == len(contributions)
    for row in rows:
        assert len(row.findall(".//ol/li")) >= 2, "published, and together"
    table = page.all("table")[0]
    assert len(table.findall("./tbody/tr")) == len(contributions)
    assert len(page.all("li[@class='chart__row']")) == len(contributions)


def test_result_links_every_source_behind_it(estimates, get_page):
    page = get_page(result_path("nl", "WORLD", "2y"))
    links = {link.get("href") for link in page.all("details//a")}

    for item in estimates["WORLD", "2y"].contributions:
        assert (item.cited.figure.url or item.cited.publication.url) in links


def test_result_says_how_to_take_the_image_down(get_page):
    page = get_page(result_path("nl"))

    section = page.root.find(".//section[@aria-labelledby='remove']")
    steps = ["".join(step.itertext()) for step in section.findall(".//ol/li")]
    assert len(steps) == 2
    assert "bericht" in steps[0]
    assert "profiel" in steps[1]


def test_share_links_are_plain_links_to_the_shared_page(get_page):
    page = get_page(result_path("nl", "EUROPE", "6m"))
    shared = f"{SITE}/nl/resultaat/EUROPE/6m"

    links = page.all("ul[@class='share']//a")
    assert len(links) == 3
    for link in links:
        assert shared in unquote(link.get("href"))
        assert not link.get("target") or "noopener" in link.get("rel")
    assert page.root.find(".//input[@id='address']").get("value") == shared


@pytest.mark.parametrize("language", LANGUAGES)
def test_preview_is_a_photo_free_card_at_an_absolute_address(language, client, get_page):
    page = get_page(result_path(language))

    image = page.meta["og:image"]
    assert image.startswith(f"{SITE}/card/")
    assert page.meta["og:url"] == SITE + page.path
    assert (page.meta["og:image:width"], page.meta["og:image:height"]) == ("1200", "630")
    response = client.get(image.removeprefix(SITE))
    assert response.status_code == 200
    assert response.content_type == page.meta["og:image:type"] == "image/jpeg"
    assert len(response.data) < 1_000_000


FORGED = [
    {"Host": "127.0.0.1"},
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "X-Forwarded-Port": "81"},
    {"Forwarded": "host=evil.example;proto=http", "X-Forwarded-Prefix": "/evil.example"},
    {"X-Original-URL": "/evil.example", "X-Forwarded-Server": "evil.example"},
]


@pytest.fixture(scope="module", params=["0", "1"])
def behind_proxies(request, make_app):
    """Return a site that trusts this many proxies, and that answers to two names."""
    return make_app(PROXIES=request.param, TRUSTED_HOSTS="campaign.example,127.0.0.1")


@pytest.mark.parametrize("headers", FORGED, ids="+".join)
def test_absolute_addresses_do_not_follow_the_request(headers, behind_proxies, browse, read_page):
    honest = browse(behind_proxies).get(result_path("nl"))
    forged = browse(behind_proxies).get(result_path("nl"), headers=headers)

    page = read_page(forged, result_path("nl"))
    assert page.html == honest.get_data(as_text=True)
    assert "evil" not in page.html
    assert page.meta["og:image"].startswith(SITE)
    for link in page.all("link[@rel='canonical']") + page.all("link[@rel='alternate']"):
        assert link.get("href").startswith(SITE)


@pytest.mark.parametrize(
    "tail", ["XX/1y", "BE/1d", "be/1y", "BE/1y/", "BE", "BE/1y/more", "BE/%31y%00", "%FF/1y"]
)
def test_a_scenario_that_does_not_exist_has_no_page(tail, get_page):
    get_page(f"/nl/resultaat/{tail}", 404)


def test_result_of_a_post_is_for_the_visitor_alone(post_form):
    response = post_form(region="BE", period="1y").response

    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
