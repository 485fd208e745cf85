"""The renderer of the running site: a pool of children, and a shelf of photo-free cards.

Every card a visitor sees is drawn in a child; this process never decodes a byte of an upload.
"""

import contextlib
import logging
import math
import os
from collections.abc import Iterator
from pathlib import Path
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
CONTROL_GROUP: Final = Path("/sys/fs/cgroup")
MEMORY_OF_ONE: Final = 400_000_000  # a renderer at work, and its share of what serves it


def cores(group: Path = CONTROL_GROUP) -> int:
    """Return how many cores this process may use, and has the memory to draw cards on."""
    affinity = getattr(os, "sched_getaffinity", None)
    seen = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min([seen, *_allowed(group)]))


def _allowed(group: Path) -> Iterator[int]:
    """Yield what a container's limits allow: it sees all cores of its machine."""
    with contextlib.suppress(OSError, ValueError):  # no container, or "max"
        quota, period = (group / "cpu.max").read_text(encoding="ascii").split()
        yield math.ceil(int(quota) / int(period))
    with contextlib.suppress(OSError, ValueError):
        yield int((group / "memory.max").read_text(encoding="ascii")) // MEMORY_OF_ONE


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
