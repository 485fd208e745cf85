"""The files staff may change: listed from the folders, read and written by name, nothing else.

A name that is not in the listing leads nowhere, so no request can reach another file.
"""

import fcntl
import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from calculator.languages import LANGUAGES, Language
from calculator.loading.folder import FAMILIES, RATES
from calculator.loading.rules import SCENARIOS
from campaign.disk import write_whole
from campaign.live.folders import Folders
from campaign.published.contacts import CONTACT_FILES

SOURCES: Final = "sources/"
PUBLICATIONS_FOLDER: Final = f"{SOURCES}publications/"
CONTENT: Final = "campaign/content/"
RATES_FILE: Final = f"{SOURCES}{RATES}"
CHOICES_FILE: Final = f"{SOURCES}{SCENARIOS}"
FAMILIES_FILE: Final = f"{SOURCES}{FAMILIES}"
TABLES: Final = (RATES_FILE, CHOICES_FILE, FAMILIES_FILE)
LONGEST_NAME: Final = 150
_NEW_PUBLICATION: Final = re.compile(r"sources/publications/[a-z0-9]+(-[a-z0-9]+)*\.yaml")

# The new text of each file of an edit, by name; None removes the file.
Edit = Mapping[str, str | None]


class UnknownFile(Exception):
    """No file of that name may be changed here."""


class ChangedUnderneath(Exception):
    """A file is no longer what it was when the form was opened; the text is its name."""


def text_digest(text: str | None) -> str:
    """Name a state of a file; "none" where there is no file."""
    return "none" if text is None else hashlib.sha256(text.encode()).hexdigest()[:20]


def names_of_page(page: str) -> dict[Language, str]:
    """Return the file of a page of words in each language."""
    return {language: f"{CONTENT}{language}/{page}.md" for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Checkout:
    """The project's folder on this computer, and the folder where the desk keeps its own state."""

    root: Path
    state: Path

    @property
    def folders(self) -> Folders:
        """Return the two folders the site is made from."""
        return Folders(self.root / SOURCES, self.root / CONTENT)

    def publications(self) -> tuple[str, ...]:
        """List the files of publications, by their place in the project."""
        return tuple(
            f"{PUBLICATIONS_FOLDER}{path.name}"
            for path in sorted((self.root / PUBLICATIONS_FOLDER).glob("*.yaml"))
            if not path.name.startswith(".") and path.is_file() and not path.is_symlink()
        )

    def names(self) -> tuple[str, ...]:
        """List every file that can be changed, by its place in the project."""
        texts = (
            f"{CONTENT}{language}/{path.name}"
            for language in LANGUAGES
            for path in sorted((self.root / CONTENT / language).glob("*.md"))
        )
        contacts = (f"{CONTENT}{name}" for name in CONTACT_FILES)
        named = (*self.publications(), *TABLES, *contacts, *texts)
        return tuple(name for name in named if not self._leads_elsewhere(name))

    def _leads_elsewhere(self, name: str) -> bool:
        """Tell whether a link, of the file or of a folder above it, leads out of its place."""
        try:
            return (self.root / name).resolve() != self.root.resolve() / name
        except (OSError, RuntimeError):  # links in a circle
            return True

    def pages(self) -> tuple[str, ...]:
        """List the pages of words, whatever languages they are written in."""
        texts = [name for name in self.names() if name.endswith(".md")]
        return tuple(sorted({Path(name).stem for name in texts}))

    def text_names(self, page: str) -> dict[Language, str]:
        """Return the file of a page in each language; raises UnknownFile."""
        if page not in self.pages():
            raise UnknownFile(page)
        return names_of_page(page)

    def hold(self, name: str) -> str:
        """Return a name that may be changed or may come to be; raises UnknownFile."""
        if name in self.names():
            return name
        if len(name) > LONGEST_NAME:
            raise UnknownFile(name)
        other_language = any(name in self.text_names(page).values() for page in self.pages())
        # What is there but not in the listing, such as a link to elsewhere, is not new.
        path = self.root / name.replace("\0", "")
        free = not (path.exists() or path.is_symlink() or self._leads_elsewhere(name))
        if free and (_NEW_PUBLICATION.fullmatch(name) or other_language):
            return name
        raise UnknownFile(name)

    def read(self, name: str) -> str | None:
        """Return the text of a file, None where there is none; raises UnknownFile."""
        path = self.root / self.hold(name)
        try:
            # Undecodable bytes must not keep staff from mending the file.
            return path.read_bytes().decode("utf-8-sig", "replace")
        except FileNotFoundError:
            return None

    def write(self, name: str, text: str | None) -> None:
        """Put a text in the place of a file in one step, or remove the file."""
        path = self.root / self.hold(name)
        if text is None:
            path.unlink(missing_ok=True)
        else:
            write_whole(path, text.encode())

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes of the desk waiting while files are compared and written."""
        self.state.mkdir(parents=True, exist_ok=True)
        with (self.state / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
