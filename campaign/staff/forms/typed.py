"""What people type, written as the files have it: numbers, days and telephone numbers.

Only what can be read in one way is changed; the rest stays as typed, and the schema refuses it.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from calculator.figures.fields import (
    check_date,
    check_phone,
    parse_number,
    parse_publication_year,
    parse_whole_number,
)

_EURO: Final = re.compile(r"^(?:€|eur\b|euro\b)\s*|\s*(?:€|euros?|eur)$", re.IGNORECASE)
_NOTHING_BEHIND: Final = re.compile(r"[.,][-–—]+$")
_BLANKS: Final = "[ \u00a0\u202f]"
_SPACED: Final = re.compile(rf"\d{{1,3}}({_BLANKS}\d{{3}})+([.,]\d+)?")
_DOTS_THEN_COMMA: Final = re.compile(r"\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}")
_COMMAS_THEN_DOT: Final = re.compile(r"\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}")
# Not three decimals behind one to three digits: 1,250 may be a thousand.
_COMMA: Final = re.compile(r"\d+,(?!\d{3}$)\d+|0,\d+|\d{4,},\d+")
_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_DAY_OF_FILE: Final = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
UNDATED: Final = "undated"
_NO_YEAR: Final = frozenset(
    {"no year", "zonder jaar", "zonder jaartal", "sans année", "sans date", "ohne jahr"}
)
_MONTH: Final = re.compile(r"(\d{1,2})[/.-](\d{4})")


def write_number(typed: str) -> str:
    """Return a number such as `€ 1.250,00` as 1250; what may mean two things stays as typed."""
    text = _EURO.sub("", typed.strip())
    if _NOTHING_BEHIND.search(text):  # as on a bill: 1.250,-
        text = _NOTHING_BEHIND.sub(",0", text)
    if _SPACED.fullmatch(text):
        text = re.sub(_BLANKS, "", text).replace(",", ".")
    elif _DOTS_THEN_COMMA.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    elif _COMMAS_THEN_DOT.fullmatch(text):
        text = text.replace(",", "")
    elif _COMMA.fullmatch(text):
        text = text.replace(",", ".")
    elif text == typed:
        return typed
    return re.sub(r"\.0+$", "", text)


def write_day(typed: str) -> str:
    """Return a day such as 27/11/2026 as 2026-11-27, and 11/2026 as 2026-11."""
    text = typed.strip()
    if day := _DAY.fullmatch(text):
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    if month := _MONTH.fullmatch(text):
        return f"{month[2]}-{int(month[1]):02}"
    return text


def say_day(day: str) -> str:
    """Write a day of a file as people here write it: 27/11/2026, or 11/2026; else as it stands."""
    return "/".join(reversed(day.split("-"))) if _DAY_OF_FILE.fullmatch(day) else day


def write_phone(typed: str) -> str:
    """Return a Belgian number such as +32 (0)2/475.44.11 as 02 475 44 11."""
    text = re.sub(r"^(?:\+|00)32\s*(?:\(0\)|0(?=\d))?\s*", "0", typed.strip())
    return " ".join(re.sub(r"[/.\-\u00a0\u202f]", " ", text).split())


def write_year(typed: str) -> str:
    """Return the word of the files for a publication that bears no year."""
    return UNDATED if typed.strip().casefold() in _NO_YEAR else typed


WRITERS: Final[Mapping[Callable[..., Any], Callable[[str], str]]] = {
    parse_number: write_number,
    parse_whole_number: write_number,
    parse_publication_year: write_year,
    check_date: write_day,
    check_phone: write_phone,
}
