"""How staff write a number, a year, an address, a date and a line of text.

Each check raises ValueError with words that follow "«what was found» …" in a staff message.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

_PLAIN_NUMBER = re.compile(r"\d+(\.\d+)?")
_GROUPED_NUMBER = re.compile(r"[1-9]\d{0,2}([.,' \u00a0\u202f]\d{3})+")


def parse_number(text: object) -> float:
    """Read a number written as staff write it.

    Raises:
        ValueError: for anything but plain digits with an optional decimal point, and for
            `1.250`, which one reader takes for a thousand and the next for one and a bit.
    """
    if isinstance(text, int | float):
        return float(text)
    written = str(text).strip()
    if _GROUPED_NUMBER.fullmatch(written):
        digits = re.sub(r"\D", "", written)
        raise ValueError(f"can be read in two ways. Write {digits} without separators")
    if not _PLAIN_NUMBER.fullmatch(written) or len(written) > 18:
        raise ValueError("is not a plain positive number. Write digits only, such as 27252 or 0.73")
    return float(written)


def check_year(year: int) -> int:
    """Hold a year within living memory; the future is checked where today is known."""
    if not 1990 <= year <= 2100:
        raise ValueError("is not a likely year. Write four digits, such as 2021")
    return year


def check_web_address(address: str) -> str:
    """Hold an address to http or https with a host, without blanks."""
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and "." in (parts.hostname or "")
    except ValueError:
        sound = False
    if not sound or re.search(r"[\s<>\"]", address):
        raise ValueError("is not a web address. Copy it from the browser, with https:// in front")
    return address


def check_line(text: str) -> str:
    """Hold a text to one line with something in it."""
    if not text.strip() or "\n" in text or len(text) > 500:
        raise ValueError("must be one line of text, not empty and at most 500 characters")
    return text


def check_date(text: str) -> str:
    """Hold a date to YYYY-MM-DD, or YYYY-MM where the day was not noted."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", text):
            raise ValueError
        datetime.date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    except ValueError:
        raise ValueError("is not a date. Write year-month-day, such as 2026-11-02") from None
    return text


Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, AfterValidator(check_line)]
Number = Annotated[float, BeforeValidator(parse_number)]
Year = Annotated[int, AfterValidator(check_year)]
WebAddress = Annotated[str, AfterValidator(check_web_address)]
DateText = Annotated[str, AfterValidator(check_date)]


class Record(BaseModel):
    """Base of every staff-edited record: immutable, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
