"""`schatje sources impact`: what an edit does, as tables, as plain lines or as JSON."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console
from rich.table import Column, Table

from calculator.estimate import Range
from calculator.languages import FIRST, LANGUAGES
from campaign.commands.options import (
    FOLDER_ARGUMENT,
    load_or_explain,
    settings_or_explain,
    show_rows,
    staff_console,
)
from campaign.commands.sources.revision import load_base
from campaign.upkeep.impact.compare import FigureImpact, Impact, ScenarioImpact, compare
from campaign.upkeep.impact.differences import Change

_NUMBERS: Final = ("low", "central", "high")


@click.command("impact")
@FOLDER_ARGUMENT
@click.option("--base", default="HEAD", show_default=True, metavar="REV|DIR",
              help="Compare with a revision of git, or another folder of figures.")  # fmt: skip
@click.option("--lang", "language", type=click.Choice([*LANGUAGES, "all"]), default=FIRST,
              show_default=True, help="The language of the public sentences shown.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Everything, as JSON.")
def impact_command(folder: Path, base: str, language: str, as_json: bool) -> None:
    """Say what an edit does: figures, every estimate, public sentences and cards."""
    after = load_or_explain(folder)
    before = load_base(folder, base)
    impact = compare(before.sources, after, addresses=settings_or_explain().card_addresses)
    if as_json:
        click.echo(json.dumps(impact_as_json(impact, before.name), ensure_ascii=False, indent=2))
        return
    show_impact(impact, before.name, staff_console(), language)


def impact_as_json(impact: Impact, base: str) -> dict[str, Any]:
    """Return an impact as values that json can write; euros unrounded, moves in percent."""
    report = asdict(impact)
    for item, scenario in zip(report["scenarios"], impact.scenarios, strict=True):
        item["percent"] = {name: scenario.percent_of(name) for name in _NUMBERS}
    return {"base": base, "nothing": impact.nothing, **report}


def show_impact(impact: Impact, base: str, console: Console, language: str = FIRST) -> None:
    """Print an impact: tables for a person at a terminal, else one line for each thing."""
    if impact.nothing:
        console.print(f"Nothing changes compared with {base}.")
        return
    console.print(f"Compared with {base}:", style="bold")
    for line in _edits(impact):
        console.print(line)
    _show_estimates(impact, console)
    table = Table("card", "sentence", "before", "after", title="What the cards say")
    show_rows(console, table, "card {}, {}: {} → {}", _sentences(impact, language))
    for line in _card_lines(impact):
        console.print(line)
    for warning in impact.warnings:
        console.print("warning:", style="bold yellow", end=" ")
        console.print(warning)


def _edits(impact: Impact) -> Iterator[str]:
    for name in ("added", "changed", "removed"):
        for publication in getattr(impact, f"publications_{name}"):
            yield f"publication {name}: {publication.id}"
            yield from _changes(publication.changes)
    for name in ("added", "changed", "removed"):
        for figure in getattr(impact, f"figures_{name}"):
            yield f"figure {name}: {figure.id} ({figure.label}); {_part_in(figure, name)}"
            yield from _changes(figure.changes)
    for title, changes in (
        ("scenarios.yaml", impact.assumptions_changed),
        ("rates.yaml", impact.rates_changed),
    ):
        if changes:
            yield f"{title} changed:"
            yield from _changes(changes)


def _part_in(figure: FigureImpact, name: str) -> str:
    before, after = figure.regions_before, figure.regions_after
    if before == after or name != "changed":
        regions = after or before
        was = "took" if name == "removed" else "takes"
        return f"{was} part in {', '.join(regions)}" if regions else "context only"
    return f"took part in {', '.join(before) or 'none'}, now in {', '.join(after) or 'none'}"


def _changes(changes: Iterable[Change]) -> Iterator[str]:
    for change in changes:
        yield f"  {change.field}: {' → '.join(_sides(change))}"


def _sides(change: Change) -> tuple[str, str]:
    return change.before or "(none)", change.after or "(none)"


def _show_estimates(impact: Impact, console: Console) -> None:
    moving = [item for item in impact.scenarios if item.changed]
    numbers = [Column(name, justify="right") for name in _NUMBERS]
    table = Table("region", "period", *numbers, title="Estimates, in euros before rounding")
    rows = [
        (item.region, item.period, *(_move(item, name) for name in _NUMBERS)) for item in moving
    ]
    styles = ["bold yellow" if item.large else None for item in moving]
    show_rows(console, table, "estimate {} {}: low {}, central {}, high {}", rows, styles)
    total, still = len(impact.scenarios), len(impact.scenarios) - len(moving)
    console.print(f"{len(moving)} of {total} estimates change, {still} stay as they are.")


def _move(item: ScenarioImpact, name: str) -> str:
    if item.before and item.after and getattr(item.before, name) == getattr(item.after, name):
        return _euros(item.after, name)
    percent = item.percent_of(name)
    moved = "" if percent is None else f" ({percent:+.1f} %)"
    return f"{_euros(item.before, name)} → {_euros(item.after, name)}{moved}"


def _euros(values: Range | None, name: str) -> str:
    euros = None if values is None else getattr(values, name)
    return "(none)" if euros is None else f"€ {euros:,.0f}"


def _sentences(impact: Impact, language: str) -> Iterator[tuple[str, ...]]:
    for item in impact.statements:
        if language in (item.language, "all"):
            card = f"{item.language} {item.region} {item.period}"
            for change in item.changes:
                yield card, change.field.removesuffix("_line"), *_sides(change)


def _card_lines(impact: Impact) -> Iterator[str]:
    if not impact.cards:
        yield "No card changes."
        return
    yield f"{len(impact.cards)} cards get a new address:"
    for (region, period), cards in groupby(impact.cards, lambda card: (card.region, card.period)):
        listed = list(cards)
        languages = ", ".join(dict.fromkeys(card.language for card in listed))
        formats = ", ".join(dict.fromkeys(card.card_format for card in listed))
        yield f"  {region} {period}: {languages}; {formats}"
