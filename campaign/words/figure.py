"""A published figure in words: its number, its unit, and where it can be read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from calculator.evidence import where_it_counts
from calculator.figures.publication import Figure, Publication
from calculator.figures.sources import Cited, Sources
from calculator.formatting import (
    format_ends,
    format_large,
    format_month,
    format_number,
    format_share,
    format_sum,
)
from calculator.languages import FACTS, Language
from campaign.words.bodies import say_publisher
from campaign.words.i18n import gettext as _
from campaign.words.terms import (
    FIGURE_REGIONS,
    FORMS,
    KINDS,
    MEASURES,
    RELIABILITIES,
    ROLES,
    SCOPES,
    UNITS,
)


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One figure, ready to be shown."""

    id: str
    label: str
    value: str
    says: str
    caveat: str
    facts: str
    url: str
    publication: str
    source: str


@dataclass(frozen=True, slots=True)
class ShownPublication:
    """One publication with its figures, ready to be shown: `by` is one line, `facts` the rest."""

    record: Publication
    by: str
    facts: str
    count: str
    figures: tuple[ShownFigure, ...]


def show_publication(
    publication: Publication, sources: Sources, language: Language, figures: Sequence[Figure]
) -> ShownPublication:
    """Return a publication and some of its figures in the words of a language."""
    return ShownPublication(
        record=publication,
        by=f"{say_source(publication.publisher, publication.reported_by)},"
        f" {say_year(publication.year)}",
        facts=f"{_(KINDS[publication.kind])}. "
        + _("Read in %(date)s.") % {"date": format_month(publication.accessed, language)},
        count=_("1 figure")
        if len(figures) == 1
        else _("%(number)s figures") % {"number": len(figures)},
        figures=tuple(
            show_figure(Cited(publication, figure), sources, language) for figure in figures
        ),
    )


def show_figure(cited: Cited, sources: Sources, language: Language) -> ShownFigure:
    """Return a figure in the words of a language."""
    publication, figure = cited
    return ShownFigure(
        id=figure.id,
        label=figure.label.in_language(language),
        value=say_value(figure, language),
        says=figure.says.in_language(language),
        caveat=figure.caveat.in_language(language),
        facts=_figure_facts(cited, sources, language),
        url=cited.address,
        publication=publication.id,
        source=say_source(publication.publisher, cited.reporter),
    )


def _figure_facts(cited: Cited, sources: Sources, language: Language) -> str:
    publication, figure = cited
    about = (
        _(FIGURE_REGIONS[figure.region]),
        _(SCOPES[figure.scope]),
        _(FORMS[figure.form]),
        _(MEASURES[figure.measure]),
    )
    year = str(figure.reference_year or _("not stated"))
    said = [
        start_sentence(", ".join(about)) + ".",
        _("Year of the number: %(year)s.") % {"year": year},
        _("Reliability: %(reliability)s.") % {"reliability": _(RELIABILITIES[figure.reliability])},
        say_use(cited, sources, language),
    ]
    # Who reports the publication stands above its figures already.
    if cited.reporter is None and publication.reported_by:
        said.append(_("Read where it was published."))
    elif cited.reporter and cited.reporter != publication.reported_by:
        said.append(_("Reported by %(name)s.") % {"name": say_publisher(cited.reporter)})
    return " ".join(said)


def say_value(figure: Figure, language: Language) -> str:
    """Return a figure's number with its unit: a range, an amount, "at least" or "up to"."""
    low, central, high = figure.low, figure.central, figure.high
    if figure.currency is not None:
        write = partial(format_sum, language=language, currency=figure.currency)
    elif figure.unit == "share":
        write = partial(format_share, language=language)
    else:
        write = partial(_write_count, language=language)
    if low is not None and high is not None and low != high:
        first, last = write(low), write(high)
        if figure.currency is not None:
            first, last = format_ends(low, high, language, figure.currency)
        number = _("%(low)s to %(high)s") % {"low": first, "high": last}
    elif central is not None:
        number = write(central)
    elif low is not None:
        number = _("at least %(number)s") % {"number": write(low)}
    else:
        number = _("up to %(number)s") % {"number": write(high or 0)}
    unit = _(UNITS[figure.unit]) if UNITS[figure.unit] else ""
    if figure.unit == "persons" and figure.scope == "minors":
        unit = _(SCOPES["minors"])
    largest = max(value for value in (low, central, high) if value is not None)
    if figure.currency is None and unit and format_large(largest, language):
        return FACTS[language].count(number, unit)
    return f"{number} {unit}".strip()


def _write_count(value: float, language: Language) -> str:
    return format_large(value, language) or format_number(value, language, decimals=1)


def say_source(publisher: str, reporter: str | None) -> str:
    """Return who published a number, and who reports it where it was read at second hand."""
    if reporter is None:
        return say_publisher(publisher)
    return _("%(publisher)s, as reported by %(name)s") % {
        "publisher": say_publisher(publisher),
        "name": say_publisher(reporter),
    }


def start_sentence(text: str) -> str:
    """Return a text as it begins a sentence or stands alone: with a capital.

    A Dutch "één" loses its first accent there: a capital carries none.
    """
    return re.sub("^Één", "Eén", text[:1].upper() + text[1:])


def say_year(year: int | str) -> str:
    """Return a year of publication, or "undated"."""
    return str(year) if isinstance(year, int) else _("undated")


def say_use(cited: Cited, sources: Sources, language: Language) -> str:
    """Return for which regions a figure counts, at which end, with its weight there."""
    parts = [
        f"{name} {format_number(item.weight, language, decimals=3)} ({_(ROLES[item.role])})"
        for region, item in where_it_counts(sources, cited).items()
        for name in [sources.region(region).label.in_language(language)]
    ]
    if not parts:
        return _("Context: takes no part in the estimate.")
    return _("Takes part in the estimate, with weight: %(weights)s.") % {
        "weights": ", ".join(parts)
    }
