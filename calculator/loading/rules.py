"""The rules for the figures as a whole, checked at each load."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import Final

from calculator.errors import Problem, RateMissing
from calculator.estimate import Estimate, estimate, takes_part
from calculator.figures.document import Document
from calculator.figures.publication import Publication
from calculator.figures.sources import Cited, Sources

SCENARIOS: Final = "scenarios.yaml"
Estimates = Mapping[tuple[str, str], Estimate]


def check_rates(
    sources: Sources, read: Iterable[tuple[Document, Publication]]
) -> Iterator[Problem]:
    """Yield a problem for every figure taking part whose year lacks a rate.

    Args:
        sources: all figures, rates and scenarios.
        read: every publication with its file, whose name may differ from its id.
    """
    try:
        sources.price_level(sources.scenarios.price_year)
    except RateMissing as error:
        message = f"price_year: {error}. Choose a year that rates.yaml reaches"
        yield sources.documents[SCENARIOS].problem(("price_year",), message)
    for document, publication in read:
        for i, figure in enumerate(publication.figures):
            if any(takes_part(figure, region) for region in sources.scenarios.regions):
                for message in _missing(sources, Cited(publication, figure)):
                    yield document.problem(("figures", i), message)


def _missing(sources: Sources, cited: Cited) -> Iterator[str]:
    name, year = cited.figure.id, cited.year
    if year is None:
        yield (
            f"{name} has no reference_year and its publication is undated."
            " Add reference_year, or mark the figure reliability: weak"
        )
        return
    for lookup in (partial(sources.rate, cited.currency), sources.price_level):
        try:
            lookup(year)
        except RateMissing as error:
            yield f"{name} needs what is missing: {error}. Add it to rates.yaml"


def estimate_all(sources: Sources) -> tuple[Estimates, list[Problem]]:
    """Compute every region and period once; return the estimates and the problems with them.

    Only to be called when check_rates has found no problem: no rate may be missing.
    """
    document, scenarios = sources.documents[SCENARIOS], sources.scenarios
    estimates: dict[tuple[str, str], Estimate] = {}
    problems: list[Problem] = []
    for i, region in enumerate(scenarios.regions):
        if not any(takes_part(cited.figure, region) for cited in sources.figures()):
            messages: Iterable[str] = [f"{region.id}: no figure takes part. Add figures"]
        else:
            for period in scenarios.periods:
                estimates[region.id, period.id] = estimate(sources, region.id, period.id)
            shortest_first = sorted(scenarios.periods, key=scenarios.years_of)
            results = [estimates[region.id, period.id] for period in shortest_first]
            messages = _check_region(sources, results)
        problems += [document.problem(("regions", i), message) for message in messages]
    return estimates, problems


def _check_region(sources: Sources, results: list[Estimate]) -> Iterator[str]:
    """Check the estimates of one region, from the shortest period to the longest."""
    minimum = sources.scenarios.minimum
    region, behind = results[0].region, results[0].contributions
    if len(behind) < minimum.figures or results[0].publication_count < minimum.publications:
        yield (
            f"{region}: {len(behind)} figures from {results[0].publication_count} publications"
            f" take part, but at least {minimum.figures} from {minimum.publications} must."
            " Put back what was removed, or add publications"
        )
    for result in results:
        low, central, high = result.euros.low, result.euros.central, result.euros.high
        if not low <= central <= high:
            yield (
                f"{region} {result.period}: low {low:.0f}, central {central:.0f} and high"
                f" {high:.0f} are not in order. Check the figure added last"
            )
    for shorter, longer in pairwise(results):
        for name in ("low", "central", "high"):
            before, after = getattr(shorter.euros, name), getattr(longer.euros, name)
            if after < before:
                yield (
                    f"{region}: {name} falls from {before:.0f} ({shorter.period}) to {after:.0f}"
                    f" ({longer.period}). A longer period cannot bring in less: check the"
                    " figures per day and per week"
                )
