"""`schatje sources new`: asks the questions of the manual and writes a valid file."""

import datetime
from pathlib import Path

import click

from calculator.errors import SourcesInvalid
from calculator.figures.sources import Sources
from campaign.commands.options import FOLDER_ARGUMENT, load_or_explain, staff_console
from campaign.commands.sources.impact import show_impact
from campaign.commands.sources.new_publication import Questions, check_with, write_as_yaml
from campaign.disk import write_new
from campaign.upkeep.impact.compare import compare

_BEFORE = """\
A new publication, question by question. Ctrl-C stops; what you answered is kept as a draft.

Only sums over many acts or a length of time, shares, counts, durations and ages belong here: per
victim per day, week, month or year, or totals. Never an act, a price for an act, or a name of a
victim. A child never costs, is worth or is sold; criminals earn, take in, pocket."""


@click.command("new")
@FOLDER_ARGUMENT
def new_command(folder: Path) -> None:
    """Add a publication: asks for each field, checks each answer, writes the file."""
    before = load_or_explain(folder)
    click.echo(_BEFORE)
    today = datetime.date.today()  # noqa: DTZ011 - a local day
    questions = Questions(before, today)
    try:
        record = questions.ask_all()
        text = write_as_yaml(record)
        _finish(folder, str(record["id"]), text, before)
    except (click.Abort, KeyboardInterrupt):
        click.echo()
        if questions.answers:
            _keep_draft(folder, write_as_yaml(questions.answers))
        raise click.Abort from None


def _finish(folder: Path, name: str, text: str, before: Sources) -> None:
    console = staff_console()
    try:
        after = check_with(folder, name, text)
    except SourcesInvalid as error:
        click.secho("\nTogether with the other files this does not hold:", fg="red")
        click.echo(str(error))
        _keep_draft(folder, text)
        raise SystemExit(1) from None
    click.echo()
    show_impact(compare(before, after), "what stands now", console)
    path = folder / "publications" / f"{name}.yaml"
    if not click.confirm(f"\nWrite {path}?", default=True):
        raise click.Abort
    try:
        write_new(path, text.encode())
    except FileExistsError as error:
        _keep_draft(folder, text)
        raise click.ClickException(
            f"{path} was made by someone else meanwhile. It is as it was"
        ) from error
    except OSError as error:
        _keep_draft(folder, text)
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from error
    count = sum(1 for _ in after.figures())
    click.echo(
        f"{path} is written. {len(after.publications)} publications, {count} figures: all sound."
    )


def _keep_draft(folder: Path, text: str) -> None:
    """Keep the answers where the loader does not look, so that no work is lost."""
    now = datetime.datetime.now().strftime("%Y-%m-%d-%H%M%S")  # noqa: DTZ005 - a local time
    path = folder / "drafts" / f"{now}.yaml"
    try:
        write_new(path, text.encode())
    except OSError as error:
        click.echo(f"The draft cannot be kept in {path}: {error.strerror}. Here it is:\n\n{text}")
        return
    click.echo(f"Your answers are kept in {path}.")
    click.echo("Complete the file and move it to publications/ under the name of its id.")
