"""How sure the estimate is: the same computation with one choice changed, or one source left out.

Every row is one line of ROWS. All amounts are of one year.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple, get_args

from calculator.estimate import Evidence, Range, combine, count_behind, group
from calculator.evidence import Contribution, contribute
from calculator.figures.publication import Region
from calculator.figures.sources import Sources
from calculator.method import Rules
from calculator.resampling import Bootstrap, LeaveOneOut, bootstrap, leave_one_out

RowName = Literal[
    "chosen", "middle-as-median", "all-weights-equal", "second-hand-counts-fully",
    "second-hand-counts-a-quarter", "statements-and-cases-count-fully",
    "statements-and-cases-count-a-quarter", "margin-0.50", "margin-0.85", "before-costs",
    "studies-only", "cases-and-statements-only", "not-read-once-only", "since-2010",
    "without-adults-only", "minors-only", "without-inflation", "typical-figures-only",
    "world-averages-as-typical", "world-averages-out", "with-ilo-2005",
    "with-police-rule-of-thumb-2011", "with-quotas-and-testimonies", "with-north-america",
    "each-french-ring-its-own-family", "everything-lowest-to-highest",
]  # fmt: skip
ROW_NAMES: Final[tuple[RowName, ...]] = get_args(RowName)
# Five days a week all year round: nobody measured it, which is why quotas are out.
DAYS_A_WEEK: Final = 5


class _Row(NamedTuple):
    """What a row changes: the rules, or which of the contributions stay."""

    change: Callable[[Rules], Rules] = lambda rules: rules
    keep: Callable[[Contribution], bool] = lambda _item: True


def _reweigh(rules: Rules, **weights: float) -> Rules:
    """Give some words of how it was read, or what it rests on, another weight."""
    return replace(
        rules,
        read={word: weights.get(word, weight) for word, weight in rules.read.items()},
        basis={word: weights.get(word, weight) for word, weight in rules.basis.items()},
    )


def _with_quotas(rules: Rules) -> Rules:
    days = DAYS_A_WEEK * rules.times_a_year["per-victim-per-week"]
    return replace(
        rules,
        claims=(*rules.claims, "quota"),
        times_a_year={**rules.times_a_year, "per-victim-per-day": days},
        basis={**rules.basis, "testimony": 0.5},
    )


def _with_north_america(rules: Rules) -> Rules:
    # The world takes world averages alone, so no single country joins them.
    more: tuple[Region, ...] = () if "WORLD" in rules.typical else ("US", "CA")
    return replace(rules, typical=(*rules.typical, *more))


def _is_of(year: int) -> Callable[[Contribution], bool]:
    return lambda item: item.cited.year is not None and item.cited.year >= year


ROWS: Final[dict[RowName, _Row]] = {
    "chosen": _Row(),
    "middle-as-median": _Row(lambda rules: replace(rules, middle="median")),
    "all-weights-equal": _Row(
        lambda rules: _reweigh(rules, own=1, confirmed=1, once=1, study=1, statement=1, case=1)
    ),
    "second-hand-counts-fully": _Row(lambda rules: _reweigh(rules, once=1)),
    "second-hand-counts-a-quarter": _Row(lambda rules: _reweigh(rules, once=0.25)),
    "statements-and-cases-count-fully": _Row(lambda rules: _reweigh(rules, statement=1, case=1)),
    "statements-and-cases-count-a-quarter": _Row(
        lambda rules: _reweigh(rules, statement=0.25, case=0.25)
    ),
    "margin-0.50": _Row(lambda rules: replace(rules, margin=0.50)),
    "margin-0.85": _Row(lambda rules: replace(rules, margin=0.85)),
    "before-costs": _Row(lambda rules: replace(rules, before_costs=True)),
    "studies-only": _Row(keep=lambda item: item.described.basis == "study"),
    "cases-and-statements-only": _Row(keep=lambda item: item.described.basis != "study"),
    "not-read-once-only": _Row(keep=lambda item: item.described.read != "once"),
    "since-2010": _Row(keep=_is_of(2010)),
    "without-adults-only": _Row(keep=lambda item: item.cited.figure.scope != "adults"),
    "minors-only": _Row(keep=lambda item: item.cited.figure.scope == "minors"),
    "without-inflation": _Row(lambda rules: replace(rules, inflation=False)),
    "typical-figures-only": _Row(keep=lambda item: item.role == "typical"),
    "world-averages-as-typical": _Row(
        lambda rules: replace(rules, typical=(*rules.typical, *rules.floor), floor=())
    ),
    "world-averages-out": _Row(keep=lambda item: item.cited.figure.region != "WORLD"),
    "with-ilo-2005": _Row(
        lambda rules: replace(
            rules, back_in=frozenset({"ilo-2005-industrialised-profit-per-victim"})
        )
    ),
    "with-police-rule-of-thumb-2011": _Row(
        lambda rules: replace(rules, back_in=frozenset({"be-federal-police-2011-per-week"}))
    ),
    "with-quotas-and-testimonies": _Row(_with_quotas),
    "with-north-america": _Row(_with_north_america),
    "each-french-ring-its-own-family": _Row(
        lambda rules: replace(rules, split_family="fr-ocrteh")
    ),
    "everything-lowest-to-highest": _Row(
        lambda rules: replace(rules, quantile_low=0, quantile_high=1, middle="none")
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """The year with one choice changed; `euros` is None where too few families are left."""

    name: RowName
    figure_count: int
    family_count: int
    euros: Range | None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """All that is shown beside a result under "how sure is it?"."""

    rows: tuple[Row, ...]
    leave_one_family_out: LeaveOneOut | None
    leave_one_publication_out: LeaveOneOut | None
    bootstrap: Bootstrap | None


def sensitivity(sources: Sources, evidence: Evidence) -> Sensitivity:
    """Compute every row for the year of a region."""
    return Sensitivity(
        rows=tuple(_row(name, sources, evidence) for name in ROW_NAMES),
        leave_one_family_out=leave_one_out(evidence, lambda item: item.family),
        leave_one_publication_out=leave_one_out(evidence, lambda item: item.cited.publication.id),
        bootstrap=bootstrap(evidence),
    )


def _row(name: RowName, sources: Sources, evidence: Evidence) -> Row:
    row = ROWS[name]
    rules = row.change(evidence.rules)
    found = evidence.contributions
    if rules != evidence.rules:
        again = (contribute(sources, cited, rules) for cited in sources.figures())
        found = tuple(item for item in again if item is not None)
    kept = [item for item in found if row.keep(item)]
    families = group(kept)
    least = sources.scenarios.minimum.families_for_a_row
    euros = None
    if count_behind(families, "low") >= least and count_behind(families, "high") >= least:
        euros = combine(families, rules)
        if count_behind(families, "central") < least:
            euros = replace(euros, central=None)
    return Row(name, len(kept), len(families), euros)
