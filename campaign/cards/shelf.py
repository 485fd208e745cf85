"""Photo-free cards in memory: drawn once, and ahead of the first visitor when figures change.

Once for an instance, whose workers hold them together, and once for all who ask at the same moment.
"""

import contextlib
import itertools
import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from flask import Flask, current_app

from calculator.card.draw import CardWords
from calculator.card.layout import FORMATS, POSTERS, CardLayout
from calculator.languages import LANGUAGES
from calculator.renderer.pool import CardFailed, Pool, RendererBusy
from campaign.cards.addresses import CardKind, card_digest, poster_for, words_for
from campaign.cards.held import Held, InMemory, InSharedMemory
from campaign.cards.renderer import pool_ahead
from campaign.published.state import Published
from campaign.web.turns import Turns, patience

# How often a worker looks whether another has ended drawing ahead.
LOOK_SECONDS: Final = 1.0


class PlainCard(NamedTuple):
    """One photo-free card that can be drawn."""

    words: CardWords
    layout: CardLayout
    kind: CardKind

    @property
    def name(self) -> str:
        """Return a key of all that the card depends on: other figures give another key."""
        return f"{card_digest(self.words, self.layout)}.{self.kind}"


class CardShelf:
    """Holds drawn cards, and has those drawn that it lacks."""

    def __init__(self, pool: Pool, held: Held | None = None) -> None:
        self._pool = pool
        self._held = held or InMemory()
        self._turns = Turns()
        self._lock = threading.Lock()
        self.draws_ahead = False
        self._drawn_for: Published | None = None

    def share(self, folder: Path) -> None:
        """Hold the cards in a folder of shared memory; to be called before the workers start."""
        self._held = InSharedMemory(folder)

    def __len__(self) -> int:
        return len(self._held.names())

    @property
    def size_bytes(self) -> float:
        """Return the bytes of all held cards."""
        return self._held.size_bytes()

    def card(self, words: CardWords, layout: CardLayout, kind: CardKind = "jpg") -> bytes:
        """Return a card, drawn now unless it is held; raises CardFailed or RendererBusy."""
        card, until = PlainCard(words, layout, kind), patience()
        name = card.name
        while (held := self._held.get(name)) is None:
            if self._turns.take(name, until):
                try:
                    return self._held.get(name) or self._draw(card, self._pool)
                finally:
                    self._turns.end(name)
            if time.monotonic() >= until:
                raise RendererBusy
        return held

    def _draw(self, card: PlainCard, pool: Pool) -> bytes:
        if card.kind == "jpg":
            drawn = pool.draw(card.words, card.layout.name).data
        else:
            drawn = pool.draw_base(card.words, card.layout.name)
        self._held.put(card.name, drawn)
        return drawn

    def draw_ahead(self, app: Flask, state: Published) -> None:
        """Draw every card of the state that goes live, in a thread; only a server does so."""
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
        while self._drawn_for is state:  # until newer figures have come
            with self._held.may_draw_ahead() as may:
                if may:
                    self._draw_missing(app, state)
                    return
            time.sleep(LOOK_SECONDS)

    def _draw_missing(self, app: Flask, state: Published) -> None:
        started, log = time.monotonic(), logging.getLogger("campaign.cards")
        left = 0
        with app.app_context(), contextlib.closing(pool_ahead(app)) as pool:
            held = self._held.names()
            missing = [card for card in _cards_of(state) if card.name not in held]
            for done, card in enumerate(missing):
                if self._drawn_for is not state:
                    return
                try:
                    self._draw(card, pool)
                except CardFailed:
                    left += 1  # drawn when first asked for, as are all where no child starts
                except RendererBusy:
                    left += len(missing) - done
                    break
        if missing:
            log.info(
                "cards drawn ahead: %d, held %.1f MB, in %.0f s, left for later: %d",
                len(missing) - left, self.size_bytes / 1e6, time.monotonic() - started, left,
            )  # fmt: skip


def _cards_of(state: Published) -> Iterator[PlainCard]:
    """Yield every card that link previews show or that our pages offer to download.

    Not the PNGs for devices, which take as long as all these: they are drawn at the first request.
    """
    for language, layout in itertools.product(LANGUAGES, POSTERS.values()):
        yield PlainCard(poster_for(language), layout, "jpg")
    for layout in FORMATS.values():
        for result in state.estimates.values():
            for language in LANGUAGES:
                yield PlainCard(words_for(result, language), layout, "jpg")


def shelf() -> CardShelf:
    """Return the running site's shelf."""
    held: CardShelf = current_app.extensions["card_shelf"]
    return held


def init_app(app: Flask) -> None:
    """Make the shelf; it is empty until a server draws ahead or somebody asks for a card."""
    app.extensions["card_shelf"] = CardShelf(app.extensions["renderer"])
