"""Compose scenes with faces, make a card of each, and count the faces that it still shows.

`python tools/scenes.py [FOLDER]` reads the portraits of `make scenes` and writes the table of
docs/faces.md; scenes in which a face was left are kept in FOLDER, to be looked at.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from portraits import collins, portraits_in  # noqa: E402
from scenes import compose, judge  # noqa: E402

from bench.report import describe_machine, format_table, load_now, write_part  # noqa: E402
from calculator.photo.searching import FaceFinder  # noqa: E402

SCENES = 1500
MODEL = ROOT / "calculator" / "model" / "face_detection_yunet_2023mar.onnx"


def main() -> None:
    """Judge all scenes and write the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "scenes"
    machine = describe_machine(load_now())
    finder, heads = FaceFinder(MODEL), [collins(), *portraits_in(folder)]
    faces, left, scenes, whole, false = Counter(), Counter(), Counter(), Counter(), 0
    for seed in range(SCENES):
        scene = compose(seed, heads)
        outcome = judge(scene, finder)
        whole[outcome.whole_because] += 1
        false += outcome.false_covers
        for kinds in outcome.seen:
            faces.update(kinds or {"plain"})
        for kinds in outcome.left:
            left.update(kinds or {"plain"})
        scenes["faces"] += outcome.faces
        scenes["left"] += len(outcome.left)
        if outcome.left:
            scene.photo.save(folder / f"{seed}-photo.jpg")
            outcome.card.save(folder / f"{seed}-card.png")
    all_whole = SCENES - whole[None]
    reasons = ", ".join(f"{name} {count}" for name, count in whole.most_common() if name)
    totals = format_table(
        ["", ""],
        [
            ["scenes", f"{SCENES}"],
            ["faces that a person could tell at the card's size", f"{scenes['faces']}"],
            ["faces left recognisable", f"{scenes['left']}"],
            ["photos pixelated whole", f"{all_whole} ({reasons})"],
            ["covers where no face is", f"{false}"],
        ],
    )
    kinds = format_table(
        ["of the faces", "faces", "left"],
        [[name, f"{faces[name]}", f"{left[name]}"] for name in sorted(faces)],
    )
    text = f"{machine}\n\n{totals}\n\n{kinds}"
    print(text)
    write_part("scenes", text, ROOT / "docs" / "faces.md")


if __name__ == "__main__":
    main()
