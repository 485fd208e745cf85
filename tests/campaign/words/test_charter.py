"""What no text may say and what it had better not: sentences that are found, and sound ones."""

from __future__ import annotations

import pytest

from calculator.errors import Problem
from calculator.languages import LANGUAGES
from campaign.config import ROOT
from campaign.live.folders import Folders
from campaign.published.findings import find_in
from campaign.published.overruled import Overruled, read_overruled
from campaign.published.state import check_files
from campaign.words import charter_words
from campaign.words.charter import (
    ACT,
    CHILD_AND_PRICE,
    CHILD_AND_TRADE,
    MAYBE_NAMED,
    NAMED_PERSON,
    OLDER_TERM,
    ONE_AGE,
    ONE_VICTIM,
    PAYER,
    PER_ACT,
    PHOTO_NEVER,
    PROMISE,
    RATHER_NOT,
    find_faults,
    languages_without_words,
)

FOUND = {
    "nl": [
        ("Een kind kost 50 euro.", CHILD_AND_PRICE),
        ("Wat is een kind waard?", CHILD_AND_PRICE),
        ("Zoveel is een kind waard.", CHILD_AND_PRICE),
        ("Het meisje kost 200 euro, de hoer is 300 waard; kinderporno", CHILD_AND_PRICE),
        ("Een **meisje** kost\n500 euro.", CHILD_AND_PRICE),
        ("Kinderen te koop.", CHILD_AND_PRICE),
        ("Wat is de prijs van een minderjarige?", CHILD_AND_PRICE),
        ("Opbrengst per minderjarige per dag", CHILD_AND_PRICE),
        ("Een jongere brengt meer op.", CHILD_AND_TRADE),
        ("Wat tieners kosten.", CHILD_AND_PRICE),
        ("Alsof mensen die reizen ook een kind kunnen kopen in het buitenland.", CHILD_AND_TRADE),
        ("prijs per act: 50 euro", PER_ACT),
        ("Een bezoek kost 50 euro per klant", PER_ACT),
        ("De klant betaalt 50 euro per beurt.", PER_ACT),
        ("Een klant gaf € 80.", PAYER),
        ("Kinderporno.", OLDER_TERM),
        ("Tegen kinderprostitutie.", OLDER_TERM),
        ("Een pedofiel of een loverboy.", RATHER_NOT),
        ("Orale seks voor geld.", ACT),
        ("Lisa, 13 jaar, liep weg.", NAMED_PERSON),
        ("Het slachtoffer Lisa (13) liep weg.", NAMED_PERSON),
        ("Lisa (13)", MAYBE_NAMED),
        ("De dader sprak een meisje van 12 aan.", ONE_AGE),
        ("Een 13-jarig meisje liep weg.", ONE_AGE),
        ("Bellen is volledig anoniem.", PROMISE),
        ("Gegarandeerd anoniem.", PROMISE),
        ("Je blijft 100 % anoniem.", PROMISE),
        ("Je foto verlaat je toestel nooit.", PHOTO_NEVER),
    ],
    "fr": [
        ("Un enfant vaut 500 euros.", CHILD_AND_PRICE),
        ("Mineure à louer.", CHILD_AND_PRICE),
        ("Le prix d’une fille.", CHILD_AND_PRICE),
        ("Des enfants sont vendus.", CHILD_AND_PRICE),
        ("Les mineures rapportent beaucoup.", CHILD_AND_TRADE),
        ("Une ado rapportait 500 euros.", CHILD_AND_PRICE),
        ("Le prix d’un jeune.", CHILD_AND_PRICE),
        ("Adolescentes à louer.", CHILD_AND_PRICE),
        ("Des marchandises arrivent et les enfants attendent.", CHILD_AND_TRADE),
        ("Prix par acte\u00a0: 50 euros", PER_ACT),
        ("Le client paie 50\u00a0€.", PAYER),
        ("Contre la pédopornographie.", OLDER_TERM),
        ("La prostitution infantile recule.", OLDER_TERM),
        ("Des personnes attirées par des mineurs.", RATHER_NOT),
        ("Une fellation.", ACT),
        ("Lisa, 13 ans, a fugué.", NAMED_PERSON),
        ("La victime Lisa (13 ans) a fugué.", NAMED_PERSON),
        ("L’auteur a abordé une fille de 12 ans.", ONE_AGE),
        ("C’est toujours anonyme.", PROMISE),
        ("L’anonymat est garanti.", PROMISE),
        ("Votre photo n’est jamais envoyée.", PHOTO_NEVER),
    ],
    "de": [
        ("Ein Kind kostet 500 Euro.", CHILD_AND_PRICE),
        ("So viel ist ein Kind wert.", CHILD_AND_PRICE),
        ("Mädchen zu vermieten.", CHILD_AND_PRICE),
        ("Der Preis für einen Jungen.", CHILD_AND_PRICE),
        ("Ein Kind bringt viel Geld ein.", CHILD_AND_TRADE),
        ("Jugendliche zu verkaufen.", CHILD_AND_PRICE),
        ("Was ein Jugendlicher kostet.", CHILD_AND_PRICE),
        ("Die Ware und die Kinder.", CHILD_AND_TRADE),
        ("Preis pro Akt: 50 Euro", PER_ACT),
        ("Der Freier gab 50 €.", PAYER),
        ("Kinderpornografie im Netz.", OLDER_TERM),
        ("Pädosexuelle Neigungen.", RATHER_NOT),
        ("Eine Prostituierte.", RATHER_NOT),
        ("Lisa ist 13 Jahre alt.", NAMED_PERSON),
        ("Das Opfer Lisa (13) lief weg.", NAMED_PERSON),
        ("Er sprach ein 12-jähriges Mädchen an.", ONE_AGE),
        ("Garantiert anonym.", PROMISE),
        ("Das ist völlig sicher.", PROMISE),
        ("Ihr Foto verlässt Ihr Gerät nie.", PHOTO_NEVER),
    ],
    "en": [
        ("A child costs 500 euros.", CHILD_AND_PRICE),
        ("What a girl is worth.", CHILD_AND_PRICE),
        ("Boys for sale.", CHILD_AND_PRICE),
        ("Children sold here.", CHILD_AND_PRICE),
        ("A teen for sale.", CHILD_AND_PRICE),
        ("What a young person is worth.", CHILD_AND_PRICE),
        ("A girl brings in 500 euros.", CHILD_AND_PRICE),
        ("They bought many things, and nobody asked about the children.", CHILD_AND_TRADE),
        ("The price per act is 50 euros.", PER_ACT),
        ("A client paid €50.", PAYER),
        ("Stop child porn now.", OLDER_TERM),
        ("Underage prostitutes.", OLDER_TERM),
        ("People attracted to minors, or a pedophile.", RATHER_NOT),
        ("Lisa is 13 years old.", NAMED_PERSON),
        ("The victim Lisa (13) ran away.", NAMED_PERSON),
        ("He approached a 12-year-old girl.", ONE_AGE),
        ("Anonymity is guaranteed.", PROMISE),
        ("Calling is completely safe.", PROMISE),
        ("Your photo never leaves your device.", PHOTO_NEVER),
    ],
}
SOUND = {
    "nl": [
        "Een gesprek met je kind kost tijd, maar het loont.",
        "De campagne kost geen enkel kind zijn privacy.",
        "Slachtoffers betalen vaak een hoge prijs voor wat hen is aangedaan.",
        "Onze jongeren zijn het waard om beschermd te worden.",
        "Elk kind is evenveel waard.",
        "Je kind koopt spullen die het niet kan betalen.",
        "De prijs voor jongerenwerk ging naar Child Focus.",
        "Wat betekent dit voor de kinderen? De kosten liepen op.",
        "Slachtoffers kunnen hun kosten terugkrijgen via de Commissie.",
        "Mensen die betalen voor seks met een minderjarige zijn strafbaar.",
        "Anna is 12 jaar vrijwilliger bij ons.",
        "Het meldpunt kreeg 1.200 meldingen (2019) en 15 (13) dossiers.",
        "Kinderen van 12 tot 15 jaar kregen les in Gent (12) en Brugge (9).",
        "De jongste was 13 jaar.",
        "We garanderen niets, maar doen ons best.",
        "De hulplijn is niet altijd anoniem.",
        "Geen enkel kind heeft een prijs.",
        "Criminelen behandelen kinderen als koopwaar, maar dat zijn ze niet.",
        "Wat criminelen na aftrek van kosten verdienen aan een slachtoffer.",
        "Bellen kost je kind niets, en het is de moeite waard.",
        "Kinderopvang en kinderrechten hebben geen prijs.",
        "De actie haalde 5.000 euro op voor kinderen.",
        "Per slachtoffer per week verdienden ze 8.000 euro.",
        "Onze klantendienst beantwoordt je vraag.",
        "‘Loverboy’ klinkt te zacht; de zogenaamde loverboymethode heet nu tienerpooier.",
        "Vroeger: stopkinderprostitutie.be en stopchildporno.be.",
        "Meisjes van 15 tot 17 jaar. Minderjarigen, 12 jaar en ouder.",
        "Child Focus bestaat 27 jaar. Antwerpen, 13 jaar geleden. Celstraf van 8 jaar.",
        "Rapport (2019), tabel 12 (13).",
        "Bel gratis, dag en nacht, anoniem als je wilt.",
        "Je foto en je kaart zijn nooit bewaard.",
        "Met JavaScript verlaat je foto je toestel nooit.",
        "Het bedrag na ‘ongeveer’ staat er nooit zonder de marge.",
    ],
    "fr": [
        "Parler avec votre enfant ne coûte que du temps.",
        "Les victimes paient le prix fort.",
        "Chaque enfant vaut la peine d'être protégé.",
        "Le prix de la Jeunesse a été remis à Child Focus.",
        "Votre enfant achète des choses qu'il ne peut pas payer.",
        "Les faits se rapportent à des mineurs.",
        "Une victime rapporte à la police ce qui s'est passé.",
        "Les jeunes rapportent des propositions reçues en ligne.",
        "Selon ce que rapportent les victimes, les auteurs sont plus âgés.",
        "Le tribunal a condamné les clients.",
        "Nous ne garantissons rien.",
        "Vos données sont garanties par la loi.",
        "Marie a 12 ans d'expérience.",
        "À Liège (9) et à Namur (12), des mineurs ont été aidés.",
        "Aucun enfant n’a de prix.",
        "Il vaut mieux en parler avec votre enfant.",
        "Cette estimation ne vaut pas par jeune, mais vaut aussi pour les mineurs.",
        "Appeler ne coûte rien à votre enfant.",
        "Par rapport à 2019, le nombre de victimes augmente.",
        "Les criminels ont empoché 8\u00a0000\u00a0€ par semaine.",
        "Mettez en signet la page pour votre client de messagerie.",
        "«\u00a0loverboy\u00a0», trop doux pour ce que c’est",
        "Presque tous ont de 15 à 17 ans. Condamné à 12 ans de prison.",
        "Gratuit, jour et nuit, anonyme si vous le souhaitez.",
        "Votre photo et votre carte n’ont jamais été conservées.",
        "Avec JavaScript, votre photo ne quitte jamais votre appareil.",
    ],
    "de": [
        "Ein Gespräch mit Ihrem Kind kostet Zeit.",
        "Die Opfer zahlen einen hohen Preis.",
        "Jedes Kind ist es wert, geschützt zu werden.",
        "Jedes Kind ist gleich viel wert.",
        "Der Preis für Jugendarbeit ging an Child Focus.",
        "Ihr Kind kauft Dinge, die es nicht bezahlen kann.",
        "Opfer können ihre Kosten zurückbekommen.",
        "Ohne Garantie.",
        "In Lüttich (9) und Eupen (12) wurden Kinder betreut.",
        "Kein Kind hat einen Preis.",
        "Der Anruf kostet Ihr Kind nichts.",
        "Legen Sie Wert auf Ruhe, wenn Ihr Kind erzählt." ,
        "Was Kriminelle vor Abzug ihrer Kosten mit einem Opfer verdienten.",
        "Zur sogenannten „Loverboy-Methode“ berät Payoke.",
        "Nach dem Verfahren, 8 Jahre später. Opfer von 15 bis 17 Jahren.",
        "Frauen und Mädchen (10)",
        "Kostenlos und, wenn Sie möchten, anonym.",
        "Ihr Foto wurde nie gespeichert.",
        "Mit JavaScript verlässt Ihr Foto Ihr Gerät nie.",
    ],
    "en": [
        "A talk with your child costs time.",
        "Victims pay a heavy price.",
        "Every child is worth protecting.",
        "Victims can claim their costs.",
        "Your child buys things it cannot afford.",
        "A boy brought in by the police was helped.",
        "Does a call cost anything? Children pay nothing.",
        "The prize was sold out; children came too.",
        "A grant covers the costs of child protection.",
        "We cannot guarantee anything.",
        "In Ghent (12) and Bruges (9) children were helped.",
        "No child has a price.",
        "A call costs your child nothing, and it is worth a call.",
        "What criminals earn, after their costs, from one victim.",
        "Girls aged 15 to 17. Children, 12 and older.",
        "‘loverboy’, which is too soft for what it is",
        "The so-called loverboy method.",
        "Free, day and night, anonymous if you wish.",
        "Your photo and your card were never kept.",
        "With JavaScript, your photo never leaves your device.",
        "Child Focus answers at no cost.",
    ],
}  # fmt: skip


