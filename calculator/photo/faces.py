"""Find faces, so that they can be destroyed.

Detection is an aid, never a promise: the caller pixelates the whole photo when no face is `sure`.
Nothing here recognises or compares people; positions are used once and dropped.
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
PixelPoint = tuple[float, float]

COVER_FROM_SCORE: Final = 0.3  # a cup is covered now and then: better than a face that is not
SURE_FROM_SCORE: Final = 0.75  # a cat reached 0.71, a face of ten pixels 0.77
_DOUBT_FROM_SCORE: Final = 0.2  # not covered, but a reason to search again
_FIRST_LOOK_PX: Final = 480
_CLOSE_LOOK_PX: Final = 960
_LEAST_SIDE_PX: Final = 16  # in a photo narrower than this no face can be found
_SMALL_FACE_SHARE: Final = 0.1  # of the longer side: a group or a wide scene may hold more faces
_SAME_FACE_OVERLAP: Final = 0.35
_FRONTAL_EYE_DISTANCE: Final = 0.3  # of the face's width; less: a profile, or lying on its side


@dataclass(frozen=True)
class Face:
    """A face in pixels of the image that was searched, brow to chin, with the middle of each eye.

    The first of `eyes` is the one on the viewer's left when the face is upright.
    """

    left: float
    top: float
    width: float
    height: float
    eyes: tuple[PixelPoint, PixelPoint]
    score: float

    @property
    def sure(self) -> bool:
        """Return whether this surely is a face; one that is not sure is covered all the same."""
        return self.score >= SURE_FROM_SCORE

    @property
    def size(self) -> float:
        return max(self.width, self.height)

    @property
    def centre(self) -> PixelPoint:
        return self.left + self.width / 2, self.top + self.height / 2

    @property
    def between_eyes(self) -> PixelPoint:
        (x1, y1), (x2, y2) = self.eyes
        return (x1 + x2) / 2, (y1 + y2) / 2

    @property
    def width_along_eyes(self) -> float:
        """Return the width along the line through the eyes: of a lying face, the box's height."""
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
        """Load the model, an ONNX file; raises OSError when it is missing."""
        buffer = np.frombuffer(model.read_bytes(), dtype=np.uint8)
        # As many cards are drawn at once as there are cores, so more threads would only wait.
        cv2.setNumThreads(1)
        # OpenCV 5 writes to standard error that its new engine has only one target.
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

        One search at 480 pixels is nearly always enough. Where faces are small, several or
        doubtful, a second one at 960 pixels follows; where none is sure and frontal, the image is
        also searched in the three other orientations.
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
        """Search once, turned `quarters` × 90° anticlockwise; return faces in full-size pixels."""
        height, width = pixels.shape[:2]
        turned = np.ascontiguousarray(np.rot90(pixels, quarters))
        with self._one_at_a_time:
            self._detector.setInputSize((turned.shape[1], turned.shape[0]))
            found = self._detector.detect(turned)[1]
        # OpenCV's type hint promises an array, but without a face this is None.
        rows = cast("list[list[float]]", [] if cast("object", found) is None else found.tolist())
        scale = full_width / width

        def upright(x: float, y: float) -> PixelPoint:
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
    """Return the image with this longer side, in the detector's order: blue, green, red."""
    scale = longest_px / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    if size != image.size:
        image = image.resize(size, Image.Resampling.BILINEAR, reducing_gap=1.0)
    return np.asarray(cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2BGR), dtype=np.uint8)


def _frontal(face: Face) -> bool:
    distance = math.dist(*face.eyes)
    return distance >= _FRONTAL_EYE_DISTANCE * min(face.width, face.height)


def _distinct(faces: list[Face]) -> list[Face]:
    """Drop scores below COVER_FROM_SCORE; of overlapping faces keep the best score."""
    kept: list[Face] = []
    for face in sorted(faces, key=lambda face: -face.score):
        if face.score < COVER_FROM_SCORE:
            break
        if not any(face.overlap(other) > _SAME_FACE_OVERLAP for other in kept):
            kept.append(face)
    return kept
