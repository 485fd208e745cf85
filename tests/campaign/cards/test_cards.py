"""Photo-free cards: lasting addresses, caches, sizes."""

from __future__ import annotations

import io
import re

import pytest
from card_sizes import SIZES
from PIL import Image

from calculator.card.layout import FORMATS
from campaign.cards.addresses import poster_path

LANGUAGES = ("nl", "fr", "de", "en")
FOREVER = "public, max-age=31536000, immutable"


@pytest.fixture
def card_addresses(get_page):
    """Return a function that lists the cards a result offers, by format."""

    def addresses(path="/nl/resultaat/BE/1y"):
        found = [link.get("href") for link in get_page(path).all("ul[@class='shapes']//a")]
        return {address.rpartition("/")[2].removesuffix(".jpg"): address for address in found}

    return addresses


def test_formats_have_the_sizes_that_networks_want():
    assert {name: (box.width_px, box.height_px) for name, box in FORMATS.items()} == SIZES


@pytest.mark.parametrize(
    ("language", "card_format"), [("nl", "facebook"), ("fr", "square"), ("de", "story")]
)
def test_card_has_its_size(language, card_format, client):
    response = client.get(f"/card/000000000000/{language}/WORLD/2y/{card_format}.jpg")

    assert response.status_code == 200
    assert response.content_type == "image/jpeg"
    image = Image.open(io.BytesIO(response.data))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", SIZES[card_format])
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_card_may_be_kept_for_ever_at_the_address_of_today(card_addresses, client):
    cards = card_addresses()

    assert set(cards) == set(SIZES)
    for address in cards.values():
        response = client.get(address)
        assert response.headers["Cache-Control"] == FOREVER
        assert response.headers["ETag"]
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert not response.headers.getlist("Set-Cookie")
        assert "Vary" not in response.headers


def test_address_of_another_day_gives_todays_card_for_a_while(card_addresses, client):
    address = card_addresses()["square"]
    old = re.sub(r"/card/\w+/", "/card/0123456789ab/", address)
    assert old != address

    response = client.get(old)

    assert response.data == client.get(address).data
    assert response.headers["Cache-Control"] == "public, max-age=300"


def test_address_follows_the_figures_the_words_and_the_format(card_addresses):
    digests = [
        address.split("/")[2]
        for path in ("/nl/resultaat/BE/1y", "/fr/resultat/BE/1y", "/nl/resultaat/BE/2y")
        for address in card_addresses(path).values()
    ]

    assert len(digests) == len(set(digests)) == 3 * len(SIZES)


def test_address_stays_the_same_in_another_process(make_app, browse, card_addresses):
    again = browse(make_app()).get("/nl/resultaat/BE/1y").get_data(as_text=True)

    assert all(address in again for address in card_addresses().values())


def test_card_is_not_sent_again_to_whoever_has_it(card_addresses, client):
    address = card_addresses()["facebook"]
    tag = client.get(address).headers["ETag"]

    response = client.get(address, headers={"If-None-Match": tag})

    assert (response.status_code, response.data) == (304, b"")
    assert response.headers["Cache-Control"] == FOREVER


@pytest.mark.parametrize(
    "address",
    [
        "/card/x/nl/XX/1y/square.jpg",
        "/card/x/nl/BE/9y/square.jpg",
        "/card/x/it/BE/1y/square.jpg",
        "/card/x/nl/BE/1y/banner.jpg",
        "/card/x/nl/BE/1y/square.gif",
        "/card/nl/BE/1y/square.jpg",
        "/card/x/nl/BE/1y/../square.jpg",
    ],
)
def test_a_card_that_does_not_exist_has_no_address(address, get_page):
    get_page(address, 404)


def test_the_card_without_an_amount_has_lasting_addresses_of_its_own(app, client):
    with app.app_context():
        found = {
            (language, name): poster_path(language, name)
            for language in LANGUAGES
            for name in SIZES
        }

    assert len({path.split("/")[2] for path in found.values()}) == len(found)
    for (_language, name), path in found.items():
        response = client.get(path)
        assert response.headers["Cache-Control"] == FOREVER
        assert Image.open(io.BytesIO(response.data)).size == SIZES[name]
    today, other = client.get(path), client.get(path.replace(path.split("/")[2], "0" * 12))
    assert other.data == today.data
    assert other.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("address", ["/poster/x/it/square.jpg", "/poster/x/nl/banner.jpg"])
def test_a_poster_that_does_not_exist_has_no_address(address, get_page):
    get_page(address, 404)


def test_every_photo_free_card_is_at_its_lasting_address(get_page, card_addresses):
    page = get_page("/nl/resultaat/BE/1y")

    assert page.meta["og:image"].endswith(card_addresses()["facebook"])
