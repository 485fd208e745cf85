"""Log one line for each request: time, method, route, status, milliseconds, size class, reason.

Never an IP address, a name or a query.
"""

import logging
import sys
import time
from typing import Final

from flask import Flask, Response, g, request
from flask.logging import default_handler

SIZE_CLASSES: Final = {
    "none": 0,
    "1kB": 1_000,
    "1MB": 1_000_000,
    "5MB": 5_000_000,
    "16MB": 16 * 1024**2,
}


def _start_clock() -> None:
    g.started = time.perf_counter()


def _log_request(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "-"
    ms = (time.perf_counter() - g.get("started", time.perf_counter())) * 1000
    # The route is our own pattern; the address as typed may contain personal data.
    logging.getLogger("campaign.requests").info(
        "method=%s route=%s status=%d ms=%.0f size=%s reason=%s",
        request.method if request.method in ("GET", "HEAD", "POST") else "OTHER",
        route,
        response.status_code,
        ms,
        size_class(request.content_length or 0),
        g.get("reason", "-"),
    )
    return response


def size_class(count: int) -> str:
    """Return the class of a size in bytes: an exact size could identify a photo."""
    for name, most in SIZE_CLASSES.items():
        if count <= most:
            return name
    return "too-big"


def init_app(app: Flask) -> None:
    """Log each request to standard output."""
    app.logger.removeHandler(default_handler)
    logger = logging.getLogger("campaign")
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    app.before_request(_start_clock)
    app.after_request(_log_request)
