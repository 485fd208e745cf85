"""Every choice of scenarios.yaml in a reader's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from calculator.figures.publication import Language
from calculator.figures.scenarios import Reasoned, ScenarioRegion, Scenarios
from calculator.formatting import format_number, format_share
from campaign.words.i18n import gettext as _
from campaign.words.terms import BASES, BASES_OF_FIGURES, FIGURE_REGIONS, READS, REGIONS, ROLES


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of the method: its values, whether measured or assumed, and why."""

    name: str
    values: tuple[tuple[str, str], ...]
    basis: str
    reason: str


def explain_method(scenarios: Scenarios, language: Language) -> tuple[Choice, ...]:
    """Return every choice of the estimate, in the order of the file."""
    number = partial(format_number, language=language, decimals=4)
    share = partial(format_share, language=language)
    read, basis, quantiles = scenarios.read, scenarios.basis, scenarios.quantiles
    minimum, weeks = scenarios.minimum, scenarios.weeks_per_year

    def choice(name: str, part: Reasoned, *values: tuple[str, str]) -> Choice:
        return Choice(name, values, _(BASES[part.basis]), part.reason.in_language(language))

    return (
        choice(
            _("Prices of the year"), scenarios.price_year, ("", str(scenarios.price_year.value))
        ),
        choice(
            _("What is left after costs"), scenarios.margin, ("", share(scenarios.margin.value))
        ),
        choice(
            _("Weeks in a year"),
            weeks,
            ("", _("%(number)s weeks") % {"number": number(weeks.value)}),
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
            (_(READS["own"]), number(read.own)),
            (_(READS["confirmed"]), number(read.confirmed)),
            (_(READS["once"]), number(read.once)),
        ),
        choice(
            _("Weight by what it rests on"),
            basis,
            (_(BASES_OF_FIGURES["study"]), number(basis.study)),
            (_(BASES_OF_FIGURES["statement"]), number(basis.statement)),
            (_(BASES_OF_FIGURES["case"]), number(basis.case)),
        ),
        choice(
            _("Where the range begins and ends"),
            quantiles,
            (_("lowest"), share(quantiles.low)),
            (_("highest"), share(quantiles.high)),
        ),
        choice(
            _("Sources needed at least"),
            minimum,
            (_("for a range"), number(minimum.families_for_a_range)),
            (_("for an ‘around’"), number(minimum.families_for_the_middle)),
            (_("for a row under ‘how sure is it?’"), number(minimum.families_for_a_row)),
        ),
        choice(
            _("How far one source may move the middle"),
            scenarios.one_family_moves_at_most,
            ("", share(scenarios.one_family_moves_at_most.value)),
        ),
    )


def _regions(part: ScenarioRegion) -> Iterator[tuple[str, str]]:
    """Yield from where figures count, and how."""
    if part.same_as is not None:
        yield _("the same as"), _(REGIONS[part.same_as])
    for name, regions in ((_(ROLES["typical"]), part.typical), (_(ROLES["floor"]), part.floor)):
        if regions:
            yield name, ", ".join(_(FIGURE_REGIONS[region]) for region in regions)
