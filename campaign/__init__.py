"""The campaign site: Flask around the calculator."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from calculator.photo.safe_versions import refuse_unsafe_versions
from campaign.cards import renderer, shelf
from campaign.cards.studio import default_studio
from campaign.config import ROOT, Settings, configure
from campaign.live import watch
from campaign.press import kit
from campaign.published.state import Published
from campaign.upkeep.launch import refuse_unless_ready
from campaign.views import (
    astray,
    calculate,
    cards,
    context,
    data,
    health,
    machines,
    owner,
    pages,
    photo,
    sources,
)
from campaign.web import (
    errors,
    headers,
    hosts,
    limits,
    logs,
    metrics,
    page_cache,
    static,
    uploads,
)
from campaign.words.i18n import load_catalogues


def create_app(settings: Settings | None = None) -> Flask:
    """Make the site, step by step, with the settings of the environment where none are given.

    Raises:
        ValueError: where a setting cannot be right, a library is known to be unsafe, or visitors
            would come before the launch list is done.
        SourcesInvalid: where figures or texts cannot be used and no snapshot of good ones is kept.
    """
    refuse_unsafe_versions()
    app = Flask(__name__, static_folder=None, template_folder=str(ROOT / "templates"))
    # Werkzeug would lead on to an absolute address made of the request's own headers.
    app.url_map.merge_slashes = False
    settings = settings or Settings.from_environment()
    configure(app, settings)
    logs.init_app(app)
    uploads.init_app(app)
    metrics.init_app(app)
    app.extensions["catalogues"] = load_catalogues()
    app.extensions["studio"] = default_studio()
    renderer.init_app(app)
    shelf.init_app(app)
    kit.init_app(app)
    context.init_app(app)
    astray.init_app(app)
    limits.init_app(app)
    headers.init_app(app)
    page_cache.init_app(app)
    errors.init_app(app)
    hosts.init_app(app)
    for view in (pages, owner, calculate, photo, cards, sources, data, machines, health):
        app.register_blueprint(view.blueprint)
    static.init_app(app, ROOT / "static")
    watch.init_app(app)
    state: Published = app.extensions["published"]
    refuse_unless_ready(state.sources, state.contacts, settings)
    if hops := int(app.config["PROXIES"]):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    return app
