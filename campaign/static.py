"""Static files under an address that carries their digest, so that caches keep them for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

from campaign.security import FOREVER, HEADERS


def init_app(app: Flask, folder: Path) -> None:
    """Serve a folder through whitenoise; `static_path(name)` in templates gives addresses."""
    digest = _digest_of(folder)
    prefix = f"static/{digest}"

    def static_path(name: str) -> str:
        return f"/{prefix}/{name}"

    def add_headers(headers: object, path: str, url: str) -> None:
        for name, value in HEADERS.items():
            headers[name] = value  # type: ignore[index]
        headers["Cross-Origin-Resource-Policy"] = "same-origin"  # type: ignore[index]
        headers["Cache-Control"] = FOREVER  # type: ignore[index]

    served = WhiteNoise(app.wsgi_app, add_headers_function=add_headers)
    served.add_files(str(folder), prefix=prefix)
    app.wsgi_app = served  # type: ignore[method-assign]
    app.jinja_env.globals["static_path"] = static_path


def _digest_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
