"""Where today lies around the European Day of 18 November, for the first page."""

import datetime
from typing import Final, Literal

Moment = Literal["ordinary", "before", "on", "after"]

# In November Belgium is one hour ahead of UTC; the day begins there, not at the server.
BELGIAN_NOVEMBER: Final = datetime.timezone(datetime.timedelta(hours=1))
FIRST_HELD: Final = 2015


def belgian_day(now: datetime.datetime | None = None) -> datetime.date:
    """Return today's date in Belgium."""
    moment = now or datetime.datetime.now(datetime.UTC)
    return moment.astimezone(BELGIAN_NOVEMBER).date()


def moment_of(day: datetime.date) -> Moment:
    """Return where a day lies: up to three weeks before, on, or up to twelve days after."""
    days_to_go = (datetime.date(day.year, 11, 18) - day).days
    if days_to_go == 0:
        return "on"
    if 0 < days_to_go <= 21:
        return "before"
    return "after" if -12 <= days_to_go < 0 else "ordinary"


def edition_of(day: datetime.date) -> int:
    """Return the number of a year's European Day: 2015 was the first."""
    return day.year - FIRST_HELD + 1
