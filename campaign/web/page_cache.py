"""Pages from memory: what is the same for everyone is made once for each state of the site."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from flask import Flask, Response, current_app, g, request

from campaign.calendar import belgian_day
from campaign.published.state import published
from campaign.web.headers import compress, compress_more, is_text
from campaign.words.addresses import PAGES

CACHE_BYTES: Final = 32 * 1024 * 1024
# The one page that looks at its query; other words (?fbclid=…) change nothing on any page.
FILTERS: Final = {"sources": ("region", "kind", "scope", "measure")}
NEVER: Final = {"calculate"}  # it carries a token of the visitor's own

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A finished page: its bytes, plain and compressed, and their tag."""

    plain: bytes
    gzipped: bytes
    brotlied: bytes
    content_type: str
    tag: str

    @property
    def size_bytes(self) -> int:
        """Return the memory it takes."""
        return len(self.plain) + len(self.gzipped) + len(self.brotlied)


class PageCache:
    """Holds pages up to a number of bytes, and forgets all when the site's state changes."""

    def __init__(self, most_bytes: int = CACHE_BYTES) -> None:
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        self._pages: OrderedDict[Key, KeptPage] = OrderedDict()
        self._bytes = 0
        self._made_for: object = None

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, state: object, key: Key) -> KeptPage | None:
        """Return a page made for this very state."""
        with self._lock:
            self._forget_unless(state)
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, state: object, key: Key, page: KeptPage) -> None:
        """Keep a page of a state."""
        with self._lock:
            self._forget_unless(state)
            old = self._pages.pop(key, None)
            self._bytes += page.size_bytes - (old.size_bytes if old else 0)
            self._pages[key] = page
            while self._bytes > self._most_bytes:
                self._bytes -= self._pages.popitem(last=False)[1].size_bytes

    def _forget_unless(self, state: object) -> None:
        # By identity: two states with equal figures may still differ in their texts. It is held on
        # to here, so that no other can take its place in memory.
        if state is not self._made_for:
            self._made_for = state
            self._pages.clear()
            self._bytes = 0


def _key() -> Key | None:
    """Name the page asked for; None where it is none that everyone gets alike."""
    if request.method not in ("GET", "HEAD") or request.routing_exception is not None:
        return None
    page = (request.endpoint or "").rpartition(".")[2].rpartition("_")[0]
    if page not in PAGES or page in NEVER or (page == "faq" and "q" in request.args):
        return None
    chosen = tuple(request.args.get(name, "")[:40] for name in FILTERS.get(page, ()))
    # The first page tells how far off the campaign's day is.
    return request.path, chosen, belgian_day()


def _answer_from_memory() -> Response | None:
    key = _key()
    if key is None:
        return None
    state = published()
    page = current_app.extensions["page_cache"].get(state, key)
    if page is None:
        g.keep_as = state, key
        return None
    g.gzipped, g.brotlied = page.gzipped, page.brotlied
    response: Response = current_app.response_class(page.plain, content_type=page.content_type)
    response.set_etag(page.tag)
    return response


def _keep(response: Response) -> Response:
    """Keep a page that went well and that caches may hold."""
    state, key = g.get("keep_as", (None, None))
    own = "Set-Cookie" in response.headers or "cache_control" in g
    if key is None or response.status_code != 200 or own or not is_text(response):
        return response
    plain = response.get_data()
    response.add_etag()
    tag = response.get_etag()[0] or ""
    page = KeptPage(plain, compress(plain), compress_more(plain), response.content_type, tag)
    g.gzipped, g.brotlied = page.gzipped, page.brotlied
    current_app.extensions["page_cache"].put(state, key, page)
    return response


def init_app(app: Flask) -> None:
    """Answer from memory where that is possible; after security, so that it comes before it."""
    app.extensions["page_cache"] = PageCache()
    app.before_request(_answer_from_memory)
    app.after_request(_keep)
