"""`schatje staff`: serve the desk to the people who keep figures and texts right."""

from pathlib import Path

import click

from campaign.config import ROOT, Settings, is_loopback
from campaign.serving.port import PORT, refuse_taken_port
from campaign.serving.server import Server
from campaign.serving.worker import Worker
from campaign.staff import create_staff_app

_THREADS = 4


@click.command("staff")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True, type=PORT)
@click.option(
    "--checkout",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=ROOT,
    help="Another copy of the project to work on.",
)
def staff_command(host: str, port: int, checkout: Path) -> None:
    """Serve the staff desk."""
    try:
        settings = Settings.from_environment(staff_url=f"http://127.0.0.1:{port}")
        refuse_open_doors(host, settings)
        refuse_taken_port(host, port)
        app = create_staff_app(checkout.resolve(), settings)
    except (ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Staff desk: open {settings.staff_url}/  (stop with Ctrl+C)")
    Server(
        app,
        {
            "bind": f"{host}:{port}",
            # One process: a desk is for a few people, and they share what it has read.
            "workers": 1,
            "worker_class": Worker,
            "threads": _THREADS,
            "timeout": 60,
            "loglevel": "error",
            "accesslog": None,
            "forwarded_allow_ips": "",
            "control_socket_disable": True,
        },
    ).run()


def refuse_open_doors(host: str, settings: Settings) -> None:
    """Raise ValueError where the desk would answer to people whom nobody has signed on."""
    if not settings.staff_user_header and not is_loopback(host):
        raise ValueError(
            f"the desk does not listen on {host} without a sign-on: whoever reaches it could"
            " change the figures. Use --host 127.0.0.1, or put it behind your organisation's"
            " sign-on proxy and name its header in SCHATJE_STAFF_USER_HEADER"
        )
