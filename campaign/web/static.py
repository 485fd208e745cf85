"""Serve static files from memory, compressed ahead, at addresses that contain a digest.

Caches keep such an address for a year, as its content never changes. An address with another
digest gives today's file, kept briefly: during a rolling update old pages ask new servers.
"""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import brotli
from flask import Blueprint, Flask, abort, current_app, make_response, request
from flask.typing import ResponseReturnValue

from campaign.web.headers import let_caches_keep, let_others_load

blueprint = Blueprint("static", __name__)

# On some systems Python's own table lacks some of these.
TYPES: Final = {
    ".js": "text/javascript",
    ".woff2": "font/woff2",
    ".webp": "image/webp",
    ".bin": "application/octet-stream",
}
# Comments are for us: left out, a visitor loads an eighth less of style and scripts.
COMMENTS: Final = {".css": rb"\s*/\*[\s\S]*?\*/", ".js": rb"(?m)^\s*//.*\n"}
# The last are the face finder's numbers.
COMPRESSED: Final = ("text/", "image/svg+xml", "application/octet-stream")


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file: its type, its tag, and its bytes by content encoding ("" is not compressed)."""

    content_type: str
    tag: str
    bodies: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class StaticFiles:
    """All files of a folder, by name, and one digest of them all."""

    digest: str
    files: dict[str, StaticFile]


@cache  # a part of the program, which does not change while it runs
def load_static(folder: Path) -> StaticFiles:
    """Read a folder into memory and compress its texts."""
    files = {
        path.relative_to(folder).as_posix(): _load(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
    named = "".join(f"{name} {file.tag}\n" for name, file in files.items())
    return StaticFiles(hashlib.sha256(named.encode()).hexdigest()[:12], files)


def _load(path: Path) -> StaticFile:
    plain = re.sub(COMMENTS.get(path.suffix, b"(?!)"), b"", path.read_bytes())
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    content_type = kind or "application/octet-stream"
    bodies = {"": plain}
    if content_type.startswith(COMPRESSED):
        bodies["gzip"] = gzip.compress(plain, mtime=0)
        bodies["br"] = brotli.compress(plain)
    return StaticFile(content_type, hashlib.sha256(plain).hexdigest()[:16], bodies)


def static_path(name: str) -> str:
    """Return the address with digest of a static file such as `css/site.css`."""
    held: StaticFiles = current_app.extensions["static_files"]
    return f"/static/{held.digest}/{name}"


@blueprint.get("/static/<digest>/<path:name>")
def static_file(digest: str, name: str) -> ResponseReturnValue:
    """Return a file in the smallest encoding that the browser accepts; 404 for an unknown name."""
    held: StaticFiles = current_app.extensions["static_files"]
    file = held.files.get(name)
    if file is None:
        abort(404)
    let_others_load()
    let_caches_keep(for_ever=digest == held.digest)
    accepted = [""] + [form for form in file.bodies if form and request.accept_encodings[form] > 0]
    form = min(accepted, key=lambda each: len(file.bodies[each]))
    response = make_response(file.bodies[form])
    response.content_type = file.content_type
    response.set_etag(f"{file.tag}-{form}" if form else file.tag)
    if len(file.bodies) > 1:
        response.vary.add("Accept-Encoding")
    if form:
        response.content_encoding = form
    return response


def init_app(app: Flask, folder: Path) -> None:
    """Serve a folder; templates call `static_path(name)` for an address."""
    app.extensions["static_files"] = load_static(folder)
    app.register_blueprint(blueprint)
    app.jinja_env.globals["static_path"] = static_path
