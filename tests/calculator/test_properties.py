"""What must hold for any figures at all, tried on hundreds of made-up sets."""

from __future__ import annotations

import datetime
import math
import random
import shutil
import tempfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from calculator.errors import SourcesInvalid, TooFewFamilies
from calculator.estimate import Weighed, estimate, half, quantile, two
from calculator.loading.folder import load_sources
from calculator.loading.rules import estimate_all
from calculator.sensitivity import sensitivity

PERIODS = ("1w", "1m", "6m", "1y", "2y")
UNITS = ("per-victim-per-week", "per-victim-per-month", "per-victim-per-year",
         "network-per-month", "network-per-year", "total-per-year", "total-once")  # fmt: skip
PLACES = ("low", "central", "high")

amounts = st.integers(min_value=1, max_value=1_000_000)


@st.composite
def figures(draw):
    low, central, high = sorted(draw(st.tuples(amounts, amounts, amounts)))
    stated = draw(st.sampled_from(["lch", "lc", "lh", "ch", "l", "c"]))
    every = {"low": low, "central": central, "high": high}
    return {
        **{name: value for name, value in every.items() if name[0] in stated},
        "measure": draw(st.sampled_from(["profit", "revenue"])),
        "unit": draw(st.sampled_from(UNITS)),
        "victims": draw(st.integers(min_value=1, max_value=100)),
        "period_months": draw(st.sampled_from([1, 6, 65])),
        "currency": draw(st.sampled_from(["EUR", "USD", "GBP", "CAD"])),
        "reference_year": draw(st.sampled_from([2020, 2021, 2022])),
        "family": draw(st.sampled_from("abcdef")),
        "basis": draw(st.sampled_from(["study", "statement", "case"])),
        "claim": draw(st.sampled_from(["typical", "typical", "at-least", "up-to"])),
        "read": draw(st.sampled_from(["own", "confirmed", "once"])),
        "region": draw(st.sampled_from(["BE", "FR", "WORLD"])),
    }


# With one typical figure in Belgium, so that there is something at each end.
sets = st.lists(figures(), max_size=9).map(lambda found: [{"central": 5000}, *found])


def _values(euros):
    return (euros.low, euros.central, euros.high)


@given(given_figures=sets, data=st.data())
def test_order_of_publications_does_not_matter(given_figures, data, build_sources):
    sources = build_sources(given_figures)

    shuffled = data.draw(st.permutations(sources.publications))
    again = estimate(replace(sources, publications=tuple(shuffled)), "BE", "1y")

    assert _values(again.euros) == pytest.approx(_values(estimate(sources, "BE", "1y").euros))


