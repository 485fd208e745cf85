"""The press kit, made as staff make it, and how the press page offers it."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from html_tree import read_html, text_of
from made_site import SETTINGS, SITE
from PIL import Image
from witnesses import segments_of

from calculator.formatting import format_money
from campaign.commands import main
from campaign.press.kit import PLACE, make_press_kit
from campaign.press.text import plain_text
from campaign.web.page_cache import PageCache
from campaign.web.static import load_static

LANGUAGES = ("nl", "fr", "de", "en")
PAGES = {"nl": "/nl/pers", "fr": "/fr/presse", "de": "/de/presse", "en": "/en/press"}
SIZES = {"facebook": (1200, 630), "square": (1080, 1080), "story": (1080, 1920)}
REGIONS = ("be", "europe", "world")
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
OLDER = {"nl": "Ouder dan de cijfers", "fr": "Plus ancien que les chiffres",
         "de": "Älter als die Zahlen", "en": "Older than the figures"}  # fmt: skip
FRESH = {
    "nl": "Gemaakt met de cijfers op deze pagina", "fr": "Réalisé avec les chiffres de cette page",
    "de": "Erstellt mit den Zahlen auf dieser", "en": "Made from the figures on this page",
}  # fmt: skip


def make_kit(path):
    """Run the command with the settings of the tests and give what it says."""
    settings = {f"SCHATJE_{name}": value for name, value in SETTINGS.items()}
    result = CliRunner().invoke(main, ["press-kit", "-o", str(path)], env=settings)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the zip that the command made, and what the command said."""
    path = tmp_path_factory.mktemp("kit") / "new folder" / "kit.zip"
    return path, make_kit(path)


@pytest.fixture(scope="module")
def version(app):
    return app.extensions["published"].sources.digest


@pytest.fixture(scope="module")
def files(made, version):
    """Return the files of the kit by their name within its folder."""
    with zipfile.ZipFile(made[0]) as kit:
        assert kit.testzip() is None
        found = {name: kit.read(name) for name in kit.namelist()}
    folder = f"schat-je-schatje-{version}/"
    assert all(name.startswith(folder) for name in found), "the folder names the figures"
    return {name.removeprefix(folder): data for name, data in found.items()}


def text_in(files, name):
    data = files[name].decode("utf-8")
    assert data.count("\ufeff") == 1
    return data.removeprefix("\ufeff")


# ---- what is in it


def test_the_command_says_where_the_kit_is_and_leaves_nothing_else(made, files):
    path, said = made

    assert said == f"{path}: {len(files)} files\n"
    assert list(path.parent.iterdir()) == [path]


def test_the_kit_holds_every_file_under_a_plain_name(files):
    cards = {
        f"cards/{language}/{region}-1y-{shape}.jpg"
        for language in LANGUAGES
        for region in REGIONS
        for shape in SIZES
    }
    assert set(files) == {
        "README.txt", "logos/icon.svg", "logos/icon-512.png",
        "figures/figures.csv", "figures/dictionary.csv", "figures/figures.json",
        *(f"texts/{language}.txt" for language in LANGUAGES), *cards,
    }  # fmt: skip
    assert all(re.fullmatch(r"[A-Za-z0-9/.-]+", name) for name in files)


