"""What the press page and the press kit say of the figures: every region's year, and an example."""

from dataclasses import dataclass
from typing import Final

from calculator.card.draw import CardWords
from calculator.estimate import Estimate
from calculator.figures.publication import Language
from calculator.formatting import format_money
from campaign.cards.addresses import words_for
from campaign.published.state import NEEDED_PERIOD, Published
from campaign.words.addresses import page_path
from campaign.words.i18n import catalogue
from campaign.words.i18n import mark as _
from campaign.words.terms import REGIONS

EXAMPLE_REGION: Final = "BE"
EXAMPLE_SENTENCE: Final = _(
    "According to an illustrative estimate by Treasure your treasure, criminals in Belgium take in"
    " about %(central)s in one year from the sexual exploitation of one minor. The range runs from"
    " %(low)s to %(high)s, based on %(figures)s figures from %(publications)s publications, in"
    " euros of %(year)s."
)


@dataclass(frozen=True, slots=True)
class PressFigure:
    """One region's year: what it is called, the words of its card, and where it is explained."""

    name: str
    words: CardWords
    path: str


def press_figures(state: Published, language: Language) -> tuple[PressFigure, ...]:
    """Return the year of every region."""
    return tuple(
        PressFigure(
            name=catalogue(language).gettext(REGIONS[region]),
            words=words_for(state.estimates[region, NEEDED_PERIOD], language),
            path=f"{page_path('result', language)}/{region}/{NEEDED_PERIOD}",
        )
        for region in state.regions
    )


def press_example(state: Published, language: Language) -> str:
    """Say the Belgian year as a report may, with all that belongs to an amount."""
    result: Estimate = state.estimates[EXAMPLE_REGION, NEEDED_PERIOD]
    words = words_for(result, language)
    sentence = catalogue(language).gettext(EXAMPLE_SENTENCE) % {
        "central": words.amount,
        "low": format_money(result.shown.low, language),
        "high": format_money(result.shown.high, language),
        "figures": len(result.contributions),
        "publications": result.publication_count,
        "year": result.price_year,
    }
    return f"{sentence} {words.no_price} {words.help_line}."