@given(order=st.permutations(["alpha", "beta", "gamma"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
def test_order_in_which_files_were_written_does_not_matter(order, folder):
    today = datetime.date(2026, 11, 22)
    expected = load_sources(folder.path, today=today)

    with tempfile.TemporaryDirectory() as other:
        copy = Path(other)
        (copy / "publications").mkdir()
        for name in order:
            shutil.copy(folder.path / f"publications/{name}.yaml", copy / "publications")
        for name in ("scenarios.yaml", "rates.yaml", "families.yaml"):
            shutil.copy(folder.path / name, copy)
        found = load_sources(copy, today=today)

    assert found == expected
    assert found.digest == expected.digest


@given(given_figures=sets)
def test_doubling_every_amount_doubles_the_result(given_figures, build_sources):
    doubled = [
        {key: value * 2 if key in PLACES else value for key, value in figure.items()}
        for figure in given_figures
    ]

    once = estimate(build_sources(given_figures), "BE", "1y").euros
    twice = estimate(build_sources(doubled), "BE", "1y").euros

    assert _values(twice) == pytest.approx([2 * value for value in _values(once)])


@given(given_figures=sets)
def test_every_period_is_the_same_part_of_the_same_year(given_figures, build_sources):
    sources = build_sources(given_figures)
    week, month, six, year, twice = (
        _values(estimate(sources, "BE", period).euros) for period in PERIODS
    )

    for i in range(3):
        assert (week[i], month[i], six[i], twice[i]) == pytest.approx(
            (year[i] / 50, year[i] / 12, year[i] / 2, year[i] * 2)
        )


@given(given_figures=sets)
def test_each_end_is_a_number_of_a_family_and_the_middle_lies_among_them(
    given_figures, build_sources
):
    result = estimate(build_sources(given_figures), "BE", "1y")

    year = result.evidence.euros
    for place in ("low", "high"):
        found = [getattr(family, place) for family in result.families]
        assert getattr(year, place) in [each.euros for each in found if each is not None]
    middles = [family.central.euros for family in result.families if family.central]
    assert min(middles) * (1 - 1e-9) <= year.central <= max(middles) * (1 + 1e-9)


@given(given_figures=sets)
def test_trace_multiplies_out_to_the_euros(given_figures, build_sources):
    for item in estimate(build_sources(given_figures), "BE", "1y").contributions:
        product = math.prod(step.factor for step in item.steps)
        for place in PLACES:
            start, end = getattr(item.completed, place), getattr(item.euros, place)
            assert (start is None) == (end is None)
            assert end is None or end == pytest.approx(start * product)
        for before, after in pairwise([item.completed, *(step.values for step in item.steps)]):
            assert (before.low is None) == (after.low is None)
        assert item.weight == item.read_weight * item.basis_weight


@given(given_figures=sets)
def test_chosen_row_is_the_year_itself(given_figures, build_sources):
    sources = build_sources(given_figures)
    evidence = estimate(sources, "BE", "1y").evidence

    chosen = sensitivity(sources, evidence).rows[0]

    assert chosen.euros is None or (chosen.euros.low, chosen.euros.high) == (
        evidence.euros.low,
        evidence.euros.high,
    )


@given(given_figures=sets)
def test_only_what_holds_passes(given_figures, build_sources):
    sources = build_sources(given_figures)
    _estimates, problems = estimate_all(sources)
    assume(not problems)

    result = estimate(sources, "BE", "1y")
    assert result.euros.low <= result.euros.central <= result.euros.high
    assert result.shown.low <= (result.shown.central or result.shown.low) <= result.shown.high
    if result.shown.central is None:
        return
    # No family, and no figure, moves the middle that is shown by more than half.
    for part_of in (lambda figure: figure["family"], id):
        whole = [{"family": "family-0", **figure} for figure in given_figures]
        for left_out in {part_of(figure) for figure in whole}:
            kept = [figure for figure in whole if part_of(figure) != left_out]
            try:
                without = estimate(build_sources(kept), "BE", "1y").euros.central
            except TooFewFamilies:
                continue
            if without is not None:
                assert abs(half(without) / result.shown.central - 1) <= 0.5


def test_a_thousand_edits_of_one_figure_never_pass_out_of_order(build_sources):
    chance = random.Random(1)  # noqa: S311 - made-up figures, not secrets
    sound = [
        {"id": name, "central": central, "family": name}
        for name, central in (("a", 1000), ("b", 2000), ("c", 3000), ("d", 4000))
    ]
    refused = 0
    for _ in range(1000):
        edit = {
            chance.choice(["low", "central", "high"]): round(10 ** chance.uniform(0, 8)),
            "claim": chance.choice(["typical", "at-least", "up-to", "quota"]),
            "read": chance.choice(["own", "once"]),
            "basis": chance.choice(["study", "case", "testimony"]),
            "measure": chance.choice(["profit", "revenue", "confiscation"]),
            "unit": chance.choice(UNITS),
            "victims": chance.choice([1, 50]),
            "period_months": chance.choice([1, 60]),
            "region": chance.choice(["BE", "WORLD", "US"]),
        }
        if set(edit) & {"low", "central", "high"} == {"high"}:
            edit["claim"] = "up-to"  # what else states only a high is refused as it is read
        number = chance.randrange(4)
        figures = [
            {**{k: v for k, v in figure.items() if k != "central"}, **edit} if i == number
            else figure
            for i, figure in enumerate(sound)
        ]  # fmt: skip
        estimates, problems = estimate_all(build_sources(figures))
        if problems:
            refused += 1
            assert all(
                words in str(problem) for problem in problems for words in ("scenarios.yaml:", ". ")
            )
            continue
        for result in estimates.values():
            for euros in (result.euros, result.shown):
                assert euros.low <= euros.high
                assert euros.central is None or euros.low <= euros.central <= euros.high
    assert 0 < refused < 1000


@given(edits=st.integers(min_value=1, max_value=10_000_000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_a_file_that_passes_shows_a_range_in_order(edits, folder):
    before = folder.text("publications/alpha.yaml")
    folder.replace("publications/alpha.yaml", "central: 1000", f"central: {edits}")
    try:
        shown = estimate(folder.load(), "BE", "1y").shown
    except SourcesInvalid:
        for problem in folder.problems():
            assert (problem.file, problem.message.count(". ") > 0) == ("scenarios.yaml", True)
    else:
        assert shown.low <= (shown.central or shown.low) <= shown.high
    finally:
        folder.write("publications/alpha.yaml", before)


@given(
    pairs=st.lists(st.tuples(amounts, st.sampled_from([0.25, 0.5, 1.0])), min_size=1, max_size=12),
    q=st.floats(min_value=0, max_value=1),
)
def test_quantile_has_the_share_at_or_below_it_and_not_before(pairs, q):
    items = [Weighed(*pair) for pair in pairs]
    found, total = quantile(items, q), sum(item.weight for item in items)

    at_or_below = sum(item.weight for item in items if item.euros <= found) / total
    below = sum(item.weight for item in items if item.euros < found) / total
    assert at_or_below >= q - 2e-9
    assert below < q or below <= 1e-9


@given(euros=st.floats(min_value=0.01, max_value=1e13))
def test_rounding_stays_near_and_keeps_its_digits(euros):
    for rounded, most in ((two(euros), 0.05), (half(euros), 0.25)):
        assert abs(rounded - euros) <= euros * most * (1 + 1e-9)
        digits = f"{rounded:.15g}".replace(".", "").split("e")[0].strip("0")
        assert len(digits) <= 2
    assert half(euros) == 0 or f"{half(euros):.15e}"[2] in "05"
