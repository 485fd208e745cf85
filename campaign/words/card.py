"""The words on a card: ready strings in one language, so that the card formats nothing."""

from collections.abc import Callable

from babel.support import NullTranslations

from calculator.card.draw import CardWords
from calculator.estimate import Estimate
from calculator.figures.publication import Language
from calculator.formatting import format_money, format_span
from campaign.words.help import HELP, HELP_NUMBER
from campaign.words.i18n import mark as _
from campaign.words.terms import PERIODS_IN_SENTENCE, STATEMENTS

NAME = _("Treasure your treasure")
LABEL = _("PRICELESS")
NO_PRICE = _("No child has a price.")
RANGE = _("Illustrative estimate, between %(low)s and %(high)s.")
# Plural only: the loader refuses files with fewer than `minimum` figures in an estimate.
SOURCES_LINE = _("%(figures)s figures from %(publications)s publications, in euros of %(year)s.")


def card_words(
    result: Estimate, language: Language, catalogue: NullTranslations, address: str
) -> CardWords:
    """Return the words of one scenario's card; `address` is printed on it."""
    _t: Callable[[str], str] = catalogue.gettext
    return CardWords(
        language=language,
        name=_t(NAME),
        label=_t(LABEL),
        statement=say_statement(result, catalogue),
        amount=format_span(result.shown.low, result.shown.high, language),
        range_line=say_shown_range(result, language, catalogue),
        sources_line=say_sources(result, catalogue),
        no_price=_t(NO_PRICE),
        help_line=_t(HELP) % {"number": HELP_NUMBER},
        help_number=HELP_NUMBER,
        address=address,
    )


def say_statement(result: Estimate, catalogue: NullTranslations) -> str:
    """Return the sentence before the amount: who takes it in, from what, where, in which period."""
    period = catalogue.gettext(PERIODS_IN_SENTENCE[result.period])
    return catalogue.gettext(STATEMENTS[result.region]) % {"period": period}


def say_shown_range(result: Estimate, language: Language, catalogue: NullTranslations) -> str:
    """Return the sentence that the amount is an illustrative estimate, with its range."""
    return catalogue.gettext(RANGE) % {
        "low": format_money(result.shown.low, language),
        "high": format_money(result.shown.high, language),
    }


def say_sources(result: Estimate, catalogue: NullTranslations) -> str:
    """Return how many figures and publications the amount rests on, and the year of its prices."""
    return catalogue.gettext(SOURCES_LINE) % {
        "figures": len(result.contributions),
        "publications": result.publication_count,
        "year": result.price_year,
    }
