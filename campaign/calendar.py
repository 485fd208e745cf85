"""Where a day lies around the European Day of 18 November, for the first page."""

import datetime
from typing import Literal

Moment = Literal["ordinary", "before", "on"]


def moment_of(day: datetime.date) -> Moment:
    """Return where a day lies: on 18 November, up to seventeen days before it, or neither."""
    if day.month != 11 or day.day > 18:
        return "ordinary"
    return "on" if day.day == 18 else "before"
