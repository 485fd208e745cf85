"""Read photos that libFuzzer changes, guided by the lines of our code and Pillow's they reach.

    tools/fuzz_photos.py FOLDER SECONDS

Called by tools/fuzz. Any exception but PhotoRejected is a finding, and so are ten seconds for one
photo. Memory is limited as in a renderer. The photos found are kept in FOLDER/found.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "hostile")]

with atheris.instrument_imports(include=["calculator", "PIL"]):
    from corpus import seeds
    from corpus.parts import joined, parts_of
    from PIL import Image

    from calculator.errors import PhotoRejected
    from calculator.photo.protect import protect_photo
    from calculator.photo.searching import FaceFinder
    from calculator.renderer.confinement import Confinement, memory_of

    Image.init()  # loads the decoders, which would otherwise load at first use

MODEL = ROOT / "calculator" / "model" / "face_detection_yunet_2023mar.onnx"
SIZE_PX = 60, 40
MOST_BYTES = 20_000


def main() -> None:
    """Write the seeds, then read changed ones until the time is over."""
    folder, seconds = Path(sys.argv[1]), int(sys.argv[2])
    started, found = folder / "photos", folder / "found"
    for each in (started, found):
        each.mkdir(parents=True, exist_ok=True)
    for name, data in seeds().items():
        (started / name).write_bytes(data)
    finder = FaceFinder(MODEL)
    limit_memory()

    def read(data: bytes) -> None:
        try:
            photo = protect_photo(data, width_px=SIZE_PX[0], height_px=SIZE_PX[1], finder=finder)
        except PhotoRejected:
            return
        if photo.image.size != SIZE_PX or photo.image.info:
            raise AssertionError(photo)

    atheris.Setup(
        [
            sys.argv[0], str(started), f"-artifact_prefix={found}/", f"-max_total_time={seconds}",
            f"-max_len={MOST_BYTES}", "-timeout=10", "-rss_limit_mb=0", "-verbosity=1",
            "-print_final_stats=1",
        ],
        read,
        custom_mutator=change,
    )  # fmt: skip
    atheris.Fuzz()


def limit_memory() -> None:
    """Limit the memory of this process as that of a renderer."""
    sizes = memory_of("self")
    if sizes is None:
        raise SystemExit("This runs on Linux only")
    most = sizes[0] + Confinement().memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def change(data: bytes, most_bytes: int, seed: int) -> bytes:
    """Change a few bytes; correct a PNG's checksums, as a wrong one would end the reading."""
    changed = atheris.Mutate(data, most_bytes)
    return joined(parts_of(changed))[:most_bytes]


if __name__ == "__main__":
    main()
