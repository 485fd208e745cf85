"""The language of the desk: the one this person chose here, or else the browser's."""

from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, request

from calculator.languages import LANGUAGES, Language
from campaign.words.i18n import LANGUAGE_NAMES, best_language

COOKIE = "desk-language"
ONE_YEAR_S = 365 * 24 * 3600


def choose_language() -> Language:
    """Return the language asked for in the address, else that of the cookie, else the browser's."""
    for wanted in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if wanted in LANGUAGES:
            return wanted
    return best_language(request)


def keep_language(response: Response) -> Response:
    """Keep a language that was asked for; later pages need not ask again."""
    wanted = request.args.get("lang")
    if g.get("user") and wanted in LANGUAGES:
        response.set_cookie(
            COOKIE,
            wanted,
            max_age=ONE_YEAR_S,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Strict",
        )
    return response


def languages_to_choose() -> list[dict[str, str]]:
    """List the languages with the address of this page in each; none for the answer to a form."""
    if request.method != "GET":
        return []
    asked = {name: text for name, text in request.args.items() if name != "lang"}
    return [
        {
            "code": code,
            "name": name,
            "path": f"{request.path}?{urlencode(asked | {'lang': code})}",
        }
        for code, name in LANGUAGE_NAMES.items()
    ]


def init_app(app: Flask) -> None:
    """Have the choice kept."""
    app.after_request(keep_language)
