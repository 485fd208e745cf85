"""`schatje launch`: what a person must still confirm before visitors come, and what is done."""

from pathlib import Path
from typing import Final

import click

from calculator.languages import OF_THE_CODE
from campaign.commands.options import (
    contacts_or_explain,
    load_or_explain,
    settings_or_explain,
    staff_console,
)
from campaign.published.texts import read_content
from campaign.upkeep.launch import Point, count_open, launch_list, open_questions

QUESTIONS: Final = "Questions for the foundation"


@click.command("launch")
def launch_command() -> None:
    """List what is open before visitors may come; fails while anything is.

    Files and settings are those the site would start with.
    """
    settings = settings_or_explain()
    sources = load_or_explain(Path(settings.sources))
    content = Path(settings.content)
    contacts = contacts_or_explain(content)
    groups = launch_list(sources, contacts, settings)
    questions = open_questions(contacts, read_content(content), OF_THE_CODE)
    console = staff_console()
    for group in groups:
        console.print(f"{group.title}: {group.done} of {len(group.points)} done")
        console.print(f"  {group.file}: {group.field}")
        if group.still_open:
            to_do = filter(None, (group.to_do, group.by_hand))
            console.print(f"  To do: {', '.join(to_do)}.")
        for point in group.points:
            console.print(f"  {_say(point)}")
        console.print()
    if questions:
        console.print(f"{QUESTIONS}: {len(questions)} unanswered")
        console.print("  Not open: visitors do not see what waits for the answers.")
        for question in questions:
            console.print(f"  {question.said.words}")
            console.print(f"    {', '.join(question.places)}")
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
