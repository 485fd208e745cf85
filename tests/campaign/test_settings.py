"""Settings: each is documented, each wrong one is refused by its name."""

from __future__ import annotations

import re

import pytest

from campaign.cards.addresses import poster_for, words_for
from campaign.config import Settings

NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(scope="module")
def documented(pytestconfig):
    """Return the rows of docs/settings.md: setting, default, meaning."""
    text = (pytestconfig.rootpath / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(SCHATJE_\w+)` \| (.*?) \| (.*?) \|$", text, re.MULTILINE)
    assert rows
    return {name: (default, meaning) for name, default, meaning in rows}


def test_every_setting_is_documented_and_no_other(documented):
    assert list(documented) == [f"SCHATJE_{name}" for name in NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_documented_default_is_the_default(name, documented, pytestconfig):
    default, meaning = documented[f"SCHATJE_{name}"]
    value = str(getattr(Settings(), name.lower())).removeprefix(f"{pytestconfig.rootpath}/")

    assert default == (f"`{value}`" if value else "none")
    assert len(meaning) > 20


@pytest.mark.parametrize("name", ["CSRF", "WTF_CSRF_ENABLED", "DEBUG", "MAX_CONTENT_LENGTH", "X"])
def test_a_name_that_is_no_setting_is_refused(name, make_app):
    with pytest.raises(ValueError, match=rf"SCHATJE_{name} is no setting.*SCHATJE_SITE_URL"):
        make_app(**{name: "false"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "campaign.example"),
        ("SITE_URL", "ftp://campaign.example"),
        ("SITE_URL", "https://"),
        ("SITE_URL", "https://[bad"),
        ("SITE_URL", "https://campaign.example:99999"),
        ("SITE_URL", "https://campaign.example/folder"),
        ("SITE_URL", "https://campaign.example?x=1"),
        ("SITE_URL", "https://name:word@campaign.example"),
        ("SITE_URL", "8000"),
        ("SITE_URL", "http://campaign.example"),
        ("SITE_URL", "http://192.168.1.5:8000"),
        ("SITE_URL", "http://localhost.example"),
        ("PROXIES", "-1"),
        ("PROXIES", "1.5"),
        ("PROXIES", ""),
        ("PROXIES", "²"),
        ("CARD_LIMIT", ""),
        ("CARD_LIMIT", "30 per fortnight"),
        ("CARD_LIMIT", "0 per minute"),
        ("LIMITS_STORAGE", ""),
        ("LIMITS_STORAGE", "memory"),
        ("LIMITS_STORAGE", "async+memory://"),
        ("CARD_ADDRESS", "x" * 23),
        ("CARD_ADDRESS", f"nl=a.be,fr=a.be,de=a.be,en={'x' * 23}"),
        ("CARD_ADDRESS", "nl=a.be,fr=b.be"),
        ("CARD_ADDRESS", "nl=a.be,fr=b.be,de=c.be,en="),
        ("CARD_ADDRESS", "nl=a.be,nl=b.be,fr=b.be,de=c.be,en=d.be"),
    ],
)
def test_a_value_that_cannot_be_right_is_refused_by_name(name, value, make_app):
    with pytest.raises(ValueError, match=f"SCHATJE_{name} "):
        make_app(**{name: value})


def test_the_key_is_needed_where_visitors_come(make_app):
    with pytest.raises(ValueError, match="SCHATJE_SECRET_KEY is missing"):
        make_app(SECRET_KEY="")

    app = make_app(SECRET_KEY="", SITE_URL="http://127.0.0.1:8000")
    assert len(app.config["SECRET_KEY"]) >= 64


def test_a_key_of_digits_stays_text(make_app, browse):
    app = make_app(SECRET_KEY="1234567890")  # noqa: S106 - of a test

    assert browse(app).get("/nl/bereken").status_code == 200


@pytest.mark.parametrize("address", ["12345678", "true"])
def test_an_address_like_a_number_stays_text(address, make_app):
    assert make_app(CARD_ADDRESS=address).config["CARD_ADDRESS"] == address


def test_each_language_may_have_an_address_of_its_own_on_its_cards(make_app):
    app = make_app(CARD_ADDRESS="nl=een.be, fr=un.be, de=eins.be, en=one.be")
    result = app.extensions["published"].estimates["BE", "1y"]
    printed = {"nl": "een.be", "fr": "un.be", "de": "eins.be", "en": "one.be"}

    with app.app_context():
        for language, address in printed.items():
            assert words_for(result, language).address == address
            assert poster_for(language).address == address
    assert set(Settings().card_addresses.values()) == {"schatjeschatje.be"}


def test_the_widest_address_that_is_allowed_fits_on_every_card(make_app, browse):
    client = browse(make_app(CARD_ADDRESS="w" * 22))

    for language in ("nl", "fr", "de", "en"):
        for card_format in ("facebook", "square", "story"):
            path = f"/card/x/{language}/WORLD/2y/{card_format}.jpg"
            assert client.get(path).status_code == 200, path


def test_address_loses_a_slash_at_its_end(make_app):
    assert make_app(SITE_URL="https://campaign.example/").config["SITE_URL"] == (
        "https://campaign.example"
    )


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.9.9.9"])
def test_cookie_is_plain_on_this_machine_and_bound_elsewhere(host, make_app):
    plain = make_app(SITE_URL=f"http://{host}:8000").config
    bound = make_app(SITE_URL="https://campaign.example").config

    assert (plain["SESSION_COOKIE_NAME"], plain["SESSION_COOKIE_SECURE"]) == ("form", False)
    assert (bound["SESSION_COOKIE_NAME"], bound["SESSION_COOKIE_SECURE"]) == ("__Host-form", True)
