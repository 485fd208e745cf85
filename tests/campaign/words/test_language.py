"""Each page speaks one language: no sentence was left in another."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

LANGUAGES = ("nl", "fr", "de", "en")
# Short words that a language cannot do without. Where two languages share one, neither has it.
FUNCTION_WORDS = {
    "nl": """de het een en van dat niet je zijn voor met die er aan ook als bij maar wat dan om
        hebben deze naar dit over uit kan wordt ze geen nog wel door heeft je jouw wij ons hun
        kun waar wie hoe meer tot of te ik is op in""",
    "fr": """le la les des du une et est que qui dans pour pas sur avec ce se sont vous nous par
        plus au aux ou mais ne cette votre ces leur il elle ils elles être a à où si son ses
        d l qu n s c j m t un en de""",
    "de": """der die das und ist nicht ein eine einer einem eines zu den dem des von mit sich für
        auf auch als wenn aber wie wird werden sie ihr ihre ihren wir oder aus nach bei über nur
        noch durch kann sind es im zum zur du dir dich dein an in um""",
    "en": """the and of to that is it for with not you are this be was they from have or by at
        which but their what can your we our its there has will do does an a on as if in""",
}
QUOTED = re.compile(r"[“‘„«][^“”‘„«»]{1,120}[”’“»]|https?://\S+|\S+@\S+|\w+\.(?:be|org)\b")
WORD = re.compile(r"\b[^\W\d_]+\b")  # none of the letters between the digits of a code
ENOUGH_WORDS = 8


def _own_words():
    every = {language: set(words.split()) for language, words in FUNCTION_WORDS.items()}
    return {
        language: words - set().union(*(every[x] for x in every if x != language))
        for language, words in every.items()
    }


OWN_WORDS = _own_words()


def language_of(text):
    """Tell the language of a text by its function words; None where they do not say."""
    words = [word.lower() for word in WORD.findall(QUOTED.sub(" ", text))]
    if len(words) < ENOUGH_WORDS:
        return None
    counts = {
        language: sum(word in known for word in words) for language, known in OWN_WORDS.items()
    }
    best, second = sorted(counts.values(), reverse=True)[:2]
    if best < 2 or best == second:
        return None
    return max(counts, key=counts.get)


SENTENCES = {
    "nl": "Je hoeft niet zeker te zijn om te bellen, want een vermoeden is al genoeg.",
    "fr": "Vous n’avez pas besoin d’être certain pour appeler, car un soupçon est suffisant.",
    "de": "Sie müssen nicht sicher sein, um anzurufen, denn ein Verdacht genügt schon.",
    "en": "You do not have to be certain to call, because a suspicion is enough.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_check_itself_tells_the_languages_apart(language):
    assert language_of(SENTENCES[language]) == language
    assert language_of("International Labour Organization, 2014") is None


@pytest.fixture(scope="module")
def names(site):
    """Return the names of publishers and services, which stand as they are in every language."""
    known = set()
    for publication in site.published.sources.publications:
        known |= {publication.publisher, publication.reported_by or publication.publisher}
    known |= {service.name for service in site.published.contacts.help.services}
    longest_first = sorted(map(re.escape, known), key=len, reverse=True)
    return re.compile("|".join(longest_first))


def test_every_text_is_in_the_language_of_its_page(site, names):
    where = {(page.language, text): page.path for page in site.everything for text in page.texts}
    judged, strange = defaultdict(int), []
    for (language, text), path in where.items():
        found = language_of(names.sub(" ", text))
        if found is not None:
            judged[language] += 1
        if found not in (None, language):
            strange.append((path, found, text[:160]))
    assert strange == []
    assert min(judged.values()) > 700, dict(judged)


def test_no_sentence_stands_on_pages_of_two_languages(site, names):
    where = defaultdict(set)
    for page in site.everything:
        for text in set(page.texts):
            for sentence in re.split(r"(?<=[.?!:])\s+", QUOTED.sub(" ", names.sub(" ", text))):
                if len(WORD.findall(sentence)) >= 5:
                    where[sentence.strip()].add(page.language)
    shared = {
        sentence: languages
        for sentence, languages in where.items()
        if len(languages) > 1 and language_of(f"{sentence} {sentence}") is not None
    }
    assert shared == {}
    assert len(where) > 4000


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("nl", r"\b(?:u|uw)\b"),
        ("fr", r"\b(?:tu|toi|ton|ta|tes)\b"),
        ("de", r"\b(?:du|dich|dir|dein\w*)\b"),
    ],
)
def test_readers_are_addressed_in_one_way(language, wrong, site):
    """Adults by je, vous and Sie; only the young, and words to be said to a child, differ."""
    offending = set()
    for page in site.everything:
        if page.language != language or page.name == "youth":
            continue
        for text in page.texts:
            for sentence in re.split(r"(?<=[.?!])\s+", QUOTED.sub(" ", text)):
                if re.search(wrong, sentence):
                    offending.add(sentence)
    for_the_young = {site.published.contacts.help.young.advice.in_language(language)}
    left = {
        sentence for sentence in offending if not any(sentence in text for text in for_the_young)
    }
    allowed = {
        "nl": [],
        "fr": ["Il s’est passé quelque chose, pour toi ou", "Ce n’est pas ta faute.",
               "Tu as moins de 18 ans"],
        "de": ["Ist etwas passiert, dir oder jemandem", "Es ist nicht deine Schuld",
               "Bist du unter 18",
               "Schätz deinen Schatz"],
    }[language]  # fmt: skip
    left = {text for text in left if not any(start in text for start in allowed)}
    assert left == set()


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("nl", r"\b[Uu]w?\b"),
        ("fr", r"\b(?:vous|votre|vos)\b"),
        ("de", r"\b(?:Ihnen|Ihre[mnrs]?)\b"),
    ],
)
def test_the_young_are_addressed_as_such(language, wrong, site):
    parts = site.published.content[language, "youth"]
    for part in parts:
        text = re.sub("<[^>]+>", " ", part.html)
        found = [
            sentence
            for sentence in re.split(r"(?<=[.?!])\s+", QUOTED.sub(" ", f"{part.title} {text}"))
            if re.search(wrong, sentence) and "Vous cherchez ensemble" not in sentence
        ]
        assert found == []
