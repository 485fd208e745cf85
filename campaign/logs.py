"""One line a request: time, route, status, milliseconds. Never an address, a name or a query."""

from __future__ import annotations

import logging
import sys
import time

from flask import Flask, Response, g, request
from flask.logging import default_handler


def _start_clock() -> None:
    g.started = time.perf_counter()


def _log_request(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "-"
    ms = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
    # The route is our own pattern, never the address typed: that may carry anything.
    logging.getLogger("campaign.requests").info(
        "method=%s route=%s status=%d ms=%.0f",
        request.method if request.method in ("GET", "HEAD", "POST") else "OTHER",
        route,
        response.status_code,
        ms,
    )
    return response


def init_app(app: Flask) -> None:
    """Log to standard output, and nothing that could single out a visitor."""
    app.logger.removeHandler(default_handler)
    logger = logging.getLogger("campaign")
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    app.before_request(_start_clock)
    app.after_request(_log_request)
