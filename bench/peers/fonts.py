"""Make a plain TTF of each cut of the card's variable fonts, as some peers need.

    python fonts.py FOLDER

Uses the packages of requirements.txt beside it. FOLDER/cuts.json lists name, file and axes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FAMILY_NAMES = (1, 16)
FULL_NAMES = (3, 4, 6)
STYLE_NAMES = (2, 17)
REGULAR = 400


def cut(name: str, file: str, axes: dict[str, float], folder: Path) -> None:
    """Write one cut as a font family of its own, so that its family name is enough to find it."""
    font = instantiateVariableFont(TTFont(file), axes)
    for kind in FAMILY_NAMES + FULL_NAMES:
        font["name"].setName(name, kind, 3, 1, 0x409)
    for kind in STYLE_NAMES:
        font["name"].setName("Regular", kind, 3, 1, 0x409)
    font["OS/2"].usWeightClass = REGULAR
    font.flavor = None
    font.save(folder / f"{name}.ttf")


def main() -> None:
    """Make all cuts."""
    folder = Path(sys.argv[1])
    (folder / "fonts").mkdir(exist_ok=True)
    for each in json.loads((folder / "cuts.json").read_text(encoding="utf-8")):
        cut(each["name"], each["file"], each["axes"], folder / "fonts")


if __name__ == "__main__":
    main()
