"""When something happened, as people in Belgium say it."""

import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date

from campaign.words.i18n import current_language, gettext
from campaign.words.i18n import mark as _

BELGIUM: Final = "Europe/Brussels"


@cache
def _belgium() -> datetime.tzinfo | None:
    try:
        return ZoneInfo(BELGIUM)
    except ZoneInfoNotFoundError:  # a system without the table of time zones: its own time then
        return None


def say_time(when: str, now: datetime.datetime | None = None) -> str:
    """Write a kept time to the minute, in Belgian time: "today, 14:05", or with its date."""
    moment = datetime.datetime.fromisoformat(when).astimezone(_belgium())
    today = (now or datetime.datetime.now(datetime.UTC)).astimezone(_belgium()).date()
    days = (today - moment.date()).days
    words = {0: gettext(_("today")), 1: gettext(_("yesterday"))}
    day = words.get(days) or format_date(moment.date(), "d MMMM y", locale=current_language())
    return f"{day}, {moment:%H:%M}"


def say_recorded(words: str) -> str:
    """Translate what the desk itself wrote into the record; what people wrote stays."""
    return gettext(words)
