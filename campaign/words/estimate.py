"""An estimate in words: each figure with its steps, and how sure the whole is."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import partial

from calculator.estimate import Contribution, Estimate, Range, Step, round_to_two_digits
from calculator.figures.publication import Currency, Language
from calculator.figures.sources import Cited
from calculator.formatting import format_money, format_number
from calculator.sensitivity import Sensitivity, Variation
from campaign.words.figure import say_source, say_value, say_year
from campaign.words.i18n import gettext as _
from campaign.words.terms import FIGURE_REGIONS, KINDS, PERIODS, SCOPES, TIMES_A_YEAR, VARIATIONS


@dataclass(frozen=True, slots=True)
class ExplainedFigure:
    """One figure behind an estimate, ready to be shown."""

    label: str
    source: str
    year: str
    cited: Cited
    published: str
    scope: str
    region: str
    caveat: str
    euros: str
    values: Range
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


def explain_figures(result: Estimate, language: Language) -> tuple[ExplainedFigure, ...]:
    """Return every figure of an estimate, the one with the largest weight first."""
    heaviest_first = sorted(result.contributions, key=lambda item: -item.weight)
    return tuple(_explain(item, language) for item in heaviest_first)


def explain_variations(found: Sensitivity, language: Language) -> tuple[ExplainedVariation, ...]:
    """Return the estimate on each part of the figures."""
    return tuple(_explain_variation(item, language) for item in found.variations)


def say_about_whom(result: Estimate) -> str:
    """Return how many figures are about minors alone and, for Belgium, how many about Belgium."""
    figures = [item.cited.figure for item in result.contributions]
    said = _(
        "Figures about minors alone: %(some)s of %(all)s. The others are about adults too, or only."
    ) % {"some": sum(each.scope == "minors" for each in figures), "all": len(figures)}
    if result.region == "BE":
        said += " " + _("Figures about Belgium: %(some)s of %(all)s.") % {
            "some": sum(each.region == "BE" for each in figures),
            "all": len(figures),
        }
    return said


def say_leave_one_out(found: Sensitivity, language: Language) -> str:
    """Return what leaving out one publication does; empty where there is only one."""
    if found.leave_one_out is None:
        return ""
    moves = found.leave_one_out.moves_most
    return _(
        "If we leave out one publication at a time, the amount lies between %(smallest)s and"
        " %(largest)s. The publication that moves it most: %(publisher)s (%(year)s)."
    ) % {
        "smallest": format_money(round_to_two_digits(found.leave_one_out.smallest), language),
        "largest": format_money(round_to_two_digits(found.leave_one_out.largest), language),
        "publisher": say_source(moves.publisher, moves.reported_by),
        "year": say_year(moves.year),
    }


def _explain(item: Contribution, language: Language) -> ExplainedFigure:
    figure, publication = item.cited.figure, item.cited.publication
    number = partial(format_number, language=language, decimals=3)
    factors = item.factors
    source = say_source(publication.publisher, item.cited.reporter)
    year = say_year(publication.year)
    return ExplainedFigure(
        label=figure.label.in_language(language),
        source=source,
        year=year,
        cited=item.cited,
        published=f"{source}, {year} ({_(KINDS[publication.kind])})",
        scope=_(SCOPES[figure.scope]),
        region=_(FIGURE_REGIONS[figure.region]),
        caveat=figure.caveat.in_language(language),
        euros=say_range(item.euros.rounded(), language),
        values=item.euros,
        weight=number(item.weight),
        weight_steps=_(
            "Weight: region %(region)s × kind of source %(kind)s × about whom %(scope)s"
            " × stretch %(stretch)s = %(weight)s"
        )
        % {
            "region": number(factors.region),
            "kind": number(factors.kind),
            "scope": number(factors.scope),
            "stretch": number(factors.stretch),
            "weight": number(item.weight),
        },
        steps=tuple(_say_steps(item, language)),
    )


def say_range(values: Range, language: Language, currency: Currency = "EUR") -> str:
    """Return "low to high" as money, or one amount where both are equal."""
    money = partial(format_money, language=language, currency=currency)
    if values.low == values.high:
        return money(values.central)
    return _("%(low)s to %(high)s") % {"low": money(values.low), "high": money(values.high)}


def _say_steps(item: Contribution, language: Language) -> Sequence[str]:
    figure = item.cited.figure
    completed, *conversions = item.steps
    lines = [_("Published: %(amount)s") % {"amount": say_value(figure, language)}]
    if figure.central is None:
        money = partial(format_money, language=language, currency=figure.currency or "EUR")
        lines.append(
            _("Counted as low, central and high: %(low)s, %(central)s, %(high)s")
            % {
                "low": money(completed.values.low),
                "central": money(completed.values.central),
                "high": money(completed.values.high),
            }
        )
    lines += [_say_conversion(step, item, language) for step in conversions if step.factor != 1]
    lines.append(
        _("Result: %(amount)s")
        % {"amount": say_range(Range(*map(round, astuple(item.euros))), language)}
    )
    return lines


def _say_conversion(step: Step, item: Contribution, language: Language) -> str:
    number = partial(format_number, language=language, decimals=4)
    year = item.cited.year
    match step.kind:
        case "yearly":
            return _(TIMES_A_YEAR[step.detail]) % {"factor": number(step.factor)}
        case "period":
            return _("× %(factor)s, the period in years (%(period)s)") % {
                "factor": number(step.factor),
                "period": _(PERIODS[step.detail]),
            }
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


def _explain_variation(item: Variation, language: Language) -> ExplainedVariation:
    if item.euros is None:
        central, spread = _("too few figures"), ""
    else:
        central = format_money(item.euros.rounded().central, language)
        spread = say_range(item.euros.rounded(), language)
    return ExplainedVariation(_(VARIATIONS[item.name]), str(item.figure_count), central, spread)
