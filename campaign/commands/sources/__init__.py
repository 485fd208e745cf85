"""`schatje sources`: the commands that look after the folder of figures."""

from pathlib import Path

import click

from calculator.errors import SourcesInvalid
from calculator.estimate import gather
from calculator.loading.folder import check_sources, read_sources
from campaign.cards.fitting import check_cards
from campaign.cards.studio import default_studio
from campaign.commands.options import FOLDER_ARGUMENT, settings_or_explain, staff_console
from campaign.commands.sources.impact import impact_command
from campaign.commands.sources.links import links_command
from campaign.commands.sources.manual import manual_command
from campaign.commands.sources.new import new_command
from campaign.commands.sources.stale import stale_command
from campaign.published.state import check_needed
from campaign.words.i18n import load_catalogues


@click.group("sources")
def sources_group() -> None:
    """Look after the folder of figures."""


@sources_group.command("check")
@FOLDER_ARGUMENT
def check_command(folder: Path) -> None:
    """Check all figures; say everything that is wrong, or sum up what there is."""
    console = staff_console()
    try:
        sources, estimates = check_sources(read_sources(folder))
        unfit = check_cards(
            sources,
            estimates,
            settings_or_explain().card_addresses,
            load_catalogues(),
            default_studio().fonts,
        )
        if problems := [*check_needed(sources), *unfit]:
            raise SourcesInvalid(problems)
    except SourcesInvalid as error:
        for problem in error.problems:
            console.print(f"{problem.file}:{problem.line}:", style="bold red", end=" ")
            console.print(problem.message)
        count = len(error.problems)
        console.print(f"{count} problem{'s' if count > 1 else ''}. The site keeps what it has.")
        raise SystemExit(1) from None
    figures = sum(1 for _ in sources.figures())
    console.print(f"{len(sources.publications)} publications, {figures} figures: all sound.")
    for region in sources.scenarios.regions:
        evidence = gather(sources, region)
        console.print(
            f"{region.id}: {len(evidence.contributions)} figures of {len(evidence.families)}"
            " families take part."
        )


for _command in (impact_command, manual_command, links_command, stale_command, new_command):
    sources_group.add_command(_command)
