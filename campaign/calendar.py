"""18 November: what the first page says before, on and after the European Day."""

from __future__ import annotations

import datetime
from typing import Final, Literal

Moment = Literal["ordinary", "before", "on", "after"]

# In November Belgium is one hour ahead of UTC; the day begins there, not at the server.
BELGIAN_NOVEMBER: Final = datetime.timezone(datetime.timedelta(hours=1))
FIRST_HELD: Final = 2015


def belgian_day(now: datetime.datetime | None = None) -> datetime.date:
    """Return today in Belgium, as it counts for the campaign."""
    moment = now or datetime.datetime.now(datetime.UTC)
    return moment.astimezone(BELGIAN_NOVEMBER).date()


def moment_of(day: datetime.date) -> Moment:
    """Tell where a day lies: up to three weeks before, on, or up to twelve days after."""
    days_to_go = (datetime.date(day.year, 11, 18) - day).days
    if days_to_go == 0:
        return "on"
    if 0 < days_to_go <= 21:
        return "before"
    return "after" if -12 <= days_to_go < 0 else "ordinary"


def edition_of(day: datetime.date) -> int:
    """Count the European Day of this year: 2015 was the first."""
    return day.year - FIRST_HELD + 1
