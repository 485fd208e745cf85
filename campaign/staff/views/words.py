"""Ready words for the desk's pages: where a file is edited, times, reasons and counts."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from babel.numbers import get_decimal_symbol

from calculator.errors import Problem
from calculator.figures.sources import Sources
from calculator.languages import FACTS as OF_LANGUAGES
from calculator.languages import Language
from campaign.staff.files.checkout import (
    CHOICES_FILE,
    CONTENT,
    FAMILIES_FILE,
    RATES_FILE,
    TABLES,
)
from campaign.staff.files.git import NotRecorded
from campaign.staff.forms.faults import say
from campaign.staff.forms.typed import say_day
from campaign.staff.views.parts import FACTS, HELP, LAUNCH
from campaign.staff.views.times import day_of
from campaign.words.i18n import LANGUAGE_NAMES, current_language, gettext
from campaign.words.i18n import mark as _

FILES_SHOWN: Final = 3
OWN_PAGES: Final[Mapping[str, str]] = {
    HELP: "/contacts",
    FACTS: "/facts",
    LAUNCH: "/launch",
    RATES_FILE: "/rates",
    CHOICES_FILE: "/choices",
    FAMILIES_FILE: "/choices#families",
}


def edit_path(name: str) -> str:
    """Return where a file is edited; without a name, where a publication is begun."""
    if name.endswith(".md"):
        return f"/texts/{Path(name).stem}"
    return f"/edit/{name}" if name else "/publications/new"


def mend_path(name: str) -> str:
    """Return where a problem of a file is mended: the text, for its form may not open."""
    path = edit_path(name)
    return f"{path}?as=text" if path.startswith("/edit/") else path


def own_path(name: str) -> str:
    """Return the page on which a file is kept: lists and short forms where it has them."""
    return OWN_PAGES.get(name) or edit_path(name)


def list_path(name: str) -> str:
    """Return the list in which a file stands."""
    if name in TABLES:
        return OWN_PAGES[name]
    return "/texts" if name.startswith(CONTENT) else "/publications"


def say_hindrance(error: NotRecorded) -> str:
    """Say why nothing can be recorded, and so nothing saved."""
    return gettext(error.sentence) % {"detail": error.detail}


def say_signed(why: str) -> list[tuple[str, str]]:
    """Return what stands below a reason: by whom it was proposed and approved."""
    roles = {"Proposed-by": gettext(_("Proposed by")), "Approved-by": gettext(_("Approved by"))}
    pairs = [line.partition(": ") for line in why.splitlines()[1:]]
    return [(roles[role], name) for role, _colon, name in pairs if role in roles]


def say_days(days: str) -> str:
    """Write the days of a list as people here write them."""
    return ", ".join(map(say_day, days.split(", ")))


def say_day_of(when: str) -> str:
    """Write the day of a kept time."""
    return say_day(day_of(when))


def say_problem(problem: Problem) -> str:
    """Return what is wrong, in the language of the page."""
    return say(problem.message)


def region_names(sources: Sources | None) -> dict[str, str]:
    """Return what the regions of the estimates are called in the language of the page."""
    regions = sources.scenarios.regions if sources is not None else ()
    return {region.id: region.label.in_language(current_language()) for region in regions}


def first_line(why: str) -> str:
    """Return what a list shows of a reason."""
    return why.split("\n", maxsplit=1)[0]


def few(files: Sequence[str]) -> list[str]:
    """List the first files of an edit, and how many more there are."""
    more = len(files) - FILES_SHOWN
    last = [gettext(_("and %(number)s more")) % {"number": more}] if more > 0 else []
    return [*files[:FILES_SHOWN], *last]


def say_small(number: str) -> str:
    """Write a small number of a file, such as a rate, as the language of the page does.

    All its decimals stay: whoever compares it with the page cited sees the same digits there.
    """
    sign = get_decimal_symbol(OF_LANGUAGES[current_language()].locale)
    return number.replace(".", sign).replace("-", "\u2212")


def say_language(code: Language) -> str:
    """Return a language by its own name."""
    return LANGUAGE_NAMES[code]
