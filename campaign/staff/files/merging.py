"""Bring a change made on one version of a text over to another version, or say that it cannot."""

from difflib import SequenceMatcher
from typing import Final

# Lines around a change that must be as they were, so that it lands where it was meant.
CONTEXT: Final = 1


def carry_over(base: str | None, changed: str | None, current: str | None) -> str | None:
    """Apply what turned `base` into `changed` to `current`.

    Raises ValueError where the same lines, or those next to them, are no longer as in `base`.
    """
    if current == base:
        return changed
    if current == changed:
        return current
    if base is None or changed is None or current is None:
        raise ValueError("the file was added, changed or removed in the meantime")
    old, new, now = (text.splitlines(keepends=True) for text in (base, changed, current))
    place = _places(old, now)
    result: list[str] = []
    done = 0
    for kind, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            continue
        around = range(max(0, start - CONTEXT), min(len(old), end + CONTEXT))
        places = [place.get(line) for line in around]
        # The whole neighbourhood must stand together, line after line, in the current text.
        first = places[0] if places else 0
        if first is None or places != list(range(first, first + len(places))):
            raise ValueError(f"the lines around line {start + 1} are no longer as they were")
        here = first + (start - around.start)
        if here < done:
            raise ValueError(f"the lines around line {start + 1} are no longer as they were")
        result += now[done:here] + new[new_start:new_end]
        done = here + (end - start)
    return "".join(result + now[done:])


def _places(old: list[str], now: list[str]) -> dict[int, int]:
    """Tell where each line that stayed stands now."""
    blocks = SequenceMatcher(None, old, now, autojunk=False).get_matching_blocks()
    return {block.a + offset: block.b + offset for block in blocks for offset in range(block.size)}
