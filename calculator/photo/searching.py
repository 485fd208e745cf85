"""Look for faces in every position, with one detector: YuNet through OpenCV.

Detection is an aid, never a promise: the caller pixelates the whole photo when no face is sure,
and where the search cannot be.
"""

import math
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final, cast

import cv2
import numpy as np
from PIL import Image

from calculator.photo.faces import SAME_FACE_OVERLAP, Face, PixelPoint, distinct
from calculator.photo.light import Pixels, lift_shadows, too_dark

_DOUBT_FROM_SCORE: Final = 0.2  # not covered, but a reason to search again
_FIRST_LOOK_PX: Final = 480
_CLOSE_LOOK_PX: Final = 960
# The shorter side of the part that the card shows, when it is searched in eight positions: a face
# of 5 % of it is then 19 pixels wide. From 16 on faces were found 22.5 degrees off upright.
TURNED_LOOK_PX: Final = 384
# Eight looks into lifted shadows find more that is none: a sleeve in the dark reached 0.80. Such a
# face is covered, but bears no label and vouches for no other.
_SURE_TURNED: Final = 0.85
_AROUND: Final = 0.03  # of the shorter side: a face that the edge cuts is searched a little farther
LEAST_SIDE_PX: Final = 16  # in a photo narrower than this no face can be found
_SMALL_FACE_SHARE: Final = 0.1  # of the longer side: a group or a wide scene may hold more faces
_FRONTAL_EYE_DISTANCE: Final = 0.3  # of the face's width; less: a profile, or lying on its side
_QUARTERS: Final = (90, 180, 270)
_DIAGONALS: Final = (45, 135, 225, 315)
_GREY: Final = (128, 128, 128)  # beside a turned photo: black corners look like hair
_MULTIPLE: Final = 32  # the detector fills the sides of a picture up to this
_MOST_PIXELS: Final = _CLOSE_LOOK_PX * _CLOSE_LOOK_PX

Box = tuple[float, float, float, float]  # left, top, right, bottom, in pixels of the photo


class OutOfTime(Exception):
    """The search was not finished when its time had passed."""


class FaceFinder:
    """Finds faces. One is made at start and shared by all threads."""

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
            nms_threshold=SAME_FACE_OVERLAP,
        )
        self._one_at_a_time = threading.Lock()  # the detector keeps the size of its last image

    def find(self, image: Image.Image, until: float = math.inf) -> tuple[Face, ...]:
        """Return the faces in an upright RGB image, sure or not, the largest first.

        This look chooses the part that the card shows. One search at 480 pixels is nearly always
        enough for that. Where faces are small, several or doubtful, a second one at 960 pixels
        follows; where none is sure and frontal, the image is also searched turned.
        Raises OutOfTime when time.monotonic() has passed `until`.
        """
        if min(image.size) < LEAST_SIDE_PX:
            return ()
        # Small photos are enlarged: a face has to be some 13 pixels wide to be found.
        whole = (0.0, 0.0, float(image.width), float(image.height))
        first = _view(image, whole, _FIRST_LOOK_PX / max(image.size))
        faces = self._look(first, whole, 0, until)
        sure = [face for face in faces if face.sure]
        doubts = [
            face
            for face in faces
            if not face.sure and not any(face.overlap(other) > 0 for other in sure)
        ]
        small = min((face.size for face in sure), default=0) < _SMALL_FACE_SHARE * max(image.size)
        if (not sure or doubts or small or len(sure) > 1) and max(image.size) > _FIRST_LOOK_PX:
            scale = min(_CLOSE_LOOK_PX, max(image.size)) / max(image.size)
            faces += self._look(_view(image, whole, scale), whole, 0, until)
        if not all(_frontal(face) for face in sure) or not sure:
            for degrees in _QUARTERS:
                faces += self._look(first, whole, degrees, until)
        if not any(face.sure for face in faces):
            for degrees in _DIAGONALS:
                faces += self._look(first, whole, degrees, until)
        return distinct(faces)

    def find_turned(
        self, image: Image.Image, box: Box, until: float = math.inf
    ) -> tuple[Face, ...]:
        """Return the faces in a part of the image, upright, lying, upside down or tilted.

        Whatever `find` has found: a second child may lie on its side. Raises OutOfTime.
        """
        if min(image.size) < LEAST_SIDE_PX:
            return ()
        shorter = min(box[2] - box[0], box[3] - box[1])
        edge = _AROUND * shorter
        part = (
            max(0.0, box[0] - edge),
            max(0.0, box[1] - edge),
            min(float(image.width), box[2] + edge),
            min(float(image.height), box[3] + edge),
        )
        scale = TURNED_LOOK_PX / shorter
        scale = min(scale, math.sqrt(_MOST_PIXELS / ((part[2] - part[0]) * (part[3] - part[1]))))
        view = _view(image, part, scale)
        faces: list[Face] = []
        # Upright `find` has looked as closely where the card shows nearly the whole photo.
        looked = scale <= _FIRST_LOOK_PX / max(image.size)
        for degrees in (*(() if looked else (0,)), *_QUARTERS):
            faces += self._look(view, part, degrees, until)
        for degrees in _DIAGONALS:
            faces += self._look(view, part, degrees, until, box)
        return distinct(face if face.score >= _SURE_TURNED else face.doubted() for face in faces)

    def _look(
        self, view: Pixels, part: Box, degrees: int, until: float, shown: Box | None = None
    ) -> list[Face]:
        """Search a view of `part` once, turned so far; return faces in pixels of the photo.

        Tilted, the corners beyond those of `shown` are left out.
        """
        if time.monotonic() > until:
            raise OutOfTime
        height, width = view.shape[:2]
        if degrees % 90:
            turned, back = _tilted(view, degrees, part, shown or part)
        else:
            turned, back = _turned(view, degrees)
        with self._one_at_a_time:
            self._detector.setInputSize((turned.shape[1], turned.shape[0]))
            found = self._detector.detect(turned)[1]
        # OpenCV's type hint promises an array, but without a face this is None.
        rows = cast("list[list[float]]", [] if cast("object", found) is None else found.tolist())
        scale_x, scale_y = (part[2] - part[0]) / width, (part[3] - part[1]) / height

        def upright(x: float, y: float) -> PixelPoint:
            (a, b, c), (d, e, f) = back
            return (
                part[0] + (a * x + b * y + c) * scale_x,
                part[1] + (d * x + e * y + f) * scale_y,
            )

        faces = []
        for row in rows:
            x, y, wide, high = row[:4]
            middle = upright(x + wide / 2, y + high / 2)
            # Of a face found in a diagonal look the box is a square, which takes in its corners.
            if degrees % 180 == 90:
                box_wide, box_high = high, wide
            elif degrees % 90:
                box_wide = box_high = max(wide, high)
            else:
                box_wide, box_high = wide, high
            faces.append(
                Face(
                    middle[0] - box_wide * scale_x / 2,
                    middle[1] - box_high * scale_y / 2,
                    box_wide * scale_x,
                    box_high * scale_y,
                    (upright(row[4], row[5]), upright(row[6], row[7])),
                    row[14],
                    wide * scale_x if degrees % 90 else 0.0,
                )
            )
        return faces


