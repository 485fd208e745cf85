"""The languages of the site: everything that the code must know of each stands in this file.

Beside it a language needs its catalogue, its folder of texts, and its line in each staff-edited
text; the loader, the start and the tests name what is missing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from babel import Locale

Language = Literal["nl", "fr", "de", "en"]


@dataclass(frozen=True, kw_only=True)
class Addresses:
    """The word for each page in a language's addresses: `/nl/bereken`. Every page has its own."""

    home: str = ""
    calculate: str
    photo: str
    result: str
    help: str
    youth: str
    signs: str
    faq: str
    sources: str
    method: str
    press: str
    about: str
    privacy: str
    legal: str
    accessibility: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the code must know of one language."""

    locale: str
    """How numbers and dates are written. British for English: en_BE writes "€ 85.000"."""
    preview_locale: str
    """What networks that preview a shared page know; they know no German of Belgium."""
    money: str
    """Babel's pattern for a sum without cents; ¤ stands for the sign of the currency."""
    million: tuple[str, str]
    """A million, and more of them. Babel writes "1 millions" and "1 Millionen"."""
    milliard: tuple[str, str]
    one_until_two: bool = False
    """Whether 1.5 of them is still one: "1,5 million" in French, "1,5 Millionen" in German."""
    currencies: Mapping[str, str] | None = None
    """Money named in words behind the number, where its sign would be no good usage."""
    count: Callable[[str, str], str] = "{} {}".format
    """Joins a number in millions and what is counted."""
    colon: str = ": "
    """In French with a space before it, which never breaks."""
    common: str
    """Words that hardly occur in the other languages: they tell a text in the wrong folder."""
    example: str
    """"Profit per victim", for the manual of the files."""
    addresses: Addresses

    @property
    def sign_follows(self) -> bool:
        """Tell whether the sign of a currency stands behind the number."""
        return self.money.endswith("¤")


def _count_in_french(large: str, what: str) -> str:
    return f"{large} d’{what}" if what[0] in "aeéiou" else f"{large} de {what}"


FACTS: Final[Mapping[Language, Facts]] = {
    "nl": Facts(
        locale="nl_BE",
        preview_locale="nl_BE",
        money="¤\u00a0#,##0",
        million=("miljoen", "miljoen"),
        milliard=("miljard", "miljard"),
        common="het een van niet dat voor zijn ook je wie of naar geen",
        example="Winst per slachtoffer",
        addresses=Addresses(
            calculate="bereken",
            photo="foto",
            result="resultaat",
            help="hulp",
            youth="jongeren",
            signs="signalen",
            faq="faq",
            sources="bronnen",
            method="methode",
            press="pers",
            about="over-ons",
            privacy="privacy",
            legal="wettelijke-vermeldingen",
            accessibility="toegankelijkheid",
        ),
    ),
    "fr": Facts(
        locale="fr_BE",
        preview_locale="fr_BE",
        money="#,##0\u00a0¤",
        million=("million", "millions"),
        milliard=("milliard", "milliards"),
        one_until_two=True,
        currencies={
            "EUR": "euros",
            "USD": "dollars",
            "GBP": "livres sterling",
            "CAD": "dollars canadiens",
        },
        count=_count_in_french,
        colon="\u00a0: ",
        common="le la les des une est pas vous pour dans qui que ou du",
        example="Gain par victime",
        addresses=Addresses(
            calculate="calculer",
            photo="photo",
            result="resultat",
            help="aide",
            youth="jeunes",
            signs="signaux",
            faq="faq",
            sources="sources",
            method="methode",
            press="presse",
            about="a-propos",
            privacy="vie-privee",
            legal="mentions-legales",
            accessibility="accessibilite",
        ),
    ),
    "de": Facts(
        locale="de_BE",
        preview_locale="de_DE",
        money="#,##0\u00a0¤",
        million=("Million", "Millionen"),
        milliard=("Milliarde", "Milliarden"),
        common="der die das und nicht ist für von mit sich auch ein zu",
        example="Gewinn pro Opfer",
        addresses=Addresses(
            calculate="berechnen",
            photo="foto",
            result="ergebnis",
            help="hilfe",
            youth="jugend",
            signs="anzeichen",
            faq="faq",
            sources="quellen",
            method="methode",
            press="presse",
            about="ueber-uns",
            privacy="datenschutz",
            legal="impressum",
            accessibility="barrierefreiheit",
        ),
    ),
    "en": Facts(
        locale="en_GB",
        preview_locale="en_GB",
        money="¤#,##0",
        million=("million", "million"),
        milliard=("billion", "billion"),
        common="the of and to is that for you it not are with or this",
        example="Profit per victim",
        addresses=Addresses(
            calculate="calculate",
            photo="photo",
            result="result",
            help="help",
            youth="young-people",
            signs="signs",
            faq="faq",
            sources="sources",
            method="method",
            press="press",
            about="about",
            privacy="privacy",
            legal="legal-notice",
            accessibility="accessibility",
        ),
    ),
}

LANGUAGES: Final[tuple[Language, ...]] = tuple(FACTS)
FIRST: Final = LANGUAGES[0]  # where nothing names one
OF_THE_CODE: Final[Language] = "en"  # its sentences need no catalogue


def name_in(language: str, other: Language) -> str:
    """Return what a language is called in another, within a sentence."""
    return str(Locale.parse(FACTS[other].locale).languages[language])
