"""Every page's address in every language, from one table."""

from typing import Final

from calculator.figures.publication import LANGUAGES, Language

PAGES: Final[dict[str, dict[Language, str]]] = {
    page: dict(zip(LANGUAGES, names, strict=True))
    for page, *names in (
        #                Dutch, French, German and English
        ("home",          "", "", "", ""),
        ("calculate",     "bereken", "calculer", "berechnen", "calculate"),
        ("photo",         "foto", "photo", "foto", "photo"),
        ("result",        "resultaat", "resultat", "ergebnis", "result"),
        ("help",          "hulp", "aide", "hilfe", "help"),
        ("youth",         "jongeren", "jeunes", "jugend", "young-people"),
        ("signs",         "signalen", "signaux", "anzeichen", "signs"),
        ("faq",           "faq", "faq", "faq", "faq"),
        ("sources",       "bronnen", "sources", "quellen", "sources"),
        ("method",        "methode", "methode", "methode", "method"),
        ("press",         "pers", "presse", "presse", "press"),
        ("about",         "over-ons", "a-propos", "ueber-uns", "about"),
        ("privacy",       "privacy", "vie-privee", "datenschutz", "privacy"),
        ("legal", "wettelijke-vermeldingen", "mentions-legales", "impressum", "legal-notice"),
        ("accessibility", "toegankelijkheid", "accessibilite", "barrierefreiheit", "accessibility"),
    )
}  # fmt: skip


def page_path(page: str, language: Language) -> str:
    """Return the path of a page, such as `/nl/bereken`."""
    return f"/{language}/{PAGES[page][language]}"


def language_rules(page: str, tail: str = "") -> list[tuple[Language, str]]:
    """Return the routing rules of a page, one for each language; `tail` is put behind each."""
    return [(language, page_path(page, language) + tail) for language in LANGUAGES]
