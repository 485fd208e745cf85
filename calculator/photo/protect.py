"""Turn an uploaded photo into a picture for a card: small, upright, every face destroyed.

A pure function of bytes, so that it can run in a child process. The order makes it fast: decode
at a fraction of the size, turn afterwards, crop and resize in one step.
"""

import io
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from pi_heif.heif import open_heif
from PIL import Image

from calculator.errors import PhotoRejected, WholeReason
from calculator.photo.colours import painter_for
from calculator.photo.destroying import destroy_face, pixelate_whole
from calculator.photo.ended_jpeg import load_with_end
from calculator.photo.faces import Face, PixelPoint, distinct
from calculator.photo.header import PhotoHeader, read_header
from calculator.photo.searching import LEAST_SIDE_PX, Box, FaceFinder, OutOfTime, is_too_dark

PAPER_RGB = (0xFB, 0xF6, 0xEC)  # behind a transparent picture: the card's background
EYE_LINE_SHARE = 0.42  # of the picture's height, from the top
_SEARCH_LEAST_PX = 480  # the search for faces needs this much, also for a smaller picture
_BAND_PIXELS = 1_000_000
_ORIENTATION_TAG = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# A renderer has 5 s for a card, 4 of computing: what is left must do for the card itself.
_SEARCH_UNTIL_S = 3.2


@dataclass(frozen=True)
class Cover:
    """Where to put a label: the middle between the eyes, in pixels of the picture.

    `width_px` is the width of the face, `angle_degrees` the tilt of the eyes, clockwise.
    """

    centre_x: float
    centre_y: float
    width_px: float
    angle_degrees: float


@dataclass(frozen=True)
class ProtectedPhoto:
    """A picture of exactly the size asked for, with every face destroyed.

    `faces` has a cover for each sure face with its eyes in the picture, the largest first; it is
    empty when the whole photo was pixelated instead, for the reason in `whole_because`.
    """

    image: Image.Image
    faces: tuple[Cover, ...]
    whole_because: WholeReason | None = None


def protect_photo(
    data: bytes, *, width_px: int, height_px: int, finder: FaceFinder
) -> ProtectedPhoto:
    """Return the photo cropped to this size, upright, without metadata, every face destroyed.

    Raises PhotoRejected and no other exception, whatever the bytes are.
    """
    until = time.monotonic() + _SEARCH_UNTIL_S
    header = read_header(data)
    try:
        return _protect(data, header, (width_px, height_px), finder, until)
    except PhotoRejected:
        raise
    except (MemoryError, Image.DecompressionBombError) as error:
        raise PhotoRejected("too-many-pixels") from error
    except Exception as error:
        # Decoders do not document what they raise (OSError, SyntaxError, ValueError, struct.error,
        # zlib.error, cv2.error, ...), and to the visitor it all means the same.
        raise PhotoRejected("damaged") from error


def _protect(
    data: bytes, header: PhotoHeader, wanted: tuple[int, int], finder: FaceFinder, until: float
) -> ProtectedPhoto:
    upright = _decode(data, header, wanted)
    crop = choose_crop(upright.size, wanted, ())
    faces: tuple[Face, ...] = ()
    because: WholeReason | None = None
    try:
        faces = finder.find(upright, until)
        crop = choose_crop(upright.size, wanted, [face for face in faces if face.sure])
        faces = distinct((*faces, *finder.find_turned(upright, crop, until)))
    except OutOfTime:
        because = "out-of-time"
    # Pixels pasted into a new image bring no metadata along.
    image = Image.new("RGB", wanted)
    image.paste(upright.resize(image.size, Image.Resampling.BICUBIC, box=crop, reducing_gap=2.0))
    because = because or _doubt(upright, crop, faces)
    if because:
        pixelate_whole(image)
        return ProtectedPhoto(image, (), because)

    zoom = wanted[0] / (crop[2] - crop[0])
    covers = []
    for face in faces:
        destroy_face(image, _moved(face.centre, crop, zoom), face.size * zoom)
        x, y = _moved(face.between_eyes, crop, zoom)
        if face.sure and 0 <= x <= wanted[0] and 0 <= y <= wanted[1]:
            covers.append(Cover(x, y, face.width_along_eyes * zoom, face.angle_degrees))
    return ProtectedPhoto(image, tuple(covers))


def _doubt(photo: Image.Image, crop: Box, faces: Sequence[Face]) -> WholeReason | None:
    """Return why one cannot rely on it that these are all faces; None where one can."""
    if min(photo.size) < LEAST_SIDE_PX:
        return "too-small"
    if is_too_dark(photo, crop):
        return "too-dark"
    if not any(face.sure for face in faces):
        return "unsure" if faces else "no-face"
    return None


def _moved(point: PixelPoint, crop: Box, zoom: float) -> PixelPoint:
    return (point[0] - crop[0]) * zoom, (point[1] - crop[1]) * zoom


# ---- Decoding


