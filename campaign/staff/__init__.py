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
from campaign.staff import errors
from campaign.staff.desk import Desk, alone_here, desk, name_user
from campaign.staff.files.checkout import Checkout
from campaign.staff.files.proposals import Proposals
from campaign.staff.files.records import records_of
from campaign.staff.views import (
    editing,
    history,
    launch,
    overview,
    proposals,
    saving,
    texts,
    words,
)
from campaign.views.context import prepare_templates
from campaign.web import headers, hosts, logs, static
from campaign.words.i18n import LANGUAGE_NAMES, load_catalogues

OPEN_ENDPOINTS = ("static.static_file", "ready")
FORM_BYTES = 4 * MEGABYTE


def create_staff_app(checkout: Path, settings: Settings) -> Flask:
    """Make the desk for one checkout, step by step."""
    app = Flask(__name__, static_folder=None, template_folder=str(ROOT / "templates"))
    # Werkzeug would lead on to an absolute address made of the request's own headers.
    app.url_map.merge_slashes = False
    state = Path(settings.staff_state or checkout / "instance" / "staff")
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
    app.extensions["desk"] = Desk(
        checkout=files,
        records=records_of(files),
        proposals=Proposals(state / "proposals"),
        settings=settings,
        studio=default_studio(),
    )
    app.before_request(_greet)
    CSRFProtect(app)
    _prepare_templates(app)
    headers.init_app(app)
    errors.init_app(app)
    hosts.init_app(app)
    for view in (overview, launch, editing, texts, saving, history, proposals):
        app.register_blueprint(view.blueprint)
    static.init_app(app, ROOT / "static")
    app.add_url_rule("/readyz", "ready", lambda: {"status": "ready"})
    return app


def _greet() -> None:
    """Let in only whom the sign-on names; every page is for them alone."""
    g.language = "en"
    if request.endpoint not in OPEN_ENDPOINTS:
        g.cache_control = "no-store"
        g.user = name_user()
        if not g.user:
            raise Forbidden


def _prepare_templates(app: Flask) -> None:
    prepare_templates(app)
    env = app.jinja_env
    env.globals.update(language_names=LANGUAGE_NAMES, count=words.count)
    for path in (words.edit_path, words.mend_path, words.list_path):
        env.globals[path.__name__] = path
    env.filters.update(time=words.say_time, minute=words.say_minute)
    env.filters.update(first_line=words.first_line, few=words.few)
    app.context_processor(_frame)


def _frame() -> dict[str, Any]:
    waiting = desk().proposals.every()
    return {
        "user": g.get("user", ""),
        "alone": alone_here(),
        "waiting": sum(1 for item in waiting if item.status == "open"),
        "records": desk().records.name,
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
