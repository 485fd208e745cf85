"""The desk speaks the language of the browser, or the one chosen at the desk, which is kept."""

from __future__ import annotations

import pytest

HISTORY = {"nl": "Geschiedenis", "fr": "Historique", "de": "Verlauf", "en": "History"}


@pytest.mark.parametrize("language", HISTORY)
def test_the_browsers_language_is_spoken(git_desk, language):
    page = git_desk.person().get("/", headers={"Accept-Language": f"{language}-BE,en;q=0.5"})

    assert page.all("nav//a[@href='/history']")[0].text == HISTORY[language]
    assert f'<html lang="{language}">' in page.html


def test_a_language_is_chosen_on_any_page_and_kept(git_desk):
    an = git_desk.person()

    page = an.get("/?kind=report&lang=fr")
    assert page.html.startswith('<!doctype html>\n<html lang="fr">')
    assert '"/?kind=report&amp;lang=de"' in page.html
    assert '<html lang="fr">' in an.get("/no-such-page").html
    assert '<html lang="de">' in an.get("/texts?lang=de").html
    assert '<html lang="de">' in an.get("/history").html


def test_an_unknown_language_is_no_language(git_desk):
    page = git_desk.person().get("/?lang=xx", headers={"Accept-Language": "de"})

    assert '<html lang="de">' in page.html
    assert "desk-language" not in str(page.response.headers)


def test_who_is_not_signed_on_reads_why_in_her_language_and_keeps_no_cookie(git_desk):
    page = git_desk.person("").get("/?lang=nl", headers={"Accept-Language": "fr"})

    assert page.status == 403
    assert "Je bent niet aangemeld" in page.words
    assert "desk-language" not in str(page.response.headers)
