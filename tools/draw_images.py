"""Draw the pictures of the pages with the code of the card: `make images` after a new design."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw

from calculator.card.illustration import draw_child
from calculator.card.label import place_label
from calculator.card.layout import FORMATS, INK, MARIGOLD, PAPER, Box, ChildPose, Circle
from calculator.card.lettering import CardFonts
from campaign.words.card import LABEL
from campaign.words.i18n import load_catalogues

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "static" / "images"
HERO = Box(0, 0, 1040, 880)
HERO_POSE = ChildPose(Circle(520, 490, 240))
HERO_COLOURS = 32
ICON_SIZES = (192, 512)


def main() -> None:
    """Write the pictures with the drawn child in each language, and the icons that are not SVG."""
    fonts = CardFonts.load(ROOT / "static" / "fonts")
    for language, catalogue in load_catalogues().items():
        hero = draw_labelled(HERO, HERO_POSE, catalogue.gettext(LABEL), fonts)
        # Lossless with few colours: half the size of a lossy file, and the exact page background.
        few = hero.quantize(HERO_COLOURS, dither=Image.Dither.NONE).convert("RGB")
        few.save(IMAGES / f"child-{language}.webp", lossless=True, quality=100, method=6)
    for size in ICON_SIZES:
        draw_icon(size * 4).resize((size, size), Image.Resampling.LANCZOS).save(
            IMAGES / f"icon-{size}.png", optimize=True
        )


def draw_labelled(box: Box, pose: ChildPose, word: str, fonts: CardFonts) -> Image.Image:
    """Draw the child with the label over the eyes."""
    child = draw_child(box, pose)
    place_label(
        child,
        word,
        replace(FORMATS["square"], picture=box, child=pose),
        fonts,
        centre=(pose.head.x, pose.label_y),
        height_px=pose.label_height,
        angle_degrees=pose.label_angle,
    )
    return child


def draw_icon(size: int) -> Image.Image:
    """Draw the label on marigold, as icon.svg does."""
    icon = Image.new("RGB", (size, size), MARIGOLD)
    draw = ImageDraw.Draw(icon)
    unit = size / 64

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x * unit, y * unit) for x, y in points]

    draw.polygon(at((10, 21), (56, 21), (56, 43), (10, 43), (4, 37), (4, 27)), fill=INK)
    draw.circle(at((14, 32))[0], 3.4 * unit, fill=MARIGOLD)
    for x in (24, 34.5, 45):
        draw.rounded_rectangle(at((x, 29.5), (x + 7, 34.5)), 2.5 * unit, fill=PAPER)
    return icon.rotate(4, Image.Resampling.BICUBIC, fillcolor=MARIGOLD)


if __name__ == "__main__":
    main()
