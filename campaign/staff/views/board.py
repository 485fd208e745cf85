"""The board of the week, the desk's first page: each thing to do with its link."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from calculator.clock import belgian_day
from campaign.staff.desk import desk
from campaign.staff.views.links import list_links, sum_up
from campaign.staff.views.steps import find_out_of_step, mark_in_step
from campaign.staff.views.todo import list_todo
from campaign.words.i18n import current_language

blueprint = Blueprint("board", __name__)


@blueprint.get("/")
def week() -> ResponseReturnValue:
    """List what there is to do."""
    running = desk()
    links = list_links(running)
    return render_template(
        "staff/board.html",
        todo=list_todo(running, belgian_day()),
        about_links=sum_up(links),
        links_went=any(each.went for each in links),
        problems=running.state().problems,
    )


@blueprint.post("/in-step")
def in_step() -> ResponseReturnValue:
    """Keep that a part says the same in all languages, as it stands."""
    running, wanted = desk(), request.form.get("part", "")
    found = find_out_of_step(running.checkout, running.state(), current_language())
    marked = [item for item in found if f"{item.page}#{item.anchor}" == wanted]
    mark_in_step(running.checkout, marked)
    return redirect(url_for("board.week"), 303)
