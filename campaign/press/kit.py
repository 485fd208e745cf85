"""The press kit: logos, cards in all languages and forms, texts and figures, as one zip.

Its folder is named for the version of the figures it was made from. The press page reads that name
and says so when its own figures are newer.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from flask import Flask, current_app

from calculator.card.layout import FORMATS
from calculator.figures.publication import LANGUAGES
from campaign.cards.addresses import words_for
from campaign.cards.studio import studio
from campaign.config import ROOT
from campaign.press.text import press_text, read_me
from campaign.published.data import dictionary_csv, figures_csv, figures_json
from campaign.published.state import NEEDED_PERIOD, Published, published
from campaign.web.static import StaticFiles

PLACE: Final = "downloads/press-kit.zip"
FOLDER: Final = "schat-je-schatje-"
LOGOS: Final = ("icon.svg", "icon-512.png")
# Zip keeps a date with every file; a fixed one makes the same content the same bytes.
_DATE: Final = (2026, 11, 1, 0, 0, 0)


def make_press_kit(app: Flask, target: Path) -> int:
    """Write the zip and give the number of files in it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    partial = target.with_suffix(".part")
    try:
        with app.app_context(), zipfile.ZipFile(partial, "w") as kit:
            state = published()
            for name, data in _files(state):
                path = f"{FOLDER}{state.sources.digest}/{name}"
                kit.writestr(zipfile.ZipInfo(path, _DATE), data, zipfile.ZIP_DEFLATED)
                count += 1
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return count


def version_of_kit() -> str | None:
    """Return the version of the figures in the kit that this process offers; None without one."""
    held: StaticFiles = current_app.extensions["static_files"]
    if (kit := held.files.get(PLACE)) is None:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(kit.bodies[""])) as opened:
            folder = opened.namelist()[0].partition("/")[0]
    except (zipfile.BadZipFile, IndexError):
        return None
    # A kit that does not say what it was made from is not offered.
    return folder.removeprefix(FOLDER) if folder.startswith(FOLDER) else None


def _files(state: Published) -> Iterator[tuple[str, bytes]]:
    site = _address_of_readers()
    # The mark tells older programs that the text is UTF-8.
    yield "README.txt", read_me(state, site).encode("utf-8-sig")
    for name in LOGOS:
        yield f"logos/{name}", (ROOT / "static" / "images" / name).read_bytes()
    for language in LANGUAGES:
        yield f"texts/{language}.txt", press_text(state, language, site).encode("utf-8-sig")
        for region in state.regions:
            words = words_for(state.estimates[region, NEEDED_PERIOD], language)
            for card_format, layout in FORMATS.items():
                name = f"cards/{language}/{region.lower()}-{NEEDED_PERIOD}-{card_format}.jpg"
                yield name, studio().draw(words, layout)
    yield "figures/figures.csv", figures_csv(state.sources)
    yield "figures/dictionary.csv", dictionary_csv()
    yield "figures/figures.json", figures_json(state.sources)


def _address_of_readers() -> str:
    """Return the site's address; where it is this machine's own, the one printed on the cards."""
    site: str = current_app.config["SITE_URL"]
    return site if site.startswith("https://") else f"https://{current_app.config['CARD_ADDRESS']}"
