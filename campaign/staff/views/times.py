"""When something happened, as people in Belgium say it."""

import datetime

from babel.dates import format_date

from calculator.clock import belgian_day, belgian_time
from campaign.words.i18n import current_language, gettext
from campaign.words.i18n import mark as _


def day_of(when: str) -> str:
    """Return the day in Belgium of a kept time, as files write it."""
    return belgian_time(datetime.datetime.fromisoformat(when)).date().isoformat()


def say_time(when: str, now: datetime.datetime | None = None) -> str:
    """Write a kept time to the minute, in Belgian time: "today, 14:05", or with its date."""
    moment = belgian_time(datetime.datetime.fromisoformat(when))
    today = belgian_day(now)
    days = (today - moment.date()).days
    words = {0: gettext(_("today")), 1: gettext(_("yesterday"))}
    day = words.get(days) or format_date(moment.date(), "d MMMM y", locale=current_language())
    return f"{day}, {moment:%H:%M}"


def say_recorded(words: str) -> str:
    """Translate what the desk itself wrote into the record; what people wrote stays."""
    return gettext(words)
