"""For crawlers, browsers, phones and finders of holes: robots, sitemap, manifest, a contact.

Apart from the pages because programs read these, the same in every language.
"""

import datetime
from typing import Final

from flask import Blueprint, current_app, jsonify, make_response, render_template
from flask.typing import ResponseReturnValue

from calculator.languages import LANGUAGES
from campaign.published.state import published
from campaign.web.headers import let_caches_keep
from campaign.web.page_cache import kept
from campaign.web.static import static_path
from campaign.words.addresses import PAGES, page_path
from campaign.words.help import HELP_NUMBER, dial

blueprint = Blueprint("machines", __name__)

SECURITY_VALID_DAYS: Final = 180
# What a phone's address book lists the helpline under.
CONTACT_NAME: Final = f"Child Focus {HELP_NUMBER}"


@blueprint.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Let everyone in, previews of shared links too."""
    site = current_app.config["SITE_URL"]
    return _text(f"User-agent: *\nAllow: /\n\nSitemap: {site}/sitemap.xml\n")


@blueprint.get("/sitemap.xml")
@kept()
def sitemap() -> ResponseReturnValue:
    """List every page in every language, each with its counterparts."""
    state, site = published(), current_app.config["SITE_URL"]
    tails = {"result": [f"/{r}/{p}" for r in state.regions for p in state.periods]}
    pages = [
        {language: site + page_path(page, language) + tail for language in LANGUAGES}
        for page in PAGES
        for tail in tails.get(page, [""])
    ]
    response = make_response(render_template("sitemap.xml", pages=pages, root=f"{site}/"))
    response.content_type = "application/xml; charset=utf-8"
    return response


@blueprint.get("/site.webmanifest")
def manifest() -> ResponseReturnValue:
    """Name, colours and icons for a phone's home screen."""
    response = jsonify(
        name="Schat je schatje",
        short_name="Schat je schatje",
        start_url="/",
        display="browser",
        background_color="#fbf6ec",
        theme_color="#17233b",
        icons=[
            {
                "src": static_path(f"images/icon-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
            }
            for size in (192, 512)
        ],
    )
    response.content_type = "application/manifest+json"
    return response


@blueprint.get("/.well-known/security.txt")
def security_txt() -> ResponseReturnValue:
    """Say where to report a hole; the date of expiry moves with the day it is asked."""
    until = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=SECURITY_VALID_DAYS)
    site = current_app.config["SITE_URL"]
    return _text(
        f"Contact: {site}{page_path('legal', 'en')}#contact\n"
        f"Expires: {until:%Y-%m-%d}T00:00:00Z\n"
        f"Preferred-Languages: {', '.join(LANGUAGES)}\n"
        f"Canonical: {site}/.well-known/security.txt\n"
    )


@blueprint.get("/child-focus-116000.vcf")
def contact() -> ResponseReturnValue:
    """Return the helpline as a contact that a phone saves: a name and a number, nothing else."""
    lines = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{CONTACT_NAME};;;;",
        f"FN:{CONTACT_NAME}",
        f"TEL;TYPE=VOICE:{dial(HELP_NUMBER).removeprefix('tel:')}",
        "END:VCARD",
    )
    let_caches_keep()
    response = make_response("".join(f"{line}\r\n" for line in lines))
    response.content_type = "text/vcard; charset=utf-8"
    return response


def _text(text: str) -> ResponseReturnValue:
    response = make_response(text)
    response.content_type = "text/plain; charset=utf-8"
    return response
