"""The device's card against the server's, from the same photo and the same cover.

Both follow one record of geometry; what is left is how Pillow and Chromium shrink a photo and
encode a JPEG. That is a few levels of 255 in the grain of the photo, and one row of pixels at the
edges of a cover and of the label, which a rounding may move. A cover or a label in
another place, another crop or another base gives differences of whole areas, above all of these.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from calculator.card.layout import FORMATS
from calculator.estimate import estimate
from calculator.loading.folder import load_sources
from calculator.photo.destroying import HEAD_SHARE, destroy_face
from calculator.photo.faces import Face
from calculator.photo.protect import Cover, ProtectedPhoto, choose_crop
from campaign.cards.device import RULES
from campaign.cards.studio import default_studio
from campaign.config import CARD_ADDRESS, ROOT
from campaign.words.card import card_words
from campaign.words.i18n import load_catalogues

# In levels of 255, over all pixels and channels of a card.
MEAN_DIFFERENCE = 2.0
DIFFERENCE_99 = 24.0  # what 99 % of the pixels stay under
LANGUAGE, REGION, PERIOD = "fr", "BE", "1y"
# A label as on the cover that no face was found for: across, down, width, tilt.
UPRIGHT = (0.0, -RULES["eyes_above_middle"], 1 / HEAD_SHARE, 0.0)


@pytest.fixture(scope="module")
def words():
    result = estimate(load_sources(ROOT / "sources"), REGION, PERIOD)
    return card_words(result, LANGUAGE, load_catalogues()[LANGUAGE], CARD_ADDRESS)


def card_of_server(photo, covers, label_places, words, layout):
    """Compose the card as calculator does, with the visitor's covers in place of faces found."""
    squares = [(x * photo.width, y * photo.height, side * photo.width) for x, y, side in covers]
    faces = [
        Face(x - side / 2, y - side / 2, side, side, ((x - 1, y), (x + 1, y)), 1.0)
        for x, y, side in sorted(squares, key=lambda square: -square[2])
    ]
    picture = layout.picture
    size = (picture.width, picture.height)
    crop = choose_crop(photo.size, size, faces)
    zoom = picture.width / (crop[2] - crop[0])
    image = photo.resize(size, Image.Resampling.BICUBIC, box=crop, reducing_gap=2.0)
    placed = [((x - crop[0]) * zoom, (y - crop[1]) * zoom, side * zoom) for x, y, side in squares]
    labels = []
    for (x, y, side), (across, down, width, angle) in zip(placed, label_places, strict=True):
        destroy_face(image, (x, y), side / HEAD_SHARE)
        label = Cover(x + across * side, y + down * side, width * side, angle)
        if 0 <= label.centre_x <= size[0] and 0 <= label.centre_y <= size[1]:
            labels.append(label)
    return default_studio().draw(words, layout, ProtectedPhoto(image, tuple(labels)))


def differences(one, other):
    return np.abs(np.asarray(one, dtype=float) - np.asarray(other, dtype=float))


@pytest.mark.parametrize("faces", [1, 2])
def test_device_card_matches_servers(faces, open_page, editor_on, big_photo, words):
    page = open_page(f"/{LANGUAGE}/resultat/{REGION}/{PERIOD}")
    editor = editor_on(page).open().choose(big_photo)
    editor.wait_for_search()
    for key in ("ArrowDown", "+", ">", ">"):
        editor.handles.first.press(key)
    if faces == 2:
        editor.part("add").click()
        for key in ("-", "-", "-", "ArrowUp"):
            page.keyboard.press(key)
    editor.part("consent").check()
    with Image.open(big_photo) as stored:
        photo = ImageOps.exif_transpose(stored).convert("RGB")
    covers = [editor.cover(number) for number in range(editor.handles.count())]
    labels = [editor.label(number) for number in range(editor.handles.count())]

    for name, layout in FORMATS.items():
        device = Image.open(io.BytesIO(editor.show(name).download()))
        server = Image.open(io.BytesIO(card_of_server(photo, covers, labels, words, layout)))

        found = differences(device, server)
        mean, most = found.mean(), np.percentile(found, 99)
        if mean > MEAN_DIFFERENCE or most > DIFFERENCE_99:
            kept = keep(name, device, server, found)
            pytest.fail(f"{name}: mean {mean:.2f}, 99 % under {most:.0f}; see {kept}")


def keep(name, device, server, found):
    folder = Path(ROOT / "build" / "device-card")
    folder.mkdir(parents=True, exist_ok=True)
    device.save(folder / f"{name}-device.png")
    server.save(folder / f"{name}-server.png")
    Image.fromarray((found * 4).clip(0, 255).astype(np.uint8)).save(
        folder / f"{name}-difference.png"
    )
    return folder


def test_tolerance_catches_a_label_or_a_cover_out_of_place(big_photo, words):
    with Image.open(big_photo) as stored:
        photo = ImageOps.exif_transpose(stored).convert("RGB")
    layout = FORMATS["facebook"]
    right, wrong = (
        Image.open(io.BytesIO(card_of_server(photo, [(0.5, 0.42, side)], [UPRIGHT], words, layout)))
        for side in (0.5, 0.46)
    )

    found = differences(right, wrong)
    assert found.mean() > MEAN_DIFFERENCE or np.percentile(found, 99) > DIFFERENCE_99
