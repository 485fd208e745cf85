"""Compare figures, scenarios, public sentences and cards before and after an edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from calculator.card.draw import CardWords
from calculator.estimate import Estimate, Range, takes_part
from calculator.figures.publication import Language, Publication
from calculator.figures.sources import Cited, Sources
from campaign.config import CARD_ADDRESS
from campaign.upkeep.impact.differences import Change, changed_texts, differences
from campaign.upkeep.impact.sides import ScenarioKey, Side, has_words, keys, pair
from campaign.words.i18n import Catalogues, load_catalogues

# In percent: a central estimate that moves further gets a warning.
LARGE_MOVE: Final = 10.0
# The texts of a card that figures can change, in their order on the card.
SENTENCES: Final = ("statement", "amount", "range_line", "sources_line")


@dataclass(frozen=True, slots=True)
class FigureImpact:
    """A figure added, changed or removed, and in which regions' estimates it takes part."""

    id: str
    publication: str
    label: str
    changes: tuple[Change, ...]
    regions_before: tuple[str, ...]
    regions_after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicationImpact:
    """A publication added, changed or removed; its figures are listed on their own."""

    id: str
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ScenarioImpact:
    """Euros of one region and period, unrounded; None where the scenario is not offered."""

    region: str
    period: str
    before: Range | None
    after: Range | None

    @property
    def percent(self) -> float | None:
        """Return how far the central moves, in percent; None where one side lacks the scenario."""
        return self.percent_of("central")

    def percent_of(self, name: str) -> float | None:
        """Return how far low, central or high (`name`) moves, in percent."""
        if self.before is None or self.after is None:
            return None
        before: float = getattr(self.before, name)
        after: float = getattr(self.after, name)
        return (after / before - 1) * 100

    @property
    def large(self) -> bool:
        """Return whether the central moves by more than LARGE_MOVE percent."""
        # Rounded, so that a move of exactly 10 % never counts as more.
        return round(abs(self.percent or 0), 6) > LARGE_MOVE

    @property
    def changed(self) -> bool:
        """Return whether low, central or high moves."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class StatementImpact:
    """The texts that change on one card, in one language."""

    language: Language
    region: str
    period: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class CardImpact:
    """A card whose address changes; None where there is no such card."""

    language: Language
    region: str
    period: str
    card_format: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything an edit changes; `scenarios` lists every one, the others only what differs."""

    figures_added: tuple[FigureImpact, ...]
    figures_changed: tuple[FigureImpact, ...]
    figures_removed: tuple[FigureImpact, ...]
    publications_added: tuple[PublicationImpact, ...]
    publications_changed: tuple[PublicationImpact, ...]
    publications_removed: tuple[PublicationImpact, ...]
    assumptions_changed: tuple[Change, ...]
    rates_changed: tuple[Change, ...]
    scenarios: tuple[ScenarioImpact, ...]
    statements: tuple[StatementImpact, ...]
    cards: tuple[CardImpact, ...]
    warnings: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Return whether nothing differs."""
        listed = (
            *(self.figures_added, self.figures_changed, self.figures_removed),
            *(self.publications_added, self.publications_changed, self.publications_removed),
            *(self.assumptions_changed, self.rates_changed, self.statements, self.cards),
        )
        return not any(listed) and not any(item.changed for item in self.scenarios)


def compare(
    before: Sources,
    after: Sources,
    *,
    address: str = CARD_ADDRESS,
    catalogues: Catalogues | None = None,
) -> Impact:
    """Compare two checked states of the figures.

    Args:
        before: what is published, or was.
        after: what the edit makes of it.
        address: printed on the cards, and so part of their digests.
        catalogues: the translations, where they are loaded already.
    """
    words = load_catalogues() if catalogues is None else catalogues
    old, new = Side.of(before, words, address), Side.of(after, words, address)
    figures = pair(old.figures, new.figures, _figure_between(before, after))
    publications = pair(old.publications, new.publications, _publication)
    scenarios = tuple(
        ScenarioImpact(*key, _euros(old.estimates.get(key)), _euros(new.estimates.get(key)))
        for key in keys(old.estimates, new.estimates)
    )
    return Impact(
        figures_added=figures.added,
        figures_changed=tuple(item for item in figures.kept if item.changes),
        figures_removed=figures.removed,
        publications_added=publications.added,
        publications_changed=tuple(item for item in publications.kept if item.changes),
        publications_removed=publications.removed,
        assumptions_changed=differences(before.scenarios, after.scenarios),
        rates_changed=differences(before.rates, after.rates),
        scenarios=scenarios,
        statements=tuple(_statements(old.words, new.words)),
        cards=tuple(
            CardImpact(*key, old.cards.get(key), new.cards.get(key))
            for key in keys(old.cards, new.cards)
            if old.cards.get(key) != new.cards.get(key)
        ),
        warnings=(*_large_moves(scenarios), *_wordless(new.estimates)),
    )


def _figure_between(
    before: Sources, after: Sources
) -> Callable[[Cited | None, Cited | None], FigureImpact]:
    """Return a function that describes how a figure differs between two states."""

    def describe(old: Cited | None, new: Cited | None) -> FigureImpact:
        cited = new or old
        if cited is None:
            raise ValueError("a figure must be on at least one side")
        changes = differences(old.figure, new.figure) if old and new else ()
        if old and new and old.publication.id != new.publication.id:
            changes = (Change("publication", old.publication.id, new.publication.id), *changes)
        return FigureImpact(
            id=cited.figure.id,
            publication=cited.publication.id,
            label=cited.figure.label.en,
            changes=changes,
            regions_before=_taking_part(old, before),
            regions_after=_taking_part(new, after),
        )

    return describe


def _taking_part(cited: Cited | None, sources: Sources) -> tuple[str, ...]:
    if cited is None:
        return ()
    regions = sources.scenarios.regions
    return tuple(region.id for region in regions if takes_part(cited.figure, region))


def _publication(old: Publication | None, new: Publication | None) -> PublicationImpact:
    publication = new or old
    if publication is None:
        raise ValueError("a publication must be on at least one side")
    changes = differences(old, new, without=("figures",)) if old and new else ()
    return PublicationImpact(publication.id, publication.title, changes)


def _euros(result: Estimate | None) -> Range | None:
    return None if result is None else result.euros


def _statements(
    old: Mapping[tuple[Language, str, str], CardWords],
    new: Mapping[tuple[Language, str, str], CardWords],
) -> Iterator[StatementImpact]:
    for key in keys(old, new):
        changes = changed_texts(_sentences(old.get(key)), _sentences(new.get(key)))
        if changes:
            yield StatementImpact(*key, changes)


def _sentences(words: CardWords | None) -> dict[str, str]:
    return {} if words is None else {name: getattr(words, name) for name in SENTENCES}


def _large_moves(scenarios: Iterable[ScenarioImpact]) -> Iterator[str]:
    for item in scenarios:
        if item.before and item.after and item.large:
            yield (
                f"{item.region} {item.period}: the central moves from"
                f" € {item.before.central:,.0f} to € {item.after.central:,.0f}"
                f" ({item.percent:+.1f} %), more than {LARGE_MOVE:.0f} %."
                " Read the changed numbers once more on the page cited"
            )


def _wordless(estimates: Iterable[ScenarioKey]) -> Iterator[str]:
    for region, period in estimates:
        if not has_words((region, period)):
            yield (
                f"{region} {period}: the site has no words for this choice."
                " Ask whoever edits code to add them to campaign/words/terms.py first"
            )
