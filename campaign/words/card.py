"""The words on a card: ready strings in one language, so that the card formats nothing."""

from collections.abc import Callable
from dataclasses import replace

from babel.support import NullTranslations

from calculator.card.draw import CardWords
from calculator.estimate import Estimate
from calculator.formatting import format_money, format_span
from calculator.languages import Language
from campaign.words.help import HELP, HELP_NUMBER, HELP_SENDER, say_number
from campaign.words.i18n import mark as _
from campaign.words.terms import FORMAT_NAMES

NAME = _("Treasure your treasure")
LABEL = _("PRICELESS")
NO_PRICE = _("No child has a price.")
AROUND = _("Illustrative estimate, around %(central)s, in %(year)s euros.")
NO_MIDDLE = _("Illustrative estimate, in %(year)s euros.")
MINORS_LINE = _(
    "No usable figure is about children alone: this rests on figures about victims of all ages."
)


def card_words(
    result: Estimate, language: Language, catalogue: NullTranslations, address: str
) -> CardWords:
    """Return the words of one scenario's card; `address` is printed on it."""
    words = poster_words(language, catalogue, address)
    if own := result.chosen.help:
        number = say_number(own.number)
        line = own.line.in_language(language).replace("{number}", number)
        words = replace(words, help_line=line, help_number=number, help_sender=own.who)
    return replace(
        words,
        statement=say_statement(result, language),
        amount=format_span(result.shown.low, result.shown.high, language),
        range_line=say_around(result, language, catalogue),
        minors_line=catalogue.gettext(MINORS_LINE),
    )


def poster_words(language: Language, catalogue: NullTranslations, address: str) -> CardWords:
    """Return the words of the card without an amount."""
    _t: Callable[[str], str] = catalogue.gettext
    return CardWords(
        language=language,
        name=_t(NAME),
        label=_t(LABEL),
        no_price=_t(NO_PRICE),
        help_line=_t(HELP) % {"number": HELP_NUMBER},
        help_number=HELP_NUMBER,
        help_sender=HELP_SENDER,
        address=address,
    )


def name_format(card_format: str, catalogue: NullTranslations) -> str:
    """Return what a form of card is called, its size on one line."""
    return catalogue.gettext(FORMAT_NAMES[card_format]).replace(" × ", "\u00a0×\u00a0")


def say_statement(result: Estimate, language: Language) -> str:
    """Return the sentence before the amount: who earns it, from what, where, in which period."""
    period = result.over.in_sentence.in_language(language)
    return result.chosen.sentence.in_language(language).replace("{period}", period)


def say_around(result: Estimate, language: Language, catalogue: NullTranslations) -> str:
    """Return that the range is an illustrative estimate, with its middle where it has one."""
    year = {"year": result.price_year}
    if result.shown.central is None:
        return catalogue.gettext(NO_MIDDLE) % year
    return catalogue.gettext(AROUND) % {
        "central": format_money(result.shown.central, language),
        **year,
    }
