"""Read numbers, years, addresses, dates and lines of text as staff write them.

Each check raises ValueError with words that follow "«what was found» …" in a staff message.
"""

import datetime
import math
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, create_model

from calculator.errors import Message
from calculator.errors import message as _
from calculator.languages import LANGUAGES, OF_THE_CODE, Language, name_in

_PLAIN_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_GROUPED_NUMBER = re.compile(r"[1-9][0-9]{0,2}([.,'’ \u00a0\u202f][0-9]{3})+")
_HOST = re.compile(r"([\w-]+\.)+[a-z][\w-]*", re.IGNORECASE)
MOST_LETTERS = 500
# Signs of no width, which hide words, turn their direction or break an address.
UNSEEN = "\u0085\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\ufeff" + "".join(
    map(chr, range(0x2060, 0x2070))
)
# And what YAML forbids: its reader would stop without naming a line.
INVISIBLE = re.compile(
    rf"[{UNSEEN}]|[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
# In words, some writings need two of them, and a third says where a word may break.
_UNSEEN_IN_ADDRESS = re.compile(f"[{UNSEEN}\u00ad\u200c\u200d]")
# Blanks, quotation marks, and what a chat shortens by ….
_NOT_IN_ADDRESS = re.compile(r"[\s<>\"“”„‘’«»…]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def parse_number(text: object) -> float:
    """Read a number: digits with an optional decimal point.

    Raises ValueError for anything else, and for `1.250`, which may mean 1250 or 1.25.
    """
    if isinstance(text, int | float) and 0 <= text < math.inf:
        return float(text)
    written = str(text)
    if _GROUPED_NUMBER.fullmatch(written):
        digits = re.sub(r"[^0-9]", "", written)
        if not re.fullmatch(r"[0-9]+[.,][0-9]+", written):
            raise ValueError(_("is written with separators. Write %(digits)s", digits=digits))
        raise ValueError(
            _(
                "can be read in two ways. Write %(digits)s if it is that large, and otherwise"
                " %(small)s: with a fourth decimal",
                digits=digits,
                small=f"{written[:-4]}.{written[-3:]}0",
            )
        )
    if not _PLAIN_NUMBER.fullmatch(written) or len(written) > 18:
        raise ValueError(
            _("is not a plain positive number. Write digits only, such as 27252 or 0.73")
        )
    return float(written)


def parse_signed_number(text: object) -> float:
    """Read a number that may fall below zero, such as inflation in a year of falling prices."""
    written = str(text)
    return -parse_number(written[1:]) if written.startswith("-") else parse_number(text)


def parse_whole_number(text: object) -> int:
    """Read a count: digits only, where int() would also take 1_250 and +4."""
    if not re.fullmatch(r"[0-9]{1,15}", str(text)):
        raise ValueError(_("is not a whole number. Write digits only, such as 17"))
    return int(str(text))


def parse_year(text: object) -> int:
    """Return a year from 1990 to 2100; check_sources refuses future ones."""
    if not re.fullmatch(r"[0-9]{4}", str(text)) or not 1990 <= int(str(text)) <= 2100:
        raise ValueError(_("is not a likely year. Write four digits, such as 2021"))
    return int(str(text))


def parse_publication_year(text: object) -> int | str:
    """Read a year, or the word for a publication without one."""
    try:
        return "undated" if text == "undated" else parse_year(text)
    except ValueError as error:
        raise ValueError(_("%(reason)s, or undated", reason=error.args[0])) from None


def said_invisible(sign: str) -> Message:
    """Return what is said of a sign that nobody sees."""
    return _(
        "holds an invisible sign (%(sign)s), pasted from Word or a web page. Type it again",
        sign=f"U+{ord(sign):04X}",
    )


def check_web_address(address: str) -> str:
    """Return an http or https address with a host and without blanks."""
    if unseen := _UNSEEN_IN_ADDRESS.search(address):
        raise ValueError(said_invisible(unseen[0]))
    try:
        parts = urlsplit(address)
        sound = (
            parts.scheme in ("http", "https")
            and _HOST.fullmatch(parts.hostname or "") is not None
            and "@" not in parts.netloc
            and parts.port != 0  # reading the port checks it
        )
    except ValueError:
        sound = False
    if not sound or _NOT_IN_ADDRESS.search(address):
        raise ValueError(
            _("is not a web address. Copy it from the browser, with https:// in front")
        )
    return address


def check_line(text: str) -> str:
    """Return a text of one line that is not blank."""
    if "\t" in text:
        raise ValueError(_("holds a tab. Write a space in its place"))
    if not text.strip() or _UNPRINTABLE.search(text) or len(text) > MOST_LETTERS:
        raise ValueError(
            _(
                "must be one line of text, not empty and at most %(most)s characters",
                most=MOST_LETTERS,
            )
        )
    return text


def check_date(text: str) -> str:
    """Return a date as YYYY-MM-DD, or as YYYY-MM where the day is not known."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", text):
            raise ValueError
        datetime.date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    except ValueError:
        raise ValueError(_("is not a date. Write year-month-day, such as 2026-11-02")) from None
    return text


def check_phone(text: str) -> str:
    """Return a telephone number: digits and blanks alone."""
    if not re.fullmatch(r"[0-9][0-9 ]{1,18}[0-9]", text):
        raise ValueError(
            _("is no telephone number. Write digits and blanks, such as 02 475 44 11 or 116 000")
        )
    return text


Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, AfterValidator(check_line)]
Number = Annotated[float, BeforeValidator(parse_number)]
SignedNumber = Annotated[float, BeforeValidator(parse_signed_number)]
WholeNumber = Annotated[int, BeforeValidator(parse_whole_number)]
Year = Annotated[int, BeforeValidator(parse_year)]
PublicationYear = Annotated[int | Literal["undated"], BeforeValidator(parse_publication_year)]
WebAddress = Annotated[str, AfterValidator(check_web_address)]
DateText = Annotated[str, AfterValidator(check_date)]
Phone = Annotated[str, AfterValidator(check_phone)]


class Record(BaseModel):
    """Base of every staff-edited record: immutable, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class InEachLanguage(Record):
    """Something said once in every language of the site, in fields named by its code."""

    def in_language(self, language: Language) -> str:
        """Return what is said in one language."""
        said: str = getattr(self, language)
        return said


class Named(str):
    """An id in a message for staff, with what people call it."""

    __slots__ = ("label",)
    label: InEachLanguage

    def __new__(cls, name: str, label: InEachLanguage) -> Self:
        """Make it of an id and the words for it."""
        made = super().__new__(cls, name)
        made.label = label
        return made


class Amount(float):
    """A number in a message for staff."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{self:.15g}"


class Euros(float):
    """An amount in a message for staff, in whole euros."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{self:.0f}"


Model = TypeVar("Model", bound=BaseModel)


def field_for_each_language(
    kind: Any, name: str = "{}", **more: Any
) -> Callable[[type[Model]], type[Model]]:
    """Return a decorator that adds a field of a kind for each language to a record.

    `name` is that of the fields, with {} for the code; `more` is given to each field.
    """

    def add(model: type[Model]) -> type[Model]:
        fields: Any = {
            name.format(code): (
                kind,
                Field(description=f"In {name_in(code, OF_THE_CODE)}", **more),
            )
            for code in LANGUAGES
        }
        return create_model(
            model.__name__,
            __base__=model,
            __module__=model.__module__,
            __doc__=model.__doc__,
            **fields,
        )

    return add
