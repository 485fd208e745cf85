"""The production server: gunicorn with threads, which logs nothing about visitors."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from campaign import create_app
from campaign.cards.renderer import cores
from campaign.config import ROOT, Settings
from campaign.serving.memory import (
    SHARED_MEMORY,
    folder_in_memory,
    give_memory_back,
    write_no_core,
)
from campaign.serving.worker import Worker

# Many, because each visitor who sends a photo over a slow line takes one. The renderer's queue is
# shorter, so that cards never take them all from pages.
THREADS = 96
GRACEFUL_SECONDS = 20  # for running cards when the site stops
KEEPALIVE_SECONDS = 15


class Server(BaseApplication):
    """Gunicorn with one app, made before the workers are forked."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app = app
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Give gunicorn its settings."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the app."""
        return self._app


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve until stopped; raises ValueError or SourcesInvalid before anything listens."""
    write_no_core()
    give_memory_back()
    renderers = settings.renderers or max(1, cores() // workers)
    with (
        count_together(settings.metrics_address) as forget_worker,
        folder_in_memory("schatje-cards-") as cards,
    ):
        # Workers are forked from this process, so they share a secret key made here.
        app = create_app(settings.model_copy(update={"renderers": renderers}))
        if cards is not None:
            app.extensions["card_shelf"].share(cards)
        # Before the fork, so that it is done once and not by each worker.
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
    """Return gunicorn's settings, without address and workers."""
    return {
        "worker_class": Worker,
        "threads": THREADS,
        "timeout": 30,
        "graceful_timeout": GRACEFUL_SECONDS,
        # Longer than nginx keeps a connection (upstream.conf), so that only nginx ends one.
        "keepalive": KEEPALIVE_SECONDS,
        # Gunicorn's warnings contain visitors' addresses.
        "loglevel": "error",
        "accesslog": None,
        # Only SCHATJE_PROXIES says which proxies are trusted. By default gunicorn trusts this
        # machine, so a visitor behind a local proxy could set SCRIPT_NAME, which gives a bare 500.
        "forwarded_allow_ips": "",
        "control_socket_disable": True,
        # Heartbeats in memory: with a slow disk a worker would look dead.
        "worker_tmp_dir": str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None,
    }


def _warm_up(worker: Any) -> None:
    """Start watch, renderers and drawing ahead in a worker: no thread survives the fork."""
    app: Flask = worker.app.wsgi()
    app.extensions["live"].start()
    app.extensions["renderer"].start()
    held = app.extensions["card_shelf"]
    held.draws_ahead = True
    held.draw_ahead(app, app.extensions["published"])


@contextlib.contextmanager
def count_together(shown_at: tuple[str, int] | None) -> Iterator[Callable[[Any, Any], None]]:
    """Have the workers count in shared memory and a process show the sum; without address nothing.

    Yield the function that removes an ended worker's numbers. Raises ValueError where the address
    is taken: half of the numbers would be missing without a word.
    """
    if shown_at is None:
        yield _forget_nothing
        return
    with contextlib.ExitStack() as stack:
        memory = stack.enter_context(folder_in_memory("schatje-metrics-"))
        folder = str(memory or stack.enter_context(tempfile.TemporaryDirectory()))
        # prometheus_client reads this when create_app imports it.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        host, port = shown_at
        exporter = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "campaign.serving.metrics", host, str(port), folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        try:
            if exporter.stdout is None or not exporter.stdout.readline():
                raise ValueError(
                    f"SCHATJE_METRICS is {host}:{port}, where this process cannot listen. Perhaps"
                    " another instance does: give each a port of its own"
                )
            yield _forget_worker
        finally:
            exporter.terminate()
            exporter.wait()


def _forget_nothing(server: Any, worker: Any) -> None:
    return


def _forget_worker(server: Any, worker: Any) -> None:
    from prometheus_client import multiprocess  # noqa: PLC0415 - see campaign/web/metrics.py

    multiprocess.mark_process_dead(worker.pid)
