"""Draw the icons in the colours of the card: `make images` after a new design."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from calculator.card.layout import INK, MARIGOLD, PAPER

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "static" / "images"
ICON_SIZES = (192, 512)


def main() -> None:
    """Write the icons that are not SVG."""
    for size in ICON_SIZES:
        draw_icon(size * 4).resize((size, size), Image.Resampling.LANCZOS).save(
            IMAGES / f"icon-{size}.png", optimize=True
        )


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
