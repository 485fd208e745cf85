"""How far the estimates moved since last month, from the figures as the commits have them."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from calculator.errors import SourcesInvalid
from calculator.estimate import Range, estimate
from calculator.figures.sources import Sources
from calculator.loading.folder import check_sources
from campaign.staff.files.git import Git
from campaign.upkeep.impact.archive import unpack

A_MONTH: Final = 30
# In percent: less than this is no more than rounding.
LEAST_MOVE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Move:
    """How far a region's estimate moved, in percent: the end or middle that moved furthest."""

    region: str
    percent: float


def moves_since(git: Git, sources: Sources, today: datetime.date) -> tuple[Move, ...] | None:
    """Return the regions whose estimate moved in a month, the furthest first.

    None where the figures of then do not pass today's checks. Raises NotRecorded.
    """
    day = today - datetime.timedelta(days=A_MONTH)
    found = git.run("rev-list", "--max-count=1", "--first-parent", f"--before={day}", "HEAD")
    commit = found.decode().strip()
    if not commit:
        return ()
    before = _estimates_at(git, commit)
    if before is None:
        return None
    now = _estimates(sources)
    moves = [_move(region, before[region], now[region]) for region in now if region in before]
    moved = [move for move in moves if abs(move.percent) >= LEAST_MOVE]
    return tuple(sorted(moved, key=lambda move: -abs(move.percent)))


def _move(region: str, before: Range, now: Range) -> Move:
    ends = ((before.low, now.low), (before.central, now.central), (before.high, now.high))
    percents = [(new / old - 1) * 100 for old, new in ends if old and new]
    return Move(region, max(percents, key=abs, default=0.0))


@lru_cache(maxsize=2)  # a commit does not change, and to check all figures takes a second
def _estimates_at(git: Git, commit: str) -> Mapping[str, Range] | None:
    packed = git.run("archive", "--format=tar", f"{commit}:sources")
    try:
        return _estimates(check_sources(unpack(packed)).sources)
    except SourcesInvalid:
        return None


def _estimates(sources: Sources) -> dict[str, Range]:
    """Return the estimate of each region that has its own, in euros before rounding.

    Over the first period there is: every period is a part of the year, so all move alike.
    """
    period = sources.scenarios.periods[0].id
    own = [region.id for region in sources.scenarios.regions if region.same_as is None]
    return {region: estimate(sources, region, period).euros for region in own}
