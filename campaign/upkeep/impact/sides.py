"""One side of a comparison: everything that can differ, by the key that pairs it with the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from calculator.card.draw import CardWords
from calculator.card.layout import FORMATS
from calculator.estimate import Estimate, estimate_from, gather
from calculator.figures.publication import Publication
from calculator.figures.sources import Cited, Sources
from calculator.languages import LANGUAGES, Language
from campaign.cards.addresses import card_path
from campaign.words.card import card_words
from campaign.words.i18n import Catalogues

ScenarioKey = tuple[str, str]  # region and period
_Key = TypeVar("_Key")
# The texts of a card that figures can change, in their order on the card.
SENTENCES: Final = ("statement", "amount", "range_line", "minors_line")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison, everything by the key that pairs it with the other."""

    figures: Mapping[str, Cited]
    publications: Mapping[str, Publication]
    estimates: Mapping[ScenarioKey, Estimate]
    sentences: Mapping[tuple[Language, str, str], Mapping[str, str]]
    cards: Mapping[tuple[Language, str, str, str], str]

    @classmethod
    def of(
        cls, sources: Sources, catalogues: Catalogues, addresses: Mapping[Language, str]
    ) -> Side:
        """Compute everything that is compared on one side."""
        estimates: dict[ScenarioKey, Estimate] = {
            (region.id, period.id): estimate_from(sources, region, period, evidence)
            for region in sources.scenarios.regions
            for evidence in [gather(sources, region)]
            for period in sources.scenarios.periods
        }
        words: dict[tuple[Language, str, str], CardWords] = {
            (language, *key): card_words(
                result, language, catalogues[language], addresses[language]
            )
            for key, result in estimates.items()
            for language in LANGUAGES
        }
        cards: dict[tuple[Language, str, str, str], str] = {
            (*key, card_format): card_path(said, estimates[key[1:]], card_format)
            for key, said in words.items()
            for card_format in FORMATS
        }
        figures = {cited.figure.id: cited for cited in sources.figures()}
        publications = {publication.id: publication for publication in sources.publications}
        sentences = {
            key: {name: getattr(said, name) for name in SENTENCES} for key, said in words.items()
        }
        return cls(figures, publications, estimates, sentences, cards)


def keys(old: Mapping[_Key, object], new: Mapping[_Key, object]) -> Iterable[_Key]:
    """Return every key once, in the order of the new side, those removed at the end."""
    return dict.fromkeys((*new, *old))
