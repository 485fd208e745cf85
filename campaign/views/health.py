"""Tell machines whether the process is alive and can answer visitors.

Apart from the pages because load balancers ask, by address and every few seconds.
"""

from __future__ import annotations

from flask import Blueprint, g, jsonify
from flask.typing import ResponseReturnValue

from campaign.cards import studio
from campaign.published import published

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    """Say that the process answers."""
    g.cache_control = "no-store"
    return jsonify(status="alive")


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say which figures are served, and that fonts and face model load."""
    g.cache_control = "no-store"
    studio().fonts  # noqa: B018 - loads them
    studio().finder  # noqa: B018
    return jsonify(status="ready", figures=published().sources.digest)