def is_too_dark(image: Image.Image, box: Box) -> bool:
    """Return whether a part that the card shows is so dark that a face in it may be missed."""
    shorter = min(box[2] - box[0], box[3] - box[1])
    return too_dark(_plain_view(image, box, min(1.0, TURNED_LOOK_PX / shorter)))


def _view(image: Image.Image, part: Box, scale: float) -> Pixels:
    return lift_shadows(_plain_view(image, part, scale))


def _plain_view(image: Image.Image, part: Box, scale: float) -> Pixels:
    """Return the part at this scale, in the detector's order: blue, green, red."""
    size = (
        max(1, round((part[2] - part[0]) * scale)),
        max(1, round((part[3] - part[1]) * scale)),
    )
    if size != image.size or part != (0, 0, *image.size):
        image = image.resize(size, Image.Resampling.BILINEAR, box=part, reducing_gap=1.0)
    return np.asarray(cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2BGR), dtype=np.uint8)


def _turned(view: Pixels, degrees: int) -> tuple[Pixels, Sequence[Sequence[float]]]:
    """Return the view by quarters anticlockwise, and the matrix that turns points back."""
    height, width = view.shape[:2]
    back = (
        ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
        ((0.0, -1.0, float(width)), (1.0, 0.0, 0.0)),
        ((-1.0, 0.0, float(width)), (0.0, -1.0, float(height))),
        ((0.0, 1.0, 0.0), (-1.0, 0.0, float(height))),
    )[degrees // 90]
    return np.ascontiguousarray(np.rot90(view, degrees // 90)), back


def _tilted(
    view: Pixels, degrees: int, part: Box, shown: Box
) -> tuple[Pixels, Sequence[Sequence[float]]]:
    """Return the view of `part` on one of its corners, and the matrix that turns points back.

    It stands in a square, half of which is grey, and takes twice the time of an upright one: so
    the square ends where `shown` does, and at the last full step of the detector, which cuts at
    most 15 pixels of a corner of `shown`.
    """
    across, down = view.shape[1] / (part[2] - part[0]), view.shape[0] / (part[3] - part[1])
    middle = (
        ((shown[0] + shown[2]) / 2 - part[0]) * across,
        ((shown[1] + shown[3]) / 2 - part[1]) * down,
    )
    side = ((shown[2] - shown[0]) * across + (shown[3] - shown[1]) * down) * math.sqrt(0.5)
    side = max(_MULTIPLE, round(side / _MULTIPLE) * _MULTIPLE)
    turn = cv2.getRotationMatrix2D(middle, degrees, 1.0)
    turn[:, 2] += (side / 2 - middle[0], side / 2 - middle[1])
    turned = cv2.warpAffine(
        view, turn, (side, side), borderMode=cv2.BORDER_CONSTANT, borderValue=_GREY
    )
    return np.asarray(turned, dtype=np.uint8), cv2.invertAffineTransform(turn).tolist()


def _frontal(face: Face) -> bool:
    distance = math.dist(*face.eyes)
    return distance >= _FRONTAL_EYE_DISTANCE * min(face.width, face.height)
