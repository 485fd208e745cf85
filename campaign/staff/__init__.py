"""The staff desk: an application of its own, so that the public site holds none of its routes."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, g, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import Forbidden

from campaign.cards.studio import default_studio
from campaign.config import MEGABYTE, ROOT, Settings, form_settings
from campaign.staff import errors, language
from campaign.staff.desk import Desk, alone_here, desk, name_user
from campaign.staff.files.checkout import Checkout
from campaign.staff.files.drafts import Drafts
from campaign.staff.files.proposals import Proposals
from campaign.staff.files.records import Records
from campaign.staff.files.site_pages import make_site_pages
from campaign.staff.forms.faults import say
from campaign.staff.forms.typed import say_day
from campaign.staff.views import (
    board,
    choices,
    contacts,
    drafts,
    editing,
    entries,
    facts,
    feed,
    history,
    launch,
    links,
    manual,
    overview,
    places,
    proposals,
    rates,
    saving,
    text_list,
    texts,
    times,
    words,
)
from campaign.upkeep.links.background import LinkCheck
from campaign.upkeep.links.memory import LINKS_FILE
from campaign.views.context import prepare_templates
from campaign.web import headers, hosts, logs, static
from campaign.words.figure import start_sentence
from campaign.words.i18n import (
    LANGUAGE_NAMES,
    current_language,
    load_catalogues,
    say_colon,
    say_semicolon,
)

OPEN_ENDPOINTS = ("static.static_file", "ready")
FORM_BYTES = 4 * MEGABYTE


def create_staff_app(checkout: Path, settings: Settings) -> Flask:
    """Make the desk for one checkout, step by step."""
    app = Flask(__name__, static_folder=None, template_folder=str(ROOT / "templates"))
    # Werkzeug would lead on to an absolute address made of the request's own headers.
    app.url_map.merge_slashes = False
    state = settings.desk_folder(checkout)
    address = urlsplit(settings.staff_url)
    app.config.update(
        form_settings("desk", secure=address.scheme == "https", same_site="Strict"),
        SITE_URL=settings.staff_url,
        SECRET_KEY=_key(state / "key"),
        # An address of another site that leads here must not reach the desk.
        TRUSTED_HOSTS=[address.hostname, "127.0.0.1", "localhost"],
        MAX_CONTENT_LENGTH=FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
    )
    logs.init_app(app)
    files = Checkout(checkout, state)
    app.extensions["catalogues"] = load_catalogues()
    manual.load_manual()  # what a new language lacks is said here, not to who opens the page
    app.extensions["desk"] = Desk(
        checkout=files,
        records=Records(files),
        proposals=Proposals(state / "proposals"),
        drafts=Drafts(state / "drafts"),
        settings=settings,
        studio=default_studio(),
        pages=make_site_pages(settings),
        links=LinkCheck(state / LINKS_FILE),
    )
    app.before_request(_greet)
    CSRFProtect(app)
    _prepare_templates(app)
    headers.init_app(app)
    errors.init_app(app)
    language.init_app(app)
    hosts.init_app(app)
    for view in (
        board, overview, links, text_list, launch, editing, texts, contacts, facts, rates,
        choices, entries, saving, history, proposals, drafts, feed, manual,
    ):  # fmt: skip
        app.register_blueprint(view.blueprint)
    static.init_app(app, ROOT / "static")
    app.add_url_rule("/readyz", "ready", lambda: {"status": "ready"})
    return app


def _greet() -> None:
    """Let in only whom the sign-on names; every page is for them alone."""
    g.language = language.choose_language()
    if request.endpoint not in OPEN_ENDPOINTS:
        g.cache_control = "no-store"
        g.user = name_user()
        if not g.user:
            raise Forbidden


def _prepare_templates(app: Flask) -> None:
    prepare_templates(app)
    env = app.jinja_env
    env.globals.update(language_names=LANGUAGE_NAMES)
    env.globals.update(own_drafts=drafts.own_drafts)
    for path in (words.edit_path, words.mend_path, words.list_path, words.own_path):
        env.globals[path.__name__] = path
    env.filters.update(time=times.say_time, recorded=times.say_recorded)
    env.filters.update(hindrance=words.say_hindrance, signed=words.say_signed)
    env.filters.update(place=places.say_place, file=places.say_file, files=places.say_files)
    env.filters.update(day=say_day, day_of=words.say_day_of)
    env.filters.update(told=words.say_problem, sentence=start_sentence)
    env.filters.update(small=words.say_small, language_name=words.say_language, message=say)
    env.filters.update(days=words.say_days)
    env.filters.update(first_line=words.first_line, few=words.few)
    app.context_processor(_frame)


def _frame() -> dict[str, Any]:
    running = desk()
    return {
        "user": g.get("user", ""),
        "language": current_language(),
        "languages": language.languages_to_choose(),
        "colon": say_colon(),
        "semicolon": say_semicolon(),
        "alone": alone_here(),
        **(_for_whoever_signed_on(running) if g.get("user") else {}),
    }


def _for_whoever_signed_on(running: Desk) -> dict[str, Any]:
    return {
        "open_proposals": sum(item.status == "open" for item in running.proposals.every()),
        "hindrance": running.hindrance,
        "broken": lambda: bool(running.state().problems),
        **drafts.about_this_page(),
    }


def _key(path: Path) -> str:
    """Return the key of the form's cookie: kept, so that a form stays good over a restart."""
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    key = secrets.token_hex(32)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key)
    return key
