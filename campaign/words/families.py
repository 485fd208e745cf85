"""The families of figures behind an estimate, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from calculator.estimate import Estimate, Family, Weighed
from calculator.evidence import Ends
from calculator.figures.publication import Texts
from calculator.formatting import format_money, format_number
from calculator.languages import Language
from campaign.words.estimate import rounded, say_ends
from campaign.words.figure import start_sentence
from campaign.words.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class SaidFamily:
    """What all figures of one family say together, ready to be shown.

    `low`, `central` and `high` are what a reader needs to redo the sum: each amount with its
    weight, or nothing. `weight` is that of the typical amount, where there is one. `yearly` tells
    that each figure was published for one victim and one year.
    """

    name: str
    amount: str
    low: str
    central: str
    high: str
    values: Ends
    weight: float
    yearly: bool


def say_families(
    result: Estimate, names: Mapping[str, Texts], language: Language
) -> tuple[SaidFamily, ...]:
    """Return the families behind an estimate, lowest first."""

    def weighed(place: Weighed | None) -> str:
        if place is None:
            return ""
        return _("%(amount)s, weight %(weight)s") % {
            "amount": format_money(round(place.euros, -2), language),
            "weight": format_number(place.weight, language, decimals=2),
        }

    def say(family: Family) -> SaidFamily:
        places = (family.low, family.central, family.high)
        values = Ends(*(None if place is None else place.euros for place in places))
        low, central, high = map(weighed, places)
        weights = [place.weight for place in (family.central, *places) if place is not None]
        units = {item.cited.figure.unit for item in family.contributions}
        return SaidFamily(
            name=start_sentence(names[family.id].in_language(language)),
            amount=say_ends(rounded(values), language),
            low=low,
            central=central,
            high=high,
            values=values,
            weight=weights[0],
            yearly=units == {"per-victim-per-year"},
        )

    return tuple(sorted(map(say, result.families), key=lambda family: min(family.values.stated)))
