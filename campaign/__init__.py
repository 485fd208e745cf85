"""The campaign site: Flask around the calculator."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from campaign import errors, limits, live, logs, pages_context, security, static
from campaign.cards import default_studio
from campaign.config import ROOT, configure
from campaign.i18n import load_catalogues
from campaign.uploads import MemoryRequest
from campaign.views import calculator, cards, data, health, machines, pages, sources


def create_app() -> Flask:
    """Make the site, step by step.

    Raises:
        ValueError: where a setting cannot be right.
        SourcesInvalid: where figures or texts cannot be used and no snapshot of good ones is kept.
    """
    app = Flask(__name__, static_folder=None, template_folder=str(ROOT / "templates"))
    app.request_class = MemoryRequest
    configure(app)
    logs.init_app(app)
    app.extensions["catalogues"] = load_catalogues()
    app.extensions["studio"] = default_studio()
    pages_context.init_app(app)
    limits.init_app(app)
    security.init_app(app)
    errors.init_app(app)
    for view in (pages, calculator, cards, sources, data, machines, health):
        app.register_blueprint(view.blueprint)
    static.init_app(app, ROOT / "static")
    live.init_app(app)
    if hops := int(app.config["PROXIES"]):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    return app
