"""Refuse to start on an image library that is known to be unsafe for visitors' files.

Photos are attacker-controlled input to C code. The lock pins good versions; this stops a site that
is started with others. How to keep the list up to date: docs/operating.md.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

import pi_heif
from PIL import __version__ as pillow_version
from PIL import features


class MinimumVersion(NamedTuple):
    """The oldest version that may read a visitor's file, when that was decided, and why."""

    library: str
    version: str
    date: str
    reason: str


MINIMUMS: Final = (
    MinimumVersion("Pillow", "13.0.0", "2026-11-22",
        "CVE-2026-112403, writing outside memory while decoding JPEG, and others of that day"),
    MinimumVersion("libwebp", "1.3.2", "2026-11-22",
        "CVE-2023-4863, writing outside memory, was exploited"),
    MinimumVersion("libheif", "1.22.0", "2026-11-22",
        "CVE-2026-32741, writing outside memory"),
    MinimumVersion("libde265", "1.0.19", "2026-11-22",
        "CVE-2026-33164, -33165, -45382 and -45383, writing outside memory"),
)  # fmt: skip


def _decoder_of_heif() -> str | None:
    """Return what libheif says about libde265, which decodes HEIC for it; None without it."""
    decoders: dict[str, str] = pi_heif.libheif_info()["decoders"]  # type: ignore[attr-defined]
    return decoders.get("libde265")


READERS: Final[dict[str, Callable[[], str | None]]] = {
    "Pillow": lambda: pillow_version,
    "libwebp": lambda: features.version("webp"),
    "libheif": lambda: str(pi_heif.libheif_version()),  # type: ignore[attr-defined]
    "libde265": _decoder_of_heif,
}


def version_numbers(text: str) -> tuple[int, ...]:
    """Return the version in a text such as "libde265 HEVC decoder, version 1.1.0" as numbers."""
    found = re.search(r"\d+(\.\d+)+", text)
    return tuple(map(int, found[0].split("."))) if found else ()


def refuse_unsafe_versions() -> None:
    """Raise ValueError when a library is too old, with a sentence for each."""
    problems = []
    for minimum in MINIMUMS:
        version = READERS[minimum.library]()
        if version is None:
            continue  # not built in, so it reads no files
        if version_numbers(version) < version_numbers(minimum.version):
            problems.append(
                f"{minimum.library} is {version!r}. It must be at least {minimum.version}:"
                f" {minimum.reason} ({minimum.date})"
            )
    if problems:
        raise ValueError(
            "This is not safe to start. "
            + "; ".join(problems)
            + ". Install the locked versions: tools/environment run"
        )
