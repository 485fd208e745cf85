"""Making cards is limited for each network; reading never is."""

from __future__ import annotations

import io
import time

import pytest

from campaign.config import Settings
from campaign.web.limits import DAY_SECONDS, DayKey, name_of, network_of

LIMIT = 30


@pytest.fixture
def limited(app, make_app, browse, token_from):
    """Return a function that makes a site with the real limit, and a way to ask it for cards."""

    def make(**settings):
        made = make_app(CARD_LIMIT=Settings().card_limit, **settings)
        # Counting is tried here, so one renderer draws for all these sites.
        for part in ("renderer", "card_shelf"):
            made.extensions[part] = app.extensions[part]
        client = browse(made)
        token = token_from(client.get("/nl/foto"))
        choices = {"region": "BE", "period": "1y", "csrf_token": token}

        def ask(address="203.0.113.7", headers=None, **fields):
            return client.post(
                "/nl/foto",
                data=choices | fields,
                headers={"Accept": "image/jpeg"} | (headers or {}),
                environ_overrides={"REMOTE_ADDR": address},
            )

        return client, ask

    return make


def test_limit_leaves_room_for_a_school():
    assert f"{LIMIT} per 10 minutes" == Settings().card_limit


def test_cards_are_limited_for_a_network_and_reading_is_not(limited, read_page):
    client, ask = limited()

    assert {ask(f"203.0.113.{number}").status_code for number in range(LIMIT)} == {200}
    refused = ask("203.0.113.200")

    page = read_page(refused, "/nl/foto", 429)
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert "tien minuten" in page.words
    assert ask("203.0.114.7").status_code == 200, "the next network has its own count"
    here = {"environ_overrides": {"REMOTE_ADDR": "203.0.113.7"}}
    for path in ("/nl/", "/nl/bereken", "/nl/resultaat/BE/1y", "/card/x/nl/BE/1y/square.jpg"):
        assert client.get(path, **here).status_code == 200, path


def test_a_form_that_is_not_complete_counts_for_nothing(limited):
    _client, ask = limited()

    assert {ask(period="").status_code for _ in range(LIMIT + 1)} == {400}
    assert ask().status_code == 200


def test_a_photo_that_cannot_be_read_counts(limited):
    _client, ask = limited()

    def send():
        return ask(photo=(io.BytesIO(b"no photo"), "x.jpg"), consent="y")

    assert {send().status_code for _ in range(LIMIT)} == {400}
    assert send().status_code == 429, "reading a photo costs as much as making a card"


def test_a_photo_for_the_page_counts_like_one_for_the_card_alone(limited):
    _client, ask = limited()
    page = {"Accept": "text/html"}

    def send():
        return ask(headers=page, photo=(io.BytesIO(b"no photo"), "x.jpg"), consent="y")

    assert {send().status_code for _ in range(LIMIT)} == {400}
    assert send().status_code == 429


def test_a_made_up_forwarded_address_changes_nothing(limited):
    _client, ask = limited()
    made_up = [{"X-Forwarded-For": f"198.51.{number}.1"} for number in range(LIMIT + 1)]

    codes = [ask(headers=headers).status_code for headers in made_up]

    assert codes == [200] * LIMIT + [429]


def test_the_address_that_the_proxy_adds_counts_when_there_is_one(limited):
    _client, ask = limited(PROXIES="1")
    through_proxy = [
        {"X-Forwarded-For": f"198.51.{number}.1, 192.0.2.9"} for number in range(LIMIT + 1)
    ]

    codes = [ask("10.0.0.1", headers).status_code for headers in through_proxy]

    assert codes == [200] * LIMIT + [429]
    assert ask("10.0.0.1", {"X-Forwarded-For": "192.0.3.9"}).status_code == 200


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.0", "203.0.113.255", True),
        ("203.0.113.255", "203.0.114.0", False),
        ("2001:db8:0:1200::1", "2001:db8:0:12ff:ffff:ffff:ffff:ffff", True),
        ("2001:db8:0:12ff::1", "2001:db8:0:1300::1", False),
        ("::ffff:203.0.113.7", "203.0.113.200", True),
        ("fe80::1%eth0", "fe80::2%eth1", True),
        ("no address", "", True),
    ],
)
def test_a_network_is_a_24_or_a_56(one, other, same):
    assert (network_of(one) == network_of(other)) is same


def test_the_name_of_a_network_tells_nothing_and_lasts_a_day(monkeypatch):
    now = time.monotonic()
    monkeypatch.setattr("campaign.web.limits.time.monotonic", lambda: now)
    key, another = DayKey(), DayKey()
    first = name_of("203.0.113.0/24", key())

    assert len(first) == 32
    assert name_of("203.0.113.0/24", key()) == first
    assert name_of("203.0.114.0/24", key()) != first
    assert name_of("203.0.113.0/24", another()) != first, "another process, another key"
    now += DAY_SECONDS - 1
    assert name_of("203.0.113.0/24", key()) == first
    now += 1
    assert name_of("203.0.113.0/24", key()) != first, "and nobody can make the old one again"


def test_counters_hold_no_address(limited):
    client, ask = limited()
    ask("203.0.113.7")

    storage = client.application.extensions["card_limit"]._own_limiter.storage
    kept = repr(vars(storage))
    assert "card" in kept
    assert "203.0.113" not in kept


@pytest.mark.parametrize("storage", ["memory://", "redis://127.0.0.1:1"])
def test_neither_key_nor_network_reaches_the_log(storage, limited, caplog):
    client, ask = limited(LIMITS_STORAGE=storage)
    codes = {ask().status_code for _ in range(LIMIT + 1)}

    assert codes == {200, 429}
    told = caplog.text + "".join(repr(vars(record)) for record in caplog.records)
    assert "reason=limited" in told
    key = client.application.extensions["card_limit"]._own_key()
    name = name_of("203.0.113.0/24", key)
    secret = client.application.config["SECRET_KEY"]
    for hidden in (name, key.hex(), repr(key), secret, "203.0.113"):
        assert hidden not in told
