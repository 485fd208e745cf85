"""Find faces, so that they can be destroyed.

Detection is an aid, never a promise: whoever calls this pixelates the whole photo when no face is
`sure`. Nothing here recognises or compares anyone; positions are used once and dropped.
"""

import math
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
Point = tuple[float, float]

COVER_FROM_SCORE: Final = 0.3  # a cup is covered now and then: better than a face that is not
SURE_FROM_SCORE: Final = 0.75  # a cat reached 0.71, a face of ten pixels 0.77
_DOUBT_FROM_SCORE: Final = 0.2
_FIRST_LOOK_PX: Final = 480
_CLOSE_LOOK_PX: Final = 960
_LEAST_SIDE_PX: Final = 16  # a photo narrower than this holds no face that could be found
_SMALL_FACE_SHARE: Final = 0.1  # of the longer side: a group or a wide scene, with more behind
_SAME_FACE_OVERLAP: Final = 0.35
_FRONTAL_EYE_DISTANCE: Final = 0.3  # of the face's width; less: in profile, or turned sideways


@dataclass(frozen=True)
class Face:
    """A face in pixels of the image that was searched, brow to chin, with the middle of each eye.

    `eyes` stand in the face's own order: the one on the viewer's left when the face is upright.
    """

    left: float
    top: float
    width: float
    height: float
    eyes: tuple[Point, Point]
    score: float

    @property
    def sure(self) -> bool:
        """Whether this one may be relied on; the others are covered, and no more than that."""
        return self.score >= SURE_FROM_SCORE

    @property
    def size(self) -> float:
        return max(self.width, self.height)

    @property
    def centre(self) -> Point:
        return self.left + self.width / 2, self.top + self.height / 2

    @property
    def between_eyes(self) -> Point:
        (x1, y1), (x2, y2) = self.eyes
        return (x1 + x2) / 2, (y1 + y2) / 2

    @property
    def width_along_eyes(self) -> float:
        """Return the width as the face sees it: of a face that lies, the box's height."""
        angle = math.radians(self.angle_degrees)
        return abs(math.cos(angle)) * self.width + abs(math.sin(angle)) * self.height

    @property
    def angle_degrees(self) -> float:
        """Return the tilt of the line through the eyes, clockwise, within -90 and 90."""
        (x1, y1), (x2, y2) = self.eyes
        angle = math.degrees(math.atan2(y2 - y1, x2 - x1))
        return (angle + 90) % 180 - 90

    def overlap(self, other: "Face") -> float:
        """Return the shared area over the joint area."""
        wide = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        high = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        shared = max(wide, 0.0) * max(high, 0.0)
        joint = self.width * self.height + other.width * other.height - shared
        return shared / joint if joint > 0 else 0.0


class FaceFinder:
    """Find faces with YuNet through OpenCV. One is made at start and shared by all threads."""

    def __init__(self, model: Path) -> None:
        """Load the model, an ONNX file. OSError when it is not there."""
        buffer = np.frombuffer(model.read_bytes(), dtype=np.uint8)
        # One card, one thread: with as many renders as cores, more threads only wait for others.
        cv2.setNumThreads(1)
        # OpenCV 5 warns on standard error, past Python, that the new engine has but one target.
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
        self._detector = cv2.FaceDetectorYN.create(
            "onnx",
            buffer,
            np.empty(0, dtype=np.uint8),
            (_FIRST_LOOK_PX, _FIRST_LOOK_PX),
            score_threshold=_DOUBT_FROM_SCORE,
            nms_threshold=_SAME_FACE_OVERLAP,
        )
        self._one_at_a_time = threading.Lock()  # the detector keeps the size of its last image

    def find(self, image: Image.Image) -> tuple[Face, ...]:
        """Return the faces in an upright RGB image, sure or not, the largest first.

        One look at 480 pixels nearly always does. What that leaves open is looked at again,
        closer (small faces, several, a doubt) or turned by quarters (lying, upside down).
        """
        if min(image.size) < _LEAST_SIDE_PX:
            return ()
        # Small photos are enlarged: a face has to be some 13 pixels wide to be found.
        first = _view(image, _FIRST_LOOK_PX)
        faces = self._look(first, image.width)
        sure = [face for face in faces if face.sure]
        doubts = [
            face
            for face in faces
            if not face.sure and not any(face.overlap(other) > 0 for other in sure)
        ]
        small = min((face.size for face in sure), default=0) < _SMALL_FACE_SHARE * max(image.size)
        if (not sure or doubts or small or len(sure) > 1) and max(image.size) > _FIRST_LOOK_PX:
            faces += self._look(_view(image, min(_CLOSE_LOOK_PX, max(image.size))), image.width)
        if not all(_frontal(face) for face in sure) or not sure:
            for quarters in (1, 2, 3):
                faces += self._look(first, image.width, quarters)
        return tuple(sorted(_distinct(faces), key=lambda face: -face.size))

    def _look(self, pixels: Pixels, full_width: int, quarters: int = 0) -> list[Face]:
        """Search once, `quarters` anticlockwise, and give faces in pixels of the full image."""
        height, width = pixels.shape[:2]
        turned = np.ascontiguousarray(np.rot90(pixels, quarters))
        with self._one_at_a_time:
            self._detector.setInputSize((turned.shape[1], turned.shape[0]))
            found = self._detector.detect(turned)[1]
        # Its type says there is always an array; without a face there is None.
        rows = cast("list[list[float]]", [] if cast("object", found) is None else found.tolist())
        scale = full_width / width

        def upright(x: float, y: float) -> Point:
            x, y = ((x, y), (width - y, x), (width - x, height - y), (y, height - x))[quarters]
            return x * scale, y * scale

        faces = []
        for row in rows:
            x, y, wide, high = row[:4]
            (left, right), (top, bottom) = (
                sorted(pair)
                for pair in zip(upright(x, y), upright(x + wide, y + high), strict=True)
            )
            eyes = upright(row[4], row[5]), upright(row[6], row[7])
            faces.append(Face(left, top, right - left, bottom - top, eyes, row[14]))
        return faces


