"""The weights and assumptions of scenarios.yaml in a reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from calculator.figures.publication import Language
from calculator.figures.scenarios import Reasoned, Scenarios
from calculator.formatting import format_number
from campaign.words.i18n import gettext as _
from campaign.words.terms import BASES, FIGURE_REGIONS, KINDS, LENGTHS, REGIONS, SCOPES, UNITS


@dataclass(frozen=True, slots=True)
class Choice:
    """One weight table or assumption: its values, whether measured or assumed, and why."""

    name: str
    values: tuple[tuple[str, str], ...]
    basis: str
    reason: str


def explain_method(scenarios: Scenarios, language: Language) -> tuple[Choice, ...]:
    """Return every weight table and assumption of the estimate."""
    number = partial(format_number, language=language, decimals=6)
    short = partial(format_number, language=language, decimals=2)

    def choice(name: str, values: list[tuple[str, str]], part: Reasoned) -> Choice:
        return Choice(name, tuple(values), _(BASES[part.basis]), part.reason.in_language(language))

    def table(weights: Mapping[Any, float], words: Mapping[str, str]) -> list[tuple[str, str]]:
        return [(_(words[key]), number(weight)) for key, weight in weights.items()]

    return (
        *(
            choice(
                _("Weight by region, when %(region)s is chosen") % {"region": _(REGIONS[part.id])},
                table(part.weights, FIGURE_REGIONS),
                part,
            )
            for part in scenarios.regions
        ),
        choice(_("Weight by kind of source"), table(scenarios.kind.weights, KINDS), scenarios.kind),
        choice(
            _("Weight by who the figure is about"),
            table(scenarios.scope.weights, SCOPES),
            scenarios.scope,
        ),
        choice(
            _("How far a figure counts in full"),
            [
                (_(UNITS[unit]), _(LENGTHS[unit]) % {"number": short(length)})
                for unit, length in scenarios.stretch.units.items()
            ],
            scenarios.stretch,
        ),
        choice(
            _("Active days in a week"),
            [("", _("%(number)s days") % {"number": number(scenarios.active_days_per_week.value)})],
            scenarios.active_days_per_week,
        ),
        choice(
            _("Weeks in a year"),
            [("", _("%(number)s weeks") % {"number": number(scenarios.weeks_per_year.value)})],
            scenarios.weeks_per_year,
        ),
        choice(
            _("What every estimate needs at least"),
            [
                (_("Figures"), number(scenarios.minimum.figures)),
                (_("Publications"), number(scenarios.minimum.publications)),
            ],
            scenarios.minimum,
        ),
    )
