"""Tell machines whether the process is alive and can answer visitors.

Apart from the pages because load balancers ask, by address and every few seconds.
"""

import os

from flask import Blueprint, g, jsonify
from flask.typing import ResponseReturnValue

from campaign.cards.renderer import renderer
from campaign.live.watch import live
from campaign.published.state import published
from campaign.web.limits import card_limit

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
    answers = renderer().answers()
    told = {
        "status": "ready" if answers else "not ready",
        "figures": published().sources.digest,
        "state": live().keeper.serving,
        "files": live().status(),
        "renderer": "answers" if answers else "does not answer",
        "limits": card_limit().describe_storage(),
        "worker": os.getpid(),
    }
    return jsonify(told), 200 if answers else 503
