"""`schatje sources stale`: what nobody has looked at for a year."""

import json
from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table

from calculator.clock import belgian_day
from campaign.commands.options import (
    CONTENT_OPTION,
    FOLDER_ARGUMENT,
    contacts_or_explain,
    load_or_explain,
    show_rows,
    staff_console,
)
from campaign.upkeep.stale import A_YEAR, Stale, find_stale


@click.command("stale")
@FOLDER_ARGUMENT
@CONTENT_OPTION
@click.option("--days", default=A_YEAR, show_default=True, type=click.IntRange(min=0),
              help="How many days may pass before something is looked at again.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The list, as JSON.")
def stale_command(folder: Path, content: Path, days: int, as_json: bool) -> None:
    """List publications and contacts not looked at for long, and what figures still lack."""
    sources, contacts = load_or_explain(folder), contacts_or_explain(content)
    found = find_stale(sources, contacts, belgian_day(), days)
    if as_json:
        click.echo(json.dumps([asdict(item) for item in found], ensure_ascii=False, indent=2))
        return
    console = staff_console()
    if not found:
        console.print(f"Everything was looked at within {days} days.")
        return
    table = Table("kind", "what", "looked at", "that is", "to do")
    rows = [
        (item.kind, f"{item.id} ({item.file})", *_say_when(item), item.what_to_do) for item in found
    ]
    show_rows(console, table, "{}: {}, looked at {} ({}): {}", rows)
    console.print(f"{len(found)} to look at.")


def _say_when(item: Stale) -> tuple[str, str]:
    if item.looked_at is None:
        return "by nobody", "never"
    return item.looked_at, f"{item.days} days ago"
