"""What the press page and the press kit say of the figures: every region's year, and an example."""

from dataclasses import dataclass
from typing import Final

from calculator.card.draw import CardWords
from calculator.estimate import Estimate
from calculator.formatting import format_money
from calculator.languages import Language
from campaign.cards.addresses import words_for
from campaign.published.state import NEEDED_PERIOD, Published
from campaign.words.addresses import page_path
from campaign.words.caution import say_caution
from campaign.words.i18n import catalogue
from campaign.words.i18n import mark as _

EXAMPLE_REGION: Final = "EUROPE"
EXAMPLE_SENTENCE: Final = _(
    "According to an illustrative estimate by Treasure your treasure, criminals in Europe earn"
    " %(low)s to %(high)s in one year, after costs and in %(year)s euros, from the sexual"
    " exploitation of one child. There is no usable figure on children alone: the estimate rests on"
    " figures about victims of all ages. How it was worked out: %(address)s"
)


@dataclass(frozen=True, slots=True)
class PressFigure:
    """One region's year: what it is called, the words of its card, and where it is explained."""

    name: str
    words: CardWords
    caution: str
    path: str


def press_figures(state: Published, language: Language) -> tuple[PressFigure, ...]:
    """Return the year of every region."""
    return tuple(
        PressFigure(
            name=result.chosen.label.in_language(language),
            words=words_for(result, language),
            caution=say_caution(result, language),
            path=f"{page_path('result', language)}/{result.region}/{NEEDED_PERIOD}",
        )
        for result in (state.estimates[region, NEEDED_PERIOD] for region in state.regions)
    )


def press_example(state: Published, language: Language, site: str) -> str:
    """Say the European year as a report may, with all that belongs to an amount."""
    result: Estimate = state.estimates[EXAMPLE_REGION, NEEDED_PERIOD]
    words = words_for(result, language)
    sentence = catalogue(language).gettext(EXAMPLE_SENTENCE) % {
        "low": format_money(result.shown.low, language),
        "high": format_money(result.shown.high, language),
        "year": result.price_year,
        "address": site + page_path("method", language),
    }
    return f"{sentence} {words.no_price} {words.help_line}."
