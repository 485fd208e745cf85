"""What the running site stands on: one state of the figures and all that follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from calculator.estimate import Estimate, estimate
from calculator.loading import load_sources
from calculator.sources import Sources

Scenario = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Published:
    """The figures and every estimate, computed once."""

    sources: Sources
    estimates: Mapping[Scenario, Estimate]

    @property
    def regions(self) -> tuple[str, ...]:
        """List the regions a visitor can choose."""
        return tuple(region.id for region in self.sources.scenarios.regions)

    @property
    def periods(self) -> tuple[str, ...]:
        """List the periods a visitor can choose."""
        return tuple(period.id for period in self.sources.scenarios.periods)


def publish(folder: Path) -> Published:
    """Load a folder of figures and compute every scenario; raises SourcesInvalid."""
    sources = load_sources(folder)
    estimates: dict[Scenario, Estimate] = {
        (region.id, period.id): estimate(sources, region.id, period.id)
        for region in sources.scenarios.regions
        for period in sources.scenarios.periods
    }
    return Published(sources, estimates)


def published() -> Published:
    """Give the state the current request is answered from."""
    state: Published = current_app.extensions["published"]
    return state
