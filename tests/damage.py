"""The files of a site, and what does them harm: damaged_files and damaged_texts list the harms."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from campaign.config import ROOT

PUBLICATION = "publications/ilo-2024.yaml"
RATES = "rates.yaml"
SCENARIOS = "scenarios.yaml"
FAQ = "nl/faq.md"
FACT = "publications/be-zsg-2023.yaml"


@dataclass(frozen=True)
class Files:
    """The two folders of a site under test."""

    sources: Path
    content: Path

    def path(self, name: str) -> Path:
        inside = name.startswith("publications") or name in (RATES, SCENARIOS, "families.yaml")
        return (self.sources if inside else self.content) / name

    def text(self, name: str) -> str:
        return self.path(name).read_text(encoding="utf-8")

    def write(self, name: str, content: str | bytes) -> None:
        self.path(name).write_bytes(content.encode() if isinstance(content, str) else content)

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.text(name)
        assert old in text, f"{name} holds no {old!r}"
        self.write(name, text.replace(old, new, 1))

    def restore(self) -> None:
        """Put the files of the project back, each folder as a whole."""
        for origin, folder in ((ROOT / "sources", self.sources),
                               (ROOT / "campaign" / "content", self.content)):  # fmt: skip
            fresh = folder.with_name(f"{folder.name}-fresh")
            shutil.copytree(origin, fresh)
            clear(folder)
            fresh.rename(folder)


def clear(path: Path) -> None:
    """Take away whatever stands at a place."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


@dataclass(frozen=True)
class Damage:
    """One harm: what is done, and the file (and words) that staff must be told."""

    name: str
    named: str
    do: Callable[[Files], object]
    words: str = ""


def edit(name: str, old: str, new: str) -> Callable[[Files], None]:
    return lambda files: files.replace(name, old, new)


def content(name: str, make: Callable[[str], str | bytes]) -> Callable[[Files], None]:
    return lambda files: files.write(name, make(files.text(name)))


def instead(name: str, make: Callable[[Path], object]) -> Callable[[Files], None]:
    """Put something else where a file was."""

    def do(files: Files) -> None:
        path = files.path(name)
        path.unlink()
        make(path)

    return do


def away(folder: str, make: Callable[[Path], object] | None = None) -> Callable[[Files], None]:
    """Take a folder away, and put something else there."""

    def do(files: Files) -> None:
        whole = {"sources": files.sources, "content": files.content}
        path = whole.get(folder) or files.path(folder)
        shutil.rmtree(path)
        if make is not None:
            make(path)

    return do
