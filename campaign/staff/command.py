"""`schatje staff`: serve the desk to the people who keep figures and texts right."""

from __future__ import annotations

from pathlib import Path

import click

from campaign.config import ROOT
from campaign.serving.server import Server
from campaign.staff import create_staff_app
from campaign.staff.settings import DeskSettings

THREADS = 4


@click.command("staff")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--checkout",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=ROOT,
    help="Another copy of the project to work on.",
)
def staff_command(host: str, port: int, checkout: Path) -> None:
    """Serve the staff desk."""
    try:
        settings = DeskSettings.from_environment(default_url=f"http://127.0.0.1:{port}")
        settings.refuse_open_doors(host)
        app = create_staff_app(checkout.resolve(), settings)
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Staff desk: open {settings.url}/  (stop with Ctrl+C)")
    Server(
        app,
        {
            "bind": f"{host}:{port}",
            # One process: a desk is for a few people, and they share what it has read.
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 60,
            "loglevel": "error",
            "accesslog": None,
            "forwarded_allow_ips": "",
            "control_socket_disable": True,
        },
    ).run()
