"""Translate: English stands in the code, the other languages in translations/*.po."""

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, cast

from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Request, current_app, g

from calculator.figures.publication import LANGUAGES, Language

LANGUAGE_NAMES: Final[dict[Language, str]] = {
    "nl": "Nederlands",
    "fr": "Français",
    "de": "Deutsch",
    "en": "English",
}
TRANSLATIONS: Final = Path(__file__).parent.parent / "translations"
Catalogues = Mapping[Language, NullTranslations]


@cache  # a part of the program, which does not change while it runs
def load_catalogues(folder: Path = TRANSLATIONS) -> Catalogues:
    """Read the .po files; English needs none."""
    catalogues: dict[Language, NullTranslations] = {"en": NullTranslations()}
    for language in LANGUAGES:
        if language == "en":
            continue
        with (folder / f"{language}.po").open("rb") as po_file:
            catalogue = read_po(po_file, locale=language)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        catalogues[language] = Translations(compiled)
    return catalogues


def current_language() -> Language:
    """Return the language of the page being made; Dutch where the address names none."""
    language: Language = g.get("language", "nl")
    return language


def catalogue(language: Language | None = None) -> NullTranslations:
    """Return the catalogue of a language, by default that of the page."""
    catalogues: Catalogues = current_app.extensions["catalogues"]
    return catalogues[language or current_language()]


def gettext(message: str) -> str:
    """Translate a sentence into the language of the page being made."""
    return catalogue().gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Translate a sentence that counts something."""
    return catalogue().ngettext(singular, plural, number)


def say_colon() -> str:
    """Return a colon and a space: French keeps another, that never breaks, before it."""
    return "\u00a0: " if current_language() == "fr" else ": "


def mark(message: str) -> str:
    """Mark a sentence for the catalogues; gettext translates it where it is used."""
    return message


def choose_language(request: Request) -> Language:
    """Return the language in the address, or else the browser's."""
    first = request.path.split("/", 2)[1] if request.path.startswith("/") else ""
    if first in LANGUAGES:
        return first
    return best_language(request)


def best_language(request: Request) -> Language:
    """Return the first of ours among the browser's, whatever the region; Dutch where none is.

    Not by best_match, which for `fr-BE,en;q=0.5` prefers "en": an exact name to a better one.
    """
    wanted = [name.lower() for name, quality in request.accept_languages if quality > 0]
    best = negotiate_locale(wanted, LANGUAGES, sep="-")
    return cast("Language", best or "nl")
