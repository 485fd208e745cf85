"""Rules 2, 4, 10, 12, 13, 15 and 20 of the charter, as far as they are words on pages."""

from __future__ import annotations

import re

import pytest

from campaign.cards import words_for

LANGUAGES = ("nl", "fr", "de", "en")

NOTHING_OF_A_CHILD = {
    "nl": ("leeftijd, geslacht, uiterlijk, afkomst, gezondheid of gedrag",
           "Voor criminelen is elk kind koopwaar. Voor ons heeft geen enkel kind een prijs."),
    "fr": ("l’âge, ni le sexe, ni l’apparence, ni l’origine, ni la santé, ni le comportement",
           "Pour les criminels, chaque enfant est une marchandise.", "aucun enfant n’a de prix."),
    "de": ("Alter, Geschlecht, Aussehen, Herkunft, Gesundheit oder Verhalten",
           "Für Kriminelle ist jedes Kind eine Ware. Für uns hat kein Kind einen Preis."),
    "en": ("age, sex, looks, origin, health or behaviour",
           "To criminals every child is merchandise. To us no child has a price."),
}  # fmt: skip
SENT_AND_DROPPED = {
    "nl": r"onze server.*geheugen.*geen enkel logbestand",
    "fr": r"notre serveur.*mémoire.*n’est ni conservée",
    "de": r"unseren Server.*weder gespeichert noch protokolliert",
    "en": r"sent to our server.*memory.*not stored, not logged",
}
LABELS = {"nl": "ONBETAALBAAR", "fr": "INESTIMABLE", "de": "UNBEZAHLBAR", "en": "PRICELESS"}
OWN_CHILD = {"nl": "mijn eigen kind", "fr": "mon propre enfant", "de": "mein eigenes Kind",
             "en": "my own child"}  # fmt: skip
DELETE = {"nl": "Verwijder", "fr": "Supprimez", "de": "Löschen Sie", "en": "Delete"}
PROFILE = {"nl": "profiel", "fr": "profil", "de": "Profils", "en": "profile"}
# Stems that no sentence about takings, signs or help needs. Meant to be met by a careless edit.
ACTS = {
    "nl": r"\bpenetr|\borale seks|\banale?\b|\bmasturb|\bejacul|\bneuk|\bpijp(?:en|t|beurt)\b"
    r"|\bnaakt(?:e)? (?:kind|meisje|jongen)|\bsexy\b|\bopwind",
    "fr": r"\bpénétr|\bfellation|\bsodom|\bmasturb|\béjacul|\banale?s?\b|\bsexy\b|\bexcitant",
    "de": r"\bpenetr|\boralsex|\bmasturb|\bejakul|\bfick|\banal(?:er|e|es|en|verkehr)?\b|\bsexy\b"
    r"|\berregend",
    "en": r"\bpenetrat|\boral sex|\bmasturb|\bejacul|\bsodom|\banal\b|\bsexy\b|\barousing",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_calculator_says_what_it_never_asks(language, site):
    words = site.page(language, "calculate").words.replace("\u00a0", " ")

    for sentence in NOTHING_OF_A_CHILD[language]:
        assert sentence in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_describes_an_act(language, site):
    for page in site.everything:
        if page.language == language:
            for text in page.texts:
                assert not re.search(ACTS[language], text, re.IGNORECASE), f"{page.path}: {text}"
    for publication, figure in site.published.sources.figures():
        for told in (figure.label, figure.says, figure.caveat):
            text = told.in_language(language)
            assert not re.search(ACTS[language], text, re.IGNORECASE), publication.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_sends_a_photo_is_told_where_it_goes_before_choosing_one(language, site):
    page = site.page(language, "calculate")
    [upload] = page.all("fieldset[@id='photo-upload']")
    before, _, _after = page.text_of(upload).partition("JPEG, PNG, WebP")

    assert re.search(SENT_AND_DROPPED[language], before)
    assert "hidden" not in upload.attrib, "without JavaScript it is in sight"
    assert OWN_CHILD[language] in page.text_of(upload)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "part"), [("result", "own-photo"), ("calculate", "photo-later")])
def test_where_a_photo_can_be_sent_no_text_says_that_it_never_is(name, part, language, site):
    """The editor offers the server for a file that the browser cannot read."""
    page = site.page(language, name)
    [element] = [item for item in page.root.iter() if item.get("id") == part]
    assert not re.search(r"\b(?:nooit|jamais|nie|never)\b", page.text_of(element))


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
        steps = [result.text_of(step) for step in place.findall(".//ol/li")]
        assert len(steps) == 2
        assert all(DELETE[language] in step for step in steps)
        assert PROFILE[language] in steps[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_read_at_second_hand_says_so(language, site):
    page = site.page(language, "sources")
    secondary = [item for item in site.published.sources.publications if item.reported_by]

    assert secondary
    for item in secondary:
        [place] = page.all(f"*[@id='{item.id}']")
        assert item.reported_by in page.text_of(place)
