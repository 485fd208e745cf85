"""What must hold for the figures as a whole, checked whenever they load."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from calculator.errors import Problem, RateMissing
from calculator.estimate import Estimate, estimate, takes_part
from calculator.sources import Located, Sources

_SCENARIOS = "scenarios.yaml"


def check_rules(sources: Sources, places: Mapping[str, Located]) -> Iterator[Problem]:
    """Yield every rule that does not hold.

    Args:
        sources: all figures, rates and scenarios.
        places: file and line of each figure, by id.
    """
    rates_missing = list(_check_rates(sources, places))
    yield from rates_missing
    if rates_missing:
        return
    periods = sorted(sources.scenarios.periods, key=sources.scenarios.years_of)
    for region in sources.scenarios.regions:
        if not any(takes_part(cited.figure, region) for cited in sources.figures()):
            yield Problem(_SCENARIOS, 1, f"{region.id}: no figure takes part. Add figures")
            continue
        results = [estimate(sources, region.id, period.id) for period in periods]
        yield from _check_region(sources, results)


def _check_rates(sources: Sources, places: Mapping[str, Located]) -> Iterator[Problem]:
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
        try:
            sources.rate(figure.currency or "EUR", cited.year)
            sources.price_factor(cited.year)
        except RateMissing as error:
            yield Problem(
                file, line, f"{figure.id} needs what is missing: {error}. Add it to rates.yaml"
            )


def _check_region(sources: Sources, results: list[Estimate]) -> Iterator[Problem]:
    """Check the estimates of one region, from the shortest period to the longest."""
    minimum = sources.scenarios.minimum
    region, behind = results[0].region, results[0].contributions
    if len(behind) < minimum.figures or results[0].publication_count < minimum.publications:
        yield Problem(
            _SCENARIOS,
            1,
            f"{region}: {len(behind)} figures from {results[0].publication_count} publications"
            f" take part, but at least {minimum.figures} from {minimum.publications} must."
            " Put back what was removed, or add publications",
        )
    for result in results:
        low, central, high = result.euros.low, result.euros.central, result.euros.high
        if not low <= central <= high:
            yield Problem(
                _SCENARIOS,
                1,
                f"{region} {result.period}: low {low:.0f}, central {central:.0f} and high"
                f" {high:.0f} are not in order. Check the figure added last",
            )
    for shorter, longer in zip(results, results[1:], strict=False):
        for name in ("low", "central", "high"):
            before, after = getattr(shorter.euros, name), getattr(longer.euros, name)
            if after < before:
                yield Problem(
                    _SCENARIOS,
                    1,
                    f"{region}: {name} falls from {before:.0f} ({shorter.period}) to {after:.0f}"
                    f" ({longer.period}). A longer period cannot bring in less: check the"
                    " figures per day and per week",
                )
