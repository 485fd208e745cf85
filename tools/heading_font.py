"""Make static/fonts/headings.woff2: Source Serif 4 at the weights of our headings. Run by hand.

Half the bytes of the font as it comes, so that it can load beside the page. The licence keeps the
name "Source" for the original; a changed font needs another. It needs fonttools and brotli, which
nothing else here does: `pip install fonttools brotli`.
"""

from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"
FONT = FONTS / "source-serif-4-latin-opsz-normal.woff2"  # what the cards are drawn with
NAME = "Headings"
WEIGHTS = (500, 750)
TEXT_SIZE_PT = 14


def main() -> None:
    """Write the font with one axis, the weight, and our name in it."""
    font = TTFont(FONT)
    font = instancer.instantiateVariableFont(font, {"wght": WEIGHTS, "opsz": TEXT_SIZE_PT})
    for record in list(font["name"].names):
        if record.nameID in {1, 3, 4, 6, 16, 25}:  # family, unique, full, PostScript, typographic
            font["name"].setName(
                NAME, record.nameID, record.platformID, record.platEncID, record.langID
            )
    plain = BytesIO()  # the subsetter reads what is written, not what was changed in memory
    font.flavor = None
    font.save(plain)
    font = TTFont(plain)
    # All signs stay; fractions and what only old screens read go.
    subsetter = subset.Subsetter(
        subset.Options(hinting=False, layout_features=["kern", "liga", "ccmp", "locl", "tnum"])
    )
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(FONTS / "headings.woff2")


if __name__ == "__main__":
    main()
