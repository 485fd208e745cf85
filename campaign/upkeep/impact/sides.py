"""One side of a comparison: everything that can differ, by the key that pairs it with the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from calculator.card.draw import CardWords
from calculator.card.layout import FORMATS
from calculator.estimate import Estimate, estimate
from calculator.figures.publication import LANGUAGES, Language, Publication
from calculator.figures.sources import Cited, Sources
from campaign.cards.addresses import path_of_card
from campaign.words.card import card_words
from campaign.words.i18n import Catalogues
from campaign.words.terms import PERIODS_IN_SENTENCE, STATEMENTS

ScenarioKey = tuple[str, str]  # region and period
_Part = TypeVar("_Part")
_Found = TypeVar("_Found")
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison, everything by the key that pairs it with the other."""

    figures: Mapping[str, Cited]
    publications: Mapping[str, Publication]
    estimates: Mapping[ScenarioKey, Estimate]
    words: Mapping[tuple[Language, str, str], CardWords]
    cards: Mapping[tuple[Language, str, str, str], str]

    @classmethod
    def of(cls, sources: Sources, catalogues: Catalogues, address: str) -> Side:
        """Compute everything that is compared on one side."""
        estimates: dict[ScenarioKey, Estimate] = {
            (region.id, period.id): estimate(sources, region.id, period.id)
            for region in sources.scenarios.regions
            for period in sources.scenarios.periods
        }
        words: dict[tuple[Language, str, str], CardWords] = {
            (language, *key): card_words(result, language, catalogues[language], address)
            for key, result in estimates.items()
            if has_words(key)
            for language in LANGUAGES
        }
        cards: dict[tuple[Language, str, str, str], str] = {
            (*key, card_format): path_of_card(said, estimates[key[1:]], card_format)
            for key, said in words.items()
            for card_format in FORMATS
        }
        figures = {cited.figure.id: cited for cited in sources.figures()}
        publications = {publication.id: publication for publication in sources.publications}
        return cls(figures, publications, estimates, words, cards)


@dataclass(frozen=True, slots=True)
class Paired(Generic[_Found]):
    """What is only on the new side, on both sides, and only on the old side."""

    added: tuple[_Found, ...]
    kept: tuple[_Found, ...]
    removed: tuple[_Found, ...]


def pair(
    old: Mapping[str, _Part],
    new: Mapping[str, _Part],
    describe: Callable[[_Part | None, _Part | None], _Found],
) -> Paired[_Found]:
    """Return what `describe` says of each part added, kept and removed."""
    return Paired(
        added=tuple(describe(None, part) for name, part in new.items() if name not in old),
        kept=tuple(describe(old[name], part) for name, part in new.items() if name in old),
        removed=tuple(describe(part, None) for name, part in old.items() if name not in new),
    )


def keys(old: Mapping[_Key, object], new: Mapping[_Key, object]) -> Iterable[_Key]:
    """Return every key once, in the order of the new side, those removed at the end."""
    return dict.fromkeys((*new, *old))


def has_words(scenario: ScenarioKey) -> bool:
    """Return whether the site has words for a region and a period."""
    region, period = scenario
    return region in STATEMENTS and period in PERIODS_IN_SENTENCE
