"""What the link checker last found, read from its file where there is one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

BAD = ("gone", "unreachable", "moved")


@dataclass(frozen=True, slots=True)
class Link:
    """The state of one address."""

    verdict: str
    checked: str

    @property
    def bad(self) -> bool:
        """Tell whether someone should look at it."""
        return self.verdict in BAD


def read_links(path: Path) -> Mapping[str, Link]:
    """Read the checker's file; empty where it never ran or its file cannot be read."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    links = read.get("links", read) if isinstance(read, dict) else {}
    return {
        str(address): Link(str(found.get("verdict", "")), str(found.get("checked", "")))
        for address, found in (links.items() if isinstance(links, dict) else ())
        if isinstance(found, dict)
    }
