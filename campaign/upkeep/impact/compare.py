"""Compare figures, scenarios, public sentences and cards before and after an edit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Final, cast

from calculator.estimate import Estimate, Range
from calculator.evidence import where_it_counts
from calculator.figures.publication import Publication
from calculator.figures.sources import Cited, Sources
from calculator.languages import OF_THE_CODE, Language
from campaign.config import CARD_ADDRESSES
from campaign.upkeep.impact.differences import Change, changed_texts, differences
from campaign.upkeep.impact.sides import Side, keys
from campaign.words.i18n import Catalogues, load_catalogues

# In percent: a central estimate that moves further gets a warning.
LARGE_MOVE: Final = 10.0


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
        before: float | None = getattr(self.before, name)
        after: float | None = getattr(self.after, name)
        return None if before is None or after is None else (after / before - 1) * 100

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
        others = {each.name for each in fields(self)} - {"scenarios", "warnings"}
        differs = any(getattr(self, name) for name in others)
        return not differs and not any(item.changed for item in self.scenarios)


def compare(
    before: Sources,
    after: Sources,
    *,
    addresses: Mapping[Language, str] = CARD_ADDRESSES,
    catalogues: Catalogues | None = None,
) -> Impact:
    """Compare two checked states of the figures; `addresses` are printed on the cards."""
    words = load_catalogues() if catalogues is None else catalogues
    old, new = Side.of(before, words, addresses), Side.of(after, words, addresses)
    figures = [
        _figure(old.figures.get(name), new.figures.get(name), before, after)
        for name in keys(old.figures, new.figures)
    ]
    publications = [
        _publication(old.publications.get(name), new.publications.get(name))
        for name in keys(old.publications, new.publications)
    ]
    scenarios = tuple(
        ScenarioImpact(*key, _euros(old.estimates.get(key)), _euros(new.estimates.get(key)))
        for key in keys(old.estimates, new.estimates)
    )
    return Impact(
        figures_added=tuple(item for item in figures if item.id not in old.figures),
        # One that is only on one side has no changes.
        figures_changed=tuple(item for item in figures if item.changes),
        figures_removed=tuple(item for item in figures if item.id not in new.figures),
        publications_added=tuple(item for item in publications if item.id not in old.publications),
        publications_changed=tuple(item for item in publications if item.changes),
        publications_removed=tuple(
            item for item in publications if item.id not in new.publications
        ),
        assumptions_changed=differences(before.scenarios, after.scenarios),
        rates_changed=differences(before.rates, after.rates),
        scenarios=scenarios,
        statements=tuple(
            StatementImpact(*key, changes)
            for key in keys(old.sentences, new.sentences)
            if (changes := changed_texts(old.sentences.get(key, {}), new.sentences.get(key, {})))
        ),
        cards=tuple(
            CardImpact(*key, old.cards.get(key), new.cards.get(key))
            for key in keys(old.cards, new.cards)
            if old.cards.get(key) != new.cards.get(key)
        ),
        warnings=tuple(_large_moves(scenarios)),
    )


def _figure(old: Cited | None, new: Cited | None, before: Sources, after: Sources) -> FigureImpact:
    publication, figure = cast("Cited", new or old)
    changes = differences(old.figure, new.figure) if old and new else ()
    if old and new and old.publication.id != new.publication.id:
        changes = (Change("publication", old.publication.id, new.publication.id), *changes)
    return FigureImpact(
        id=figure.id,
        publication=publication.id,
        label=figure.label.in_language(OF_THE_CODE),
        changes=changes,
        regions_before=tuple(where_it_counts(before, old)) if old else (),
        regions_after=tuple(where_it_counts(after, new)) if new else (),
    )


def _publication(old: Publication | None, new: Publication | None) -> PublicationImpact:
    publication = cast("Publication", new or old)
    changes = differences(old, new, without=("figures",)) if old and new else ()
    return PublicationImpact(publication.id, publication.title, changes)


def _euros(result: Estimate | None) -> Range | None:
    return None if result is None else result.euros


def _large_moves(scenarios: Iterable[ScenarioImpact]) -> Iterator[str]:
    for item in scenarios:
        if item.before and item.after and item.large:
            yield (
                f"{item.region} {item.period}: the central moves from"
                f" € {item.before.central or 0:,.0f} to € {item.after.central or 0:,.0f}"
                f" ({item.percent:+.1f} %), more than {LARGE_MOVE:.0f} %."
                " Read the changed numbers once more on the page cited"
            )
