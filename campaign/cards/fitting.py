"""Whether the words of every scenario fit on the cards: tried before they are public."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Final

from calculator.card.layout import FORMATS, POSTERS, CardLayout
from calculator.card.lettering import CardFonts
from calculator.card.typesetting import CardWords, arrange_words
from calculator.errors import CalculatorError, Problem
from calculator.estimate import Estimate
from calculator.figures.sources import Sources
from calculator.languages import LANGUAGES, Language
from campaign.words.card import card_words, poster_words
from campaign.words.i18n import Catalogues

_DIGIT: Final = re.compile("[1-9]")
_FILE: Final = "scenarios.yaml"


def check_cards(
    sources: Sources,
    estimates: Mapping[tuple[str, str], Estimate],
    addresses: Mapping[Language, str],
    catalogues: Catalogues,
    fonts: CardFonts,
) -> Iterator[Problem]:
    """Yield a problem for each format and language in which a card cannot be made.

    The longest words of all scenarios are placed on one card for each helpline, which belongs to
    its number; only where they do not fit is each scenario tried, to name the line.
    """
    for language in LANGUAGES:
        catalogue, address = catalogues[language], addresses[language]
        said = {
            key: card_words(result, language, catalogue, address)
            for key, result in estimates.items()
        }
        by_help: dict[str, list[CardWords]] = {}
        for words in said.values():
            by_help.setdefault(words.help_line, []).append(words)
        poster = poster_words(language, catalogue, address)
        cards = [(_longest(each), box) for each in by_help.values() for box in FORMATS.values()]
        for words, layout in [*cards, *((poster, box) for box in POSTERS.values())]:
            if message := _does_not_fit(words, layout, fonts):
                place = _line_of(said, layout, fonts, sources)
                document = sources.documents[_FILE]
                yield document.problem(place, f"a card cannot be made: {message}")


def _longest(every: Sequence[CardWords]) -> CardWords:
    """Return the longest of each text. All digits become 0, the widest.

    So most edits give the same words as before, and the cached result holds.
    """
    return CardWords(
        **{
            field.name: _DIGIT.sub(
                "0", max((getattr(words, field.name) for words in every), key=len)
            )
            for field in fields(CardWords)
        }
    )


@lru_cache(maxsize=64)
def _does_not_fit(words: CardWords, layout: CardLayout, fonts: CardFonts) -> str:
    """Say why words do not fit; empty where they do. Cached: it takes longer than all pages."""
    try:
        arrange_words(words, layout, fonts)
    except CalculatorError as error:
        return str(error)
    return ""


def _line_of(
    said: Mapping[tuple[str, str], CardWords],
    layout: CardLayout,
    fonts: CardFonts,
    sources: Sources,
) -> tuple[str | int, ...]:
    """Return where the sentence of the first region stands that does not fit by itself."""
    ids = [region.id for region in sources.scenarios.regions]
    for (region, _period), words in said.items():
        if _does_not_fit(words, layout, fonts):
            return ("regions", ids.index(region), "sentence")
    return ()
