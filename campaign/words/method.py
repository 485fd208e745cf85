"""Every choice of scenarios.yaml in a reader's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from calculator.estimate import Estimate, Family, Weighed, two
from calculator.figures.publication import Language, Texts
from calculator.figures.scenarios import Reasoned, ScenarioRegion, Scenarios
from calculator.formatting import format_money, format_number, format_share
from calculator.sensitivity import RowName, Sensitivity
from campaign.words.figure import start_sentence
from campaign.words.i18n import gettext as _
from campaign.words.terms import BASES, BASES_OF_FIGURES, FIGURE_REGIONS, READS, REGIONS, ROLES


class Chosen(NamedTuple):
    """One value of a choice; where it is a part of a whole, also in percent, to be drawn."""

    name: str
    words: str
    percent: float | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of the method: its values, whether measured or assumed, and why."""

    name: str
    values: tuple[Chosen, ...]
    basis: str
    reason: str


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """What one family says together: an amount with its weight at each place, or nothing."""

    family: Family
    name: str
    low: str
    central: str
    high: str


def explain_families(
    result: Estimate, names: Mapping[str, Texts], language: Language
) -> tuple[FamilyRow, ...]:
    """Return the families behind an estimate with what a reader needs to redo it, lowest first."""

    def say(place: Weighed | None) -> str:
        if place is None:
            return ""
        return _("%(amount)s, weight %(weight)s") % {
            "amount": format_money(round(place.euros, -2), language),
            "weight": format_number(place.weight, language, decimals=2),
        }

    def lowest(family: Family) -> float:
        return next(each.euros for each in (family.low, family.high) if each is not None)

    return tuple(
        FamilyRow(
            family,
            start_sentence(names[family.id].in_language(language)),
            *map(say, (family.low, family.central, family.high)),
        )
        for family in sorted(result.families, key=lowest)
    )


def say_numbers(
    result: Estimate, found: Sensitivity, scenarios: Scenarios, language: Language
) -> dict[str, str]:
    """Return the numbers that the method page's own sentences are filled with."""
    rows = {row.name: row.euros for row in found.rows}

    def middle(name: RowName) -> str:
        euros = rows[name]
        return (
            "–"
            if euros is None or euros.central is None
            else format_money(two(euros.central), language)
        )

    year = result.evidence.euros
    return {
        "low": format_money(round(year.low, -2), language),
        "central": format_money(round(year.central or 0, -2), language),
        "high": format_money(round(year.high, -2), language),
        "margin": format_share(scenarios.margin.value, language),
        "year": str(result.price_year),
        "margin_least": middle("margin-0.50"),
        "margin_most": middle("margin-0.85"),
        "police": middle("with-police-rule-of-thumb-2011"),
        "ilo": middle("with-ilo-2005"),
        "world": middle("world-averages-as-typical"),
    }


def explain_method(scenarios: Scenarios, language: Language) -> tuple[Choice, ...]:
    """Return every choice of the estimate, in the order of the file."""
    number = partial(format_number, language=language, decimals=4)
    share = partial(format_share, language=language)
    read, basis, quantiles = scenarios.read, scenarios.basis, scenarios.quantiles
    minimum, weeks = scenarios.minimum, scenarios.weeks_per_year

    def choice(name: str, part: Reasoned, *values: Chosen) -> Choice:
        return Choice(name, values, _(BASES[part.basis]), part.reason.in_language(language))

    def shared(name: str, value: float) -> Chosen:
        return Chosen(name, share(value), value * 100)

    def weighed(name: str, value: float) -> Chosen:
        return Chosen(name, number(value), value * 100)

    return (
        choice(
            _("Prices of the year"),
            scenarios.price_year,
            Chosen("", str(scenarios.price_year.value)),
        ),
        choice(_("What is left after costs"), scenarios.margin, shared("", scenarios.margin.value)),
        choice(
            _("Weeks in a year"),
            weeks,
            Chosen("", _("%(number)s weeks") % {"number": number(weeks.value)}),
        ),
        *(
            choice(
                _("Figures from where, when %(region)s is chosen")
                % {"region": _(REGIONS[part.id])},
                part,
                *(_regions(part)),
            )
            for part in scenarios.regions
        ),
        choice(
            _("Weight by how it was read"),
            read,
            *(weighed(_(words), getattr(read, name)) for name, words in READS.items()),
        ),
        choice(
            _("Weight by what it rests on"),
            basis,
            # A testimony has no weight: it takes no part.
            *(
                weighed(_(words), getattr(basis, name))
                for name, words in BASES_OF_FIGURES.items()
                if hasattr(basis, name)
            ),
        ),
        choice(
            _("Where the range begins and ends"),
            quantiles,
            shared(_("lowest"), quantiles.low),
            shared(_("highest"), quantiles.high),
        ),
        choice(
            _("Minimum number of sources"),
            minimum,
            Chosen(_("for a range"), number(minimum.families_for_a_range)),
            Chosen(_("for an ‘around’"), number(minimum.families_for_the_middle)),
            Chosen(_("for a row under ‘How certain is it?’"), number(minimum.families_for_a_row)),
        ),
        choice(
            _("How far one source may move the middle"),
            scenarios.one_family_moves_at_most,
            shared("", scenarios.one_family_moves_at_most.value),
        ),
    )


def _regions(part: ScenarioRegion) -> Iterator[Chosen]:
    """Yield from where figures count, and how."""
    if part.same_as is not None:
        yield Chosen(_("the same as"), _(REGIONS[part.same_as]))
    for role, regions in (("typical", part.typical), ("floor", part.floor)):
        if regions:
            yield Chosen(_(ROLES[role]), ", ".join(_(FIGURE_REGIONS[region]) for region in regions))
