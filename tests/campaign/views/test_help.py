"""Help: one tap away everywhere, a way out where it matters, and kind words for the young."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from page import text_of

from campaign.published.texts import read_content, waiting_parts
from campaign.words.addresses import PAGES

ROOT = Path(__file__).parents[3]
LANGUAGES = ("nl", "fr", "de", "en")
HELPLINE = "116\u00a0000"
HISTORY = {
    "nl": "Je browser onthoudt dit bezoek",
    "fr": "Cette visite reste dans l’historique",
    "de": "Der Browser merkt sich diesen Besuch",
    "en": "Your browser remembers this visit",
}


def test_helpline_and_emergency_are_one_tap_away_on_every_page(site):
    for page in site.everything:
        links = {link.get("href") for link in page.all("body//a")}
        assert {"tel:116000", "tel:112"} <= links, page.path
        assert page.words.count(HELPLINE) >= 2, "at the top and at the foot"
        strip = page.all("aside[@class='help-strip']")[0]
        assert HELPLINE in text_of(strip)
        [footer] = page.all("footer")
        assert HELPLINE in text_of(footer)
        ways = [link.get("href") for link in page.all("aside[@class='help-strip']//a")]
        assert site.page(page.language, "help").path in ways


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["help", "youth"])
def test_quick_exit_leaves_for_a_neutral_site_and_warns_of_the_history(language, name, site):
    page = site.page(language, name)
    [link] = page.all("a[@id='quick-exit']")
    assert link.get("href") == "https://www.meteo.be/"
    assert link.get("rel") == "noreferrer"
    assert not link.get("target"), "a new tab would leave this page open"
    main = text_of(page.all("main")[0])
    before_the_text, _, _rest = main.partition(page.h1)
    assert text_of(link) in before_the_text
    assert HISTORY[language] in before_the_text
    [keys] = page.all("*[@id='quick-exit-keys']")
    assert "Shift" in text_of(keys)
    assert keys.get("hidden") is not None, "without JavaScript nothing would happen"
    assert any("quick-exit" in script.get("src", "") for script in page.all("script"))


def test_no_other_page_pretends_to_have_a_quick_exit(site):
    found = {page.name for page in site.everything if "quick-exit" in page.ids}
    assert found == {"help", "youth"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_for_the_young_has_no_amounts_and_is_short(language, site):
    page = site.page(language, "youth")
    main = text_of(page.all("main")[0])
    assert not re.search(r"[€$£%]|\beuros?\b", main, re.IGNORECASE)
    assert len(main.split()) < 1000
    links = {link.get("href") for link in page.all("main//a")}
    assert {"tel:116000", "tel:112", "tel:101"} <= links
    loaded = site.published.contacts.help
    for service in loaded.services_of(loaded.young, language):
        assert not service.chat or service.chat in links
        assert not service.phone or f"tel:{service.phone}" in links


GUILTLESS = {
    "nl": "niet jouw schuld", "fr": "pas ta faute",
    "de": "nicht deine Schuld", "en": "not your fault",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_for_the_young_says_first_that_they_are_not_to_blame(language, site):
    assert GUILTLESS[language] in site.page(language, "youth").h1


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_for_the_young_is_open_until_their_questions(language, site):
    page = site.page(language, "youth")
    told = [section.get("id") for section in page.all("main//section")]
    assert told == ["not-your-fault", "danger-now", "who-to-talk-to"]
    assert len(page.all("main//details")) >= 6


QUESTIONS = ("my-parents", "on-the-bill", "own-photo")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_child_is_given_an_answer_that_nobody_can_vouch_for(language, site, pytestconfig):
    asked = waiting_parts(read_content(pytestconfig.rootpath / "campaign" / "content"))
    own = [part for part in asked if part.file == f"{language}/youth.md"]
    assert len(own) == len(QUESTIONS)
    page = site.page(language, "youth")
    assert not page.ids & set(QUESTIONS)
    for part in own:
        assert part.title not in page.words
        assert part.question not in page.words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_service_is_shown_with_how_to_reach_it(language, site):
    loaded = site.app.extensions["published"].contacts.help
    page = site.page(language, "help")
    used = {name for role in loaded.roles for each in LANGUAGES for name in role.services_in(each)}
    on_top = {loaded.first_call, loaded.emergency}
    assert used | on_top == {service.id for service in loaded.services}, "each has a reader"
    assert {role.id for role in loaded.roles} <= page.ids
    links = {link.get("href") for link in page.all("main//a")}
    for role in loaded.roles:
        for service in loaded.services_of(role, language):
            check_service(service, page, links, language)
    check_service(loaded.service(loaded.first_call), page, links, language)


def check_service(service, page, links, language):
    assert service.name_in(language) in page.words
    assert service.what.in_language(language) in page.words
    assert service.phone or service.chat or service.url or service.email
    assert not service.phone or f"tel:{service.phone.replace(' ', '')}" in links
    assert not service.url or service.url.in_language(language) in links
    assert not service.email or f"mailto:{service.email}" in links
    assert not service.chat or service.chat in links


IN_WORDS = {"nl": "in het", "fr": "en", "de": "auf", "en": "in"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reader_is_led_to_few_services_those_of_the_language_first(language, site):
    loaded = site.app.extensions["published"].contacts.help
    page = site.page(language, "help")
    for role in loaded.roles:
        services = page.all(f"section[@id='{role.id}']//li[@class='service']")
        assert 1 <= len(services) <= 3
        tongues = [bool(item.findall(".//span[@class='service__tongue']")) for item in services]
        assert tongues == sorted(tongues), "none of another language before one of this"
        for item in services:
            for mark in item.findall(".//span[@class='service__tongue']"):
                assert text_of(mark).startswith(IN_WORDS[language])
    names = [text_of(item.find("h3/span")) for item in page.all("li[@class='service']")]
    assert names.count("Child Focus") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["help", "youth"])
def test_the_young_are_offered_a_chat_before_a_call(name, language, site):
    page = site.page(language, name)
    [part] = [
        item for item in page.all("section") if item.get("id") in ("young-person", "who-to-talk-to")
    ]
    ways = [link.get("href") for link in part.findall(".//p[@class='service__ways']/a")]
    assert ways[0].startswith("https://")
    assert any(way.startswith("tel:") for way in ways)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_leads_to_its_part_and_the_last_is_no_tile(language, site):
    page = site.page(language, "help")
    loaded = site.app.extensions["published"].contacts.help
    tiles = [link.get("href") for link in page.all("a[@class='tile']")]
    assert len(tiles) == 6
    assert tiles == [f"#{role.id}" for role in loaded.roles if role.reader != "worried"]
    others = [link.get("href") for link in page.all("p[@class='quiet']/a")]
    assert others == ["#worried-about-myself"]


def test_links_to_the_parts_of_before_still_arrive(site):
    before = {"danger-now", "young-person", "parent", "images", "suspicion", "survivor",
              "professional", "worried-about-myself", "after-report"}  # fmt: skip
    for language in LANGUAGES:
        assert before <= site.page(language, "help").ids


def test_phone_numbers_in_links_are_the_ones_that_are_read(site):
    for page in site.everything:
        for link in page.all("a"):
            if link.get("href", "").startswith("tel:"):
                number = link.get("href").removeprefix("tel:")
                shown = re.sub(r"[\s\u00a0]", "", text_of(link) + link.get("aria-label", ""))
                assert number in shown, f"{page.path}: {shown}"
                assert number in (
                    "112", "101", "102", "103", "108", "1712", "116000", "080020099",
                )  # fmt: skip


def test_no_form_asks_for_anything_about_a_child(site):
    fields = set()
    for page in site.everything:
        for tag in ("input", "select", "textarea"):
            for field in page.all(tag):
                fields.add((page.name, field.get("name") or field.get("id"), field.get("type")))
    asked = {name for page, name, _kind in fields if page == "photo"}
    assert asked == {"csrf_token", "region", "period", "format", "photo", "consent"}
    elsewhere = {name for page, name, _kind in fields if page != "photo"}
    assert elsewhere == {
        "q", "region", "kind", "scope", "measure", "period", "address",
        "own-file", "own-format", "own-consent", "own-address",
    }  # fmt: skip
    assert not {kind for _page, _name, kind in fields} & {"email", "tel", "date", "number"}


NAMES_BESIDE_CALLINGS = re.compile(
    r"\b(?:woordvoerder|porte-parole|Pressesprecher(?:in)?|spokes(?:person|woman|man))\b"
    r"[ :,]{1,3}[A-Z][a-zé]+ [A-Z][a-zé]+"
)
ROLE_ADDRESSES = {"116000@childfocus.org", "contact@seos.be", "staff@desk.invalid"}
EXAMPLES = "@example.org"  # which the desk shows to say how an address is written


def test_only_addresses_of_roles_stand_in_code_templates_and_texts():
    found = set()
    for folder in ("campaign", "templates", "calculator", "static/js"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".html", ".md", ".yaml", ".po", ".js"}:
                text = path.read_text(encoding="utf-8")
                if path.suffix == ".po":
                    text = text.partition("\n\n")[2].partition("\n\n")[2]
                found |= {
                    (address, path.name)
                    for address in re.findall(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", text)
                }
                assert not NAMES_BESIDE_CALLINGS.search(text), path
    told = {address for address, _path in found if not address.endswith(EXAMPLES)}
    assert told <= ROLE_ADDRESSES, found


def test_press_contact_is_no_person_and_not_the_helpline(site):
    press = site.app.extensions["published"].contacts.press
    assert press.name == "Child Focus"
    for language in LANGUAGES:
        page = site.page(language, "press")
        assert "mailto:116000@childfocus.org" not in {
            link.get("href") for link in page.all("main//a")
        }
        assert press.note.in_language(language) in page.words


@pytest.mark.parametrize("language", LANGUAGES)
def test_footer_leads_to_every_page(language, site):
    elsewhere = ("home", "result", "photo")  # the name at the top, and the two after a choice
    wanted = {site.page(language, name).path for name in PAGES if name not in elsewhere}
    for page in site.everything:
        if page.language == language:
            links = {link.get("href") for link in page.all("footer//a")}
            assert wanted <= links, page.path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["about", "faq"])
def test_figures_of_2009_are_marked_as_of_their_year(name, language, site):
    """Beside the number, or in the heading it stands under."""
    page = site.page(language, name)
    texts = [
        (text_of(section.find(".//h2")), text_of(part))
        for section in page.all("section")
        for part in section.iter()
        if part.tag in ("p", "li")
    ]
    old = [pair for pair in texts if re.search(r"53[.,\u00a0]635", pair[1])]
    assert old
    for heading, text in old:
        assert "2009" in heading or "2009" in text, text