def test_every_language_has_its_words():
    assert languages_without_words() == []
    assert set(FOUND) == set(SOUND) == set(LANGUAGES)


def test_a_language_without_its_words_is_refused_as_a_whole(monkeypatch):
    monkeypatch.delitem(charter_words.PRICED, "de")
    figures, texts = Folders(ROOT / "sources", ROOT / "campaign" / "content").read()

    [problem] = check_files(figures, texts).text_problems

    assert str(problem).startswith("campaign/words/charter_words.py:1: lacks words in German")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_may_not_be_said_is_found(language):
    for text, rule in FOUND[language]:
        assert rule in [fault.rule for fault in find_faults(text, language)], text


def test_the_files_of_the_site_hold_nothing_of_the_kind():
    figures, texts = Folders(ROOT / "sources", ROOT / "campaign" / "content").read()
    found = check_files(figures, texts)
    assert [str(each) for each in (*found.figure_problems, *found.text_problems)] == []
    assert [(each.file, each.words) for each in found.findings] == []
    problems: list[Problem] = []
    known = {(each.file, each.words) for each in find_in({**figures, **texts}, Overruled())}
    entries = read_overruled(texts, problems).overruled
    assert [entry for entry in entries if (entry.file, entry.words) not in known] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_sound_sentences_are_left_alone(language):
    for text in SOUND[language]:
        found = [(fault.rule.sentence, text[fault.start : fault.end])
                 for fault in find_faults(text, language)]  # fmt: skip
        assert found == [], text


ONE = {
    "nl": ("In Gent werd één slachtoffer bevrijd.", "Een slachtoffer op de tien is een jongen."),
    "fr": ("À Gand, une victime a été libérée.", "Une victime sur dix est un garçon."),
    "de": ("In Gent wurde ein Opfer befreit.", "Jedes zehnte der Opfer ist ein Junge."),
    "en": ("In Ghent one victim was freed.", "Criminals earn so much per victim."),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_lets_one_victim_recognise_herself(language):
    one, many = ONE[language]
    [fault] = find_faults(one, language, of_figure=True)
    assert fault.rule is ONE_VICTIM
    assert list(find_faults(one, language)) == []
    assert list(find_faults(many, language, of_figure=True)) == []


def test_a_fault_names_its_words_where_they_stand():
    text = "Eerst een zin.\n\n- Een **kind** kost 50 euro. Bel ons."
    [fault] = find_faults(text, "nl")
    assert text[fault.start : fault.end] == "kind** kost"
