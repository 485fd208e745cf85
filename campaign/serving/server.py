"""The production server: gunicorn with threads, told to write down nothing about visitors."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from campaign import create_app
from campaign.cards.renderer import cores
from campaign.config import ROOT, Settings
from campaign.serving.worker import Worker

# Many, as one is taken by each visitor who sends a photo over a slow line; pages and cards keep
# apart by the renderer's own queue, which is shorter than this.
THREADS = 96
GRACEFUL_SECONDS = 20  # for cards under way when the site is told to stop
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


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve until stopped; raises ValueError or SourcesInvalid before anything listens."""
    renderers = settings.renderers or max(1, cores() // workers)
    with count_together(settings.metrics_address) as forget_worker:
        # Workers are forked from this process, so that a key made here serves them all.
        app = create_app(settings.model_copy(update={"renderers": renderers}))
        # Before the workers are made: each of them would set out to do the same.
        app.extensions["live"].keep()
        click.echo(f"Schat je schatje: open {app.config['SITE_URL']}/  (stop with Ctrl+C)")
        options = gunicorn_settings() | {
            "bind": f"{host}:{port}",
            "workers": workers,
            "post_worker_init": _warm_up,
            "child_exit": forget_worker,
        }
        Server(app, options).run()


def gunicorn_settings() -> dict[str, Any]:
    """Return what holds for every server, wherever it listens."""
    return {
        "worker_class": Worker,
        "threads": THREADS,
        "timeout": 30,
        "graceful_timeout": GRACEFUL_SECONDS,
        # Its warnings quote visitors' addresses, so only errors are let through.
        "loglevel": "error",
        "accesslog": None,
        # Proxies are counted by SCHATJE_PROXIES alone. Gunicorn's own trust in this machine lets
        # whoever a local proxy serves set SCRIPT_NAME, and answers with a bare 500.
        "forwarded_allow_ips": "",
        "control_socket_disable": True,
        # Heartbeats in memory: on a slow disk a busy one would look like a dead worker.
        "worker_tmp_dir": str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None,
    }


def _warm_up(worker: Any) -> None:
    """Start a worker's watch, renderers and drawing ahead: no thread survives the fork."""
    app: Flask = worker.app.wsgi()
    app.extensions["live"].start()
    app.extensions["renderer"].start()
    held = app.extensions["card_shelf"]
    held.draws_ahead = True
    held.draw_ahead(app, app.extensions["published"])


@contextlib.contextmanager
def count_together(shown_at: tuple[str, int] | None) -> Iterator[Callable[[Any, Any], None]]:
    """Let the workers count into shared memory, shown by a process of its own; or do nothing.

    Gives the function that forgets a worker which is gone.
    """
    if shown_at is None:
        yield _forget_nothing
        return
    with tempfile.TemporaryDirectory(
        prefix="schatje-metrics-", dir=SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
    ) as folder:
        # Read by prometheus_client when it is imported, which create_app does.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        host, port = shown_at
        exporter = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "campaign.serving.metrics", host, str(port), folder],
            stdin=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        try:
            yield _forget_worker
        finally:
            exporter.terminate()
            exporter.wait()


def _forget_nothing(server: Any, worker: Any) -> None:
    return


def _forget_worker(server: Any, worker: Any) -> None:
    from prometheus_client import multiprocess  # noqa: PLC0415 - see campaign/web/metrics.py

    multiprocess.mark_process_dead(worker.pid)
