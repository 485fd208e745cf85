"""What is in the press kit, and how the press page offers it."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from card_sizes import SIZES
from made_site import SITE
from page import read_html, text_of
from PIL import Image
from witnesses import segments_of

from calculator.formatting import format_money, format_span
from campaign.press.text import plain_text
from campaign.words.addresses import page_path

pytestmark = pytest.mark.processes

ADDRESS_OF_KIT = "/downloads/press-kit.zip"
LANGUAGES = ("nl", "fr", "de", "en")
PAGES = {"nl": "/nl/pers", "fr": "/fr/presse", "de": "/de/presse", "en": "/en/press"}
ADDRESS = re.compile(r"https://[^\s)]+")
ILLUSTRATIVE = re.compile(r"\billustratie?[fv]", re.IGNORECASE)
NO_PRICE = {
    "nl": "Geen enkel kind heeft een prijs.", "fr": "Aucun enfant n’a de prix.",
    "de": "Kein Kind hat einen Preis.", "en": "No child has a price.",
}  # fmt: skip
UNCHANGED = {
    "nl": "alleen ongewijzigd delen", "fr": "sans aucune modification",
    "de": "nur unverändert weitergeben", "en": "only be shared unchanged",
}  # fmt: skip
RESERVED = {"nl": "voorbehouden", "fr": "réservés", "de": "vorbehalten", "en": "reserved"}
FRESH = {
    "nl": "Gemaakt met de cijfers op deze pagina", "fr": "Réalisé avec les chiffres de cette page",
    "de": "Erstellt mit den Zahlen auf dieser", "en": "Made from the figures on this page",
}  # fmt: skip


@pytest.fixture(scope="module")
def files(made, version):
    """Return the files of the kit by their name within its folder."""
    with zipfile.ZipFile(io.BytesIO(made.data)) as kit:
        assert kit.testzip() is None
        found = {name: kit.read(name) for name in kit.namelist()}
    folder = f"schat-je-schatje-{version}/"
    assert all(name.startswith(folder) for name in found), "the folder names the figures"
    return {name.removeprefix(folder): data for name, data in found.items()}


@pytest.fixture(scope="module")
def regions(app):
    return [region.lower() for region in app.extensions["published"].regions]


def text_in(files, name):
    data = files[name].decode("utf-8")
    assert data.count("\ufeff") == 1
    return data.removeprefix("\ufeff")


# ---- what is in it


def test_the_kit_holds_every_file_under_a_plain_name(files, regions):
    cards = {
        f"cards/{language}/{region}-{shape}.jpg"
        for language in LANGUAGES
        for region in ("no-price", *(f"{name}-1y" for name in regions))
        for shape in SIZES
    }
    assert set(files) == {
        "README.txt", "logos/icon.svg", "logos/icon-512.png",
        "figures/figures.csv", "figures/figures-excel.csv", "figures/dictionary.csv",
        "figures/figures.json",
        *(f"texts/{language}.txt" for language in LANGUAGES), *cards,
    }  # fmt: skip
    assert all(re.fullmatch(r"[A-Za-z0-9/.-]+", name) for name in files)


def test_every_card_opens_in_its_size_without_metadata(files):
    cards = {name: data for name, data in files.items() if name.startswith("cards/")}
    for name, data in cards.items():
        shape = name.removesuffix(".jpg").rpartition("-")[2]
        with Image.open(io.BytesIO(data)) as card:
            card.load()
            assert (card.format, card.size) == ("JPEG", SIZES[shape])
        assert segments_of(data) == ({0xE0, 0xDB, 0xC0, 0xC4}, b"")


def test_cards_differ_by_language_and_region(files, regions):
    cards = [data for name, data in files.items() if name.startswith("cards/")]
    assert len(set(cards)) == len(cards) == (len(regions) + 1) * len(SIZES) * len(LANGUAGES)


def test_the_logos_open_without_metadata(files):
    with Image.open(io.BytesIO(files["logos/icon-512.png"])) as logo:
        logo.load()
        assert (logo.format, logo.size, logo.info) == ("PNG", (512, 512), {})
    svg = ElementTree.fromstring(files["logos/icon.svg"])  # noqa: S314
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"


def test_the_figures_are_those_of_the_site(files, client):
    for name in ("figures.csv", "figures-excel.csv", "dictionary.csv", "figures.json"):
        assert files[f"figures/{name}"] == client.get(f"/data/{name}").data


# ---- the texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_holds_every_amount_with_all_that_belongs_to_it(language, files, app, version):
    text = text_in(files, f"texts/{language}.txt")
    published = app.extensions["published"]

    assert version in text
    for region in published.regions:
        estimate = published.estimates[region, "1y"]
        shown = estimate.shown
        low, high = (format_money(each, language) for each in (shown.low, shown.high))
        [block] = [part for part in text.split("\n\n") if f"/{region}/1y" in part]
        assert format_span(shown.low, shown.high, language) in block
        if shown.central is not None:
            assert format_money(shown.central, language) in block
        assert ILLUSTRATIVE.search(block)
        assert str(estimate.price_year) in block
        if region == "EUROPE":
            [example] = [part for part in text.split("\n\n") if low in part and high in part]
            assert f"https://campaign.example{page_path('method', language)}" in example
    assert text.count(NO_PRICE[language]) >= 2
    assert "116\u00a0000" in text


@pytest.mark.parametrize("name", ["README.txt", *(f"texts/{x}.txt" for x in LANGUAGES)])
def test_texts_are_plain_and_every_address_is_whole_and_answers(name, files, client):
    text = text_in(files, name)
    bare = ADDRESS.sub("", text)

    assert not re.search(r"[<>{}\[\]#*_…\\]|&\w+;|%\(|\((?:/|mailto:|tel:)", bare), "markup"
    assert not re.search(r"\n\n\n|[ \t]\n", text)
    own = {address for address in ADDRESS.findall(text) if address.startswith(SITE)}
    assert own
    for address in own:
        path, _, anchor = address.removeprefix(SITE).partition("#")
        with client.get(path) as response:
            assert response.status_code == 200, address
            assert not anchor or f'id="{anchor}"' in response.get_data(as_text=True)
    assert "127.0.0.1" not in text
    assert "localhost" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terms_stand_in_the_text_and_in_the_first_file(language, files):
    for name in ("README.txt", f"texts/{language}.txt"):
        text = text_in(files, name)
        assert "CC\u00a0BY-ND\u00a04.0 (https://creativecommons.org/licenses/by-nd/4.0/)" in text
        assert UNCHANGED[language] in text
        assert RESERVED[language] in text


def test_the_first_file_names_the_figures_and_the_press_page_in_every_language(files, version):
    text = text_in(files, "README.txt")

    assert text.count(version) == 4
    assert all(SITE + path in text for path in PAGES.values())


def test_lists_quotes_and_links_become_plain_text():
    markdown = (
        "See [the\npress](/en/press), [here](#here).\n\n"
        "- One &amp; two\n- call [112](tel:112)\n\n1. First\n2. Second\n\n### Who\n\n"
        "> A **word**\n\n[a@b.example](mailto:a@b.example), [us](mailto:a@b.example)"
    )
    assert plain_text(markdown, SITE, "/en/faq") == (
        f"See the press ({SITE}/en/press), here ({SITE}/en/faq#here).\n\n"
        "- One & two\n- call 112\n\n1. First\n2. Second\n\nWho\n\n  A word\n\n"
        "a@b.example, us (a@b.example)"
    )


# ---- how it is offered


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_press_page_offers_the_card_without_an_amount(language, client):
    root = read_html(client.get(PAGES[language]).get_data(as_text=True))
    [figure] = root.findall(".//section[@aria-labelledby='downloads']//figure")
    [shown] = figure.findall(".//img")
    links = figure.findall(".//a")

    assert NO_PRICE[language] in shown.get("alt")
    assert "116\u00a0000" in shown.get("alt")
    assert "€" not in text_of(figure)
    found = {link.get("href").rpartition("/")[2].removesuffix(".jpg"): link for link in links}
    assert set(found) == set(SIZES)
    for shape, link in found.items():
        assert link.get("download") is not None
        assert "{}\u00a0×\u00a0{}".format(*SIZES[shape]) in text_of(link)
        with Image.open(io.BytesIO(client.get(link.get("href")).data)) as card:
            assert card.size == SIZES[shape]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_press_page_always_offers_the_kit_of_its_figures(language, client):
    root = read_html(client.get(PAGES[language]).get_data(as_text=True))
    [downloads] = root.findall(".//section[@aria-labelledby='downloads']")
    [link] = [link for link in downloads.iter("a") if link.get("href") == ADDRESS_OF_KIT]

    assert link.get("download") is not None
    assert FRESH[language] in text_of(downloads)
