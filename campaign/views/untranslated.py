"""Mark amounts and numbers in a sentence, which programs that translate pages must not touch."""

import re
from typing import Final

from markupsafe import Markup

_NUMBER: Final = re.compile(r"((?:(?:US)?[€$£]\u00a0?)?\d(?:[\d.,\u00a0–]*\d)?(?:\u00a0?[€$£%])?)")
_KEPT: Final = Markup('<span translate="no">{}</span>')


def untranslated(text: str) -> Markup:
    """Return a sentence as HTML, with each of its numbers in an element of its own."""
    plain = text.unescape() if isinstance(text, Markup) else text
    parts = enumerate(_NUMBER.split(plain))
    return Markup().join(_KEPT.format(part) if place % 2 else part for place, part in parts)
