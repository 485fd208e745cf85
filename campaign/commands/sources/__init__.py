"""`schatje sources`: the commands that look after the folder of figures."""

from pathlib import Path

import click

from calculator.errors import Problem
from calculator.estimate import gather
from calculator.figures.sources import Sources
from calculator.loading.folder import read_sources
from calculator.loading.rules import figures_that_await
from campaign.cards.fitting import check_cards
from campaign.cards.studio import default_studio
from campaign.commands.options import FOLDER_ARGUMENT, settings_or_explain, staff_console
from campaign.commands.sources.impact import impact_command
from campaign.commands.sources.links import links_command
from campaign.commands.sources.manual import manual_command
from campaign.commands.sources.stale import stale_command
from campaign.published.contacts import read_contacts
from campaign.published.state import check_files
from campaign.published.texts import read_content
from campaign.words.i18n import load_catalogues


@click.group("sources")
def sources_group() -> None:
    """Look after the folder of figures."""


@sources_group.command("check")
@FOLDER_ARGUMENT
@click.option(
    "--content",
    type=click.Path(path_type=Path, file_okay=False),
    help="Another folder of texts; by default campaign/content beside the figures, if it is there.",
)
def check_command(folder: Path, content: Path | None) -> None:
    """Check figures and texts as the site does; say everything that is wrong, or sum up."""
    console = staff_console()
    content = content or folder.absolute().parent / "campaign" / "content"
    sources, problems, warnings = _check(folder, content if content.is_dir() else None)
    for style, told in (("bold red", problems), ("bold yellow", warnings)):
        for problem in told:
            console.print(f"{problem.file}:{problem.line}:", style=style, end=" ")
            console.print(problem.message)
    if problems or sources is None:
        count = len(problems)
        console.print(f"{count} problem{'s' if count > 1 else ''}. The site keeps what it has.")
        raise SystemExit(1)
    if warnings:
        console.print("Write these in other words, or say at the desk why they may stand.")
    sound = "no problem" if warnings else "all sound"
    figures = sum(1 for _ in sources.figures())
    console.print(f"{len(sources.publications)} publications, {figures} figures: {sound}.")
    if not content.is_dir():
        console.print(f"No texts were checked: there is no folder {content}.")
    for region in sources.scenarios.regions:
        evidence = gather(sources, region)
        console.print(
            f"{region.id}: {len(evidence.contributions)} figures of {len(evidence.families)}"
            " families take part."
        )
    for notice in figures_that_await(sources):
        console.print(f"{notice.file}:{notice.line}:", style="bold", end=" ")
        console.print(f"{notice.message}.")


def _check(
    folder: Path, content: Path | None
) -> tuple[Sources | None, list[Problem], list[Problem]]:
    """Return the figures, the problems of all files, and the warnings nobody overruled."""
    texts = {**read_contacts(content), **read_content(content)} if content else {}
    found = check_files(read_sources(folder), texts)
    problems = [*found.figure_problems, *(found.text_problems if content else ())]
    warnings = [each.problem for each in found.findings if not each.refused]
    if found.loaded is None:
        return None, sorted(problems), sorted(warnings)
    sources, estimates = found.loaded
    addresses, fonts = settings_or_explain().card_addresses, default_studio().fonts
    problems += check_cards(sources, estimates, addresses, load_catalogues(), fonts)
    return sources, sorted(problems), sorted(warnings)


for _command in (impact_command, links_command, manual_command, stale_command):
    sources_group.add_command(_command)
