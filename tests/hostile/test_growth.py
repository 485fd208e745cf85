"""Thousands of bad files leave the renderer, and a hundred the site, as large as they were."""

from __future__ import annotations

import itertools
import sys

import pytest
from corpus import CASES, DRAWN, seeds
from target import megabytes, outcome_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

MOST_GROWTH_MB = 100


@pytest.fixture(scope="module")
def bad():
    return [seeds()[case.name] for case in CASES if case.name in seeds() and case.outcome != DRAWN]


def test_a_renderer_does_not_grow_over_thousands_of_bad_files(pool, bad):
    [child] = pool.children
    for data in bad:
        outcome_of(pool, data)
    before = megabytes(child.pid, "VmRSS")

    outcomes = {outcome_of(pool, data) for data in itertools.islice(itertools.cycle(bad), 2000)}

    assert pool.children == (child,)
    assert DRAWN not in outcomes
    assert megabytes(child.pid, "VmRSS") - before < MOST_GROWTH_MB


def test_a_site_does_not_grow_over_a_hundred_bad_files(target, bad):
    def grown():
        return {process: megabytes(process, "VmRSS") for process in target.site.processes()}

    before = grown()
    for data in itertools.islice(itertools.cycle(bad), 120):
        assert target.send(data, "nl", "square").status == 400
        target.log_line()  # read here, or the next test would take it for its own

    after = grown()
    assert set(after) == set(before)
    assert max(after[process] - before[process] for process in after) < MOST_GROWTH_MB
