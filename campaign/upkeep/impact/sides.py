"""The two sides of a comparison: everything that can differ, under the name it is paired by."""

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

Scenario = tuple[str, str]
Part = TypeVar("Part")
Found = TypeVar("Found")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison, everything under the name it is paired by."""

    figures: Mapping[str, Cited]
    publications: Mapping[str, Publication]
    estimates: Mapping[Scenario, Estimate]
    words: Mapping[tuple[Language, str, str], CardWords]
    cards: Mapping[tuple[Language, str, str, str], str]

    @classmethod
    def of(cls, sources: Sources, catalogues: Catalogues, address: str) -> Side:
        """Compute everything there is to compare on one side."""
        estimates: dict[Scenario, Estimate] = {
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
class Paired(Generic[Found]):
    """What stands only after, on both sides and only before."""

    added: tuple[Found, ...]
    kept: tuple[Found, ...]
    removed: tuple[Found, ...]


def pair(
    old: Mapping[str, Part],
    new: Mapping[str, Part],
    describe: Callable[[Part | None, Part | None], Found],
) -> Paired[Found]:
    """Sort two sides into added, kept and removed, each described."""
    return Paired(
        added=tuple(describe(None, part) for name, part in new.items() if name not in old),
        kept=tuple(describe(old[name], part) for name, part in new.items() if name in old),
        removed=tuple(describe(part, None) for name, part in old.items() if name not in new),
    )


def keys(old: Mapping[Key, object], new: Mapping[Key, object]) -> Iterable[Key]:
    """List every name once, in the order of the new side, those that are gone at the end."""
    return dict.fromkeys((*new, *old))


def has_words(scenario: Scenario) -> bool:
    """Tell whether the site can put a scenario into words."""
    region, period = scenario
    return region in STATEMENTS and period in PERIODS_IN_SENTENCE
