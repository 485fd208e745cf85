"""What several commands share: the folder of figures as an option, and how it is loaded."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from calculator.errors import SourcesInvalid
from calculator.figures.sources import Sources
from calculator.loading.folder import load_sources
from campaign.config import ROOT, Settings
from campaign.published.contacts import Contacts, load_contacts

SOURCES_OPTION = click.option(
    "--sources",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=ROOT / "sources",
    help="Another folder of figures.",
)

FOLDER_ARGUMENT = click.argument(
    "folder", type=click.Path(path_type=Path), default=ROOT / "sources", required=False
)

CONTENT_OPTION = click.option(
    "--content",
    type=click.Path(path_type=Path, file_okay=False),
    default=ROOT / "campaign" / "content",
    help="Another folder of help contacts.",
)


def staff_console() -> Console:
    """Return a console that shows texts as they are; plain lines when nobody watches."""
    # rich honours NO_COLOR and leaves the colours out where no terminal is.
    return Console(highlight=False, soft_wrap=True, markup=False, emoji=False)


def show_rows(
    console: Console,
    table: Table,
    line: str,
    rows: Iterable[Sequence[str]],
    styles: Iterable[str | None] = (),
) -> None:
    """Fill the table for a person at a terminal, else print each row as a line, {} for a cell."""
    for row, style in zip_longest(rows, styles):
        table.add_row(*row, style=style)
        if not console.is_terminal:
            console.print(line.format(*row))
    if console.is_terminal and table.row_count:
        console.print(table)


def load_or_explain(folder: Path) -> Sources:
    """Load the figures; what is wrong with them becomes the command's message."""
    try:
        return load_sources(folder)
    except SourcesInvalid as error:
        raise click.ClickException(
            f"the figures in {folder} cannot be used. Run: schatje sources check {folder}\n{error}"
        ) from error


def contacts_or_explain(folder: Path) -> Contacts:
    """Load the help contacts; what is wrong with them becomes the command's message."""
    try:
        return load_contacts(folder)
    except SourcesInvalid as error:
        raise click.ClickException(f"the contacts in {folder} cannot be used.\n{error}") from error


def settings_or_explain(**defaults: str) -> Settings:
    """Read the settings; what is wrong with them becomes the command's message."""
    try:
        return Settings.from_environment(**defaults)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
