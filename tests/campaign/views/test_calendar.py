"""18 November: the first page knows the day, on both sides of each boundary."""

from __future__ import annotations

import datetime
import types
from html import unescape

import pytest

from campaign.calendar import moment_of

LANGUAGES = ("nl", "fr", "de", "en")
SITE = "https://campaign.example"


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2026-01-01", "ordinary"),
        ("2026-10-31", "ordinary"),
        ("2026-11-01", "before"),
        ("2026-11-17", "before"),
        ("2026-11-18", "on"),
        ("2026-11-19", "ordinary"),
        ("2026-12-18", "ordinary"),
        ("2027-11-01", "before"),
        ("2028-02-29", "ordinary"),
    ],
)
def test_moment_on_both_sides_of_each_boundary(date, moment):
    assert moment_of(day(date)) == moment


@pytest.fixture
def set_clock(monkeypatch):
    """Return a function that stops the clock all read."""

    def stop(moment):
        stopped = datetime.datetime.fromisoformat(moment)

        class Clock(datetime.datetime):
            @classmethod
            def now(cls, tz=None):
                return stopped.astimezone(tz)

        names = {name: getattr(datetime, name) for name in ("date", "timedelta", "timezone", "UTC")}
        clock = types.SimpleNamespace(datetime=Clock, **names)
        monkeypatch.setattr("calculator.clock.datetime", clock)

    return stop


@pytest.fixture
def home(site):
    """Return the words of the first page as they are now; the known page was read another day."""

    def words(language):
        return unescape(site.get(f"/{language}/").get_data(as_text=True)).replace("\u00a0", " ")

    return words


SAYS = {
    "before": {
        "nl": "Binnenkort: 18 november", "fr": "Bientôt : le 18 novembre",
        "de": "Bald ist der 18. November", "en": "Soon: 18 November",
    },
    "on": {
        "nl": "Vandaag, 18 november", "fr": "Aujourd’hui, 18 novembre",
        "de": "Heute, am 18. November", "en": "Today, 18 November",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("moment", "says"),
    [
        ("2026-10-31T23:59:59+01:00", None),
        ("2026-11-01T00:00:00+01:00", "before"),
        ("2026-11-17T23:59:59+01:00", "before"),
        ("2026-11-18T00:00:00+01:00", "on"),
        ("2026-11-18T23:59:59+01:00", "on"),
        ("2026-11-19T00:00:00+01:00", None),
        ("2026-12-18T12:00:00+01:00", None),
    ],
)
def test_first_page_says_what_day_it_is(language, moment, says, set_clock, home):
    set_clock(moment)
    words = home(language)
    for other, sentences in SAYS.items():
        assert (sentences[language] in words) == (other == says), other
    # Name and origin of the day stand there all year round.
    assert "2015" in words
    assert "2022" in words
