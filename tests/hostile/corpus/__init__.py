"""The hostile corpus: what a parent's phone or an attacker may send, made anew each time."""

from __future__ import annotations

from functools import cache

from corpus import bombs, broken, foreign, sound
from corpus.case import DRAWN, Case

__all__ = ["CASES", "DRAWN", "Case", "seeds"]

CASES = (*sound.CASES, *foreign.CASES, *broken.CASES, *bombs.CASES)

_SEED_BYTES = 20_000


@cache
def seeds():
    """Return the small files of the corpus by name: where changing bytes at random begins."""
    found = {case.name: case.make() for case in CASES if not case.costly}
    return {name: data for name, data in found.items() if 0 < len(data) <= _SEED_BYTES}
