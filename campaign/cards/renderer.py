"""The renderer of the running site: a pool of children, and a shelf of photo-free cards.

Every card a visitor sees is drawn in a child; this process never decodes a byte of an upload.
"""

from __future__ import annotations

import logging
import os

from flask import Flask, current_app, g

from calculator.card.draw import CardWords
from calculator.errors import PhotoRejected
from calculator.renderer.pool import CardFailed, DrawnCard, Event, Pool, PoolLimits, RendererBusy
from calculator.renderer.process import ChildFiles
from campaign.cards.studio import Studio
from campaign.web.metrics import Metrics, metrics


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
        with metrics().time_render():
            return renderer().draw(words, card_format, photo)
    except PhotoRejected as rejected:
        reason = rejected.reason
        raise
    except RendererBusy:
        reason = "busy"
        raise
    except CardFailed:
        reason = "crashed"
        raise
    finally:
        g.reason = reason
        metrics().count_render(reason)
        metrics().watch_pool(renderer())


def init_app(app: Flask) -> None:
    """Make the pool; its children start when the server does, or with the first card."""
    studio: Studio = app.extensions["studio"]
    counts: Metrics = app.extensions["metrics"]
    log = logging.getLogger("campaign.renderer")

    def tell(event: Event, details: list[str]) -> None:
        counts.count_child(event)
        if event in ("crashed", "too-slow"):
            log.warning("a renderer was ended: %s", event)
        for detail in details:
            log.warning("the renderer runs with less protection: %s", detail)

    app.extensions["renderer"] = Pool(
        ChildFiles(fonts=studio.fonts_folder, model=studio.model),
        PoolLimits(children=int(app.config["RENDERERS"]) or cores()),
        tell,
    )
