"""Make static/fonts/zero.woff2: the letter's own zero, without its slash. Run by hand.

Atkinson's slashed zero reads like code in a year or in 116 000. This is its outer ring with a ring
inside it, 64 units narrower than the original so that it is no letter O. It needs fonttools and
brotli, which nothing else here does: `pip install fonttools brotli`.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.ttLib.tables.TupleVariation import TupleVariation

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"
FONT = FONTS / "atkinson-hyperlegible-next-latin-wght-normal.woff2"
NARROWER = 64
# Of the inner ring: how thick the stroke is at the side and at the top, at the three weights
# between which the font moves (read from the slashed zero).
SIDES, TOPS = (91, 156, 165), (74, 113, 120)


def main() -> None:
    """Write the font of one sign."""
    font = TTFont(FONT)
    subsetter = subset.Subsetter(subset.Options(layout_features=[]))
    subsetter.populate(unicodes=[0x30])
    subsetter.subset(font)
    name = font.getBestCmap()[0x30]
    glyph, kept = font["glyf"][name], font.getGlyphSet()[name].width - NARROWER
    ring = list(glyph.coordinates)[: glyph.endPtsOfContours[0] + 1]
    changes = font["gvar"].variations[name]
    drawn = [ring] + [
        [(x + dx, y + dy) for (x, y), (dx, dy) in zip(ring, each.coordinates, strict=False)]
        for each in changes
    ]
    outlines = [
        outline(points, side, top) for points, side, top in zip(drawn, SIDES, TOPS, strict=True)
    ]
    glyph.coordinates = GlyphCoordinates(outlines[0])
    glyph.endPtsOfContours = [len(ring) - 1, 2 * len(ring) - 1]
    glyph.numberOfContours = 2
    glyph.flags = glyph.flags[: len(ring)] + glyph.flags[: len(ring)][::-1]
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (kept, glyph.xMin)
    font["gvar"].variations[name] = [
        TupleVariation(
            each.axes,
            [(x - x0, y - y0) for (x, y), (x0, y0) in zip(outline_, outlines[0], strict=True)]
            + each.coordinates[-4:],
        )
        for each, outline_ in zip(changes, outlines[1:], strict=True)
    ]
    font.flavor = "woff2"
    font.save(FONTS / "zero.woff2")


def outline(ring: list[tuple[float, float]], side: float, top: float) -> list[tuple[float, float]]:
    """Return the narrower outer ring, and the inner one the other way round."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    half_x, half_y = (max(xs) - min(xs)) / 2, (max(ys) - min(ys)) / 2
    wide = half_x - NARROWER / 2
    outer = [(middle_x - NARROWER / 2 + (x - middle_x) / half_x * wide, float(y)) for x, y in ring]
    inner = [
        (
            middle_x - NARROWER / 2 + (x - middle_x) / half_x * (wide - side),
            middle_y + (y - middle_y) / half_y * (half_y - top),
        )
        for x, y in ring
    ]
    return [(round(x), round(y)) for x, y in outer + inner[::-1]]


if __name__ == "__main__":
    main()
