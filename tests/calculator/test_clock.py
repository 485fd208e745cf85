"""Today is the day in Belgium: at midnight there, in summer too, wherever the machine stands."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest

from calculator import clock
from calculator.clock import belgian_day, belgian_time


def moment(text):
    return datetime.datetime.fromisoformat(text)


@pytest.fixture
def no_table_of_zones(monkeypatch):
    """Take away the machine's table of time zones, as a small image may lack it."""
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath(to=[])
    zoneinfo.ZoneInfo.clear_cache()
    clock._zone.cache_clear()
    yield
    zoneinfo.reset_tzpath(to=before)
    clock._zone.cache_clear()


WINTER = [
    ("2026-11-17T22:59:59+00:00", "2026-11-17"),
    ("2026-11-17T23:00:00+00:00", "2026-11-18"),
    ("2026-11-18T22:59:59+00:00", "2026-11-18"),
    ("2026-11-18T23:00:00+00:00", "2026-11-19"),
    ("2026-11-18T00:30:00+01:00", "2026-11-18"),
]
SUMMER = [
    ("2026-07-20T21:59:59+00:00", "2026-07-20"),
    ("2026-07-20T22:00:00+00:00", "2026-07-21"),
]


@pytest.mark.parametrize(("now", "day"), [*WINTER, *SUMMER])
def test_the_day_begins_at_midnight_in_belgium(now, day):
    assert belgian_day(moment(now)).isoformat() == day


@pytest.mark.parametrize(("now", "day"), [*WINTER, ("2026-07-20T22:30:00+00:00", "2026-07-20")])
def test_without_a_table_of_zones_no_day_begins_early(now, day, no_table_of_zones):
    assert belgian_day(moment(now)).isoformat() == day


def test_a_moment_is_told_as_belgian_clocks_show_it():
    assert f"{belgian_time(moment('2026-07-20T22:05:00+00:00')):%d %H:%M}" == "21 00:05"
