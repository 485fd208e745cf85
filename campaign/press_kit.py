"""The press kit: logos, cards in all languages and forms, texts and figures, as one zip."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from flask import Flask

from calculator.figures import LANGUAGES
from calculator.layout import FORMATS
from campaign.cards import studio, words_for
from campaign.config import ROOT
from campaign.published import published

PLACE: Final = "downloads/press-kit.zip"
PERIOD: Final = "1y"
LOGOS: Final = ("icon.svg", "icon-512.png")
# Zip keeps a date with every file; a fixed one makes the same content the same bytes.
_DATE: Final = (2026, 11, 1, 0, 0, 0)


def make_press_kit(app: Flask, target: Path) -> int:
    """Write the zip and give the number of files in it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    partial = target.with_suffix(".part")
    with app.app_context(), zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as kit:
        for name, data in _files(app):
            kit.writestr(zipfile.ZipInfo(f"schat-je-schatje/{name}", _DATE), data)
            count += 1
    partial.replace(target)
    return count


def _files(app: Flask) -> Iterator[tuple[str, bytes]]:
    state, content = published(), Path(app.config["CONTENT"])
    for name in LOGOS:
        yield f"logos/{name}", (ROOT / "static" / "images" / name).read_bytes()
    for language in LANGUAGES:
        yield f"texts/{language}.md", (content / language / "press.md").read_bytes()
        for region in state.regions:
            words = words_for(state.estimates[region, PERIOD], language)
            for card_format, layout in FORMATS.items():
                name = f"cards/{language}/{region.lower()}-{PERIOD}-{card_format}.jpg"
                yield name, studio().draw(words, layout)
    with app.test_client() as client:
        # The same files that the site offers.
        for name in ("figures.csv", "dictionary.csv", "figures.json"):
            yield f"figures/{name}", client.get(f"/data/{name}").data
