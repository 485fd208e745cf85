"""`schatje sources links`: which cited pages still answer. It informs; it never blocks."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from campaign.commands.options import (
    CONTENT_OPTION,
    FOLDER_ARGUMENT,
    contacts_or_explain,
    load_or_explain,
    settings_or_explain,
    show_rows,
    staff_console,
)
from campaign.upkeep.links.ask import CitedAddress, LinkFinding, Verdict, cited_addresses
from campaign.upkeep.links.memory import (
    LINKS_FILE,
    MemoryUnreadable,
    NothingAnswered,
    Remembered,
    keep_findings,
    read_memory,
    remember,
    today,
)
from campaign.upkeep.links.round import ask_all

_STYLES: Final[Mapping[Verdict, str]] = {
    "gone": "bold red",
    "unreachable": "red",
    "blocked": "yellow",
    "moved": "yellow",
    "ok": "green",
}


@click.command("links")
@FOLDER_ARGUMENT
@CONTENT_OPTION
@click.option("--state", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Where to remember when each page was last seen well."
              "  [default: links.json in the desk's own folder]")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Every answer, as JSON.")
@click.option("--strict", is_flag=True, help="Fail when a page is gone or cannot be reached.")
def links_command(
    folder: Path, content: Path, state: Path | None, as_json: bool, strict: bool
) -> None:
    """Ask every cited address whether it still answers."""
    memory_file = state or settings_or_explain().desk_folder(folder.resolve().parent) / LINKS_FILE
    addresses = cited_addresses(load_or_explain(folder), contacts_or_explain(content))
    try:
        known = read_memory(memory_file)
    except MemoryUnreadable as error:
        raise click.ClickException(str(error)) from error
    findings: list[LinkFinding] = []
    try:
        _ask(addresses, findings)
    except KeyboardInterrupt:
        click.echo("Stopped. What was found until now is kept.", err=True)
    try:
        keep_findings(memory_file, known, findings, {item.address for item in addresses})
    except NothingAnswered:
        click.echo("No page answered at all: is this computer online? Nothing is kept.", err=True)
    except OSError as error:
        click.echo(f"{memory_file} cannot be written: {error.strerror}", err=True)
    memory = remember(known, findings, today())
    findings.sort(key=lambda item: (list(_STYLES).index(item.verdict), item.cited.address))
    if as_json:
        report = [_as_json(item, memory) for item in findings]
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _show(findings, memory, staff_console())
    if strict and any(item.verdict in ("gone", "unreachable") for item in findings):
        raise SystemExit(1)


def _ask(addresses: Sequence[CitedAddress], findings: list[LinkFinding]) -> None:
    """Fill `findings`, with a bar for whoever watches."""
    bar = Progress(
        TextColumn("Asking"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
        console=Console(stderr=True),
        transient=True,
        disable=not Console(stderr=True).is_terminal,
    )
    with bar:
        task = bar.add_task("", total=len(addresses))
        for finding in ask_all(addresses):
            findings.append(finding)
            bar.update(task, advance=1, description=finding.cited.host)


def _as_json(item: LinkFinding, memory: Mapping[str, Remembered]) -> dict[str, Any]:
    return {
        "address": item.cited.address,
        "verdict": item.verdict,
        "status": item.status,
        "detail": item.detail,
        "moved_to": item.moved_to,
        "cited_by": list(item.cited.cited_by),
        "seen_well": memory[item.cited.address].seen_well,
        "archived": item.archived,
    }


def _show(
    findings: Sequence[LinkFinding], memory: Mapping[str, Remembered], console: Console
) -> None:
    wanting = [item for item in findings if item.verdict != "ok"]
    table = Table("verdict", "address and what to know", "cited by", "last seen well")
    rows = [
        (
            item.verdict,
            f"{item.cited.address}; {item.detail}"
            + (f"; perhaps kept at {item.archived}" if item.archived else ""),
            ", ".join(item.cited.cited_by),
            memory[item.cited.address].seen_well or "never",
        )
        for item in wanting
    ]
    styles = [_STYLES[item.verdict] for item in wanting]
    show_rows(console, table, "{}: {} (cited by {}; last seen well: {})", rows, styles)
    counts = Counter(item.verdict for item in findings)
    parts = ", ".join(f"{counts[verdict]} {verdict}" for verdict in _STYLES if counts[verdict])
    console.print(f"{len(findings)} addresses: {parts}.")
