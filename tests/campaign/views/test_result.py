"""The result: never an amount alone, and a shared page that other sites can show."""

from __future__ import annotations

import io
import re
from urllib.parse import unquote

import pytest
from werkzeug.datastructures import FileStorage

from calculator.formatting import format_money, format_span
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


MINORS = {
    "nl": "Er is geen bruikbaar cijfer over minderjarigen alleen.",
    "fr": "Il n’existe pas de chiffre utilisable sur les seuls mineurs.",
    "de": "Über Minderjährige allein gibt es keine brauchbare Zahl.",
    "en": "There is no usable figure on children alone.",
}


def result_path(language, region="BE", period="1y"):
    return f"/{language}/{PAGES['result'][language]}/{region}/{period}"


@pytest.fixture(scope="module")
def estimates(app):
    found = app.extensions["published"].estimates
    assert {("BE", "1y"), ("WORLD", "2y")} <= set(found)
    return found


def test_every_scenario_shows_its_amount_with_all_that_belongs_to_it(estimates, get_page):
    for (region, period), estimate in estimates.items():
        page = get_page(result_path("nl", region, period))
        shown = estimate.shown

        assert format_span(shown.low, shown.high, "nl") in page.h1
        around = page.text("p[@class='range']")
        assert "llustratieve" in around
        if shown.central is None:
            assert "ongeveer" not in around
        else:
            assert f"ongeveer {format_money(shown.central, 'nl')}" in around, (region, period)
            assert format_money(shown.central, "nl") not in page.h1, "the range is the headline"
        assert page.text("p[@class='no-price']") == NO_PRICE["nl"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_amount_never_stands_alone(language, estimates, get_page, post_form, portrait_jpeg):
    shown = estimates["BE", "1y"].shown
    amount = format_span(shown.low, shown.high, language)

    sent = {"region": "BE", "period": "1y", "consent": "y"}
    sent["photo"] = FileStorage(io.BytesIO(portrait_jpeg), "kind.jpg")
    for page in (get_page(result_path(language)), post_form(language, **sent)):
        words = page.text("div[@class='result__words']")
        assert amount in words
        assert re.search(ILLUSTRATIVE[language], words)
        assert format_money(shown.central, language) in words
        assert NO_PRICE[language] in words
        assert "116\u00a0000" in words
        # The picture's alternative is a screen of its own to those who hear it.
        for image in page.all("img"):
            if amount in image.get("alt"):
                assert NO_PRICE[language] in image.get("alt")
                assert re.search(ILLUSTRATIVE[language], image.get("alt"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_reader_must_know_stands_unfolded_under_the_amount(language, estimates, get_page):
    for (region, period), estimate in estimates.items():
        page = get_page(result_path(language, region, period))
        said = ["".join(part.itertext()) for part in page.all("div/p[@class='caution']")]

        assert not page.all("details//p[@class='caution']")
        assert said[0].startswith(MINORS[language])
        # Of Belgium and the world, of short periods, and of how sure it is: where each holds.
        assert len(said) == (
            1
            + (estimate.chosen.caution is not None)
            + (period != "1y")
            + (estimate.shown.central is not None)
        )
    sure = "".join(get_page(result_path(language)).all("p[@class='caution']")[-1].itertext())
    for amount in (40_000, 65_000, 30_000, 75_000):
        assert format_money(amount, language) in sure


def test_belgian_cases_are_quoted_beside_the_estimate_with_year_and_who_says_so(
    estimates, get_page
):
    result = estimates["BE", "1y"]
    quoted = get_page(result_path("nl")).all("ul[@class='quotations']/li")

    assert {cited.figure.region for cited in result.beside} == {"BE"}
    part = {item.cited.figure.id for item in result.contributions}
    assert not part & {cited.figure.id for cited in result.beside}
    for item, cited in zip(quoted, result.beside, strict=True):
        words = " ".join("".join(item.itertext()).split())
        assert cited.figure.says.nl in words
        assert cited.figure.caveat.nl in words
        assert re.search(r"[Rr]echt|[Pp]olitie|parket|instantie", words), words
        assert re.search(r"\b20\d\d\b", words)


def test_no_page_of_a_result_compares_regions(get_page):
    words = get_page(result_path("nl", "WORLD", "1y")).text("main")
    assert "€\u00a015.000" not in words
    assert "€\u00a025.000–40.000" in words


@pytest.mark.parametrize("region", ["EUROPE", "WORLD"])
def test_every_euro_of_a_figure_says_what_it_is(region, estimates, get_page):
    page = get_page(result_path("en", region))

    for row in page.all("details[@class='figure-row']"):
        words = " ".join("".join(row.itertext()).split())
        assert re.search("published: .*one victim, one year, after costs: ", words)
    chart = page.text("figure[@class='chart']")
    assert "one victim, one year, after costs" in chart
    headings = ("Published for one victim and one year", "Converted to one victim and one year")
    yearly = [
        {item.cited.figure.unit for item in family.contributions} == {"per-victim-per-year"}
        for family in estimates[region, "1y"].families
    ]
    assert [heading in chart for heading in headings] == [any(yearly), not all(yearly)]


@pytest.mark.parametrize("region", ["EUROPE", "WORLD"])
def test_chart_draws_each_group_of_sources_once_as_large_as_it_weighs(region, estimates, get_page):
    families = estimates[region, "1y"].families
    rows = get_page(result_path("en", region)).all("li[@class='chart__row']")

    assert len(rows) == len(families)
    dots = [row.find(".//circle") for row in rows]
    assert sum(dot is not None for dot in dots) == sum(f.central is not None for f in families)
    for row, dot in zip(rows, dots, strict=True):
        words = "".join(row.itertext())
        right, left = (row.find(f".//path[@class='chart__point chart__point--{end}']") is not None
                       for end in ("floor", "ceiling"))  # fmt: skip
        if dot is None:
            assert (right, left) == ("at least" in words, "up to" in words)
    heaviest = max((f.central or f.low or f.high).weight for f in families)
    sizes = sorted(float(dot.get("r")) for dot in dots if dot is not None)
    weights = sorted(f.central.weight for f in families if f.central)
    for size, weight in zip(sizes, weights, strict=True):
        assert size**2 == pytest.approx(100 * weight / heaviest, abs=1), "a weight is an area"


@pytest.mark.parametrize(("region", "has_one"), [("EUROPE", True), ("WORLD", False)])
def test_a_middle_is_drawn_only_where_one_is_said(region, has_one, get_page):
    page = get_page(result_path("nl", region))

    for line in ("chart__centre", "bar__centre"):
        assert bool(page.all(f"line[@class='{line}']")) == has_one


@pytest.mark.parametrize("language", LANGUAGES)
def test_amount_stays_out_of_titles_and_descriptions(language, estimates, get_page):
    page = get_page(result_path(language))
    shown = estimates["BE", "1y"].shown
    amounts = [format_money(each, language) for each in (shown.low, shown.central, shown.high)]
    amounts.append(format_span(shown.low, shown.high, language))

    names = ("description", "og:title", "og:description", "og:image:alt")
    told = [page.title, *(page.meta[name] for name in names)]
    assert not [text for text in told if any(amount in text for amount in amounts)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_result_tells_how_it_was_computed(language, estimates, get_page):
    page = get_page(result_path(language))
    contributions = estimates["BE", "1y"].contributions

    rows = page.all("details[@class='figure-row']")
    assert len(rows) == len(contributions)
    for row in rows:
        assert len(row.findall(".//ol/li")) >= 2, "published, and together"
    [table] = page.all("table[@class='figures stacked']")
    assert len(page.all("ul[@class='quotations']/li")) == len(estimates["BE", "1y"].beside)
    assert len(table.findall("./tbody/tr")) == len(contributions)


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


@pytest.mark.parametrize("tail", ["XX/1y", "BE/1d", "BE", "BE/1y/more", "BE/%31y%00", "%FF/1y"])
def test_a_scenario_that_does_not_exist_has_no_page(tail, get_page):
    get_page(f"/nl/resultaat/{tail}", 404)
