"""Translate: English stands in the code, the other languages in translations/*.po."""

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, cast

from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import NullTranslations, Translations
from flask import Request, current_app, g

from calculator.languages import FACTS, FIRST, LANGUAGES, OF_THE_CODE, Language, name_in

LANGUAGE_NAMES: Final[dict[Language, str]] = {
    code: name[:1].upper() + name[1:] for code in LANGUAGES for name in [name_in(code, code)]
}
TRANSLATIONS: Final = Path(__file__).parent.parent / "translations"
Catalogues = Mapping[Language, NullTranslations]


@cache  # a part of the program, which does not change while it runs
def load_catalogues(folder: Path = TRANSLATIONS) -> Catalogues:
    """Read the .po files; the language of the code needs none.

    Raises:
        ValueError: where a language has no file, or one that cannot be read.
    """
    catalogues: dict[Language, NullTranslations] = {OF_THE_CODE: NullTranslations()}
    for language in LANGUAGES:
        if language == OF_THE_CODE:
            continue
        path = folder / f"{language}.po"
        try:
            with path.open("rb") as po_file:
                catalogue = read_po(po_file, locale=language, abort_invalid=True)
        except (OSError, PoFileError) as error:
            raise ValueError(f"{path}: the catalogue cannot be read ({error})") from error
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        catalogues[language] = Translations(compiled)
    return catalogues


def current_language() -> Language:
    """Return the language of the page being made; the first where the address names none."""
    language: Language = g.get("language", FIRST)
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
    """Return a colon and a space, with what the language of the page puts before it."""
    return FACTS[current_language()].colon


def say_semicolon() -> str:
    """Return a semicolon and a space, with what the language of the page puts before it."""
    return say_colon().replace(":", ";")


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
    """Return the browser's first that is one of ours, whatever the region; else our first.

    Not by best_match, which for `fr-BE,en;q=0.5` prefers "en": an exact name to a better one.
    """
    wanted = [name.lower() for name, quality in request.accept_languages if quality > 0]
    best = negotiate_locale(wanted, LANGUAGES, sep="-")
    return cast("Language", best or FIRST)
