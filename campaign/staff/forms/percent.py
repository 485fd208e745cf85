"""Rates and percentages as people type them: small numbers, whose comma is never a thousand."""

import re
from typing import Final

_SMALL: Final = re.compile(r"([-\u2212\u2013]?) ?([0-9]{1,3})(?:[.,]([0-9]{1,8}))? ?%?")
DECIMALS: Final = 4


def read_small(typed: str) -> float | None:
    """Read `2,634`, `2.634 %` or `-0,05`; None for what is no small number."""
    found = _SMALL.fullmatch(typed.replace("\u00a0", " ").strip())
    if found is None:
        return None
    number = float(f"{found[2]}.{found[3] or 0}")
    return -number if found[1] else number


def write_small(number: float) -> str:
    """Write a number as the table of rates holds it: four decimals cannot be misread."""
    return f"{number:.{DECIMALS}f}"
