"""`schatje launch`: what a person must still confirm before visitors come, and what is done."""

from pathlib import Path

import click

from campaign.commands.options import (
    CONTENT_OPTION,
    SOURCES_OPTION,
    contacts_or_explain,
    load_or_explain,
    settings_or_explain,
    staff_console,
)
from campaign.upkeep.launch import Point, count_open, launch_list


@click.command("launch")
@SOURCES_OPTION
@CONTENT_OPTION
def launch_command(folder: Path, content: Path) -> None:
    """List what is open before visitors may come; fails while anything is."""
    groups = launch_list(
        load_or_explain(folder), contacts_or_explain(content), settings_or_explain()
    )
    console = staff_console()
    for group in groups:
        console.print(f"{group.title}: {group.done} of {len(group.points)} done")
        console.print(f"  {group.file}: {group.field}")
        if group.still_open:
            console.print(f"  To do: {group.to_do}.")
        for point in group.points:
            console.print(f"  {_say(point)}")
        console.print()
    still_open = count_open(groups)
    console.print(f"{still_open} open, {sum(group.done for group in groups)} done.")
    if still_open:
        raise SystemExit(1)


def _say(point: Point) -> str:
    by = f" ({point.by}, {point.on})" if point.by else ""
    if point.lacks:
        return f"open  {point.name}: {point.lacks}{by}"
    return f"done  {point.name}{by}"
