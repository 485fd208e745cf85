"""Metrics for operators: counts and times, nothing about a visitor.

Without SCHATJE_METRICS each process counts and nothing is shown. With it the workers of `schatje
serve` count in files in shared memory, and their sum is shown on a port of its own.
"""

import time
from functools import partial
from typing import Final

from flask import Flask, Response, current_app, g, request

from calculator.renderer.pool import Pool
from campaign.published.state import Published, published

# What is timed apart from pages: drawing, and what machines ask, which waits for a renderer.
KINDS: Final = {"cards": "card", "health": "health"}
SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """Everything that is counted, under names that begin with schatje_."""

    def __init__(self) -> None:
        # Imported here, after the server has set the variable by which the library decides, when
        # it is imported, whether several processes count together.
        import prometheus_client as prometheus  # noqa: PLC0415

        self.registry = prometheus.CollectorRegistry()
        one, named = self.registry, "schatje"
        counter = partial(prometheus.Counter, registry=one, namespace=named)
        histogram = partial(prometheus.Histogram, registry=one, namespace=named, buckets=SECONDS)
        # Of what several processes tell, the largest is shown.
        gauge = partial(
            prometheus.Gauge, registry=one, namespace=named, multiprocess_mode="livemax"
        )
        self._requests = counter(
            "requests", "Requests answered, by route and status.", ["route", "status"]
        )
        self._request_seconds = histogram("request_seconds", "Time to answer, by kind.", ["kind"])
        self._renders = counter(
            "renders", "Cards with a photo, by outcome and reason.", ["outcome", "reason"]
        )
        self.render_seconds = histogram(
            "render_seconds", "Time of a card with a photo, waiting included."
        )
        self.renderer_events = counter(
            "renderer_events", "Renderers started, renewed, crashed or ended.", ["event"]
        )
        self.limited = counter("rate_limited", "Cards refused because a network had many.")
        self._queue = gauge(
            "renderer_queue", "Jobs that wait for a renderer.", multiprocess_mode="livesum"
        )
        self._memory = gauge("renderer_memory_bytes", "Memory of the largest renderer.")
        self.limits_storage_down = gauge(
            "limits_storage_down", "1 while the shared counters of the limit do not answer."
        )
        self._figures = gauge("figures", "1 for the figures served, by digest.", ["digest"])
        self._figures_since = gauge(
            "figures_since_seconds", "When the figures served were taken up (Unix time)."
        )
        self.edit_refused = gauge(
            "edit_refused", "1 while the files as they are now are not served: see /readyz."
        )
        self._shown: Published | None = None

    def count_render(self, reason: str) -> None:
        """Count a card with a photo by its outcome."""
        outcome = {"drawn": "drawn", "busy": "busy", "crashed": "failed", "too-slow": "failed"}
        self._renders.labels(outcome.get(reason, "refused"), reason).inc()

    def watch_pool(self, pool: Pool) -> None:
        """Set the length of the queue and the memory of the largest child."""
        self._queue.set(pool.waiting)
        self._memory.set(max((child.memory_bytes for child in pool.children), default=0))

    def count_request(self, response: Response) -> None:
        """Count an answered request by our own route, never by the address as typed."""
        route = request.url_rule.rule if request.url_rule else "-"
        self._requests.labels(route, response.status_code).inc()
        kind = "card" if g.get("reason") else KINDS.get(request.blueprint or "", "page")
        self._request_seconds.labels(kind).observe(time.perf_counter() - g.started)

    def show_figures(self, state: Published) -> None:
        """Set which figures are served, when they change."""
        if state is self._shown:
            return
        if self._shown is not None:
            self._figures.labels(self._shown.sources.digest).set(0)
        self._shown = state
        self._figures.labels(state.sources.digest).set(1)
        self._figures_since.set(time.time())


def metrics() -> Metrics:
    """Return the running site's metrics."""
    made: Metrics = current_app.extensions["metrics"]
    return made


def init_app(app: Flask) -> None:
    """Count every request."""
    made = app.extensions["metrics"] = Metrics()

    def count(response: Response) -> Response:
        made.show_figures(published())
        made.count_request(response)
        return response

    app.after_request(count)
