"""The loop of every peer in Python: draw one card for each line on standard input.

Each peer runs as a script, so that it imports nothing of this project; see processes.py.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(sys.argv[1])
CARD: dict[str, Any] = json.loads((FOLDER / "card.json").read_text(encoding="utf-8"))


@cache
def _photo(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def serve(photo_card: Callable[[bytes], bytes], link_card: Callable[[], bytes]) -> None:
    """Draw what each line asks for, and print its milliseconds."""
    print("ready", flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        photo = _photo(job["photo"]) if job["photo"] else b""
        begin = time.perf_counter()
        card = photo_card(photo) if job["kind"] == "photo" else link_card()
        took = time.perf_counter() - begin
        if job["save"]:
            Path(job["save"]).write_bytes(card)
        print(took * 1000, flush=True)
