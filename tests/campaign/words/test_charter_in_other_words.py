"""Prices, escorts, ages and nakedness said in other words, and what only resembles them."""

from __future__ import annotations

import pytest

from calculator.languages import LANGUAGES
from campaign.words.charter import (
    ACT,
    CHILD_AND_PRICE,
    CHILD_AND_TRADE,
    MAYBE_NAMED,
    OLDER_TERM,
    ONE_AGE,
    PER_ACT,
    RATHER_NOT,
    find_faults,
)

FOUND = {
    "nl": [
        ("Een minderjarige brengt 90.000 euro op.", CHILD_AND_PRICE),
        ("Hoeveel vraag je voor je dochter?", CHILD_AND_PRICE),
        ("Mijn zoon is 90.000 euro waard.", CHILD_AND_PRICE),
        ("Kinderen zijn er goedkoop.", CHILD_AND_TRADE),
        ("Het tarief voor een minderjarige ligt hoger.", CHILD_AND_TRADE),
        ("Meisjes gaan voor 50 euro per half uur.", PER_ACT),
        ("Minderjarige escorts.", OLDER_TERM),
        ("Sofie, 14, liep weg.", MAYBE_NAMED),
        ("Boek een meisje.", CHILD_AND_TRADE),
        ("Prijs per slachtoffer: 1.250 euro.", CHILD_AND_PRICE),
        ("1 bezoek = € 50", PER_ACT),
        ("Een nacht met haar kost tweehonderd euro.", PER_ACT),
        ("Een uur met hem: 80 euro.", PER_ACT),
        ("Klanten betaalden 50 euro per keer.", PER_ACT),
        ("Ze was 15 en woonde in Gent.", ONE_AGE),
        ("Huur een kind voor een avond.", CHILD_AND_TRADE),
    ],
    "fr": [
        ("Combien pour votre fils ?", CHILD_AND_PRICE),
        ("Des enfants bon marché.", CHILD_AND_TRADE),
        ("Le tarif d’une mineure est plus élevé.", CHILD_AND_TRADE),
        ("Louez une fillette.", CHILD_AND_TRADE),
        ("Les filles sont à 50 euros la demi-heure.", PER_ACT),
        ("Escortes mineures.", OLDER_TERM),
        ("Une fillette nue.", ACT),
        ("Sophie, 14, a fugué.", MAYBE_NAMED),
        ("Réservez une fille.", CHILD_AND_TRADE),
        ("Une nuit avec elle coûte deux cents euros.", PER_ACT),
        ("Elle avait 15 ans et vivait à Gand.", ONE_AGE),
    ],
    "de": [
        ("Eine Minderjährige bringt 90.000 Euro ein.", CHILD_AND_PRICE),
        ("Wie viel für Ihre Tochter?", CHILD_AND_PRICE),
        ("Kinder sind dort billig.", CHILD_AND_TRADE),
        ("Der Tarif für ein Mädchen ist höher.", CHILD_AND_TRADE),
        ("Mädchen für 50 Euro pro halbe Stunde.", PER_ACT),
        ("Kindersex im Netz.", OLDER_TERM),
        ("Minderjährige Escorts.", OLDER_TERM),
        ("Nackte Kinder.", ACT),
        ("Ein Mädchen buchen.", CHILD_AND_TRADE),
        ("Lea, 14 Jahre, aus Eupen.", ONE_AGE),
        ("Eine Nacht mit ihr kostet zweihundert Euro.", PER_ACT),
        ("Sie war erst 15 und wohnte in Eupen.", ONE_AGE),
    ],
    "en": [
        ("My son is worth 90,000 euros.", CHILD_AND_PRICE),
        ("How much for your daughter?", CHILD_AND_PRICE),
        ("Kids for sale.", CHILD_AND_PRICE),
        ("Children are cheap there.", CHILD_AND_TRADE),
        ("Girls go for 50 euros per half hour.", PER_ACT),
        ("A minor earns them 90,000 euros an act.", PER_ACT),
        ("Underage escorts.", OLDER_TERM),
        ("Child sex on the internet.", RATHER_NOT),
        ("Naked children.", ACT),
        ("Emma, 14, ran away.", MAYBE_NAMED),
        ("Book a girl here.", CHILD_AND_TRADE),
        ("A night with her costs two hundred euros.", PER_ACT),
        ("She was only 15 and lived in Ghent.", ONE_AGE),
        ("They rent out children.", CHILD_AND_TRADE),
        ("The rate for a minor is higher.", CHILD_AND_TRADE),
    ],
}
SOUND = {
    "nl": [
        "Geef je dochter de tijd. Hoeveel kost een gesprek? Niets.",
        "Dossiers: Gent, 14, Brugge, 12, en Luik, 9, samen 35.",
        "De lijn is elk uur van de dag open voor kinderen.",
        "Een netwerk bracht per slachtoffer 1.250 euro per week op.",
        "Opbrengst per slachtoffer per week",
    ],
    "fr": [
        "Écoutez votre fils sans le juger.",
        "Dossiers : Gand, 14, Bruges, 12, et Liège, 9, en tout 35.",
        "La ligne répond à toute heure aux enfants.",
        "Ce que le réseau rapporte par victime : 1.250 euros par semaine.",
    ],
    "de": [
        "Hören Sie Ihrem Sohn zu, ohne zu urteilen.",
        "Akten: Gent, 14, Brügge, 12, und Lüttich, 9, zusammen 35.",
        "Die Leitung ist zu jeder Stunde für Kinder offen.",
        "Ein Netz brachte je Opfer 1.250 Euro pro Woche ein.",
        "Ein Netz brachte pro Opfer 1.250 Euro in der Woche ein.",
    ],
    "en": [
        "Listen to your son without judging.",
        "Files: Ghent, 14, Bruges, 12, and Liège, 9, in all 35.",
        "The line is open to children at every hour.",
        "A network brought in 1,250 euros per victim per week.",
    ],
}
DENIED = {
    "nl": ("Kinderen zijn niet te koop.", "Geen enkel kind is te koop."),
    "fr": ("Les enfants ne sont pas à vendre.", "Aucun enfant n’est à vendre."),
    "de": ("Kinder sind nicht zu verkaufen.", "Kein Kind ist zu verkaufen."),
    "en": ("Children are not for sale.", "No child is for sale."),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_words_for_what_may_not_be_said_are_found(language):
    for text, rule in FOUND[language]:
        assert rule in [fault.rule for fault in find_faults(text, language)], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_resembles_them_is_left_alone(language):
    for text in SOUND[language]:
        assert list(find_faults(text, language)) == [], text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_denial_is_warned_of_and_not_refused(language):
    for text in DENIED[language]:
        assert [fault.rule for fault in find_faults(text, language)] == [CHILD_AND_TRADE], text
