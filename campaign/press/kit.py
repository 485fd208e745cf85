"""The press kit: logos, cards in all languages and forms, texts and figures, as one zip.

It is made from the live figures when somebody asks, and held until they change.
"""

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flask import Flask, current_app

from calculator.card.layout import FORMATS, POSTERS
from calculator.languages import LANGUAGES
from calculator.renderer.pool import RendererBusy
from campaign.cards.addresses import poster_for, words_for
from campaign.cards.shelf import shelf
from campaign.config import ROOT
from campaign.press.text import press_text, read_me
from campaign.published.data import (
    dictionary_csv,
    figures_csv,
    figures_for_spreadsheets,
    figures_json,
)
from campaign.published.state import NEEDED_PERIOD, Published

LOGOS: Final = ("icon.svg", "icon-512.png")
# A zip has a date for every file; with a fixed one the same content gives the same bytes.
_DATE: Final = (2026, 11, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class PressKit:
    """A finished zip: the state it was made from, its name, its bytes and their tag."""

    state: Published
    file_name: str
    data: bytes
    tag: str


class PressKitMaker:
    """Makes the kit of a state once, and one at a time."""

    def __init__(self) -> None:
        self._making = threading.Lock()
        self._held: PressKit | None = None

    def kit(self, state: Published) -> PressKit:
        """Return the kit of a state, made now unless it is held.

        Raises:
            RendererBusy: while another request makes it, or where a card has to wait too long.
                Cards that were drawn stay on the shelf, so that the next attempt has less to do.
            CardFailed: where a card cannot be drawn.
        """
        held = self._held
        if held is not None and held.state is state:
            return held
        # Refuse instead of waiting, which would take threads from pages.
        if not self._making.acquire(blocking=False):
            raise RendererBusy
        try:
            self._held = made = make_press_kit(state)
        finally:
            self._making.release()
        return made


def make_press_kit(state: Published) -> PressKit:
    """Write the zip in memory; its folder is named for the version of the figures."""
    name = f"schat-je-schatje-{state.sources.digest}"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as kit:
        for path, data in _files(state):
            kit.writestr(zipfile.ZipInfo(f"{name}/{path}", _DATE), data, zipfile.ZIP_DEFLATED)
    data = written.getvalue()
    return PressKit(state, f"{name}.zip", data, hashlib.sha256(data).hexdigest()[:16])


def _files(state: Published) -> Iterator[tuple[str, bytes]]:
    site = _address_of_readers()
    # The byte order mark tells older programs that the text is UTF-8.
    yield "README.txt", read_me(state, site).encode("utf-8-sig")
    for name in LOGOS:
        yield f"logos/{name}", (ROOT / "static" / "images" / name).read_bytes()
    for language in LANGUAGES:
        yield f"texts/{language}.txt", press_text(state, language, site).encode("utf-8-sig")
        for region in state.regions:
            words = words_for(state.estimates[region, NEEDED_PERIOD], language)
            for card_format in FORMATS:
                name = f"cards/{language}/{region.lower()}-{NEEDED_PERIOD}-{card_format}.jpg"
                yield name, shelf().card(words, FORMATS[card_format])
        for card_format, layout in POSTERS.items():
            name = f"cards/{language}/no-price-{card_format}.jpg"
            yield name, shelf().card(poster_for(language), layout)
    yield "figures/figures.csv", figures_csv(state.sources)
    yield "figures/figures-excel.csv", figures_for_spreadsheets(state.sources)
    yield "figures/dictionary.csv", dictionary_csv()
    yield "figures/figures.json", figures_json(state.sources)


def _address_of_readers() -> str:
    """Return the site's https address; where it has none, the address printed on the cards."""
    site: str = current_app.config["SITE_URL"]
    printed: str = current_app.config["CARD_ADDRESSES"][LANGUAGES[0]]
    return site if site.startswith("https://") else f"https://{printed}"


def press_kit_maker() -> PressKitMaker:
    """Return the running site's maker."""
    maker: PressKitMaker = current_app.extensions["press_kit"]
    return maker


def init_app(app: Flask) -> None:
    """Set up the maker; the first kit is made when somebody asks for it."""
    app.extensions["press_kit"] = PressKitMaker()