def _decode(data: bytes, header: PhotoHeader, wanted: tuple[int, int]) -> Image.Image:
    """Return the first picture, upright and in RGB, reduced as far as `wanted` allows."""
    if header.kind == "HEIC":
        heic = open_heif(io.BytesIO(data[: header.ends_at]))
        if heic.size[0] * heic.size[1] > header.width_px * header.height_px:
            raise PhotoRejected("damaged")
        image = heic.to_pillow()
        # The decoder has turned the picture where the file says so; elsewhere Exif says how.
        turned = 1 if header.turned_in_file else image.info.get("original_orientation")
        return _turn(_reduced(image, wanted), turned)
    if header.kind == "JPEG":
        return load_with_end(data, lambda whole: _decode_jpeg(whole, header, wanted))
    image = _open(data, header)
    image.load()  # before reading Exif, which may follow the pixels
    return _turn(_reduced(image, wanted), _orientation(image))


def _open(data: bytes, header: PhotoHeader) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=[header.kind])
    if image.size != (header.width_px, header.height_px):
        # Pillow reads another size than read_header, which checked the limits on its own.
        raise PhotoRejected("damaged")
    return image


def _decode_jpeg(data: bytes, header: PhotoHeader, wanted: tuple[int, int]) -> Image.Image:
    image = _open(data, header)
    orientation = _orientation(image)
    if orientation >= 5:  # stored lying on its side: width and height are exchanged
        wanted = wanted[1], wanted[0]
    scale = _least_scale(image.size, wanted)
    if scale < 1:
        image.draft(None, (math.ceil(image.width * scale), math.ceil(image.height * scale)))
    image.load()  # here, where a missing end is mended
    return _turn(painter_for(image.mode, image.info)(image), orientation)


def _least_scale(size: tuple[int, int], wanted: tuple[int, int]) -> float:
    """Return the least scale at which an image fills the picture and can be searched for faces."""
    return max(wanted[0] / size[0], wanted[1] / size[1], _SEARCH_LEAST_PX / max(size))


def _reduced(image: Image.Image, wanted: tuple[int, int]) -> Image.Image:
    """Do for other formats what a scaled decode does for JPEG, and put the image on paper.

    In bands of rows, because a second copy of 36 million pixels would not fit the memory limit.
    """
    # The picture may still be turned, so its shorter side must fill the longer side wanted.
    factor = max(1, int(1 / _least_scale((min(image.size),) * 2, (max(wanted),) * 2)))
    size = math.ceil(image.width / factor), math.ceil(image.height / factor)
    ground, paint = Image.new("RGB", size, PAPER_RGB), painter_for(image.mode, image.info)
    rows = factor * max(1, _BAND_PIXELS // (image.width * factor))
    for top in range(0, image.height, rows):
        band = image.crop((0, top, image.width, min(top + rows, image.height)))
        band = _averageable(band).reduce(factor)
        mask = band.getchannel("A") if band.mode == "RGBA" else None
        ground.paste(paint(band.convert("RGB")), (0, top // factor), mask)
    return ground


def _averageable(image: Image.Image) -> Image.Image:
    """Return the image in a mode in which neighbouring pixels can be averaged."""
    if image.mode.startswith("I;16"):
        # A plain conversion cuts values off at 255, which gives white; take the upper byte.
        image = image.point(lambda sample: sample * (1 / 256))
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _orientation(image: Image.Image) -> int:
    """Return Exif's orientation, 2 to 8, or 1 where it is missing or invalid."""
    try:
        value = image.getexif().get(_ORIENTATION_TAG)
    except Exception:  # noqa: BLE001 - Pillow's parser raises whatever the bytes lead it to
        # The metadata is broken, the picture may not be: it stays as it is stored.
        return 1
    return value if value in _TURNS else 1


def _turn(image: Image.Image, orientation: int | None) -> Image.Image:
    turn = _TURNS.get(orientation or 1)
    return image if turn is None else image.transpose(turn)


# ---- Cropping


def choose_crop(size: tuple[int, int], wanted: tuple[int, int], faces: Sequence[Face]) -> Box:
    """Return the largest part of an image of `size` that has the shape of `wanted`.

    It holds all faces (given largest first) or, where they do not fit, the largest and those that
    fit beside it; the eyes of the largest are as near as possible to 42 % of the height.
    """
    scale = min(size[0] / wanted[0], size[1] / wanted[1])
    width, height = wanted[0] * scale, wanted[1] * scale
    across = [(face.left, face.left + face.width) for face in faces]
    down = [(face.top, face.top + face.height) for face in faces]
    first, last = _span_within(across, width) or (0.0, float(size[0]))
    left = _place(size[0], width, (first, last), (first + last) / 2 - width / 2)
    first, last = _span_within(down, height) or (0.0, float(size[1]))
    eyes = faces[0].between_eyes[1] if faces else size[1] / 2
    share = EYE_LINE_SHARE if faces else 0.5
    top = _place(size[1], height, (first, last), eyes - share * height)
    return left, top, left + width, top + height


def _span_within(spans: Sequence[tuple[float, float]], length: float) -> tuple[float, float] | None:
    """Return the first span, widened to each further one with which it still fits `length`."""
    held: tuple[float, float] | None = None
    for first, last in spans:
        joined = (first, last) if held is None else (min(held[0], first), max(held[1], last))
        if held is None or joined[1] - joined[0] <= length:
            held = joined
    return held


def _place(room: float, length: float, held: tuple[float, float], wish: float) -> float:
    """Return where a window of `length` starts within `room`: near `wish`, with `held` inside."""
    if held[1] - held[0] <= length:
        wish = min(max(wish, held[1] - length), held[0])
    return min(max(wish, 0.0), max(room - length, 0.0))
