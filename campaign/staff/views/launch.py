"""Before a launch: what is open and what is done, as the files say it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from campaign.staff.desk import desk
from campaign.upkeep.launch import ENVIRONMENT, count_open, launch_list

blueprint = Blueprint("launch", __name__)


@blueprint.get("/launch")
def launch() -> ResponseReturnValue:
    """List every point, group by group; the files are edited as text."""
    running = desk()
    state = running.state()
    groups = (
        launch_list(state.sources, state.contacts, running.settings)
        if state.sources is not None and state.contacts is not None
        else ()
    )
    return render_template(
        "staff/launch.html",
        groups=groups,
        still_open=count_open(groups),
        elsewhere=ENVIRONMENT,
        problems=state.problems,
    )
