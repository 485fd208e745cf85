"""Where today lies around the European Day of 18 November, for the first page."""

import datetime
from typing import Final, Literal

Moment = Literal["ordinary", "before", "on"]

# In November Belgium is one hour ahead of UTC; the day begins there, not at the server.
BELGIAN_NOVEMBER: Final = datetime.timezone(datetime.timedelta(hours=1))


def belgian_day(now: datetime.datetime | None = None) -> datetime.date:
    """Return today's date in Belgium."""
    moment = now or datetime.datetime.now(datetime.UTC)
    return moment.astimezone(BELGIAN_NOVEMBER).date()


def moment_of(day: datetime.date) -> Moment:
    """Return where a day lies: on 18 November, up to seventeen days before it, or neither."""
    if day.month != 11 or day.day > 18:
        return "ordinary"
    return "on" if day.day == 18 else "before"
