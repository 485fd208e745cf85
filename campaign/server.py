"""The production server: gunicorn with threads, told to write down nothing about visitors."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from campaign import create_app
from campaign.live import Live

THREADS = 8
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn makes its own unlinked file there


class Server(BaseApplication):
    """Gunicorn around one app that is made before the workers start."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand gunicorn its settings."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Hand gunicorn the site."""
        return self._app


def serve(host: str, port: int, workers: int) -> None:
    """Serve until stopped; raises ValueError or SourcesInvalid before anything listens."""
    if os.environ["SCHATJE_SITE_URL"].startswith("http://"):
        # Workers are forked from this process, so that one development key serves them all.
        os.environ.setdefault("SCHATJE_SECRET_KEY", secrets.token_hex(32))
    app = create_app()
    watch: Live = app.extensions["live"]
    # Before the workers are made: each of them would set out to do the same.
    watch.keep()
    click.echo(f"Schat je schatje: open {app.config['SITE_URL']}/  (stop with Ctrl+C)")
    Server(
        app,
        {
            "bind": f"{host}:{port}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": 30,
            "graceful_timeout": 20,
            # Its warnings quote visitors' addresses, so only errors are let through.
            "loglevel": "error",
            "accesslog": None,
            # Proxies are counted by SCHATJE_PROXIES alone. Gunicorn's own trust in this machine
            # lets whoever a local proxy serves set SCRIPT_NAME, and answers with a bare 500.
            "forwarded_allow_ips": "",
            "control_socket_disable": True,
            # In each worker: a thread does not survive the fork that makes one.
            "post_worker_init": lambda _worker: watch.start(),
            # Heartbeats in memory: on a slow disk a busy one would look like a dead worker.
            "worker_tmp_dir": str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None,
        },
    ).run()
