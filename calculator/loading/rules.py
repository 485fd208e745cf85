"""The rules for the figures as a whole, checked at each load."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from calculator.errors import Problem, RateMissing, TooFewFamilies
from calculator.errors import message as _
from calculator.estimate import (
    Estimate,
    Evidence,
    Place,
    count_behind,
    estimate_from,
    gather,
    half,
)
from calculator.evidence import Contribution, may_take_part, what_it_awaits
from calculator.figures.document import Document
from calculator.figures.fields import Euros, Named
from calculator.figures.publication import Publication
from calculator.figures.scenarios import ScenarioRegion, Scenarios
from calculator.figures.sources import Cited, Sources
from calculator.method import own_rules
from calculator.resampling import leave_out

SCENARIOS: Final = "scenarios.yaml"
Estimates = Mapping[tuple[str, str], Estimate]
DESCRIBING: Final = ("family", "basis", "claim", "read")


def check_figures(
    sources: Sources, read: Iterable[tuple[Document, Publication]]
) -> Iterator[Problem]:
    """Yield what keeps single figures from taking part: a word, a family or a year is missing.

    Args:
        sources: all figures, rates and scenarios.
        read: every publication with its file, whose name may differ from its id.
    """
    try:
        sources.price_level(sources.scenarios.price_year.value)
    except RateMissing as error:
        message = f"price_year: {error}. Choose a year that rates.yaml reaches"
        yield sources.documents[SCENARIOS].problem(("price_year",), message)
    rules = own_rules(sources.scenarios)
    for document, publication in read:
        for i, figure in enumerate(publication.figures):
            if figure.family is not None and figure.family not in sources.families:
                yield document.problem(
                    ("figures", i, "family"),
                    _(
                        "family is %(family)s, which does not stand in families.yaml."
                        " Add it there with its name, or use one of those",
                        family=figure.family,
                    ),
                )
            if any(may_take_part(figure, each) for each in rules):
                for message in _missing(Cited(publication, figure)):
                    yield document.problem(("figures", i), message)


def _missing(cited: Cited) -> Iterator[str]:
    figure, name = cited.figure, Named(cited.figure.id, cited.figure.label)
    missing = [word for word in DESCRIBING if getattr(figure, word) is None]
    if missing:
        yield _(
            "%(figure)s would take part in the estimate, but does not say %(missing)s."
            " Add it; or, if nobody can stand behind the number, mark it reliability: weak",
            figure=name,
            missing=", ".join(missing),
        )
    if cited.year is None:
        yield _(
            "%(figure)s has no reference_year and its publication is undated."
            " Add reference_year, or mark the figure reliability: weak",
            figure=name,
        )


def figures_that_await(sources: Sources) -> Iterator[Problem]:
    """Yield a notice for each figure that takes part once its year has a rate and a price level."""
    for cited in sources.figures():
        awaited = what_it_awaits(sources, cited)
        if awaited:
            file = f"publications/{cited.publication.id}.yaml"
            index = cited.publication.figures.index(cited.figure)
            message = _(
                "%(figure)s is context for now: %(awaited)s. Add it to the rates and prices, and"
                " the figure takes part in the estimate",
                figure=Named(cited.figure.id, cited.figure.label),
                awaited=awaited[0],
            )
            yield sources.documents[file].problem(("figures", index), message)


def check_newer_figures(read: Iterable[tuple[Document, Publication]]) -> Iterator[Problem]:
    """Yield every superseded_by that names no other figure, or one of another family.

    Only to be called when no file is damaged: the newer figure may stand in that one.
    """
    read = list(read)
    figures = {figure.id: figure for _, item in read for figure in item.figures}
    for document, publication in read:
        for i, figure in enumerate(publication.figures):
            if figure.superseded_by is None:
                continue
            newer = figures.get(figure.superseded_by)
            place = ("figures", i, "superseded_by")
            if newer is None or newer.id == figure.id:
                yield document.problem(
                    place,
                    f"superseded_by is {figure.superseded_by}, which is no other figure here."
                    " Use the id of the newer figure",
                )
            elif figure.family and newer.family and figure.family != newer.family:
                yield document.problem(
                    place,
                    f"superseded_by is {newer.id}, which is of the family {newer.family} and not"
                    f" of {figure.family}. Only a newer figure of the same family takes its place",
                )


def check_citations(
    scenarios: Scenarios, document: Document, known: Collection[str]
) -> Iterator[Problem]:
    """Yield every citation in scenarios.yaml of no publication that is known."""
    for location, part in scenarios.reasoned():
        for i, cited in enumerate(part.cites):
            if cited not in known:
                name = part.id if isinstance(part, ScenarioRegion) else location[-1]
                yield document.problem(
                    (*location, "cites", i),
                    _(
                        "%(name)s cites %(cited)s, which is no publication here."
                        " Use the id of a file in publications/",
                        name=name,
                        cited=cited,
                    ),
                )


def check_same_as(scenarios: Scenarios, document: Document) -> Iterator[Problem]:
    """Yield every region that is the same as one without an estimate of its own."""
    own = [region.id for region in scenarios.regions if region.same_as is None]
    for i, region in enumerate(scenarios.regions):
        if region.same_as is not None and region.same_as not in own:
            yield document.problem(
                ("regions", i, "same_as"),
                f"{region.id} is the same as {region.same_as}, which has no estimate of its own."
                f" Allowed: {', '.join(own) or 'none, so give it typical'}",
            )


def estimate_all(sources: Sources) -> tuple[Estimates, list[Problem]]:
    """Compute every region and period once; return the estimates and the problems with them.

    Only to be called when check_figures has found no problem: the price year has a level.
    """
    document, scenarios = sources.documents[SCENARIOS], sources.scenarios
    estimates: dict[tuple[str, str], Estimate] = {}
    problems: list[Problem] = []
    for i, region in enumerate(scenarios.regions):
        name = Named(region.id, region.label)
        messages: Iterable[str]
        try:
            evidence = gather(sources, region)
        except TooFewFamilies:
            messages = [_too_little(sources, name, 0)]
        else:
            for period in scenarios.periods:
                estimates[region.id, period.id] = estimate_from(sources, region, period, evidence)
            messages = _check_year(sources, evidence, name)
        if region.same_as is None:
            place = document.problem(("regions", i), "")
            problems += [replace(place, message=words, of_all=True) for words in messages]
    return estimates, problems


def _too_little(sources: Sources, region: Named, count: int) -> str:
    return _(
        "%(region)s: the number of sources behind an end of the range is %(count)s, but at least"
        " %(least)s are needed: a range never rests on one alone. Put back what was taken away, or"
        " add figures of other sources first",
        region=region,
        count=count,
        least=sources.scenarios.minimum.families_for_a_range,
    )


def _check_year(sources: Sources, evidence: Evidence, region: Named) -> Iterator[str]:
    """Check what the year of a region rests on."""
    year, least = evidence.euros, sources.scenarios.minimum
    places: tuple[Place, ...] = ("low", "high")
    count = min(count_behind(evidence.families, place) for place in places)
    if count < least.families_for_a_range:
        yield _too_little(sources, region, count)
    if year.low > year.high or not year.low <= (year.central or year.low) <= year.high:
        yield _(
            "%(region)s: low %(low)s, central %(central)s and high %(high)s are not in order. One"
            " figure lies far from all others and counts heavily. Compare its number, unit, months"
            " and number of victims with the page cited. If all is right, mark it as waiting and"
            " write that it waits for other sources: it is kept. Take the waiting off once there"
            " are more",
            region=region,
            low=Euros(year.low),
            central="–" if year.central is None else Euros(year.central),
            high=Euros(year.high),
        )
    if count_behind(evidence.families, "central") >= least.families_for_the_middle:
        yield from _check_weight_of_one(sources, evidence, region)


def _check_weight_of_one(sources: Sources, evidence: Evidence, region: Named) -> Iterator[str]:
    """Yield each figure without which the middle that visitors see moves too far.

    A family is named where none of its figures does so alone.
    """
    at_most = sources.scenarios.one_family_moves_at_most.value
    figures = _too_far(evidence, at_most, lambda item: item.cited.figure.id)
    families = _too_far(evidence, at_most, lambda item: item.family)
    labels = {item.cited.figure.id: item.cited.figure.label for item in evidence.contributions}
    moved = [(Named(name, labels[name]), after) for name, after in figures.items()]
    for family in evidence.families:
        alone = any(item.cited.figure.id in figures for item in family.contributions)
        if family.id in families and not alone:
            moved.append((Named(family.id, sources.families[family.id]), families[family.id]))
    for name, after in moved:
        yield _(
            "%(region)s: without “%(name)s” the middle goes from %(before)s to %(after)s. That is"
            " a difference of more than %(most)s. No source may carry the estimate alone. Compare"
            " number, unit and claim with the page cited. If all is right, mark the figure as"
            " waiting and write that it waits for other sources: it is kept. Take the waiting off"
            " once there are more",
            region=region,
            name=name,
            before=Euros(evidence.euros.central or 0),
            after=Euros(after),
            most=f"{at_most * 100:.0f} %",
        )


def _too_far(
    evidence: Evidence, at_most: float, part_of: Callable[[Contribution], str]
) -> dict[str, float]:
    """Return the middle without each part that moves it further than it may."""
    before = evidence.euros.central
    if before is None:
        return {}
    found = {name: year.central for name, year in leave_out(evidence, part_of).items()}
    return {
        name: after
        for name, after in found.items()
        if after is not None
        if max(abs(after / before - 1), abs(half(after) / half(before) - 1)) > at_most
    }
