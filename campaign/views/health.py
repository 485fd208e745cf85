"""Tell machines whether the process is alive and can answer visitors.

Apart from the pages because load balancers ask, by address and every few seconds.
"""

from __future__ import annotations

import os

from flask import Blueprint, g, jsonify
from flask.typing import ResponseReturnValue

from campaign.cards import studio
from campaign.live import live
from campaign.published import published

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    """Say that the process answers."""
    g.cache_control = "no-store"
    return jsonify(status="alive")


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say what this process serves, whether the files are fit for it, and that cards can be made.

    A folder that is refused is no reason to stop: the last good state is served.
    """
    g.cache_control = "no-store"
    studio().fonts  # noqa: B018 - loads them
    studio().finder  # noqa: B018
    return jsonify(
        status="ready",
        figures=published().sources.digest,
        state=live().serving,
        files=live().status(),
        worker=os.getpid(),
    )
