"""Ready words for the desk's pages: where a file is edited, times, reasons and counts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from calculator.formatting import format_day
from campaign.staff.files.checkout import CONTENT
from campaign.words.i18n import current_language

FILES_SHOWN: Final = 3


def edit_path(name: str) -> str:
    """Return where a file is edited; without a name, where a publication is begun."""
    if name.endswith(".md"):
        return f"/texts/{Path(name).stem}"
    return f"/edit/{name}" if name else "/publications/new"


def mend_path(name: str) -> str:
    """Return where a problem of a file is mended: the text, for its form may not open."""
    path = edit_path(name)
    return f"{path}?as=text" if path.startswith("/edit/") else path


def list_path(name: str) -> str:
    """Return the list in which a file stands."""
    return "/texts" if name.startswith(CONTENT) else "/publications"


def say_time(when: str) -> str:
    """Write a time to the second, with its distance from Greenwich."""
    return when.replace("T", " ")


def say_minute(when: str) -> str:
    """Write a time to the minute."""
    return say_time(when)[:16]


def say_day(when: str) -> str:
    """Write the day of a date or time in the language of the page."""
    return format_day(when[:10], current_language())


def first_line(why: str) -> str:
    """Return what a list shows of a reason."""
    return why.split("\n", maxsplit=1)[0]


def few(files: Sequence[str]) -> list[str]:
    """List the first files of an edit, and how many more there are."""
    more = len(files) - FILES_SHOWN
    return [*files[:FILES_SHOWN], *([f"and {more} more"] if more > 0 else [])]


def count(number: int, noun: str) -> str:
    """Write a number with its noun, such as "1 problem" or "2 problems"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
