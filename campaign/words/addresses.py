"""Every page's address in every language, from the words in calculator/languages.py."""

from dataclasses import asdict
from typing import Final

from calculator.languages import FACTS, FIRST, LANGUAGES, Language

_WORDS: Final[dict[Language, dict[str, str]]] = {
    language: asdict(facts.addresses) for language, facts in FACTS.items()
}
PAGES: Final[dict[str, dict[Language, str]]] = {
    page: {language: words[page] for language, words in _WORDS.items()} for page in _WORDS[FIRST]
}


def page_path(page: str, language: Language) -> str:
    """Return the path of a page, such as `/nl/bereken`."""
    return f"/{language}/{PAGES[page][language]}"


def language_rules(page: str, tail: str = "") -> list[tuple[Language, str]]:
    """Return the routing rules of a page, one for each language; `tail` is put behind each."""
    return [(language, page_path(page, language) + tail) for language in LANGUAGES]
