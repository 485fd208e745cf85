"""Amounts of money in the sentences of a figure, beside the figure itself."""

import re
from collections.abc import Iterator
from typing import Final

from calculator.errors import Location
from calculator.figures.document import Value
from calculator.languages import LANGUAGES, Language
from campaign.words.charter import Rule
from campaign.words.i18n import mark as _

DIFFERS: Final = Rule(
    "warn",
    _("This amount is not the figure that stands beside it."),
    _("Check both on the page cited, and write the same."),
)
# Not caveat, which is there to give other amounts.
TEXTS: Final = ("label", "says")
# Sentences round what the table states exactly.
_TOLERANCE: Final = 0.02
_SIGNS: Final = r"€|US\$|CA\$|C\$|A\$|£|\$"
_NAMES: Final = (
    r"€|\$|£|euros?\b|eur\b|(?:(?:us|ca)[ -]?)?dollars?\b|pond\b|pounds?\b|livres\b|pfund\b"
)
_POWERS: Final = (
    (1e6, r"miljoen|millions?|millionen|mio|m\b"),
    (1e9, r"miljard|milliards?|milliarden?|billions?|mrd|bn"),
    (1e3, r"duizend|mille|tausend|thousand|k\b"),
)
_POWER: Final = "|".join(pattern for _factor, pattern in _POWERS)
# In groups of three, or without groups: in "2015 616.400" are two numbers.
_NUMBER: Final = r"(?<![\d.,])(?:\d{1,3}(?:[ .,'’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
_VALUE: Final = re.compile(rf"(?P<number>{_NUMBER})(?: (?P<power>{_POWER}))?", re.IGNORECASE)
_MONEY: Final = re.compile(
    rf"(?:{_SIGNS}) ?{_NUMBER}(?: (?:{_POWER}))?"
    rf"|{_NUMBER}(?: (?:{_POWER})(?: d[e’'] ?)?)? ?(?:{_NAMES})",
    re.IGNORECASE,
)


def differing_amounts(figure: Value) -> Iterator[tuple[Location, str]]:
    """Yield an amount of each sentence in which none is the figure's low, central or high."""
    if not isinstance(figure, dict) or "currency" not in figure:
        return
    stated = [
        float(number)
        for number in (figure.get(name) for name in ("low", "central", "high"))
        if isinstance(number, str) and re.fullmatch(r"\d+(\.\d+)?", number)
    ]
    for name in TEXTS:
        texts = figure.get(name)
        if not isinstance(texts, dict) or not stated:
            continue
        for language in LANGUAGES:
            text = texts.get(language)
            if isinstance(text, str) and (words := _strange(text, language, stated)):
                yield (name, language), words


def _strange(text: str, language: Language, stated: list[float]) -> str:
    """Return the first amount of a sentence that has no stated number; empty otherwise."""
    read = text.replace("\u00a0", " ").replace("\u202f", " ")
    money = _MONEY.search(read)
    if money is None:
        return ""
    for match in _VALUE.finditer(read):
        value = _value(match, language)
        if any(abs(value - number) <= _TOLERANCE * number for number in stated):
            return ""
    return text[money.start() : money.end()]


def _value(match: re.Match[str], language: Language) -> float:
    whole, _point, rest = match["number"].partition("." if language == "en" else ",")
    number = float(f"{re.sub('[^0-9]', '', whole) or 0}.{re.sub('[^0-9]', '', rest) or 0}")
    for factor, pattern in _POWERS:
        if match["power"] and re.fullmatch(pattern, match["power"], re.IGNORECASE):
            return number * factor
    return number
