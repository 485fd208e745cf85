"""Photo-free cards in memory: drawn once, and ahead of the first visitor when figures change."""

import contextlib
import itertools
import logging
import threading
import time
from collections.abc import Iterator
from typing import Final, NamedTuple

from cachetools import LRUCache
from flask import Flask, current_app

from calculator.card.draw import CardWords
from calculator.card.layout import FORMATS, POSTERS, CardLayout
from calculator.figures.publication import LANGUAGES
from calculator.renderer.pool import CardFailed, Pool, RendererBusy
from campaign.cards.addresses import (
    DEFAULT_FORMAT,
    PHONE_FORMAT,
    CardKind,
    card_digest,
    poster_for,
    words_for,
)
from campaign.cards.renderer import pool_ahead
from campaign.published.state import Published

# 216 cards of each of three kinds are some 60 MB.
SHELF_BYTES: Final = 64 * 1024 * 1024


class PlainCard(NamedTuple):
    """One photo-free card that can be drawn."""

    words: CardWords
    layout: CardLayout
    kind: CardKind

    @property
    def name(self) -> tuple[str, CardKind]:
        """Return a key of all that the card depends on: other figures give another key."""
        return card_digest(self.words, self.layout), self.kind


class CardShelf:
    """Keeps drawn cards up to a number of bytes; the longest unused is dropped first."""

    def __init__(self, pool: Pool, most_bytes: int = SHELF_BYTES) -> None:
        self._pool = pool
        self._lock = threading.Lock()
        self._held: LRUCache[tuple[str, CardKind], bytes] = LRUCache(most_bytes, getsizeof=len)
        self.draws_ahead = False
        self._drawn_for: Published | None = None

    def __len__(self) -> int:
        return len(self._held)

    @property
    def size_bytes(self) -> float:
        """Return the bytes of all kept cards."""
        return self._held.currsize

    def card(self, words: CardWords, layout: CardLayout, kind: CardKind = "jpg") -> bytes:
        """Return a card, drawn now unless it is kept; raises CardFailed or RendererBusy."""
        return self._held_or_drawn(PlainCard(words, layout, kind), self._pool)

    def _held_or_drawn(self, card: PlainCard, pool: Pool) -> bytes:
        name = card.name
        with self._lock:
            if (held := self._held.get(name)) is not None:
                return held
        if card.kind == "jpg":
            drawn = pool.draw(card.words, card.layout.name).data
        else:
            drawn = pool.draw_base(card.words, card.layout.name, card.kind)
        with self._lock:
            self._held[name] = drawn
        return drawn

    def draw_ahead(self, app: Flask, state: Published) -> None:
        """Draw every card of the state that goes live once, in a thread; only a server does so."""
        if not self.draws_ahead or state is self._drawn_for:
            return
        with self._lock:
            if state is self._drawn_for:
                return
            self._drawn_for = state
        threading.Thread(
            target=self._draw_all, args=(app, state), name="cards-ahead", daemon=True
        ).start()

    def _draw_all(self, app: Flask, state: Published) -> None:
        started, log = time.monotonic(), logging.getLogger("campaign.cards")
        left = 0
        with app.app_context(), contextlib.closing(pool_ahead(app)) as pool:
            cards = list(_cards_of(state))
            for done, card in enumerate(cards):
                if self._drawn_for is not state:
                    return  # newer figures have come
                try:
                    self._held_or_drawn(card, pool)
                except CardFailed:
                    left += 1  # drawn when first asked for, as are all where no child starts
                except RendererBusy:
                    left += len(cards) - done
                    break
        log.info(
            "cards drawn ahead: %d, %.1f MB, in %.0f s, left for later: %d",
            len(self), self.size_bytes / 1e6, time.monotonic() - started, left,
        )  # fmt: skip


def _cards_of(state: Published) -> Iterator[PlainCard]:
    """Yield every card that link previews or our own pages show.

    Not the PNGs for devices, which take as long as all these: they are drawn at the first request.
    """
    for language, layout in itertools.product(LANGUAGES, POSTERS.values()):
        yield PlainCard(poster_for(language), layout, "jpg")
    kinds: tuple[CardKind, ...] = ("webp", "jpg")
    for card_format, layout in FORMATS.items():
        for kind in kinds if card_format in (DEFAULT_FORMAT, PHONE_FORMAT) else ("jpg",):
            for result in state.estimates.values():
                for language in LANGUAGES:
                    yield PlainCard(words_for(result, language), layout, kind)


def shelf() -> CardShelf:
    """Return the running site's shelf."""
    held: CardShelf = current_app.extensions["card_shelf"]
    return held


def init_app(app: Flask) -> None:
    """Make the shelf; it is empty until a server draws ahead or somebody asks for a card."""
    app.extensions["card_shelf"] = CardShelf(app.extensions["renderer"])
