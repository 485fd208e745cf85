"""`schatje sources manual`: the tables of sources/README.md, made anew from the models."""

from pathlib import Path

import click

from campaign.commands.options import FOLDER_ARGUMENT
from campaign.commands.sources.manual_tables import fill_in


@click.command("manual")
@FOLDER_ARGUMENT
def manual_command(folder: Path) -> None:
    """Write the tables of the folder's README.md."""
    manual = folder / "README.md"
    try:
        before = manual.read_text(encoding="utf-8")
        manual.write_text(fill_in(before), encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error
    click.echo(f"{manual}: {'as it was' if fill_in(before) == before else 'written'}")
