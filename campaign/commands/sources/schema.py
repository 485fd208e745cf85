"""`schatje sources schema`: the schemas for editors and the tables of the manual, made anew."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import click
from pydantic import BaseModel

from calculator.figures.publication import Publication
from calculator.figures.scenarios import Scenarios
from campaign.commands.options import FOLDER_ARGUMENT
from campaign.commands.sources.manual_tables import fill_in

# What an editor completes and marks field by field; what fields must be together, the loader says.
SCHEMAS: Final[Mapping[str, type[BaseModel]]] = {
    "publication": Publication,
    "scenarios": Scenarios,
}


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
            model.model_json_schema(), ensure_ascii=False, indent=2
        )
        + "\n"
        for name, model in SCHEMAS.items()
    }
    manual = folder / "README.md"
    return files | {manual: fill_in(manual.read_text(encoding="utf-8"))}
