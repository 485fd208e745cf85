"""The device's face finder, run by the Node that Playwright brings, against OpenCV's."""

from __future__ import annotations

import json
import subprocess

import cv2
import numpy as np
import pytest
from face_weights import MODEL, WEIGHTS
from PIL import Image
from playwright._impl._driver import compute_driver_executable

from campaign.cards.device import RULES
from campaign.config import ROOT

BOX_PX = 4
SCORE = 0.02
LEAST_SCORE = 0.3
SAME_FACE = 0.35
# Reads a picture as bytes and prints the faces: `what` is said on the command line.
SCRIPT = """
import { readFileSync } from "node:fs";
const [folder, weights, file, width, height, what, rules] = process.argv.slice(2);
const { readWeights, buildNetwork } = await import(`${folder}/network.js`);
const { detect } = await import(`${folder}/detect.js`);
const { search } = await import(`${folder}/search.js`);
const network = buildNetwork(readWeights(readFileSync(weights)));
const photo = { data: readFileSync(file), width: Number(width), height: Number(height) };
const given = JSON.parse(rules);
let faces = [];
if (what === "detect") faces = detect(network, photo, given.cover_from_score, given.same_face);
else for (faces of search(network, photo, given));
console.log(JSON.stringify(faces));
"""


@pytest.fixture
def on_device(tmp_path):
    """Return a function that finds faces in a picture with the device's scripts."""
    node, _driver = compute_driver_executable()

    def find(picture, what="detect"):
        (tmp_path / "picture").write_bytes(picture.convert("RGBA").tobytes())
        (tmp_path / "find.mjs").write_text(SCRIPT)
        looks = {"cover_from_score": LEAST_SCORE, "same_face": SAME_FACE}
        rules = json.dumps(RULES if what == "search" else looks)
        done = subprocess.run(
            [node, tmp_path / "find.mjs", ROOT / "static" / "js" / "faces", WEIGHTS,
             tmp_path / "picture", *map(str, picture.size), what, rules],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return find


def with_opencv(picture):
    buffer = np.frombuffer(MODEL.read_bytes(), np.uint8)
    detector = cv2.FaceDetectorYN.create(
        "onnx", buffer, np.empty(0, np.uint8), picture.size, LEAST_SCORE, SAME_FACE
    )
    return detector.detect(cv2.cvtColor(np.asarray(picture), cv2.COLOR_RGB2BGR))[1]


def scene(portrait, size, *faces):
    """Return a picture with the portrait at some places: left, top, side, turn."""
    shades = np.linspace(60, 200, size[0] * size[1] * 3).reshape(size[1], size[0], 3)
    picture = Image.fromarray(shades.astype(np.uint8))
    for left, top, side, turn in faces:
        one = portrait.resize((side, side)).convert("RGBA")
        one = one.rotate(turn, Image.Resampling.BICUBIC, expand=True)
        picture.paste(one, (left, top), one)
    return picture


SCENES = [
    ((320, 320), [(10, 10, 280, 0)]),
    ((320, 240), [(5, 5, 150, 0), (180, 60, 120, 15)]),
    ((301, 213), [(40, 10, 200, -20)]),
    ((213, 320), [(-60, 40, 300, 0)]),
    ((480, 360), [(0, 0, 200, 10), (210, 20, 140, 0), (330, 180, 120, -10)]),
    ((640, 427), [(20, 20, 300, 0), (400, 200, 160, 0)]),
]


@pytest.mark.parametrize(("size", "faces"), SCENES)
def test_faces_are_those_of_opencv(size, faces, portrait, on_device):
    picture = scene(portrait, size, *faces)

    theirs = sorted(with_opencv(picture).tolist(), key=lambda row: -row[14])
    ours = on_device(picture)

    assert len(theirs) >= len(faces)
    assert len(ours) == len(theirs)
    for row, face in zip(theirs, ours, strict=True):
        box = [face["left"], face["top"], face["width"], face["height"]]
        eyes = [number for eye in face["eyes"] for number in eye]
        assert [*box, *eyes] == pytest.approx(row[:8], abs=BOX_PX)
        assert face["score"] == pytest.approx(row[14], abs=SCORE)


@pytest.mark.parametrize("turn", [0, 45, 90, 135, 180, 225, 270, 315])
def test_search_finds_a_second_face_however_it_is_turned(turn, portrait, on_device):
    face = portrait.crop((100, 0, 330, 260))
    picture = scene(face, (640, 460), (30, 40, 230, 0))
    small = face.resize((90, 100)).convert("RGBA").rotate(-turn, expand=True)
    left, top = 400, 150
    picture.paste(small, (left, top), small)

    faces = on_device(picture, "search")

    first = faces[0]
    assert first["score"] > 0.8
    near = [
        each
        for each in faces
        if abs(each["left"] + each["width"] / 2 - left - small.width / 2) < 25
        and abs(each["top"] + each["height"] / 2 - top - small.height / 2) < 25
    ]
    assert near, faces
    (x1, y1), (x2, y2) = near[0]["eyes"]
    tilt = np.degrees(np.arctan2(y2 - y1, x2 - x1))
    assert abs((tilt - turn + 180) % 360 - 180) < 25
