"""Turn errors into pages in the visitor's language that say what to do; nothing else does."""

import contextlib
from typing import Final

from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from gunicorn.http.errors import ParseException
from werkzeug.exceptions import HTTPException

from calculator.renderer.pool import CardFailed, RendererBusy
from campaign.words.i18n import choose_language, gettext
from campaign.words.i18n import mark as _

BUSY_SECONDS: Final = 20
RETRY_AFTER: Final = {429: 600, 503: BUSY_SECONDS}
# The pages that an error page leads to, the first by a button: after too large a photo its form.
LEADS_TO: Final = {413: ("photo", "home")}


# What each error page says: its title, and what to do.
ERROR_WORDS: Final[dict[int, tuple[str, str]]] = {
    400: (_("We could not read your request"),
          _("Go back one page and try again. Nothing you chose or sent was kept.")),
    403: (_("You cannot open this page"),
          _("Go back to the home page, or start the calculator again.")),
    404: (_("This page does not exist"),
          _("Check the address, or start again from the home page.")),
    405: (_("This page cannot be used in this way"),
          _("Go on from the home page, or start the calculator again.")),
    413: (_("The photo is too large"),
          _("A photo may be 15 MB at most. Go back and choose a smaller one, or take a"
            " screenshot of it on your phone and choose that. Nothing was kept.")),
    429: (_("Many cards were made from your network"),
          _("Wait ten minutes and try again. At a school or a company many people share one"
            " network. All other pages keep working.")),
    500: (_("Something went wrong on our side"),
          _("Try again in a few minutes. Nothing you chose or sent was kept.")),
    503: (_("Many people are making a card right now"),
          _("Try again in a minute. All other pages keep working.")),
}  # fmt: skip


def error_page(code: int, retry_after: int | None = None) -> Response:
    """Make the page of an error; unknown codes get the words of 400 or 500."""
    g.language = choose_language(request)
    g.cache_control = "no-store"
    title, what_to_do = ERROR_WORDS.get(code) or ERROR_WORDS[500 if code >= 500 else 400]
    response = make_response(
        render_template(
            "pages/error.html",
            code=code,
            title=gettext(title),
            what_to_do=gettext(what_to_do),
            leads_to=LEADS_TO.get(code, ("home", "calculate")),
        ),
        code,
    )
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def handle_http(error: HTTPException) -> ResponseReturnValue:
    """Answer an HTTP error with its page, and a redirect with itself."""
    code = error.code or 500
    if code < 400:
        return error
    response = error_page(code, retry_after=RETRY_AFTER.get(code))
    if code == 405 and error.get_response().headers.get("Allow"):
        response.headers["Allow"] = error.get_response().headers["Allow"]
    return response


def handle_busy(error: RendererBusy | CardFailed) -> ResponseReturnValue:
    """Answer 503 when no card can be drawn now."""
    g.setdefault("reason", error.reason)
    return error_page(503, retry_after=BUSY_SECONDS)


def handle_unexpected(error: BaseException) -> ResponseReturnValue:
    """Log what broke and where, and answer with the page for 500."""
    current_app.logger.error("unexpected %s", place_of(error))
    return error_page(500)


def place_of(error: BaseException) -> str:
    """Return an exception's type, function and line; not its message, which may quote a visitor."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_name}:{place.tb_lineno}" if place else "?"
    return f"{type(error).__name__} at {where}"


def answer_outside(app: Flask, error: BaseException) -> Response:
    """Answer an error that gunicorn met outside a request of the application."""
    with app.test_request_context("/-", base_url=app.config["SITE_URL"]):
        with contextlib.suppress(HTTPException):  # the desk has nobody signed on
            app.preprocess_request()
        known = error if isinstance(error, Exception) else RuntimeError()
        answer = app.handle_user_exception(known)
        return app.process_response(app.make_response(answer))


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(HTTPException, handle_http)
    # A request body that breaks off or has invalid chunks.
    app.register_error_handler(ParseException, lambda _error: error_page(400))
    app.register_error_handler(RendererBusy, handle_busy)
    app.register_error_handler(CardFailed, handle_busy)
    app.register_error_handler(Exception, handle_unexpected)
