"""Every page's address in every language, from one table."""

from __future__ import annotations

from typing import Final

from calculator.figures.publication import LANGUAGES, Language

PAGES: Final[dict[str, dict[Language, str]]] = {
    "home": {"nl": "", "fr": "", "de": "", "en": ""},
    "calculate": {"nl": "bereken", "fr": "calculer", "de": "berechnen", "en": "calculate"},
    "result": {"nl": "resultaat", "fr": "resultat", "de": "ergebnis", "en": "result"},
    "help": {"nl": "hulp", "fr": "aide", "de": "hilfe", "en": "help"},
    "youth": {"nl": "jongeren", "fr": "jeunes", "de": "jugend", "en": "young-people"},
    "signs": {"nl": "signalen", "fr": "signaux", "de": "anzeichen", "en": "signs"},
    "faq": {"nl": "faq", "fr": "faq", "de": "faq", "en": "faq"},
    "sources": {"nl": "bronnen", "fr": "sources", "de": "quellen", "en": "sources"},
    "method": {"nl": "methode", "fr": "methode", "de": "methode", "en": "method"},
    "press": {"nl": "pers", "fr": "presse", "de": "presse", "en": "press"},
    "about": {"nl": "over-ons", "fr": "a-propos", "de": "ueber-uns", "en": "about"},
    "privacy": {"nl": "privacy", "fr": "vie-privee", "de": "datenschutz", "en": "privacy"},
    "accessibility": {
        "nl": "toegankelijkheid",
        "fr": "accessibilite",
        "de": "barrierefreiheit",
        "en": "accessibility",
    },
}


def page_path(page: str, language: Language) -> str:
    """Return the path of a page, such as `/nl/bereken`."""
    return f"/{language}/{PAGES[page][language]}"


def language_rules(page: str, tail: str = "") -> list[tuple[Language, str]]:
    """Return the routing rules of a page, one for each language; `tail` is put behind each."""
    return [(language, page_path(page, language) + tail) for language in LANGUAGES]