@pytest.mark.parametrize("shape", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_opens_in_its_size_without_metadata(language, shape, files):
    for region in REGIONS:
        data = files[f"cards/{language}/{region}-1y-{shape}.jpg"]
        with Image.open(io.BytesIO(data)) as card:
            card.load()
            assert (card.format, card.size) == ("JPEG", SIZES[shape])
        assert segments_of(data) == ({0xE0, 0xDB, 0xC0, 0xC4}, b"")


def test_cards_differ_by_language_and_region(files):
    cards = [data for name, data in files.items() if name.startswith("cards/")]
    assert len(set(cards)) == len(cards) == 36


def test_the_logos_open_without_metadata(files):
    with Image.open(io.BytesIO(files["logos/icon-512.png"])) as logo:
        logo.load()
        assert (logo.format, logo.size, logo.info) == ("PNG", (512, 512), {})
    svg = ElementTree.fromstring(files["logos/icon.svg"])  # noqa: S314
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"


def test_the_figures_are_those_of_the_site(files, client):
    for name in ("figures.csv", "dictionary.csv", "figures.json"):
        assert files[f"figures/{name}"] == client.get(f"/data/{name}").data


# ---- the texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_holds_every_amount_with_all_that_belongs_to_it(language, files, app, version):
    text = text_in(files, f"texts/{language}.txt")
    published = app.extensions["published"]

    assert version in text
    for region in published.regions:
        estimate = published.estimates[region, "1y"]
        low, central, high = (
            format_money(getattr(estimate.shown, end), language)
            for end in ("low", "central", "high")
        )
        [block] = [part for part in text.split("\n\n") if f"/{region}/1y" in part]
        assert all(amount in block for amount in (low, central, high))
        assert ILLUSTRATIVE.search(block)
        for number in (len(estimate.contributions), estimate.publication_count):
            assert re.search(rf"\b{number}\b", block)
        assert str(estimate.price_year) in block
        if region == "BE":
            assert text.count(central) == text.count(low) == text.count(high) == 2, "the example"
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
    assert plain_text(markdown, f"{SITE}/en/faq") == (
        f"See the press ({SITE}/en/press), here ({SITE}/en/faq#here).\n\n"
        "- One & two\n- call 112\n\n1. First\n2. Second\n\nWho\n\n  A word\n\n"
        "a@b.example, us (a@b.example)"
    )


# ---- made again, made elsewhere, not made


def test_the_same_figures_give_the_same_bytes(made, tmp_path):
    make_kit(tmp_path / "again.zip")

    assert (tmp_path / "again.zip").read_bytes() == made[0].read_bytes()


def test_a_kit_made_on_a_desk_leads_to_the_address_on_the_cards(make_app, tmp_path):
    make_press_kit(make_app(SITE_URL="http://127.0.0.1:8000"), tmp_path / "kit.zip")

    with zipfile.ZipFile(tmp_path / "kit.zip") as kit:
        [name] = [name for name in kit.namelist() if name.endswith("README.txt")]
        text = kit.read(name).decode("utf-8-sig")
    assert "127.0.0.1" not in text
    assert "https://schatjeschatje.be/nl/pers" in text


def test_the_command_says_so_when_the_kit_cannot_be_written(run, tmp_path, monkeypatch):
    for name, value in SETTINGS.items():
        monkeypatch.setenv(f"SCHATJE_{name}", value)
    (tmp_path / "file").write_text("no folder")

    output = run("press-kit", "-o", tmp_path / "file" / "kit.zip", code=1).output
    assert output.startswith("Error: ")


# ---- how it is offered


@pytest.fixture
def offer(app, client, monkeypatch):
    """Return a function that reads a press page while some file or none stands as the kit."""

    def read(language, kit=None):
        held = app.extensions["static_files"]
        others = {name: file for name, file in held.files.items() if name != PLACE}
        mine = {} if kit is None else load_static(kit).files
        monkeypatch.setitem(
            app.extensions, "static_files", dataclasses.replace(held, files=others | mine)
        )
        monkeypatch.setitem(app.extensions, "page_cache", PageCache())
        response = client.get(PAGES[language])
        assert response.status_code == 200
        root = read_html(response.get_data(as_text=True))
        [downloads] = root.findall(".//section[@aria-labelledby='downloads']")
        links = [link for link in downloads.iter("a") if PLACE in link.get("href")]
        return links, text_of(downloads)

    return read


@pytest.fixture
def folder(tmp_path):
    """Return a folder of static files that may hold a kit."""
    (tmp_path / PLACE).parent.mkdir()
    return tmp_path


def rename_folder(kit, target, old, new):
    """Copy a kit with another name for its folder."""
    with zipfile.ZipFile(kit) as found, zipfile.ZipFile(target, "w") as written:
        for name in found.namelist()[:2]:
            written.writestr(name.replace(old, new), found.read(name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_kit_is_offered_where_none_was_made(language, offer):
    links, words = offer(language)

    assert links == []
    assert "zip" not in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kit_of_todays_figures_is_offered_as_such(language, offer, folder, made, client, version):
    (folder / PLACE).write_bytes(made[0].read_bytes())

    [link], words = offer(language, folder)

    assert FRESH[language] in words
    assert OLDER[language] not in words
    assert version in link.get("download")
    with client.get(link.get("href")) as response:
        assert response.data == made[0].read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_kit_of_other_figures_is_said_to_be_older(language, offer, folder, made, version):
    rename_folder(made[0], folder / PLACE, version, "0123456789ab")

    [link], words = offer(language, folder)

    assert OLDER[language] in words
    assert "0123456789ab" in words
    assert FRESH[language] not in words
    assert "0123456789ab" in link.get("download")


@pytest.mark.parametrize("damage", ["no zip", "empty zip", "no version"])
def test_a_kit_that_does_not_say_its_figures_is_not_offered(damage, offer, folder, made, version):
    if damage == "no zip":
        (folder / PLACE).write_bytes(b"PK but no zip")
    elif damage == "empty zip":
        zipfile.ZipFile(folder / PLACE, "w").close()
    else:
        rename_folder(made[0], folder / PLACE, f"schat-je-schatje-{version}", "schat-je-schatje")

    links, _words = offer("nl", folder)
    assert links == []
