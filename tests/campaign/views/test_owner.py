"""Who answers for the site: told once a person has confirmed it, and nothing in its place."""

from __future__ import annotations

import pytest
from finished_launch import LANGUAGES, MANY, OWNER, finish, said
from page import Page
from page_rules import check_page

from campaign.words.addresses import page_path

HERE = "http://127.0.0.1:8000"
OPEN = {"nl": "Nog niet bevestigd.", "fr": "Pas encore confirmé.",
        "de": "Noch nicht bestätigt.", "en": "Not yet confirmed."}  # fmt: skip
WHERE_IT_MATTERS = {"legal": 3, "privacy": 1, "press": 1, "help": 2}
ROLES = {f"mailto:{role}@foundation.example" for role in ("mistakes", "privacy", "press")}


class Sites:
    """The site as it comes and the site with all confirmed, for visitors and at home."""

    def __init__(self, make_app, finished):
        folders = {"SOURCES": str(finished.sources), "CONTENT": str(finished.content)}
        self.asked = {
            "visited": make_app(),
            "at home": make_app(SITE_URL=HERE, LAUNCH=""),
            "visited, confirmed": make_app(**folders, LAUNCH=""),
            "at home, confirmed": make_app(**folders, SITE_URL=HERE, LAUNCH=""),
        }

    def page(self, which, name, language):
        app, path = self.asked[which], page_path(name, language)
        page = Page(path, app.test_client().get(path, base_url=app.config["SITE_URL"]), name)
        assert page.status == 200
        if which.startswith("visited"):
            check_page(page)
        return page


@pytest.fixture(scope="module")
def sites(make_app, tmp_path_factory):
    return Sites(make_app, finish(tmp_path_factory.mktemp("finished") / "site"))


def mails(page):
    links = {link.get("href", "") for link in page.all("main//a")}
    return {link for link in links if link.startswith("mailto:")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WHERE_IT_MATTERS)
def test_what_is_open_is_said_at_home_and_to_no_visitor(name, language, sites):
    assert (
        sites.page("at home", name, language).words.count(OPEN[language])
        == (WHERE_IT_MATTERS[name])
    )
    for which in ("visited", "visited, confirmed", "at home, confirmed"):
        assert OPEN[language] not in sites.page(which, name, language).words, which


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legal_notice_is_built_from_what_is_confirmed(language, sites):
    page = sites.page("visited, confirmed", "legal", language)

    shown = [value.text for value in page.all("dd")]
    terms = [value.text for value in page.all("dt")]
    assert len(terms) == len(shown) == len(set(terms)) == 7
    for value in (*OWNER.values(), *(said(name, language) for name in MANY["owner"])):
        assert value in page.words
    assert said("who_pays", language) in page.words
    assert mails(page) == ROLES | {"mailto:office@foundation.example"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", ["visited", "at home"])
def test_the_legal_notice_leaves_out_what_nobody_knows(which, language, sites):
    page = sites.page(which, "legal", language)

    assert not page.all("dt")
    assert not mails(page)
    assert "tel:116000" in {link.get("href") for link in page.all("main//a")}
    assert {"contact", "rights"} <= page.ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_privacy_page_says_who_and_on_what_basis_once_it_is_confirmed(language, sites):
    page = sites.page("visited, confirmed", "privacy", language)
    before = sites.page("visited", "privacy", language)

    assert OWNER["name"] in page.words
    assert all(said(name, language) in page.words for name in MANY["privacy"])
    assert "mailto:privacy@foundation.example" in mails(page)
    assert not before.all("dt")
    assert not mails(before)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_privacy_page_says_what_the_code_does_and_what_one_may_ask(language, sites):
    words = sites.page("visited", "privacy", language).words

    for each in ("__Host-form", *RIGHTS[language]):
        assert each in words


RIGHTS = {
    "nl": ("Het herkent niemand", "beperken", "toestemming weer in te trekken",
           "Gegevensbeschermingsautoriteit"),
    "fr": ("Il ne reconnaît personne", "limiter", "retirer un consentement",
           "Autorité de protection des données"),
    "de": ("Es erkennt niemanden", "einschränken", "Einwilligung zu widerrufen",
           "Datenschutzbehörde"),
    "en": ("It recognises nobody", "restricted", "withdraw consent",
           "Data Protection Authority"),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_press_is_given_its_address_once_it_is_confirmed(language, sites):
    assert mails(sites.page("visited, confirmed", "press", language)) == {
        "mailto:press@foundation.example"
    }
    assert not mails(sites.page("visited", "press", language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_after_a_report_is_told_once_it_is_confirmed(language, sites):
    stages = sites.asked["visited"].extensions["published"].contacts.help.after_report
    told = {which: sites.page(which, "help", language).words for which in sites.asked}

    for stage in stages:
        text = stage.text.in_language(language)
        assert [which for which in told if text in told[which]] == [
            "at home", "visited, confirmed", "at home, confirmed",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "month"),
    [("nl", "november 2026"), ("fr", "novembre 2026"), ("de", "November 2026"),
     ("en", "November 2026")],
)  # fmt: skip
def test_no_page_claims_a_check_that_nobody_made(language, month, sites):
    for which in ("visited", "at home"):
        assert month not in sites.page(which, "help", language).words
    assert month in sites.page("visited, confirmed", "help", language).words


def test_a_value_that_nobody_confirmed_is_shown_at_home_alone(make_app, finished):
    finished.replace("launch.yaml", "owner:\n  confirmed_by: Test\n  confirmed_on: 2026-11-02\n",
                     "owner:\n")  # fmt: skip
    folders = {"SOURCES": str(finished.sources), "CONTENT": str(finished.content)}
    path = page_path("legal", "nl")
    for site, shown in ((HERE, True), ("https://campaign.example", False)):
        answer = make_app(**folders, SITE_URL=site).test_client().get(path, base_url=site)
        assert (OWNER["name"] in answer.get_data(as_text=True)) is shown


MAILBOX = "mailto:116000@childfocus.org"
FOR_HELP = {"help", "youth", "signs", "about", "faq"}


def test_the_mailbox_of_the_helpline_is_given_for_help_alone(site):
    """At the foot of each page it stands behind the sentence that asks whether help is needed."""
    given = {page.name for page in site.everything if MAILBOX in mails(page)}
    assert given == FOR_HELP
    for language in LANGUAGES:
        faq = site.page(language, "faq")
        sections = {
            section.get("id")
            for section in faq.all("section[@id]")
            if any(link.get("href") == MAILBOX for link in section.iter("a"))
        }
        assert sections == {"something-to-report"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_youth_and_signs_are_reserved_and_one_is_told_how_to_ask(language, site):
    [terms] = site.page(language, "press").all("section[@id='what-you-may-use']")
    links = {link.get("href") for link in terms.iter("a")}

    assert {page_path(name, language) for name in ("help", "youth", "signs")} <= links
    assert f"{page_path('legal', language)}#contact" in links
