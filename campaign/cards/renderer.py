"""The renderer of the running site: a pool of children, and a shelf of photo-free cards.

Every card a visitor sees is drawn in a child; this process never decodes a byte of an upload.
"""

import logging
import os
from typing import Final

from flask import Flask, current_app, g

from calculator.card.draw import CardWords
from calculator.errors import PhotoRejected
from calculator.renderer.confinement import Confinement
from calculator.renderer.pool import CardFailed, DrawnCard, Event, Pool, PoolLimits, RendererBusy
from calculator.renderer.process import ChildFiles
from campaign.cards.studio import Studio
from campaign.web.metrics import Metrics, metrics

# Other children run at 5: of two that compete for a core, this one gets a tenth of the time.
AHEAD_NICENESS: Final = 15


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def renderer() -> Pool:
    """Return the running site's pool."""
    pool: Pool = current_app.extensions["renderer"]
    return pool


def draw_card(words: CardWords, card_format: str, photo: bytes) -> DrawnCard:
    """Draw a card with a photo, and count how it went; raises as Pool.draw does."""
    reason = "drawn"
    try:
        with metrics().render_seconds.time():
            return renderer().draw(words, card_format, photo)
    except (PhotoRejected, RendererBusy, CardFailed) as error:
        reason = error.reason
        raise
    finally:
        g.reason = reason
        metrics().count_render(reason)
        metrics().watch_pool(renderer())


def init_app(app: Flask) -> None:
    """Make the pool; its children start when the server does, or with the first card."""
    counts: Metrics = app.extensions["metrics"]
    log = logging.getLogger("campaign.renderer")

    def on_event(event: Event, details: list[str]) -> None:
        counts.renderer_events.labels(event).inc()
        if event in ("crashed", "too-slow"):
            log.warning("a renderer was ended: %s", event)
        for detail in details:
            log.warning("the renderer runs with less protection: %s", detail)

    app.extensions["renderer"] = Pool(
        _files(app), PoolLimits(children=int(app.config["RENDERERS"]) or cores()), on_event
    )


def pool_ahead(app: Flask) -> Pool:
    """Make a pool of one child for drawing ahead.

    Apart from the visitors' pool, so that no visitor waits for it. Its child gets processor time
    only when theirs leave some, so a card, or a new child when one is renewed, may take longer.
    """
    slow = Confinement(niceness=AHEAD_NICENESS)
    return Pool(_files(app), PoolLimits(job_seconds=60.0, wait_seconds=60.0, confinement=slow))


def _files(app: Flask) -> ChildFiles:
    studio: Studio = app.extensions["studio"]
    return ChildFiles(fonts=studio.fonts_folder, model=studio.model)
