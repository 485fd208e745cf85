"""Set the headers of every response; nothing else sets these headers."""

import gzip

import brotli
from flask import Flask, Response, current_app, g, request

# data: because the result page contains the card with a photo, which has no address.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
    " img-src 'self' data:; connect-src 'self'; manifest-src 'self';"
    " worker-src 'self';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "browsing-topics=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}

# Of pictures and static files, most of whose bytes on the line would be headers. Only a worker does
# something: it fetches its modules and weights from the site.
HEADERS_OF_FILES = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}

TRANSPORT_SECURITY = "max-age=31536000; includeSubDomains"

GZIP_LEVEL = 6
BROTLI_QUALITY = 5  # 10 % smaller than gzip in the same time

PAGE_CACHE = "public, max-age=300, stale-while-revalidate=86400"
FOREVER = "public, max-age=31536000, immutable"


def keep_private() -> None:
    """Forbid all caches to store the current answer, which is the visitor's own."""
    g.cache_control = "no-store"


def let_caches_keep(*, for_ever: bool = False) -> None:
    """Let all caches keep the answer for five minutes; for a year where its address names it."""
    g.cache_control = FOREVER if for_ever else "public, max-age=300"


def let_others_load() -> None:
    """Let pages at other addresses load the answer: it is public and the same for everyone."""
    g.cross_origin = True


def add_headers(response: Response) -> Response:
    """Put the site's headers on a response; compress it where all visitors get the same."""
    shared = g.get("cross_origin", False)
    for name, value in (HEADERS_OF_FILES if shared else HEADERS).items():
        response.headers.setdefault(name, value)
    # Pictures and static files, which translators and reading modes load from their own address;
    # fonts and modules need the second header as well. Pages and data may be embedded nowhere.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin" if shared else "same-origin"
    if shared:
        response.headers["Access-Control-Allow-Origin"] = "*"
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = TRANSPORT_SECURITY
    default = PAGE_CACHE if response.status_code == 200 else "no-store"
    if request.method not in ("GET", "HEAD"):
        default = "no-store"
    response.headers["Cache-Control"] = g.get("cache_control", default)
    if response.headers["Cache-Control"] != "no-store" and response.status_code == 200:
        response.add_etag()
        _compress(response)
        response.make_conditional(request)
        if response.status_code not in (200, 304):
            # Such as 412 to a request with If-Match: a cache would give it to everyone.
            response.headers["Cache-Control"] = "no-store"
    return response


def is_text(response: Response) -> bool:
    """Return whether an answer is text that is in memory and not yet compressed."""
    kind = response.mimetype or ""
    text = kind.startswith("text/") or kind.endswith(("json", "xml"))
    return text and not response.direct_passthrough and not response.content_encoding


def compress(text: bytes) -> bytes:
    """Return a text in gzip; the same text gives the same bytes."""
    return gzip.compress(text, GZIP_LEVEL, mtime=0)


def compress_more(text: bytes) -> bytes:
    """Return a text in Brotli, for browsers that accept it."""
    compressed: bytes = brotli.compress(text, quality=BROTLI_QUALITY)
    return compressed


def _compress(response: Response) -> None:
    """Compress a text that is public: next to a secret, the compressed length would betray it."""
    if not is_text(response):
        return
    response.vary.add("Accept-Encoding")
    wanted = request.accept_encodings
    if wanted["br"] > 0:
        encoding, data = "br", g.get("brotlied") or compress_more(response.get_data())
    elif wanted["gzip"] > 0:
        # The page cache has set the compressed forms of its pages.
        encoding, data = "gzip", g.get("gzipped") or compress(response.get_data())
    else:
        return
    response.set_data(data)
    response.content_encoding = encoding
    # Each encoding has its own bytes, so its own tag.
    response.set_etag(f"{response.get_etag()[0]}-{encoding}")


def init_app(app: Flask) -> None:
    """Add the headers to every response."""
    app.after_request(add_headers)
