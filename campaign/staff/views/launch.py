"""Before a launch: what is open and what is done, with a button for whoever confirmed a point."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, get_args

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from calculator.figures.publication import Said
from calculator.languages import LANGUAGES
from calculator.loading.files import Files
from campaign.published.contacts import Contacts
from campaign.published.launch import Reader
from campaign.staff.desk import desk, user
from campaign.staff.files.checking import State
from campaign.staff.forms.yaml_editing import Content, Sentence
from campaign.staff.views.confirming import (
    confirm_entries,
    confirm_record,
    list_entries,
    marks,
    read_file,
    save_at_once,
    today,
)
from campaign.staff.views.parts import HELP, LAUNCH, PARTS, PRESS
from campaign.staff.views.text_list import title_of
from campaign.upkeep.launch import (
    ENVIRONMENT,
    Group,
    count_open,
    launch_list,
    open_questions,
)
from campaign.words.addresses import PAGES
from campaign.words.i18n import LANGUAGE_NAMES, current_language, gettext
from campaign.words.i18n import mark as _

blueprint = Blueprint("launch", __name__)

# Whose values one person confirms together, with the record of the file that holds them.
TOGETHER: Final[Mapping[str, tuple[str, str]]] = {
    "owner": (LAUNCH, "owner"),
    "funding": (LAUNCH, "funding"),
    "privacy": (LAUNCH, "privacy"),
    "mistakes": (LAUNCH, "mistakes"),
    "licences": (LAUNCH, "licences"),
    "email": (PRESS, ""),
}
IN_HELP: Final = ("services", "after_report")
# Lists in launch.yaml that grow by what is confirmed, with the field that names an entry.
LISTED: Final[Mapping[str, str]] = {"card_addresses": "address", "publications": "publication"}
READINGS: Final = "readings"
READERS: Final[Mapping[str, str]] = {
    "native": _("a native speaker"),
    "survivor": _("a survivor"),
}
FORMS: Final[Mapping[str, str]] = {
    "services": "/contacts",
    "after_report": "/contacts",
    "email": f"/edit/{PRESS}",
    **{key: f"/part/{key}" for key in TOGETHER if key in PARTS},
}
LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for the foundation: what staff call the place that waits, and where to edit it.

    `part` is the heading of a part of a text, in the language of the question.
    """

    said: Said
    place: str
    part: str
    path: str


@blueprint.get("/launch")
def launch() -> ResponseReturnValue:
    """List every point, group by group, and the questions that hold something back."""
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
        questions=_questions(state.contacts, state.texts) if state.contacts is not None else [],
        elsewhere=ENVIRONMENT,
        problems=state.problems,
        together=TOGETHER,
        named=_named(groups, state),
        forms=FORMS,
        readers=READERS,
        today=today(),
        saved=request.args.get("saved", ""),
    )


def _named(groups: Iterable[Group], state: State) -> Mapping[str, str]:
    """Return what staff call the points whose names are short ones of the files."""
    language, known = current_language(), {}
    if state.contacts is not None and state.sources is not None:
        help_page = state.contacts.help
        known = {each.id: each.name_in(language) for each in help_page.services}
        known |= {step.id: step.text.in_language(language) for step in help_page.after_report}
        known |= {each.id: each.title for each in state.sources.publications}
    named = {
        point.name: known[key] + point.name.removeprefix(key)
        for group in groups
        for point in group.points
        if (key := point.name.partition(":")[0]) in known
    }
    named |= {
        f"{page}, {code}": f"{title_of(page)}, {LANGUAGE_NAMES[code]}"
        for page in PAGES
        for code in LANGUAGES
    }
    parts = (PARTS[key] for key in TOGETHER if key in PARTS)
    return named | {field.name: gettext(field.label) for part in parts for field in part.fields}


def _questions(contacts: Contacts, texts: Files) -> list[Asked]:
    return [
        Asked(each.said, title_of("help.yaml"), "", f"/part/waiting/{each.entry}")
        if each.part is None
        else Asked(each.said, title_of(each.part.page), each.part.title, f"/texts/{each.part.page}")
        for each in open_questions(contacts, texts, current_language())
    ]


@blueprint.post("/launch")
def confirm() -> ResponseReturnValue:
    """Write down who confirmed the points that were ticked, and on which day."""
    field = request.form.get("field", "")
    keys = request.form.getlist("key")
    who = " ".join(request.form.get("who", "").split())[:LONGEST_NAME] or user()
    said = marks(who, request.form.get("day", "") or today())
    name, text = _confirmed(field, keys, said)
    why = gettext(_("Confirmed before a launch: %(what)s")) % {"what": ", ".join(keys) or field}
    return save_at_once(name, text, why[:300], "/launch")


def _confirmed(field: str, keys: list[str], said: Mapping[str, Content]) -> tuple[str, str]:
    """Return the file that holds a group of points, and its text with some of them confirmed."""
    if field in TOGETHER:
        name, key = TOGETHER[field]
        return name, confirm_record(read_file(name), key, said)
    if field in IN_HELP:
        return HELP, confirm_entries(read_file(HELP), field, keys, said)
    if field in LISTED:
        named: list[Mapping[str, Content]] = [{LISTED[field]: Sentence(key)} for key in keys]
    elif field == READINGS and request.form.get("reader") in get_args(Reader):
        reader = request.form["reader"]
        named = [
            {"page": page, "language": language, "reader": reader}
            for page, _dot, language in (key.partition(".") for key in keys)
        ]
    else:
        abort(400)
    return LAUNCH, list_entries(read_file(LAUNCH), field, named, said)
