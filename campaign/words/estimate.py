"""An estimate in words: each figure with its steps, and how sure the whole is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from calculator.estimate import Estimate, half, two
from calculator.evidence import Contribution, Ends, Role, Step
from calculator.figures.publication import Currency, Texts
from calculator.figures.sources import Cited
from calculator.formatting import format_ends, format_money, format_number, format_sum
from calculator.languages import Language
from calculator.sensitivity import Row, Sensitivity
from campaign.words.figure import say_source, say_value, say_year
from campaign.words.i18n import gettext as _
from campaign.words.terms import FIGURE_REGIONS, KINDS, ROLES, ROWS, SCOPES, TIMES_A_YEAR


@dataclass(frozen=True, slots=True)
class ExplainedFigure:
    """One figure behind an estimate, ready to be shown."""

    label: str
    original: str
    source: str
    year: str
    cited: Cited
    published: str
    scope: str
    region: str
    caveat: str
    role: str
    euros: str
    amount: str
    values: Ends
    counts_as: Role
    family: str
    weight: str
    weight_steps: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExplainedVariation:
    """The estimate on a part of the figures, ready to be shown."""

    name: str
    figure_count: str
    central: str
    spread: str


def explain_figures(
    result: Estimate, families: Mapping[str, Texts], language: Language
) -> tuple[ExplainedFigure, ...]:
    """Return every figure of an estimate, the one with the largest weight first."""
    heaviest_first = sorted(result.contributions, key=lambda item: -item.weight)
    return tuple(_explain(item, families, language) for item in heaviest_first)


def explain_variations(found: Sensitivity, language: Language) -> tuple[ExplainedVariation, ...]:
    """Return the year with other choices; nothing where no choice leaves enough sources."""
    if all(item.euros is None for item in found.rows):
        return ()
    return tuple(_explain_row(item, language) for item in found.rows)


def say_about_whom(result: Estimate) -> str:
    """Return how many figures there are, from whom, and how many are about children alone."""
    figures = [item.cited.figure for item in result.contributions]
    return _(
        "%(figures)s figures of %(families)s groups of sources. About children alone: %(minors)s."
        " About adults alone: %(adults)s. From Belgium: %(belgian)s."
    ) % {
        "figures": len(figures),
        "families": len(result.families),
        "minors": sum(each.scope == "minors" for each in figures),
        "adults": sum(each.scope == "adults" for each in figures),
        "belgian": sum(each.region == "BE" for each in figures),
    }


def say_leave_one_out(
    result: Estimate, found: Sensitivity, families: Mapping[str, Texts], language: Language
) -> str:
    """Return what leaving out one source does to the middle; empty where there is none."""
    left_out = found.leave_one_family_out
    if result.shown.central is None or left_out is None or left_out.central is None:
        return ""
    return _(
        "If we leave out one group of sources at a time, the middle for one year lies between"
        " %(smallest)s and %(largest)s. The one that moves it most: %(name)s."
    ) % {
        "smallest": format_money(half(left_out.central.smallest), language),
        "largest": format_money(half(left_out.central.largest), language),
        "name": families[left_out.moves_most].in_language(language),
    }


def _explain(
    item: Contribution, families: Mapping[str, Texts], language: Language
) -> ExplainedFigure:
    figure, publication = item.cited.figure, item.cited.publication
    number = partial(format_number, language=language, decimals=3)
    source = say_source(publication.publisher, item.cited.reporter)
    year = say_year(publication.year)
    amount = say_ends(rounded(item.euros), language)
    return ExplainedFigure(
        original=say_value(figure, language),
        label=figure.label.in_language(language),
        source=source,
        year=year,
        cited=item.cited,
        published=f"{source}, {year} ({_(KINDS[publication.kind])})",
        scope=_(SCOPES[figure.scope]),
        region=_(FIGURE_REGIONS[figure.region]),
        caveat=figure.caveat.in_language(language),
        euros=_("%(role)s, one victim, one year, after costs: %(amount)s")
        % {"role": _(ROLES[item.role]), "amount": amount}
        if item.role == "typical"
        else _("one victim, one year, after costs: %(amount)s") % {"amount": amount},
        amount=amount,
        values=item.euros,
        role=_(ROLES[item.role]),
        counts_as=item.role,
        family=families[item.described.family].in_language(language),
        weight=number(item.weight),
        weight_steps=_("Weight: how it was read %(read)s × what it rests on %(basis)s = %(weight)s")
        % {
            "read": number(item.read_weight),
            "basis": number(item.basis_weight),
            "weight": number(item.weight),
        },
        steps=tuple(_say_steps(item, language)),
    )


def say_ends(values: Ends, language: Language, currency: Currency = "EUR") -> str:
    """Return "low to high" as money, one amount where both are equal, "at least" or "up to"."""
    money = partial(format_sum, language=language, currency=currency)
    low, high = values.low, values.high
    if low is None:
        return _("up to %(number)s") % {"number": money(high or 0)}
    if high is None:
        return _("at least %(number)s") % {"number": money(low)}
    if low == high:
        return money(low)
    first, last = format_ends(low, high, language, currency)
    return _("%(low)s to %(high)s") % {"low": first, "high": last}


def rounded(values: Ends) -> Ends:
    """Return amounts in two digits, as all are said."""
    return _each(values, two)


def _say_steps(item: Contribution, language: Language) -> Sequence[str]:
    figure = item.cited.figure
    lines = [_("Published: %(amount)s") % {"amount": say_value(figure, language)}]
    if item.role != "typical":
        amount = say_ends(item.completed, language, item.cited.currency)
        lines.append(_("Counts only as: %(amount)s") % {"amount": amount})
    lines += [_say_conversion(step, item, language) for step in item.steps if step.factor != 1]
    lines.append(_("Result: %(amount)s") % {"amount": say_ends(_whole(item.euros), language)})
    return lines


def _say_conversion(step: Step, item: Contribution, language: Language) -> str:
    number = partial(format_number, language=language, decimals=4)
    year = item.cited.year
    match step.kind:
        case "yearly":
            return _(TIMES_A_YEAR[step.detail]) % {"factor": number(step.factor)}
        case "victims":
            return _("÷ %(number)s victims") % {"number": step.detail}
        case "margin":
            return _("× %(factor)s: what is left after costs") % {"factor": number(step.factor)}
        case "currency":
            return _("÷ %(rate)s: the exchange rate of one euro in %(currency)s in %(year)s") % {
                "rate": number(1 / step.factor),
                "currency": item.cited.figure.currency,
                "year": year,
            }
        case _:
            return _("× %(factor)s: Belgian prices from %(year)s to %(price_year)s") % {
                "factor": number(step.factor),
                "year": year,
                "price_year": step.detail.rpartition(" ")[2],
            }


def _explain_row(item: Row, language: Language) -> ExplainedVariation:
    central, spread = _("too few figures"), ""
    if item.euros is not None:
        middle = item.euros.central
        central = "–" if middle is None else format_money(two(middle), language)
        spread = say_ends(Ends(two(item.euros.low), middle, two(item.euros.high)), language)
    return ExplainedVariation(_(ROWS[item.name]), str(item.figure_count), central, spread)


def _whole(values: Ends) -> Ends:
    return _each(values, round)


def _each(values: Ends, change: Callable[[float], float]) -> Ends:
    low, central, high = (
        None if value is None else change(value)
        for value in (values.low, values.central, values.high)
    )
    return Ends(low, central, high)
