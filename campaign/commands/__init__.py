"""The command line: estimates, cards, a check of the figures, and the production server."""

import json
from pathlib import Path
from typing import Any

import click

from calculator.card.layout import FORMATS
from calculator.errors import CalculatorError, PhotoRejected, SourcesInvalid
from calculator.estimate import estimate
from calculator.languages import FIRST, LANGUAGES
from campaign.cards.studio import default_studio
from campaign.commands.launch import launch_command
from campaign.commands.options import SOURCES_OPTION, load_or_explain, settings_or_explain
from campaign.commands.report import estimate_as_json
from campaign.commands.sources import sources_group
from campaign.serving.port import PORT, refuse_taken_port
from campaign.serving.server import serve
from campaign.staff.command import staff_command
from campaign.words.card import card_words
from campaign.words.i18n import load_catalogues
from campaign.words.terms import PHOTO_PROBLEMS, WHOLE_PHOTO

# Which there are stands in the file, and an option may name another: a wrong one lists them.
REGION_HELP = "A region of scenarios.yaml, such as BE."
PERIOD_HELP = "A period of scenarios.yaml, such as 1y."


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Schat je schatje: estimates, cards, figures and the site."""


@main.command("estimate")
@click.option("--region", help=REGION_HELP)
@click.option("--period", help=PERIOD_HELP)
@click.option("--all", "every", is_flag=True, help="Every region and period.")
@click.option("--json", "as_json", is_flag=True, help="Everything, as JSON.")
@SOURCES_OPTION
def estimate_command(
    region: str | None, period: str | None, every: bool, as_json: bool, folder: Path
) -> None:
    """Estimate what criminals earn, after costs, from one victim."""
    if every == (region is not None or period is not None) or (region is None) != (period is None):
        raise click.UsageError("Give --region and --period, or --all.")
    sources = load_or_explain(folder)
    scenarios = [(str(region), str(period))]
    if every:
        listed = sources.scenarios
        scenarios = [(each.id, period.id) for each in listed.regions for period in listed.periods]
    try:
        results = [estimate(sources, *scenario) for scenario in scenarios]
    except CalculatorError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        reports: list[dict[str, Any]] = [estimate_as_json(sources, result) for result in results]
        click.echo(json.dumps(reports if every else reports[0], ensure_ascii=False, indent=2))
        return
    for result in results:
        shown = result.shown
        around = "" if shown.central is None else f", around € {shown.central:,.0f}"
        click.echo(
            f"{result.region:<7} {result.period:<3} € {shown.low:>7,.0f} to € {shown.high:>7,.0f}"
            f"  (illustrative{around}; {len(result.contributions)} figures of"
            f" {len(result.families)} families)"
        )


@main.command("card")
@click.option("--region", required=True, help=REGION_HELP)
@click.option("--period", required=True, help=PERIOD_HELP)
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default=FIRST, show_default=True)
@click.option("--format", "card_format", type=click.Choice(list(FORMATS)), default="facebook",
              show_default=True)  # fmt: skip
@click.option("--photo", help="A photo file; - reads standard input.")
@click.option("-o", "--output", required=True, help="File to write; - writes standard output.")
@SOURCES_OPTION
def card_command(
    region: str,
    period: str,
    language: Any,
    card_format: str,
    photo: str | None,
    output: str,
    folder: Path,
) -> None:
    """Draw a share card, with a photo whose faces are destroyed or with the drawn child."""
    sources = load_or_explain(folder)
    studio, layout = default_studio(), FORMATS[card_format]
    addresses = settings_or_explain().card_addresses
    try:
        result = estimate(sources, region, period)
        protected = studio.protect(_read(photo), layout) if photo else None
        words = card_words(result, language, load_catalogues()[language], addresses[language])
        drawn = studio.draw(words, layout, protected)
    except PhotoRejected as error:
        raise click.ClickException(PHOTO_PROBLEMS[error.reason]) from error
    except CalculatorError as error:
        raise click.ClickException(str(error)) from error
    _write(output, drawn)
    if protected is not None and protected.whole_because:
        click.echo(WHOLE_PHOTO[protected.whole_because], err=True)


def _read(name: str) -> bytes:
    try:
        with click.open_file(name, "rb") as file:
            return bytes(file.read())
    except OSError as error:
        raise click.ClickException(f"{name} cannot be read: {error.strerror}") from error


def _write(name: str, data: bytes) -> None:
    try:
        with click.open_file(name, "wb") as file:
            file.write(data)
            file.flush()
    except OSError as error:
        raise click.ClickException(f"{name} cannot be written: {error.strerror}") from error


main.add_command(launch_command)
main.add_command(sources_group)
main.add_command(staff_command)


@main.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=PORT)
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve_command(host: str, port: int, workers: int) -> None:
    """Serve the site."""
    settings = settings_or_explain(site_url=f"http://{host}:{port}")
    try:
        refuse_taken_port(host, port)
        serve(settings, host, port, workers)
    except (ValueError, SourcesInvalid) as error:
        raise click.ClickException(str(error)) from error
