"""`schatje sources schema`: the schemas for editors and the tables of the manual, made anew."""

from __future__ import annotations

import json
from pathlib import Path

import click

from calculator.figures.schema import KINDS_OF_FILES, make_schema
from campaign.commands.options import FOLDER_ARGUMENT
from campaign.commands.sources.manual_tables import fill_in


@click.command("schema")
@FOLDER_ARGUMENT
def schema_command(folder: Path) -> None:
    """Write schema/*.schema.json for editors, and the tables of the manual."""
    try:
        for path, text in made_files(folder).items():
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
                click.echo(f"{path}: written")
            else:
                click.echo(f"{path}: as it was")
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from error


def made_files(folder: Path) -> dict[Path, str]:
    """Return what the schemas and the manual of a folder should hold."""
    files = {
        folder / "schema" / f"{name}.schema.json": json.dumps(
            make_schema(name), ensure_ascii=False, indent=2
        )
        + "\n"
        for name in KINDS_OF_FILES
    }
    manual = folder / "README.md"
    return files | {manual: fill_in(manual.read_text(encoding="utf-8"))}
