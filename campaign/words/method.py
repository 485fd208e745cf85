"""Every choice of scenarios.yaml in a reader's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from calculator.estimate import Estimate, two
from calculator.figures.scenarios import Reasoned, ScenarioRegion, Scenarios
from calculator.formatting import format_money, format_number, format_share
from calculator.languages import Language
from calculator.sensitivity import RowName, Sensitivity
from campaign.words.i18n import gettext as _
from campaign.words.terms import BASES, BASES_OF_FIGURES, FIGURE_REGIONS, READS, ROLES


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
                % {"region": part.label.in_language(language)},
                part,
                *_regions(part, scenarios, language),
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


def _regions(part: ScenarioRegion, scenarios: Scenarios, language: Language) -> Iterator[Chosen]:
    """Yield from where figures count, and how."""
    for other in scenarios.regions:
        if other.id == part.same_as:
            yield Chosen(_("the same as"), other.label.in_language(language))
    for role, regions in (("typical", part.typical), ("floor", part.floor)):
        if regions:
            yield Chosen(_(ROLES[role]), ", ".join(_(FIGURE_REGIONS[region]) for region in regions))
