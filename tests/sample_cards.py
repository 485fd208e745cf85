"""Words for cards in four languages, long and short, and a photo to set them by."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from calculator.card.draw import CardWords
from calculator.card.layout import FORMATS, POSTERS, CardLayout
from calculator.photo.protect import Cover, ProtectedPhoto

NL = CardWords(
    name="Schat je schatje",
    statement="Zoveel verdienen criminelen in één jaar aan de seksuele uitbuiting van één "
    "minderjarige in België:",
    amount="€ 85 000",
    range_line="Illustratieve schatting, tussen € 25 000 en € 124 000.",
    minors_line="20 cijfers uit 17 publicaties, in euro van 2024.",
    no_price="Geen enkel kind heeft een prijs.",
    help_line="Hulp nodig of iets melden? 116 000, gratis, dag en nacht",
    help_number="116 000",
    help_sender="Child Focus",
    address="schatjeschatje.be",
    label="ONBETAALBAAR",
    language="nl",
)
FR = replace(
    NL,
    name="Estimez votre trésor",
    statement="Voici ce que des criminels empochent en six mois grâce à l’exploitation sexuelle "
    "d’un seul mineur en Région de Bruxelles-Capitale :",
    amount="1 250 000 €",
    range_line="Estimation illustrative, entre 375 000 € et 2 150 000 €.",
    minors_line="20 chiffres tirés de 17 publications, en euros de 2024.",
    no_price="Aucun enfant n’a de prix.",
    help_line="Besoin d’aide ou quelque chose à signaler ? 116 000, gratuit, jour et nuit",
    label="INESTIMABLE",
    language="fr",
)
DE = replace(
    NL,
    name="Schätz deinen Schatz",
    statement="So viel verdienen Kriminelle in sechs Monaten an der sexuellen Ausbeutung einer "
    "minderjährigen Person in der Deutschsprachigen Gemeinschaft:",
    amount="1.300 €",
    range_line="Veranschaulichende Schätzung, zwischen 400 € und 2.100 €.",
    minors_line="20 Zahlen aus 17 Veröffentlichungen, in Euro von 2024.",
    no_price="Kein Kind hat einen Preis.",
    help_line="Hilfe nötig oder etwas melden? 116 000, kostenlos, Tag und Nacht",
    label="UNBEZAHLBAR",
    language="de",
)
EN = replace(
    NL,
    name="Treasure your treasure",
    statement="Criminals earn this much in one week from the sexual exploitation of one child in "
    "Belgium:",
    amount="€1,300",
    range_line="Illustrative estimate, between €400 and €2,100.",
    minors_line="20 figures from 17 publications, in 2024 euros.",
    no_price="No child has a price.",
    help_line="Need help or something to report? 116 000, free, day and night",
    label="PRICELESS",
    language="en",
)
NL_LARGE = replace(
    NL,
    amount="€ 12 500 000",
    range_line="Illustratieve schatting, tussen € 3 750 000 en € 21 500 000.",
    statement=NL.statement.replace("België", "het Brussels Hoofdstedelijk Gewest"),
)
LONG = replace(
    NL,
    statement=NL.statement.replace("België", "het Brussels Hoofdstedelijk Gewest"),
    amount="€ 1.300.000–2.100.000",
    address="wwww.wwwwwwwwwwwwwwwww",
)
POSTER, *OTHER_POSTERS = (
    replace(words, statement="", amount="", range_line="", minors_line="")
    for words in (NL, FR, DE, EN)
)
ILLUSTRATIVE = {
    "nl": "Illustratieve",
    "fr": "Estimation illustrative",
    "de": "Veranschaulichende",
    "en": "Illustrative",
}
WORDS = {"nl": NL, "fr": FR, "de": DE, "en": EN, "nl-large": NL_LARGE, "nl-long": LONG}
CARDS = [
    pytest.param(words, layout, id=f"{key}-{layout.name}")
    for key, words in WORDS.items()
    for layout in FORMATS.values()
]
POSTERS_DRAWN = [
    pytest.param(words, layout, id=f"{words.language}-{layout.name}")
    for words in (POSTER, *OTHER_POSTERS)
    for layout in POSTERS.values()
]
EVERY_POSTER = pytest.mark.parametrize(("words", "layout"), POSTERS_DRAWN)
EVERY_CARD_AND_POSTER = pytest.mark.parametrize(("words", "layout"), CARDS + POSTERS_DRAWN)
EVERY_FORMAT = pytest.mark.parametrize("layout", list(FORMATS.values()), ids=list(FORMATS))
EVERY_CARD = pytest.mark.parametrize(("words", "layout"), CARDS)


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def plain_photo(layout: CardLayout, *faces: Cover, pixelated: bool = False) -> ProtectedPhoto:
    size = (layout.picture.width, layout.picture.height)
    return ProtectedPhoto(
        Image.new("RGB", size, "#508050"), faces, "no-face" if pixelated else None
    )
