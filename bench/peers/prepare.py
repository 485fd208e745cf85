"""Write what every peer gets: photos, words with their places, pictures, fonts."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from PIL import Image

from bench.workload import (
    LAYOUT,
    PHOTO_12_MP,
    PHOTO_48_MP,
    make_photo,
    make_words,
)
from calculator.card.draw import render_base
from calculator.card.layout import INK, PAPER, TextStyle
from calculator.card.typesetting import PlacedText, arrange_words
from calculator.photo.destroying import HEAD_SHARE
from calculator.photo.protect import choose_crop
from campaign.cards.studio import Studio, default_studio

PHOTO, LARGE = "photo.jpg", "large.jpg"
_OPTICAL_SIZES: Final = (8.0, 60.0)
_SEEN_AT: Final = 0.55  # as in calculator/card/lettering.py

Record = dict[str, Any]


def prepare(folder: Path) -> None:
    """Write everything into a folder but the fonts, which fonts.py makes from cuts.json."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, photo in (
        (PHOTO, make_photo(PHOTO_12_MP)),
        (LARGE, make_photo(PHOTO_48_MP)),
    ):
        (folder / name).write_bytes(photo)
    studio, words, picture = default_studio(), make_words(), LAYOUT.picture
    base = render_base(words, LAYOUT, studio.fonts)
    base.crop((picture.left, picture.top, picture.right, picture.bottom)).save(
        folder / "picture.png"
    )
    texts = arrange_words(words, LAYOUT, studio.fonts)
    cuts = {_cut_name(text.style): _cut(text.style, studio) for text in texts}
    (folder / "cuts.json").write_text(json.dumps(list(cuts.values())))
    card: Record = {
        "width": LAYOUT.width_px,
        "height": LAYOUT.height_px,
        "quality": 85,
        "paper": PAPER,
        "blocks": 1,  # the cover is one colour; the peers take the average of the face
        "picture": asdict(picture),
        "strip": asdict(LAYOUT.strip) | {"colour": INK},
        "markers": [_place_marker(text) for text in texts if text.role == "no_price"],
        "fonts": list(cuts),
        "texts": [_place_text(text, studio) for text in texts],
        **_place_face(folder, studio),
    }
    (folder / "card.json").write_text(json.dumps(card))
    (folder / "words.svg").write_text(_write_svg(card), encoding="utf-8")


def _cut_name(style: TextStyle) -> str:
    return f"card-{style.typeface}-{style.weight}-{style.size_px}"


def _cut(style: TextStyle, studio: Studio) -> Record:
    axes = {"wght": float(style.weight)}
    file = "atkinson-hyperlegible-next-latin-wght-normal.woff2"
    if style.typeface == "serif":
        file = "source-serif-4-latin-opsz-normal.woff2"
        smallest, largest = _OPTICAL_SIZES
        axes["opsz"] = min(max(style.size_px * _SEEN_AT, smallest), largest)
    return {"name": _cut_name(style), "file": str(studio.fonts_folder / file), "axes": axes}


def _place_text(text: PlacedText, studio: Studio) -> Record:
    style = text.style
    font = studio.fonts.font(style.typeface, style.weight, style.size_px)
    ascent, descent = font.getmetrics()
    return {
        "text": text.text,
        "font": _cut_name(style),
        "size": style.size_px,
        "colour": style.colour,
        "x": text.x,
        "baseline": text.baseline,
        # The top of a box as high as the font size: web layouts place a line by it.
        "top": text.baseline - ascent + (ascent + descent - style.size_px) / 2,
    }


def _place_marker(text: PlacedText) -> Record:
    marker = LAYOUT.marker
    top = round(text.baseline - marker.above_baseline * text.style.size_px)
    bottom = round(text.baseline + marker.below_baseline * text.style.size_px)
    width = text.box.width + round(marker.beyond_text * text.style.size_px)
    return {
        "left": text.box.left, "top": top, "width": width, "height": bottom - top,
        "colour": marker.colour,
    }  # fmt: skip


def _place_face(folder: Path, studio: Studio) -> Record:
    """Find the face, as peers do not search; draw its cover and its label, return their places."""
    picture, shape = LAYOUT.picture, LAYOUT.label
    with Image.open(io.BytesIO(make_photo(PHOTO_12_MP))) as photo:
        size = round(photo.width * picture.height / photo.height), picture.height
        scaled = photo.resize(size)
    face = studio.finder.find(scaled)[0]
    left = round(choose_crop(size, (picture.width, picture.height), [face])[0])
    side = round(face.size * HEAD_SHARE)
    square = {
        "left": round(face.centre[0] - side / 2) - left,
        "top": round(face.centre[1] - side / 2),
        "side": side,
    }
    head = (square["left"] + left, square["top"])
    scaled.resize(
        (1, 1),
        Image.Resampling.BOX,
        box=(*head, head[0] + side, head[1] + side),
    ).resize((side, side), Image.Resampling.NEAREST).save(folder / "blocks.png")

    drawing = studio.label(make_words().label)
    high = max(face.width_along_eyes * shape.face_height, shape.smallest_height * picture.width)
    zoom = high * drawing.aspect / drawing.label_width_px
    tag = drawing.image.resize(
        (round(drawing.image.width * zoom), round(drawing.image.height * zoom))
    )
    tag.save(folder / "label.png")
    x, y = face.between_eyes
    return {
        "crop": {"left_px": left, "scaled_width": size[0]},
        "face": square,
        "label": {
            "left": round(x - left - drawing.middle_x * zoom),
            "top": round(y - drawing.middle_y * zoom),
            "width": tag.width,
            "height": tag.height,
        },
    }


def _write_svg(card: Record) -> str:
    """Return the card without its picture, for peers that read SVG."""
    whole = {"left": 0, "top": 0, "width": card["width"], "height": card["height"]}
    boxes = [whole | {"colour": card["paper"]}, card["strip"], *card["markers"]]
    shapes = [
        f'<rect x="{box["left"]}" y="{box["top"]}" width="{box["width"]}"'
        f' height="{box["height"]}" fill="{box["colour"]}"/>'
        for box in boxes
    ]
    shapes += [
        f'<text x="{text["x"]}" y="{text["baseline"]}" font-family="{text["font"]}"'
        f' font-size="{text["size"]}" fill="{text["colour"]}" xml:space="preserve">'
        f"{escape(text['text'])}</text>"
        for text in card["texts"]
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{card["width"]}"'
        f' height="{card["height"]}">{"".join(shapes)}</svg>'
    )
