"""The day and the time in Belgium, wherever the machine stands; no other module asks for today."""

import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

BELGIUM: Final = "Europe/Brussels"
# For a system without the table of time zones. In summer its days begin an hour late, never early.
_WINTER: Final = datetime.timezone(datetime.timedelta(hours=1))


@cache
def _zone() -> datetime.tzinfo:
    try:
        return ZoneInfo(BELGIUM)
    except ZoneInfoNotFoundError:
        return _WINTER


def belgian_time(moment: datetime.datetime) -> datetime.datetime:
    """Return a moment as clocks in Belgium show it."""
    return moment.astimezone(_zone())


def belgian_day(now: datetime.datetime | None = None) -> datetime.date:
    """Return today's date in Belgium."""
    return belgian_time(now or datetime.datetime.now(datetime.UTC)).date()
