"""The desk speaks the language of the browser, or the one chosen at the desk, which is kept."""

from __future__ import annotations

import pytest

from campaign.words.figure import start_sentence

ALPHA = "/edit/sources/publications/alpha.yaml"
HISTORY = {"nl": "Geschiedenis", "fr": "Historique", "de": "Verlauf", "en": "History"}


@pytest.mark.parametrize("language", HISTORY)
def test_the_browsers_language_is_spoken(desk, language):
    page = desk.person().get("/", headers={"Accept-Language": f"{language}-BE,en;q=0.5"})

    assert page.all("nav//a[@href='/history']")[0].text == HISTORY[language]
    assert f'<html lang="{language}">' in page.html


def test_a_language_is_chosen_on_any_page_and_kept(desk):
    an = desk.person()

    page = an.get("/?kind=report&lang=fr")
    assert page.html.startswith('<!doctype html>\n<html lang="fr">')
    assert '"/?kind=report&amp;lang=de"' in page.html
    assert '<html lang="fr">' in an.get("/no-such-page").html
    assert '<html lang="de">' in an.get("/texts?lang=de").html
    assert '<html lang="de">' in an.get("/history").html


def test_an_unknown_language_is_no_language(desk):
    page = desk.person().get("/?lang=xx", headers={"Accept-Language": "de"})

    assert '<html lang="de">' in page.html
    assert "desk-language" not in str(page.response.headers)


def test_who_is_not_signed_on_reads_why_in_her_language_and_keeps_no_cookie(desk):
    page = desk.person("").get("/?lang=nl", headers={"Accept-Language": "fr"})

    assert page.status == 403
    assert "Je bent niet aangemeld" in page.words
    assert "desk-language" not in str(page.response.headers)


@pytest.mark.parametrize(
    ("language", "shown"), [("nl", "1,0530"), ("de", "1,0530"), ("en", "1.0530")]
)
def test_a_rate_keeps_the_decimals_of_the_file_as_the_reader_writes_them(desk, language, shown):
    page = desk.person().get(f"/rates?lang={language}")

    assert shown in [cell.text for cell in page.all("main//td")], "as in the file: USD: 1.0530"
    assert "\u2212" in page.words, "prices fell in 2009: a minus sign, no hyphen"


def test_one_figure_of_a_form_is_named_as_one(desk):
    an = desk.person()
    for language, title in {"nl": "Cijfer 1", "fr": "Chiffre 1", "de": "Zahl 1"}.items():
        page = an.press(an.get(f"/publications/new?lang={language}"), "preview", url="no address")
        assert title in [heading.text for heading in page.all("main//h3")]


def test_choices_write_numbers_and_name_regions_in_the_language(desk):
    page = desk.person().get("/choices?lang=nl")

    assert "0,70" in page.words
    assert "0,25" in page.words
    assert "2024" in page.words, "a year is no amount"
    assert "BE, NL" not in page.words
    assert "België, Nederland, Frankrijk" in page.words


def test_beyond_a_limit_is_said_at_the_field_without_its_name_in_the_file(desk):
    an = desk.person()
    for language, words in {"nl": "Mag hoogstens 1 zijn", "de": "Darf höchstens 1 sein"}.items():
        page = an.press(an.get(f"/part/margin?lang={language}"), "preview", margin__value="1,8")
        assert page.status == 422
        assert words in page.words
        assert "1.8'" not in page.words


def test_a_short_name_that_the_desk_makes_is_not_asked_for(desk):
    an = desk.person()
    page = an.press(an.get("/part/services/new?lang=nl"), "preview")

    assert page.status == 422
    assert "ilo-2024" not in page.words


def test_periods_of_a_preview_stand_alone(desk):
    an = desk.person()
    page = an.press(an.get(f"{ALPHA}?lang=de"), "preview", figures__0__central="20000")

    assert "Belgien – Ein Jahr" in page.words


def test_what_a_missing_field_is_for_is_told_in_the_language(desk):
    an = desk.person()
    page = an.get(f"{ALPHA}?as=text&lang=nl")
    text = page.fields["text"].replace('publisher: "House of alpha"\n', "")

    page = an.press(page, "preview", text=text)
    assert "publisher ontbreekt. Voeg het toe: Wie het publiceerde" in page.words


def test_more_files_of_an_edit_are_counted_in_the_language(desk):
    for name in ("alpha", "beta", "gamma", "delta", "epsilon"):
        path = desk.root / "sources" / "publications" / f"{name}.yaml"
        path.write_text(path.read_text().replace("read twice", "read thrice"))
    desk.git("commit", "--all", "--quiet", "--message", "Five at once")

    assert "en nog 2" in desk.person().get("/history?others=1&lang=nl").words


def test_a_dutch_capital_carries_no_accent():
    assert start_sentence("één onderzoek") == "Eén onderzoek"
    assert start_sentence("également") == "Également"
