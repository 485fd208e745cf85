"""Make every kind of page and card from a state before it goes live; a failure refuses it.

The rules check the files and name the line. This finds what no rule foresees, because a page that
answers 500 is worse than an edit that waits.
"""

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
from typing import Final

from flask import Flask, g

from calculator.card.layout import FORMATS, POSTERS, CardLayout
from calculator.card.lettering import CardFonts
from calculator.card.typesetting import CardWords, arrange_words
from calculator.errors import CalculatorError, Problem, SourcesInvalid
from calculator.figures.publication import LANGUAGES, Language
from campaign.cards.addresses import poster_for, words_for
from campaign.cards.studio import studio
from campaign.published.state import Published
from campaign.words.addresses import PAGES, page_path

_DIGIT: Final = re.compile("[1-9]")
LANGUAGE: Final[Language] = "nl"
FILE: Final = "scenarios.yaml"


def rehearse(app: Flask, state: Published) -> None:
    """Make pages and cards from a state; raises SourcesInvalid when one cannot be made."""
    problems = [*_rehearse_pages(app, state), *_rehearse_cards(app, state)]
    if problems:
        raise SourcesInvalid(problems)


def _rehearse_pages(app: Flask, state: Published) -> Iterator[Problem]:
    # werkzeug can trust no IPv6 address
    host = next(name for name in app.config["TRUSTED_HOSTS"] if ":" not in name).removeprefix(".")
    for path in _paths(state):
        # An app context of its own: a request under way keeps its state in the one it has.
        with app.app_context(), app.test_request_context(path, base_url=f"http://{host}"):
            g.published = state
            try:
                app.preprocess_request()
                app.dispatch_request()
            except Exception as error:  # noqa: BLE001 - any error refuses the state
                kind = type(error).__name__
                message = f"{path} cannot be made from these files ({kind}). Undo the last edit"
                yield Problem(FILE, 1, message)


def _paths(state: Published) -> Iterator[str]:
    for page in PAGES:
        if page != "result":
            yield page_path(page, LANGUAGE)
    for region in state.regions:
        yield f"{page_path('result', LANGUAGE)}/{region}/{state.periods[-1]}"
    yield "/data/figures.csv"
    yield "/data/figures-excel.csv"
    yield "/data/figures.json"


def _rehearse_cards(app: Flask, state: Published) -> Iterator[Problem]:
    """Place the longest words of all scenarios on one card of each format and language."""
    for language in LANGUAGES:
        with app.app_context():
            every = [words_for(result, language) for result in state.estimates.values()]
            longest = CardWords(
                **{
                    # All digits become 0, the widest, so that most edits give the same words as
                    # before and the cached result holds.
                    field.name: _DIGIT.sub(
                        "0", max((getattr(words, field.name) for words in every), key=len)
                    )
                    for field in fields(CardWords)
                }
            )
            poster = poster_for(language)
            cards = [(longest, layout) for layout in FORMATS.values()]
            for words, layout in [*cards, *((poster, each) for each in POSTERS.values())]:
                try:
                    _arrange(words, layout, studio().fonts)
                except CalculatorError as error:
                    yield Problem(FILE, 1, f"a card cannot be made: {error}")


@lru_cache(maxsize=64)
def _arrange(words: CardWords, layout: CardLayout, fonts: CardFonts) -> None:
    """Try whether words fit; cached, because it takes longer than all pages together."""
    arrange_words(words, layout, fonts)
