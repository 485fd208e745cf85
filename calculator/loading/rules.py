"""What must hold for the figures as a whole, checked whenever they load."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from calculator.errors import Problem, RateMissing
from calculator.estimate import Estimate, estimate, takes_part
from calculator.figures.publication import Currency
from calculator.figures.sources import Located, Sources


def check_rates(
    sources: Sources, places: Mapping[str, Located], price_year: Located
) -> Iterator[Problem]:
    """Yield every year of a figure taking part that the rates cannot convert.

    Args:
        sources: all figures, rates and scenarios.
        places: file and line of each figure, by id.
        price_year: file and line of the year whose euros everything is brought to.
    """
    try:
        sources.price_level(sources.scenarios.price_year)
    except RateMissing as error:
        yield Problem(*price_year, f"price_year: {error}. Choose a year that rates.yaml reaches")
    for cited in sources.figures():
        figure = cited.figure
        if not any(takes_part(figure, region) for region in sources.scenarios.regions):
            continue
        file, line = places[figure.id]
        if cited.year is None:
            yield Problem(
                file,
                line,
                f"{figure.id} has no reference_year and its publication is undated."
                " Add reference_year, or mark the figure reliability: weak",
            )
            continue
        for missing in _missing_rates(sources, figure.currency or "EUR", cited.year):
            yield Problem(
                file, line, f"{figure.id} needs what is missing: {missing}. Add it to rates.yaml"
            )


def _missing_rates(sources: Sources, currency: Currency, year: int) -> Iterator[RateMissing]:
    try:
        sources.rate(currency, year)
    except RateMissing as error:
        yield error
    try:
        sources.price_level(year)
    except RateMissing as error:
        yield error


def check_scenarios(sources: Sources, places: Mapping[str, Located]) -> Iterator[Problem]:
    """Yield every scenario rule that does not hold, once check_rates has found nothing.

    Args:
        sources: all figures, rates and scenarios.
        places: file and line of each region that can be chosen, by id.
    """
    periods = sorted(sources.scenarios.periods, key=sources.scenarios.years_of)
    for region in sources.scenarios.regions:
        place = places[region.id]
        if not any(takes_part(cited.figure, region) for cited in sources.figures()):
            yield Problem(*place, f"{region.id}: no figure takes part. Add figures")
            continue
        results = [estimate(sources, region.id, period.id) for period in periods]
        yield from _check_region(sources, results, place)


def _check_region(sources: Sources, results: list[Estimate], place: Located) -> Iterator[Problem]:
    """Check the estimates of one region, from the shortest period to the longest."""
    minimum = sources.scenarios.minimum
    region, behind = results[0].region, results[0].contributions
    if len(behind) < minimum.figures or results[0].publication_count < minimum.publications:
        yield Problem(
            *place,
            f"{region}: {len(behind)} figures from {results[0].publication_count} publications"
            f" take part, but at least {minimum.figures} from {minimum.publications} must."
            " Put back what was removed, or add publications",
        )
    for result in results:
        low, central, high = result.euros.low, result.euros.central, result.euros.high
        if not low <= central <= high:
            yield Problem(
                *place,
                f"{region} {result.period}: low {low:.0f}, central {central:.0f} and high"
                f" {high:.0f} are not in order. Check the figure added last",
            )
    for shorter, longer in pairwise(results):
        for name in ("low", "central", "high"):
            before, after = getattr(shorter.euros, name), getattr(longer.euros, name)
            if after < before:
                yield Problem(
                    *place,
                    f"{region}: {name} falls from {before:.0f} ({shorter.period}) to {after:.0f}"
                    f" ({longer.period}). A longer period cannot bring in less: check the"
                    " figures per day and per week",
                )
