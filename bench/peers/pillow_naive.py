"""Pillow as tutorials use it: decode the whole photo, keep nothing between cards."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont, ImageOps
from serve import CARD, FOLDER, serve

PICTURE, FACE, LABEL, BLOCKS = CARD["picture"], CARD["face"], CARD["label"], CARD["blocks"]


def set_words() -> Image.Image:
    """Draw the card without its picture."""
    card = Image.new("RGB", (CARD["width"], CARD["height"]), CARD["paper"])
    draw = ImageDraw.Draw(card)
    for box in (CARD["strip"], *CARD["markers"]):
        left, top = box["left"], box["top"]
        corner = (left + box["width"] - 1, top + box["height"] - 1)
        draw.rectangle((left, top, *corner), fill=box["colour"])
    for text in CARD["texts"]:
        font = ImageFont.truetype(FOLDER / "fonts" / f"{text['font']}.ttf", text["size"])
        place = (text["x"], text["baseline"])
        draw.text(place, text["text"], fill=text["colour"], font=font, anchor="ls")
    return card


def write(card: Image.Image) -> bytes:
    """Return the JPEG."""
    out = io.BytesIO()
    card.save(out, "JPEG", quality=CARD["quality"])
    return out.getvalue()


def photo_card(photo: bytes) -> bytes:
    """Decode, turn, shrink, crop, cover and paste the photo."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(photo))).convert("RGB")
    image = image.resize(
        (CARD["crop"]["scaled_width"], PICTURE["height"]), Image.Resampling.LANCZOS
    )
    left = CARD["crop"]["left_px"]
    image = image.crop((left, 0, left + PICTURE["width"], PICTURE["height"]))
    place = FACE["left"], FACE["top"]
    head = image.crop((*place, place[0] + FACE["side"], place[1] + FACE["side"]))
    few = head.resize((BLOCKS, BLOCKS), Image.Resampling.BOX)
    image.paste(few.resize(head.size, Image.Resampling.NEAREST), place)
    card = set_words()
    card.paste(image, (PICTURE["left"], PICTURE["top"]))
    label = Image.open(FOLDER / "label.png")
    card.paste(label, (LABEL["left"], LABEL["top"]), label)
    return write(card)


def link_card() -> bytes:
    """Draw the words beside the drawn child."""
    card = set_words()
    card.paste(Image.open(FOLDER / "picture.png"), (PICTURE["left"], PICTURE["top"]))
    return write(card)


serve(photo_card, link_card)
