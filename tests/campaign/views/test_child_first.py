"""Rules 2, 4, 10, 12, 13, 15 and 20 of the charter, as far as they are words on pages."""

from __future__ import annotations

import re

import pytest
from page import text_of

from campaign.cards.addresses import words_for

LANGUAGES = ("nl", "fr", "de", "en")

NOTHING_OF_A_CHILD = {
    "nl": ("leeftijd, geslacht, uiterlijk, afkomst, gezondheid of gedrag",
           "als koopwaar, maar dat zijn ze niet: geen enkel kind heeft een prijs."),
    "fr": ("l’âge, ni le sexe, ni l’apparence, ni l’origine, ni la santé, ni le comportement",
           "une marchandise, mais ils n’en sont pas une", "aucun enfant n’a de prix."),
    "de": ("Alter, Geschlecht, Aussehen, Herkunft, Gesundheit oder Verhalten",
           "wie eine Ware, aber das sind sie nicht: Kein Kind hat einen Preis."),
    "en": ("age, sex, looks, origin, health or behaviour",
           "merchandise, but they are not: no child has a price."),
}  # fmt: skip
SENT_AND_DROPPED = {
    "nl": r"onze server.*geheugen.*geen enkel logboek",
    "fr": r"notre serveur.*mémoire.*n’est ni conservée",
    "de": r"unseren Server.*weder gespeichert noch protokolliert",
    "en": r"sent to our server.*memory.*not stored, not logged",
}
LABELS = {"nl": "ONBETAALBAAR", "fr": "INESTIMABLE", "de": "UNBEZAHLBAR", "en": "PRICELESS"}
ABOUT_MINORS = {"nl": "Over minderjarigen alleen:", "fr": "Sur les seuls mineurs\u00a0:",
                "de": "Über Minderjährige allein:", "en": "About children alone:"}  # fmt: skip
IN_ONE_OTHER_PLACE = {"nl": "maar op één andere plaats lezen", "fr": "qu’à un seul autre endroit.",
                      "de": "an einer einzigen anderen Stelle",
                      "en": "in only one other place"}  # fmt: skip
PARENT = {"nl": "Ik ben de ouder of voogd van dit kind.",
          "fr": "Je suis le parent ou le tuteur de cet enfant.",
          "de": "Ich bin Elternteil oder Vormund dieses Kindes.",
          "en": "I am this child’s parent or guardian."}  # fmt: skip
DELETE = {"nl": "Verwijder", "fr": "Supprimez", "de": "Löschen Sie", "en": "Delete"}
PROFILE = {"nl": "profiel", "fr": "profil", "de": "Profils", "en": "profile"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calculator_says_what_it_never_asks(language, site):
    words = site.page(language, "calculate").words.replace("\u00a0", " ")

    for sentence in NOTHING_OF_A_CHILD[language]:
        assert sentence in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_sends_a_photo_is_told_where_it_goes_before_choosing_one(language, site):
    page = site.page(language, "photo")
    [main] = page.all("main")
    before, _, _after = text_of(main).partition("JPEG, PNG, WebP")

    assert re.search(SENT_AND_DROPPED[language], before)
    assert PARENT[language] in text_of(main)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "part"), [("result", "own-photo"), ("calculate", "photo-later")])
def test_where_a_photo_can_be_sent_no_text_says_that_it_never_is(name, part, language, site):
    """The editor offers the server for a file that the browser cannot read."""
    page = site.page(language, name)
    [element] = [item for item in page.root.iter() if item.get("id") == part]
    assert not re.search(r"\b(?:nooit|jamais|nie|never)\b", text_of(element))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_label_says_priceless_and_never_an_amount(language, site):
    with site.app.app_context():
        labels = {
            words_for(estimate, language).label for estimate in site.published.estimates.values()
        }
    assert labels == {LABELS[language]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_take_an_image_down_stands_on_the_result_and_in_the_questions(language, site):
    [answer] = site.page(language, "faq").all("section[@id='can-i-take-the-image-down']")
    result = site.page(language, "result")
    [section] = result.all("section[@aria-labelledby='remove']")

    for place in (answer, section):
        steps = [text_of(step) for step in place.findall(".//ol/li")]
        assert len(steps) == 2
        assert all(DELETE[language] in step for step in steps)
        assert PROFILE[language] in steps[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_read_at_second_hand_says_so_on_the_sources_page(language, site):
    page = site.page(language, "sources")
    second_hand = [cited for cited in site.published.sources.figures() if cited.reporter]

    assert len({cited.publication.id for cited in second_hand}) > 10
    for publication, figure in second_hand:
        [whole] = page.all(f"*[@id='{publication.id}']")
        assert site.publisher(publication.reported_by, language) in text_of(whole)
        [place] = page.all(f"*[@id='figure-{figure.id}']")
        if figure.reported_by:
            assert site.publisher(figure.reported_by, language) in text_of(place)


@pytest.mark.parametrize("region", ["BE", "EUROPE", "WORLD"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_read_at_second_hand_says_so_beside_the_amount(language, region, site):
    page = site.page(language, "result", f"/{region}/1y")
    rows = [
        [text_of(cell) for cell in row]
        for row in page.all("table[@class='figures stacked']/tbody/tr")
    ]
    details = page.all("details[@class='figure-row']")

    contributions = site.published.estimates[region, "1y"].contributions
    assert len(rows) == len(details) == len(contributions)
    said = 0
    for item in contributions:
        name, reporter = item.cited.figure.label.in_language(language), item.cited.reporter
        [in_table] = [row[1] for row in rows if row[0] == name]
        [opened] = [text for text in map(text_of, details) if text.startswith(name + " ")]
        for text in (in_table, opened):
            assert site.publisher(item.cited.publication.publisher, language) in text
            assert reporter is None or site.publisher(reporter, language) in text
        said += reporter is not None
    assert said


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_many_figures_were_read_in_one_other_place_is_said_with_today_s_numbers(language, site):
    page = site.page(language, "result", "/BE/1y")
    contributions = site.published.estimates["BE", "1y"].contributions
    once = sum(item.described.read == "once" for item in contributions)

    assert once, "some were, today"
    [text] = [block for block in page.blocks if IN_ONE_OTHER_PLACE[language] in block]
    assert set(map(int, re.findall(r"\d+", text))) == {once, len(contributions)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_read_at_second_hand_says_so_in_the_facts(language, site):
    home = site.page(language, "home")
    by_id = {item.id: item for item in site.published.sources.publications}
    said = 0
    for fact in home.all("li[@class='fact']"):
        [link] = fact.findall(".//a")
        publication = by_id[link.get("href").partition("#")[2]]
        said += publication.reported_by is not None
        told = publication.reported_by or publication.publisher
        assert site.publisher(told, language) in text_of(link)
    assert said


def windows(numbers, length):
    """Return every run of `length` numbers that stand one after the other."""
    return [numbers[start : start + length] for start in range(len(numbers))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_few_figures_are_about_minors_alone_is_said_with_today_s_numbers(language, site):
    for page in (site.page(language, "result"), site.page(language, "method")):
        contributions = site.published.estimates["BE", "1y"].contributions
        figures = [item.cited.figure for item in contributions]
        minors = sum(figure.scope == "minors" for figure in figures)
        belgian = sum(figure.region == "BE" for figure in figures)
        text = next(block for block in page.blocks if ABOUT_MINORS[language] in block)
        numbers = list(map(int, re.findall(r"\d+", text)))
        families = {item.described.family for item in contributions}
        adults = sum(figure.scope == "adults" for figure in figures)
        assert [len(figures), len(families), minors, adults, belgian] in windows(numbers, 5)
