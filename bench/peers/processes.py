"""The peers as running processes, each of which draws one card for each line it gets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.workload import ROOT

WORK: Final = ROOT / "build" / "bench-peers"
CARD: Final = WORK / "card"
_HERE: Final = Path(__file__).resolve().parent
_FONTCONFIG: Final = (
    "<fontconfig><dir>{0}/fonts</dir><cachedir>{0}/font-cache</cachedir></fontconfig>"
)


@dataclass(frozen=True)
class Peer:
    """One way to draw the card; `variant` is the argument of its script.

    `link` is its name for the card without a photo, empty where another peer measures the same.
    """

    name: str
    script: str
    variant: str
    link: str

    def command(self) -> list[str]:
        """Return the command that draws it."""
        arguments = [str(CARD), self.variant]
        if self.script.endswith(".js"):
            return ["node", str(WORK / self.script), *arguments]
        python = WORK / "venv" / "bin" / "python" if self.script == "vips.py" else sys.executable
        return [str(python), str(_HERE / self.script), *arguments]


PEERS: Final = (
    Peer("pyvips, words kept", "vips.py", "", "pyvips, words as SVG"),
    Peer("sharp, words kept", "sharp.js", "kept", "sharp, words kept"),
    Peer("sharp, words as SVG", "sharp.js", "svg", "sharp, words as SVG"),
    Peer("satori + resvg, photo shrunk by sharp", "satori.js", "shrunk", "satori + resvg"),
    Peer("satori + resvg, photo embedded", "satori.js", "embedded", ""),
    Peer("@napi-rs/canvas, words kept", "canvas.js", "", "@napi-rs/canvas"),
    Peer("Pillow, as tutorials do it", "pillow_naive.py", "", "Pillow, as tutorials do it"),
    Peer("headless Chromium, warm page", "chromium.py", "", "headless Chromium, warm page"),
)
SHRUNK_PEER, EMBEDDED_PEER = PEERS[3], PEERS[4]


class RunningPeer:
    """The process of a peer."""

    def __init__(self, peer: Peer) -> None:
        fontconfig = CARD / "fonts.conf"
        fontconfig.write_text(_FONTCONFIG.format(CARD))
        self._process = subprocess.Popen(
            peer.command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # One thread for each card, as in our renderer; and the card's fonts for libvips.
            env=os.environ | {"VIPS_CONCURRENCY": "1", "FONTCONFIG_FILE": str(fontconfig)},
        )
        self.pid = self._process.pid
        if self._read() != "ready":
            raise RuntimeError(f"{peer.name} did not start")

    def draw(self, kind: str, photo: str | None = None, save: Path | None = None) -> float:
        """Have a card drawn and return its milliseconds, from bytes to bytes."""
        job = {"kind": kind, "photo": photo, "save": None if save is None else str(save)}
        if self._process.stdin is None:
            raise RuntimeError("has no input")
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return float(self._read())

    def end(self) -> None:
        """Close its input, which ends it."""
        try:
            self._process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()

    def _read(self) -> str:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError(f"a peer ended: {self._process.args!r}")
        return line.strip()


def make_fonts() -> None:
    """Cut the fonts that prepare() listed."""
    subprocess.run([str(WORK / "venv/bin/python"), str(_HERE / "fonts.py"), str(CARD)], check=True)


def find_versions() -> dict[str, str]:
    """Return the version of every peer that is installed."""
    found = {
        "Node": _said("node", "--version"),
        "Chromium": _said(os.environ["CHROMIUM"], "--version"),
    }
    for name in ("sharp", "satori", "@resvg/resvg-js", "@napi-rs/canvas"):
        package = json.loads((WORK / "node_modules" / name / "package.json").read_text())
        found[name] = package["version"]
    code = "import pyvips as p; print(p.__version__, 'on libvips', *map(p.version, range(3)))"
    said = _said(str(WORK / "venv/bin/python"), "-c", code)
    version, _, libvips = said.partition(" on libvips ")
    return found | {"pyvips": f"{version} (libvips {libvips.replace(' ', '.')})"}


def _said(*command: str) -> str:
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip().removeprefix("v").removeprefix("Chromium ").split(" built")[0]