def _view(image: Image.Image, longest_px: int) -> Pixels:
    """Return the image this long, as the detector wants it: blue, green, red."""
    scale = longest_px / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    if size != image.size:
        image = image.resize(size, Image.Resampling.BILINEAR, reducing_gap=1.0)
    return np.asarray(cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2BGR), dtype=np.uint8)


def _frontal(face: Face) -> bool:
    distance = math.dist(*face.eyes)
    return distance >= _FRONTAL_EYE_DISTANCE * min(face.width, face.height)


def _distinct(faces: list[Face]) -> list[Face]:
    """Keep the best of what several looks found at one place, and all that may be a face."""
    kept: list[Face] = []
    for face in sorted(faces, key=lambda face: -face.score):
        if face.score < COVER_FROM_SCORE:
            break
        if not any(face.overlap(other) > _SAME_FACE_OVERLAP for other in kept):
            kept.append(face)
    return kept


# ---- Destroying

BLOCKS_ACROSS: Final = 8
HEAD_SHARE: Final = 1.5  # found from brow to chin; hair, ears and the whole chin belong to it too
_LEAST_BLOCK_PX: Final = 2


def destroy_face(image: Image.Image, centre: Point, size_px: float) -> None:
    """Replace the square around a face, its longer side `size_px`, by at most 8 × 8 colours.

    The pixels are averaged away, not blurred or painted over: what is left is 64 colours at most,
    and as the square is half as large again as the face, some 30 of them for the face itself. No
    computation brings back what an average has lost.
    """
    side = size_px * HEAD_SHARE
    left, top = (max(0, math.floor(middle - side / 2)) for middle in centre)
    right = min(image.width, math.ceil(centre[0] + side / 2))
    bottom = min(image.height, math.ceil(centre[1] + side / 2))
    if left < right and top < bottom:
        block = max(side / BLOCKS_ACROSS, _LEAST_BLOCK_PX)
        _pixelate(image, (left, top, right, bottom), block)


def pixelate_whole(image: Image.Image) -> None:
    """Replace the image by at most 8 × 8 colours, when no face was found that could be covered.

    The eight go along the longer side. So a face that fills the picture, whichever way it lies, is
    reduced as far as one that was found, and each smaller one further.
    """
    _pixelate(image, (0, 0, *image.size), max(image.size) / BLOCKS_ACROSS)


def _pixelate(image: Image.Image, box: tuple[int, int, int, int], block: float) -> None:
    size = box[2] - box[0], box[3] - box[1]
    few = tuple(min(BLOCKS_ACROSS, max(1, int(side / block))) for side in size)
    averages = image.resize((few[0], few[1]), Image.Resampling.BOX, box=box)
    image.paste(averages.resize(size, Image.Resampling.NEAREST), box)
