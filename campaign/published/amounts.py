"""Amounts of money in the sentences of a figure, beside the figure itself."""

import re
from collections.abc import Iterator
from typing import Final

from calculator.errors import Location
from calculator.figures.document import Value
from calculator.figures.publication import LANGUAGES, Language
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
    r"€|\$|£|euros?\b|eur\b|dollars?\b|pond\b|pounds?\b|livres\b|pfund\b|(?:us|ca)?[ -]?dollars?\b"
)
_POWERS: Final = (
    (1e6, r"miljoen|millions?|millionen|mio|m\b"),
    (1e9, r"miljard|milliards?|milliarden?|billions?|mrd|bn"),
    (1e3, r"duizend|mille|tausend|thousand|k\b"),
)
_POWER: Final = "|".join(pattern for _factor, pattern in _POWERS)
_NUMBER: Final = r"\d(?:[\d.,'’ ]*\d)?"
_AMOUNT: Final = re.compile(
    rf"(?:(?:{_SIGNS}) ?(?P<a>{_NUMBER})(?: (?P<ap>{_POWER}))?"
    rf"|(?P<b>{_NUMBER})(?: (?P<bp>{_POWER})(?: d[e’'] ?)?)? ?(?:{_NAMES}))",
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
        for language in LANGUAGES if stated and isinstance(texts, dict) else ():
            text = texts.get(language)
            if isinstance(text, str) and (words := _strange(text, language, stated)):
                yield (name, language), words


def _strange(text: str, language: Language, stated: list[float]) -> str:
    """Return the first amount of a sentence where none of them is stated; empty otherwise."""
    read = text.replace("\u00a0", " ").replace("\u202f", " ")
    found = list(_AMOUNT.finditer(read))
    for match in found:
        value = _value(match, language)
        if any(abs(value - number) <= _TOLERANCE * number for number in stated):
            return ""
    return text[slice(*found[0].span())] if found else ""


def _value(match: re.Match[str], language: Language) -> float:
    written, power = (match["a"] or match["b"]), (match["ap"] or match["bp"] or "")
    whole, _point, rest = written.partition("." if language == "en" else ",")
    number = float(f"{re.sub('[^0-9]', '', whole) or 0}.{re.sub('[^0-9]', '', rest) or 0}")
    for factor, pattern in _POWERS:
        if power and re.fullmatch(pattern, power, re.IGNORECASE):
            return number * factor
    return number
