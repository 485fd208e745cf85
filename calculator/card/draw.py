"""Draw the card: ready words in, a JPEG without metadata out."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

from calculator.card.illustration import draw_child
from calculator.card.label import place_label
from calculator.card.layout import INK, MARIGOLD, PAPER, CardLayout, Marker
from calculator.card.lettering import CardFonts, figure_features
from calculator.card.typesetting import CardWords, PlacedText, arrange_words

if TYPE_CHECKING:
    from calculator.photo.protect import ProtectedPhoto

__all__ = ["CardWords", "encode_png", "forget_cards", "render_base", "render_card"]

_QUALITY: Final = 85
_PNG_EFFORT: Final = 6  # 9 takes four times as long for 1 % less


def render_card(
    words: CardWords, layout: CardLayout, fonts: CardFonts, photo: ProtectedPhoto | None = None
) -> bytes:
    """Return the card as JPEG bytes, with `photo` in place of the drawn child.

    Raises ValueError when the photo has not the size of the layout's picture.
    """
    if photo is None:
        return _link_card(words, layout, fonts)
    card, picture = render_base(words, layout, fonts), layout.picture
    if photo.image.size != (picture.width, picture.height):
        raise ValueError(f"photo is {photo.image.size}, the picture is {picture}")
    card.paste(photo.image, (picture.left, picture.top))
    _label_faces(card, words.label, layout, fonts, photo)
    return _encode(card)


def render_base(words: CardWords, layout: CardLayout, fonts: CardFonts) -> Image.Image:
    """Return the photo-free card as an image that the caller may change."""
    return _finished_base(words, layout, fonts).copy()


def encode_png(base: Image.Image) -> bytes:
    """Encode a photo-free card without loss, to paste a photo on."""
    out = BytesIO()
    base.save(out, "PNG", compress_level=_PNG_EFFORT)
    return out.getvalue()


# The card without a photo is shared as a link and fetched often: 64 cards take some 6 MB.
@lru_cache(maxsize=64)
def _link_card(words: CardWords, layout: CardLayout, fonts: CardFonts) -> bytes:
    return _encode(_finished_base(words, layout, fonts))


# Twelve bases take at most 75 MB; drawing one takes about 15 ms.
@lru_cache(maxsize=12)
def _finished_base(words: CardWords, layout: CardLayout, fonts: CardFonts) -> Image.Image:
    card = _wordless_card(words.label, layout, fonts).copy()
    draw = ImageDraw.Draw(card)
    for placed in arrange_words(words, layout, fonts):
        style = placed.style
        if placed.role == "no_price":
            _mark(draw, placed, layout.marker)
        draw.text(
            (placed.x, placed.baseline),
            placed.text,
            fill=style.colour,
            font=fonts.of(style),
            anchor="ls",
            features=figure_features(),
        )
    return card


# The same for every scenario. One for each language of a layout.
@lru_cache(maxsize=4)
def _wordless_card(label: str, layout: CardLayout, fonts: CardFonts) -> Image.Image:
    card = Image.new("RGB", (layout.width_px, layout.height_px), PAPER)
    pose = layout.child
    card.paste(draw_child(layout.picture, pose), (layout.picture.left, layout.picture.top))
    place_label(
        card, label, layout, fonts,
        centre=(pose.head.x, pose.label_y),
        height_px=pose.label_height,
        angle_degrees=pose.label_angle,
    )  # fmt: skip
    for field, colour in ((layout.strip, INK), (layout.foot, MARIGOLD)):
        if field is not None:
            card.paste(colour, (field.left, field.top, field.right, field.bottom))
    return card


def forget_cards() -> None:
    """Free the memory of kept cards; the next request draws them again."""
    _wordless_card.cache_clear()
    _finished_base.cache_clear()
    _link_card.cache_clear()


def _mark(draw: ImageDraw.ImageDraw, placed: PlacedText, marker: Marker) -> None:
    size, down = placed.style.size_px, placed.baseline
    draw.rectangle(
        (
            placed.box.left,
            round(down - marker.above_baseline * size),
            round(placed.box.right + marker.beyond_text * size),
            round(down + marker.below_baseline * size),
        ),
        fill=marker.colour,
    )


def _label_faces(
    card: Image.Image, label: str, layout: CardLayout, fonts: CardFonts, photo: ProtectedPhoto
) -> None:
    """Put a label on every face, the largest last so that it is on top; else one in the middle."""
    shape, picture, pose = layout.label, layout.picture, layout.child
    smallest = shape.smallest_height * min(picture.width, picture.height)
    places = [
        (
            (face.centre_x, face.centre_y),
            max(face.width_px * shape.face_height, smallest),
            face.angle_degrees,
        )
        for face in sorted(photo.faces, key=lambda face: face.width_px)
    ]
    middle = (picture.width / 2, picture.height / 2), pose.label_height, pose.label_angle
    for centre, height, angle in places or [middle]:
        place_label(
            card, label, layout, fonts,
            centre=centre, height_px=height, angle_degrees=angle,
        )  # fmt: skip


def _encode(card: Image.Image) -> bytes:
    """Return a JPEG without EXIF, profile or comment: a new image has none."""
    out = BytesIO()
    card.save(out, "JPEG", quality=_QUALITY, subsampling="4:2:0")
    return out.getvalue()
