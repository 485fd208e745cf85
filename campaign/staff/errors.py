"""Errors of the desk become pages here: what happened, and that nothing was written."""

from collections.abc import Sequence

from flask import Flask, current_app, g, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import HTTPException

from campaign.staff.files.checkout import UnknownFile
from campaign.staff.language import choose_language
from campaign.words.i18n import gettext
from campaign.words.i18n import mark as _

_WORDS = {
    400: (_("This could not be read"), _("Go back and try again.")),
    403: (
        _("You are not signed on"),
        _("The desk is used through your organisation's sign-on. Open it by its usual address."),
    ),
    404: (_("There is nothing at this address"), _("Go on from the overview.")),
    405: (_("This page is not used in this way"), _("Go on from the overview.")),
    413: (_("This is too large"), _("A file may hold 1 MB.")),
    500: (
        _("Something went wrong"),
        _("The folder was not changed. Tell whoever looks after the desk."),
    ),
}
FORGOTTEN = (
    _("This form was open for a long time"),
    _("Go back in your browser and copy what you filled in. Load the page again, and fill it in."),
)


def show_error(
    code: int, title: str, what_to_do: str, fields: Sequence[tuple[str, str]] = ()
) -> ResponseReturnValue:
    """Show the page of an error; `fields` are what was filled in, to be sent once more."""
    g.cache_control = "no-store"
    g.setdefault("language", choose_language())
    return render_template(
        "staff/error.html", title=gettext(title), what_to_do=gettext(what_to_do), fields=fields
    ), code


def handle_http(error: HTTPException) -> ResponseReturnValue:
    """Answer an HTTP error with its page; redirects pass."""
    code = error.code or 500
    if code < 400:
        return error
    if isinstance(error, CSRFError):
        return show_error(400, *FORGOTTEN)
    return show_error(code, *(_WORDS.get(code) or _WORDS[500 if code >= 500 else 400]))


def handle_unexpected(error: Exception) -> ResponseReturnValue:
    """Log what broke, with its place, for whoever looks after the desk."""
    current_app.logger.error("the desk failed", exc_info=error)
    return show_error(500, *_WORDS[500])


def init_app(app: Flask) -> None:
    """Have every error answered here."""
    app.register_error_handler(HTTPException, handle_http)
    app.register_error_handler(ParseException, lambda _: show_error(400, *_WORDS[400]))
    app.register_error_handler(UnknownFile, lambda _: show_error(404, *_WORDS[404]))
    app.register_error_handler(Exception, handle_unexpected)
