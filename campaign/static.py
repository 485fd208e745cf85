"""Static files under an address that carries their digest, so that caches keep them for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, current_app
from whitenoise import WhiteNoise

from campaign.security import FOREVER, HEADERS, TRANSPORT_SECURITY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def static_path(name: str) -> str:
    """Give the lasting address of a static file, such as `css/site.css`."""
    return f"/{current_app.extensions['static_prefix']}/{name}"


def init_app(app: Flask, folder: Path) -> None:
    """Serve a folder through whitenoise; `static_path(name)` in templates gives addresses."""
    digest = _digest_of(folder)
    prefix = f"static/{digest}"
    app.extensions["static_prefix"] = prefix

    def add_headers(headers: object, path: str, url: str) -> None:
        for name, value in HEADERS.items():
            headers[name] = value  # type: ignore[index]
        headers["Cross-Origin-Resource-Policy"] = "same-origin"  # type: ignore[index]
        headers["Cache-Control"] = FOREVER  # type: ignore[index]
        if app.config["SESSION_COOKIE_SECURE"]:
            headers["Strict-Transport-Security"] = TRANSPORT_SECURITY  # type: ignore[index]

    pages = app.wsgi_app
    served = WhiteNoise(pages, add_headers_function=add_headers)
    served.add_files(str(folder), prefix=prefix)

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            # Whitenoise would answer itself, without a page and without the site's headers.
            return pages(environ, start_response)
        environ.pop("HTTP_RANGE", None)  # the same, for a range that lies outside a file
        answer: Iterable[bytes] = served(environ, start_response)
        return answer

    app.wsgi_app = serve  # type: ignore[method-assign]
    app.jinja_env.globals["static_path"] = static_path


def _digest_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
