"""Scenes composed by a seed: one to six heads, turned, small, dark, cut, half hidden.

Each keeps a map of whose face is seen at which pixel, so that it can be told afterwards how much of
a face a card still shows.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import skimage.data
from PIL import Image, ImageDraw, ImageEnhance
from portraits import with_glasses, with_scarf
from skimage.measure import label

from calculator.photo.destroying import COVER_RGB
from calculator.photo.protect import choose_crop, protect_photo

SIZES = ((1200, 900), (900, 1200), (1400, 1400), (640, 480))
CARD = (529, 630)
BACKGROUNDS = ("brick", "grass", "gravel", "coffee", "rocket", "chelsea", "retina")
TONES = ((1.0, 1.0, 1.0), (0.85, 0.76, 0.68), (0.62, 0.5, 0.42), (0.45, 0.36, 0.31))
SCARVES = ((60, 70, 110), (150, 40, 50), (30, 30, 32), (210, 205, 190))
SMALLEST = 0.05  # a face's width, of the shorter side of what the card shows
SEEN = 0.4  # of a face: less is no face that a person could tell
LEFT = 0.6  # a face is left when less of what is seen of it is destroyed


@dataclass
class Scene:
    photo: Image.Image
    owner: np.ndarray  # 0, or the number of the face seen at this pixel
    whole: list[int]  # of each face the pixels it would have if all were seen
    kinds: list[set[str]]


def compose(seed, heads):
    """Compose the scene of this seed; the first head is the largest."""
    random = np.random.default_rng([11, seed])
    width, height = SIZES[random.integers(len(SIZES))]
    photo = _background(random, (width, height))
    owner = np.zeros((height, width), np.uint8)
    scene = Scene(photo, owner, [], [])
    crop_wide = min(width, height * CARD[0] / CARD[1])
    shorter = min(crop_wide, crop_wide * CARD[1] / CARD[0])
    count = int(random.choice([1, 1, 2, 2, 2, 3, 3, 4, 5, 6]))
    for number in range(count):
        head, kinds = _dressed(heads[random.integers(len(heads))], random)
        share = random.uniform(0.15, 0.5) if number == 0 else random.uniform(SMALLEST, 0.22)
        degrees = 0.0
        if random.random() < (0.3 if number == 0 else 0.7):
            degrees = float(random.uniform(0, 360))
            kinds.add("turned")
        elif random.random() < 0.4:
            degrees = float(random.uniform(-25, 25))
            kinds.add("tilted")
        if share < 0.1:
            kinds.add("small")
        _place(scene, head, kinds, (share * shorter, degrees, number + 1), random)
    if random.random() < 0.15:
        dim = 1 / random.uniform(4, 30)
        scene.photo = ImageEnhance.Brightness(scene.photo).enhance(dim)
        for kinds in scene.kinds:
            kinds.add("dark")
    return scene


def _background(random, size):
    if random.random() < 0.5:
        soft = random.integers(20, 235, (4, 5, 3), dtype=np.uint8)
        return Image.fromarray(soft).resize(size, Image.Resampling.BICUBIC)
    name = BACKGROUNDS[random.integers(len(BACKGROUNDS))]
    texture = Image.fromarray(getattr(skimage.data, name)()).convert("RGB")
    return texture.resize(size, Image.Resampling.BICUBIC)


def _dressed(head, random):
    kinds = set()
    if random.random() < 0.2:
        head = with_glasses(head)
        kinds.add("glasses")
    if random.random() < 0.2:
        head = with_scarf(head, SCARVES[random.integers(len(SCARVES))])
        kinds.add("scarf")
    return head, kinds


def _place(scene, head, kinds, placing, random):
    face_px, degrees, number = placing
    width, height = scene.photo.size
    zoom = face_px / head.face_width
    tone = TONES[random.integers(len(TONES))]
    shade = 1.0
    if random.random() < 0.15:
        shade = random.uniform(0.06, 0.4)
        kinds.add("dark")
    image = head.image.resize(
        (max(1, round(head.image.width * zoom)),) * 2, Image.Resampling.BICUBIC, reducing_gap=2.0
    )
    bands = [
        band.point(lambda v, f=factor * shade: round(v * f))
        for band, factor in zip(image.split()[:3], tone, strict=True)
    ]
    image = Image.merge("RGBA", [*bands, image.getchannel("A")])
    face = Image.new("L", image.size, 0)
    half = image.width / 2
    wide, high = face_px * 0.42, head.face_height * zoom * 0.46
    shift = head.face_height * zoom * 0.05
    ImageDraw.Draw(face).ellipse(
        (half - wide, half + shift - high, half + wide, half + shift + high), fill=255
    )
    image = image.rotate(-degrees, Image.Resampling.BICUBIC, expand=True)
    face = face.rotate(-degrees, expand=True)
    x, y = random.uniform(0.12, 0.88) * width, random.uniform(0.15, 0.85) * height
    if number > 1 and random.random() < 0.12:
        x = width if random.random() < 0.5 else 0
        kinds.add("cut by the edge")
    left, top = round(x - image.width / 2), round(y - image.height / 2)
    scene.photo.paste(image, (left, top), image)
    spot = Image.new("L", scene.photo.size, 0)
    spot.paste(face, (left, top))
    scene.owner[np.asarray(spot) > 128] = number
    scene.whole.append(int((np.asarray(face) > 128).sum()))
    scene.kinds.append(kinds)
    if random.random() < 0.12:
        kinds.add("half hidden")
        _hide(scene, (x, y, face_px, head.face_height * zoom), random)


def _hide(scene, place, random):
    """Put a plain thing before a good third of the face."""
    x, y, wide, high = place
    side = random.integers(4)
    box = [
        (x + wide * 0.12, y - high, x + wide * 1.5, y + high),
        (x - wide * 1.5, y - high, x - wide * 0.12, y + high),
        (x - wide * 1.5, y + high * 0.12, x + wide * 1.5, y + high * 1.5),
        (x - wide * 1.5, y - high * 1.5, x + wide * 1.5, y - high * 0.15),
    ][side]
    box = tuple(round(edge) for edge in box)
    colour = tuple(int(level) for level in random.integers(20, 230, 3))
    ImageDraw.Draw(scene.photo).rectangle(box, fill=colour)
    spot = Image.new("1", scene.photo.size, 0)
    ImageDraw.Draw(spot).rectangle(box, fill=1)
    scene.owner[np.asarray(spot)] = 0


@dataclass
class Outcome:
    faces: int  # that a person could tell on the card
    seen: list[set[str]]  # the kinds of those
    left: list[set[str]]  # the kinds of those left recognisable
    whole_because: str | None
    false_covers: int
    card: Image.Image


def judge(scene, finder):
    """Make the picture of a card from a scene; tell which faces it still shows."""
    data = io.BytesIO()
    scene.photo.save(data, "JPEG", quality=90)
    seen = _Crops(finder)
    card = protect_photo(data.getvalue(), width_px=CARD[0], height_px=CARD[1], finder=seen)
    crop = seen.crop
    scale = scene.photo.width / seen.size[0]
    box = tuple(edge * scale for edge in crop)
    owner = np.asarray(Image.fromarray(scene.owner).resize(CARD, Image.Resampling.NEAREST, box=box))
    zoom = CARD[0] / (box[2] - box[0])
    covered = (np.asarray(card.image) == COVER_RGB).all(axis=2)
    seen_kinds, left = [], []
    near = np.zeros_like(covered)
    for number, (pixels, kinds) in enumerate(zip(scene.whole, scene.kinds, strict=True), 1):
        mine = owner == number
        if mine.any():
            near |= mine
        if mine.sum() < SEEN * pixels * zoom**2:
            continue
        seen_kinds.append(kinds)
        if card.whole_because is None and covered[mine].mean() < LEFT:
            left.append(kinds)
    parts = label(covered)
    false = sum(1 for part in range(1, parts.max() + 1) if not near[parts == part].any())
    return Outcome(len(seen_kinds), seen_kinds, left, card.whole_because, false, card.image)


class _Crops:
    """The finder, keeping what part of the photo was searched: the card shows it."""

    def __init__(self, finder):
        self._finder, self.crop, self.size = finder, None, None

    def find(self, image, until):
        self.size = image.size
        self.crop = choose_crop(image.size, CARD, ())
        return self._finder.find(image, until)

    def find_turned(self, image, box, until):
        self.crop = box
        return self._finder.find_turned(image, box, until)
