"""Keep pages in memory: those the same for everyone are made once for each state of the site.

Once also when many ask at the same moment, as they do after a start and after every edit.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from cachetools import LRUCache
from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from calculator.clock import belgian_day
from campaign.published.state import published
from campaign.web.headers import compress, compress_more, is_text
from campaign.web.turns import Turns, patience

CACHE_BYTES: Final = 32 * 1024 * 1024

Key = tuple[object, ...]
View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A finished page: its bytes, plain and compressed, its ETag, and its name as a file."""

    plain: bytes
    gzipped: bytes
    brotlied: bytes
    content_type: str
    tag: str
    disposition: str = ""


class PageCache:
    """Keeps pages up to a number of bytes, and drops all when the site's state changes."""

    def __init__(self, most_bytes: int = CACHE_BYTES) -> None:
        self.turns = Turns()
        self._lock = threading.Lock()
        self._pages: LRUCache[Key, KeptPage] = LRUCache(
            most_bytes,
            getsizeof=lambda page: len(page.plain) + len(page.gzipped) + len(page.brotlied),
        )
        self._made_for: object = None

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, state: object, key: Key) -> KeptPage | None:
        """Return a page made from this state, or None."""
        with self._lock:
            self._forget_unless(state)
            return self._pages.get(key)

    def put(self, state: object, key: Key, page: KeptPage) -> None:
        """Keep a page of a state."""
        with self._lock:
            self._forget_unless(state)
            self._pages[key] = page

    def _forget_unless(self, state: object) -> None:
        # By identity, since states with equal figures may have other texts. The reference kept here
        # makes sure that no other state gets the same identity.
        if state is not self._made_for:
            self._made_for = state
            self._pages.clear()


def kept(by: Callable[[], Key | None] = tuple) -> Callable[[View], View]:
    """Answer a view from memory: its page is the same for everyone who asks for its address.

    `by` returns what else in the request the page depends on, or None where this page must not be
    kept. Other parameters (?fbclid=…) change nothing.
    """

    def answer_from_memory(view: View) -> View:
        @wraps(view)
        def answer(*values: Any, **named: Any) -> ResponseReturnValue:
            if (chosen := by()) is None:
                return view(*values, **named)
            state = published()
            if state is not current_app.extensions.get("published"):
                return view(*values, **named)  # rehearsed, or of a moment ago
            # The first page says how many days it is until the European Day.
            key = request.path, chosen, belgian_day()
            page = _page_of(current_app.extensions["page_cache"], state, key)
            if page is None:
                g.keep_as = state, key
                return view(*values, **named)
            g.gzipped, g.brotlied = page.gzipped, page.brotlied
            response = current_app.response_class(page.plain, content_type=page.content_type)
            response.set_etag(page.tag)
            if page.disposition:
                response.headers["Content-Disposition"] = page.disposition
            return response

        return answer

    return answer_from_memory


def _page_of(cache: PageCache, state: object, key: Key) -> KeptPage | None:
    """Return a kept page; None where this request is to make it, and the others wait for it."""
    turn, until = (id(state), key), patience()
    while (page := cache.get(state, key)) is None:
        if cache.turns.take(turn, until):
            g.turn = turn
            return cache.get(state, key)  # made between the look and the turn
        if time.monotonic() >= until:
            return None
    return page


def _end_turn(_error: BaseException | None = None) -> None:
    if (turn := g.pop("turn", None)) is not None:
        current_app.extensions["page_cache"].turns.end(turn)


def _keep(response: Response) -> Response:
    """Keep a page with status 200 that all caches may store."""
    state, key = g.get("keep_as", (None, None))
    own = "Set-Cookie" in response.headers or "cache_control" in g
    if key is None or response.status_code != 200 or own or not is_text(response):
        return response
    plain = response.get_data()
    response.add_etag()
    tag = response.get_etag()[0] or ""
    page = KeptPage(
        plain,
        compress(plain),
        compress_more(plain),
        response.content_type,
        tag,
        response.headers.get("Content-Disposition", ""),
    )
    g.gzipped, g.brotlied = page.gzipped, page.brotlied
    current_app.extensions["page_cache"].put(state, key, page)
    _end_turn()
    return response


def init_app(app: Flask) -> None:
    """Keep pages in memory; after the headers, so that a page is kept before it gets them."""
    app.extensions["page_cache"] = PageCache()
    app.after_request(_keep)
    app.teardown_request(_end_turn)
