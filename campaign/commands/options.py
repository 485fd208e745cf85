"""What several commands share: the folder of figures as an option, and how it is loaded."""

from __future__ import annotations

from pathlib import Path

import click

from calculator.errors import SourcesInvalid
from calculator.loading import load_sources
from calculator.sources import Sources
from campaign.config import ROOT

SOURCES_OPTION = click.option(
    "--sources",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=ROOT / "sources",
    help="Another folder of figures.",
)


def load_or_explain(folder: Path) -> Sources:
    """Load the figures; what is wrong with them becomes the command's message."""
    try:
        return load_sources(folder)
    except SourcesInvalid as error:
        raise click.ClickException(
            f"the figures in {folder} cannot be used. Run: schatje sources check {folder}\n{error}"
        ) from error
