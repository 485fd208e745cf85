"""Where visitors see what a file says."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Final

from calculator.languages import LANGUAGES, Language
from campaign.staff.files.checkout import CONTENT, PUBLICATIONS_FOLDER, SOURCES
from campaign.words.addresses import PAGES, page_path

_PAGE_OF_CONTACTS: Final = {"help": "help", "press": "press", "facts": "home"}


def public_pages(site: str, files: Sequence[str]) -> list[dict[str, str]]:
    """List the pages of the site, in the language of each text, else in all four."""
    found = {}
    for name in files:
        for page, language, part in _pages(PurePosixPath(name)):
            path = page_path(page, language)
            found[path] = {"href": f"{site}{path}{part}", "path": path, "language": language}
    return list(found.values())


def _pages(name: PurePosixPath) -> Iterator[tuple[str, Language, str]]:
    if str(name).startswith(PUBLICATIONS_FOLDER):
        yield from (("sources", language, f"#{name.stem}") for language in LANGUAGES)
    elif str(name).startswith(SOURCES):
        yield from (("method", language, "") for language in LANGUAGES)
    elif name.suffix == ".md" and name.stem in PAGES:
        yield from ((name.stem, each, "") for each in LANGUAGES if each == name.parent.name)
    elif str(name).startswith(CONTENT) and name.stem in _PAGE_OF_CONTACTS:
        yield from ((_PAGE_OF_CONTACTS[name.stem], language, "") for language in LANGUAGES)
