"""The words of the safeguarding charter, rules 1, 6, 7 and 14, over everything that is said."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import astuple
from itertools import chain, product
from pathlib import Path
from urllib.parse import parse_qs, unquote_plus, urlsplit

import pytest
from babel.messages.pofile import read_po
from page import text_of

from campaign.cards.addresses import words_for

ROOT = Path(__file__).parents[3]
LANGUAGES = ("nl", "fr", "de", "en")
SPACE = "\u00a0"

# Rule 6. The names and addresses of their time are explained where they stand.
HISTORIC = re.compile(r"stopkinderprostitutie\.be|stopchildporno\.be")
OLDER_TERMS = {
    "nl": r"kinder\W?porno|kinderprostitu|kindprostitu|jeugdprostitu|kinderseks|kinderhoer"
    r"|minderjarige prostitu|prostitutie van (?:minderjarigen|kinderen)|prostituee"
    r"|loverboy|kindermisbruiker|seks(?:werk|toerisme)|pedose(?:ks|x)|pedofiel"
    r"|aangetrokken tot (?:minderjarigen|kinderen)",
    "fr": r"p[ée]do\W?(?:porno|phil|sex)|attirée?s? par (?:des|les) (?:mineur|enfant)"
    r"|pornographie|prostitution (?:enfantine|infantile|juvénile|"
    r"des mineur|de mineur|d’enfants|des enfants)|(?:enfants?|mineure?s?) prostitué|prostituée"
    r"|tourisme sexuel|travail(?:leuse)? du sexe|loverboy",
    "de": r"kinder\W?porno|kinderprostitu|prostitution (?:von )?(?:minderjährige|kinder)"
    r"|minderjährige prostituierte|prostituierte[nr]?\b|kinderschänder|sextourismus|sexarbeit"
    r"|(?<!„)loverboy|pädophil|pädosex",
    "en": r"child porn|child prostitut|(?:under-?age|minor|juvenile|teen\w*) prostitut|kiddie"
    r"|prostitution of (?:children|minors)|sex (?:tourism|work)|prostitutes?\b|loverboy"
    r"|pa?edo(?:ph|sex)|attracted to (?:minors|children)",
}
# The press page names some of them, in quotation marks, to ask for better ones.
NAMED_AS_WRONG = {
    "nl": "‘loverboy’, want dat klinkt te zacht",
    "fr": "« loverboy », trop doux",
    "de": "",
    "en": "‘loverboy’, which is too soft",
}

# Rule 7, and the sentences in which the campaign contradicts it.
CHILD = {
    "nl": r"\bkind(?:je|jes|eren)?\b(?! focus)|\bminderjarige|\bslachtoffer|\bmeisje|\bjongens?\b"
    r"|\bjongeren?\b|\btieners?\b",
    "fr": r"\benfant|\bmineure?s?\b|\bvictime|\bfilles?\b|\bgarçon|\bjeunes?\b"
    r"|\bado(?:lescent|s?\b)",
    "de": r"\bkind(?:er|ern|es)?\b|\bminderjährig|\bopfer|\bmädchen|\bjungen?\b|\bjugendliche"
    r"|\bteenager",
    "en": r"\bchild(?:ren)?\b(?! focus)|\bminors?\b|\bvictims?\b|\bgirls?\b|\bboys?\b"
    r"|\bteen(?:s|age|agers?)?\b|\byoung (?:person|people)",
}
TRADE = {
    "nl": r"\bprij[sz]|\bkoop|\bkop(?:en|er)|\bkocht|\bgekocht|\bverko[cop]|\bte huur|\bhuren"
    r"|\bkost(?:en|te|ten)?\b|\bwaard\b|\bop(?:levert|brengt|leveren|brengen)\b"
    r"|opbrengst|\b(?:brengt|brengen|bracht(?:en)?|levert|leveren|leverden?)\b.*\bop(?=\W*$|[,:])",
    "fr": r"\bprix\b|\bvend|\bvente|\bachet|\bachat|\blou(?:er|é|és|ée)\b|\bcoûte|\bvaut\b"
    r"|\bvalent\b|\brapport(?:e|ent|ait|aient|é|er|era|eront)\b|\bmarchandise",
    "de": r"\bpreis|\bkauf|\bverkauf|\bgekauf|\bmiet|\bvermiet|\bkoste[tn]\b|\bwert\b|\bware\b"
    r"|\b(?:bringt|bringen|brachten?)\b.*\bein(?=\W*$|[,:])|\beinbring|\beinbrach",
    "en": r"\bprice[sd]?\b|\bsale\b|\bsell|\bsold\b|\bbuy|\bbought|\bfor hire|\bcosts?\b(?!\.)"
    r"|\bworth\b|\bfetch|\bmerchandise|\bbr(?:ings?|ought) in\b|\byield",
}
CONTRADICTIONS = {
    "nl": r"geen enkel kind (?:heeft )?een prijs|een kind heeft geen prijs"
    r"|alsof een kind koopwaar is"
    r"|criminelen behandelen kinderen als koopwaar, maar dat zijn ze niet",
    "fr": r"aucun enfant n’a de prix|un enfant n’a pas de prix"
    r"|comme si un enfant était une marchandise"
    r"|traitent les enfants comme une marchandise, mais ils n’en sont pas une",
    "de": r"kein kind hat einen preis|kein kind einen preis|ein kind hat keinen preis"
    r"|als wäre ein kind eine ware"
    r"|behandeln kinder wie eine ware, aber das sind sie nicht",
    "en": r"no child has a price"
    r"|as if a child were merchandise"
    r"|criminals treat children as merchandise, but they are not",
}
# What criminals pay themselves is no price of a child.
CRIMINALS_OWN_COSTS = {
    "nl": r"(?:na|aftrek van) (?:hun )?kosten|vóór kosten|kosten (?:van bewakers|voor reclame)",
    "fr": r"$^",
    "de": r"(?:nach|vor) (?:ihren )?Kosten|Abzug (?:ihrer|von) Kosten|Bewacher, Miete",
    "en": r"(?:after|before) (?:their |any )?costs|travel costs",
}


def values_of(data):
    if isinstance(data, dict):
        for value in data.values():
            yield from values_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from values_of(value)
    elif isinstance(data, str):
        yield re.sub("<[^>]+>", " ", data)


def said_on_pages(site):
    """Return what stands on pages, in their heads and in their data, but for names and titles."""
    named = {
        name
        for item in site.published.sources.publications
        for name in (item.publisher, item.reported_by)
        if name
    }
    titles = re.compile("|".join(map(re.escape, sorted(named, key=len, reverse=True))))
    for page in site.everything:
        for text in page.texts:
            yield page.language, page.name, titles.sub(" ", text)
        for script in page.all("script"):
            if "json" in script.get("type", ""):
                for text in values_of(json.loads(script.text)):
                    yield page.language, "data", text
        for field in page.all("input"):
            yield page.language, "field", unquote_plus(field.get("value", ""))


def said_on_cards(site):
    with site.app.app_context():
        for estimate, language in product(site.published.estimates.values(), LANGUAGES):
            for text in astuple(words_for(estimate, language)):
                if isinstance(text, str):
                    yield language, "card", text


def said_in_catalogues():
    for language in ("nl", "fr", "de"):
        with (ROOT / "campaign" / "translations" / f"{language}.po").open("rb") as file:
            messages = [message for message in read_po(file, locale=language) if message.id]
        for message, tongue in product(messages, (language, "en")):
            text = message.id if tongue == "en" else message.string
            for form in [text] if isinstance(text, str) else text:
                yield tongue, "catalogue", form


def said_by_figures(site):
    for publication, figure in site.published.sources.figures():
        for text, language in product((figure.label, figure.says, figure.caveat), LANGUAGES):
            yield language, publication.id, text.in_language(language)


@pytest.fixture(scope="module")
def said(site):
    """Return all that is said in each language, with where."""
    found = defaultdict(set)
    for language, where, text in chain(
        said_on_pages(site), said_on_cards(site), said_in_catalogues(), said_by_figures(site)
    ):
        found[language].add((where, text))
    assert all(len(texts) > 1500 for texts in found.values())
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_older_terms_are_not_used(language, said):
    wrong = {
        (where, text)
        for where, text in said[language]
        if re.search(OLDER_TERMS[language], HISTORIC.sub(" ", text), re.IGNORECASE)
        and not (NAMED_AS_WRONG[language] and NAMED_AS_WRONG[language] in text.replace(SPACE, " "))
    }
    assert wrong == set()


ONLY_NAMES_OF_THEIR_TIME = {
    "nl": r"noemen die (?:namen|adressen) alleen",
    "fr": r"citons ces noms seulement|citons ces adresses que comme des noms de leur époque",
    "de": r"nennen diese (?:Namen|Adressen) nur",
    "en": r"(?:give|mention) those (?:names|addresses) only",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_historic_addresses_are_explained_where_they_stand(language, site):
    found = set()
    for page in site.everything:
        if page.language != language:
            continue
        told = [text for text in map(text_of, page.all("section")) if HISTORIC.search(text)]
        assert len(HISTORIC.findall(page.words)) == len(HISTORIC.findall(" ".join(told)))
        for text in told:
            assert re.search(ONLY_NAMES_OF_THEIR_TIME[language], text), f"{page.path}: {text}"
            found.add(page.name)
    assert found == {"faq", "about"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_child_is_never_said_to_have_a_price(language, said):
    wrong = set()
    for where, text in said[language]:
        for sentence in re.split(r"(?<=[.?!;])\s+", text):
            bare = re.sub(CONTRADICTIONS[language], " ", sentence, flags=re.IGNORECASE)
            bare = re.sub(CRIMINALS_OWN_COSTS[language], " ", bare, flags=re.IGNORECASE)
            if re.search(CHILD[language], bare, re.IGNORECASE) and re.search(
                TRADE[language], bare, re.IGNORECASE
            ):
                wrong.add((where, sentence))
    assert wrong == set()


MONEY = r"\b(?:geld|argent|money|euros?)\b"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_words_never_equate_a_child_with_money(language, site):
    [title] = site.page(language, "home").all("h1")
    sentences = [text_of(span) for span in title]
    assert any(re.search(CHILD[language], said, re.IGNORECASE) for said in sentences)
    for said in sentences:
        names_child = re.search(CHILD[language], said, re.IGNORECASE)
        assert not (names_child and re.search(MONEY, said, re.IGNORECASE)), said


FORBIDDEN = {
    "nl": ["Zoveel is een kind waard.", "Een meisje kost 500 euro.", "Kinderen te koop.",
           "Wat is de prijs van een minderjarige?", "Opbrengst per minderjarige per dag",
           "Een jongere brengt meer op.", "Wat tieners kosten."],
    "fr": ["Un enfant vaut 500 euros.", "Mineure à louer.", "Le prix d’une fille.",
           "Des enfants sont vendus.", "Les mineures rapportent beaucoup.",
           "Une ado rapportait 500 euros.", "Le prix d’un jeune.", "Adolescentes à louer."],
    "de": ["Ein Kind kostet 500 Euro.", "So viel ist ein Kind wert.", "Mädchen zu vermieten.",
           "Der Preis für einen Jungen.", "Ein Kind bringt viel Geld ein.",
           "Jugendliche zu verkaufen.", "Was ein Jugendlicher kostet."],
    "en": ["A child costs 500 euros.", "What a girl is worth.", "Boys for sale.",
           "Children sold here.", "A teen for sale.", "What a young person is worth.",
           "A girl brings in 500 euros."],
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_check_itself_finds_what_is_forbidden(language):
    for sentence in FORBIDDEN[language]:
        assert re.search(CHILD[language], sentence, re.IGNORECASE), sentence
        assert re.search(TRADE[language], sentence, re.IGNORECASE), sentence
    for term in {
        "nl": ["kinderporno", "kinderprostitutie", "pedoseksueel"],
        "fr": ["pédopornographie", "prostituées", "personnes attirées par des mineurs"],
        "de": ["Kinderpornografie", "Prostituierte", "pädosexuelle Neigungen"],
        "en": ["child porn", "underage prostitutes", "people attracted to minors", "pedophile"],
    }[language]:  # fmt: skip
        assert re.search(OLDER_TERMS[language], term, re.IGNORECASE)


TOLD_ELSEWHERE = re.compile("title|descr|alt|site")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_other_sites_show_never_joins_child_and_price(language, site):
    """Rule 14, in every language at once: a Dutch title may stand on an English timeline."""
    child = "|".join(CHILD.values())
    trade = "|".join(TRADE.values())
    for page in site.everything:
        if page.language != language:
            continue
        told = [page.title]
        told += [text for name, text in page.meta.items() if TOLD_ELSEWHERE.search(name)]
        for link in page.all("ul[@class='share']//a"):
            parts = parse_qs(urlsplit(link.get("href")).query)
            told += [text for values in parts.values() for text in values]
        for text in told:
            both = re.search(child, text, re.IGNORECASE) and re.search(trade, text, re.IGNORECASE)
            assert not both, f"{page.path}: {text}"
            assert not re.search("[€$£]", text), f"{page.path} tells an amount: {text}"


def test_the_statement_of_a_card_tells_of_criminals(site):
    words = {"nl": "criminelen", "fr": "criminels", "de": "Kriminelle", "en": "Criminals"}
    for language in LANGUAGES:
        for scenario in site.scenarios:
            page = site.page(language, "result", scenario)
            assert words[language] in text_of(page.all("h1")[0])
