"""Errors of the desk become pages here: what happened, and that nothing was written."""

from flask import Flask, current_app, g, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import HTTPException

from campaign.staff.files.checkout import UnknownFile

_WORDS = {
    400: ("This could not be read", "Go back and try again."),
    403: (
        "You are not signed on",
        "The desk is used through your organisation's sign-on. Open it by its usual address.",
    ),
    404: ("There is nothing at this address", "Go on from the overview."),
    405: ("This page is not used in this way", "Go on from the overview."),
    413: ("This is too large", "A file may hold 1 MB."),
    500: ("Something went wrong", "The folder was not changed. Tell whoever looks after the desk."),
}
_CSRF_WORDS = (
    "This form was open for a long time",
    "Go back in your browser and copy what you filled in. Load the page again, and fill it in.",
)


def _page(code: int, title: str, what_to_do: str) -> ResponseReturnValue:
    g.cache_control = "no-store"
    g.setdefault("language", "en")
    return render_template("staff/error.html", title=title, what_to_do=what_to_do), code


def handle_http(error: HTTPException) -> ResponseReturnValue:
    """Answer an HTTP error with its page; redirects pass."""
    code = error.code or 500
    if code < 400:
        return error
    if isinstance(error, CSRFError):
        return _page(400, *_CSRF_WORDS)
    return _page(code, *(_WORDS.get(code) or _WORDS[500 if code >= 500 else 400]))


def handle_unexpected(error: Exception) -> ResponseReturnValue:
    """Log what broke, with its place, for whoever looks after the desk."""
    current_app.logger.error("the desk failed", exc_info=error)
    return _page(500, *_WORDS[500])


def init_app(app: Flask) -> None:
    """Have every error answered here."""
    app.register_error_handler(HTTPException, handle_http)
    app.register_error_handler(ParseException, lambda _: _page(400, *_WORDS[400]))
    app.register_error_handler(UnknownFile, lambda _: _page(404, *_WORDS[404]))
    app.register_error_handler(Exception, handle_unexpected)
