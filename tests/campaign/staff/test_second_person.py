"""What moves an estimate is seen by two; they talk, and either may change what is proposed."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from campaign.config import Settings

ALPHA = "/edit/sources/publications/alpha.yaml"
ATOM = "{http://www.w3.org/2005/Atom}"


def propose(person, why="Read again", **changes):
    return person.press(person.press(person.get(ALPHA), "preview", **changes), "propose", why=why)


@pytest.fixture
def strict_desk(make_desk):
    return make_desk(staff_second_person="estimates")


def test_by_default_what_moves_an_estimate_needs_another_person():
    assert Settings().staff_second_person == "estimates"
    with pytest.raises(ValueError, match=r"SCHATJE_STAFF_SECOND_PERSON.*estimates or never"):
        Settings.from_environment({"SCHATJE_STAFF_SECOND_PERSON": "sometimes"})


def test_what_moves_an_estimate_is_not_saved_by_one_person(strict_desk):
    an, before = strict_desk.person("An"), strict_desk.text("alpha")
    preview = an.press(an.get(ALPHA), "preview", figures__0__central="11000")
    assert "save" not in preview.buttons

    refused = an.post("/save", preview.fields | {"do": "save", "why": "Corrected"})

    assert refused.status == 422
    assert "another person looks at it" in refused.alerts[0]
    assert strict_desk.text("alpha") == before
    an.press(preview, "propose", why="Corrected")
    bo = strict_desk.person("Bo")
    bo.press(bo.get("/proposals/1"), "approve")
    assert "central: 11000" in strict_desk.text("alpha")


def test_what_moves_none_is_saved_by_one(strict_desk):
    an = strict_desk.person("An")

    an.press(an.press(an.get(ALPHA), "preview", title="Other"), "save", why="Title")

    assert 'title: "Other"' in strict_desk.text("alpha")


def test_without_a_sign_on_there_is_nobody_else_to_wait_for(make_desk):
    desk = make_desk(staff_user_header="", staff_second_person="estimates")
    person = desk.person("")

    preview = person.press(person.get(ALPHA), "preview", figures__0__central="11000")
    person.press(preview, "save", why="Corrected")

    assert "central: 11000" in desk.text("alpha")


def test_they_talk_and_it_is_declined_with_a_reason_and_opened_again(either_desk):
    an, bo = either_desk.person("An"), either_desk.person("Bo")
    propose(an, figures__0__central="11000")

    asked = bo.press(bo.get("/proposals/1"), "comment", words="Which table?\nOr which page?")
    assert "Bo commented today," in asked.words
    again = bo.press(asked, "comment", words="Which table?\nOr which page?")
    assert again.words.count("Or which page?") == 1, "a button pressed twice"
    assert "Which table?" in asked.words
    assert "Write what you want to say" in bo.press(asked, "comment").alerts[0]
    bo.press(asked, "decline", words="I do not find it")
    declined = an.get("/proposals/1")
    assert "approve" not in declined.buttons
    assert "I do not find it" in declined.words
    an.press(declined, "reopen", words="Table 3")

    seen = bo.get("/proposals/1")
    assert "An opened it again" in seen.words
    bo.press(seen, "approve")
    assert "central: 11000" in either_desk.text("alpha")


def test_another_person_edits_it_on_and_the_first_one_approves(either_desk):
    an, bo = either_desk.person("An"), either_desk.person("Bo")
    propose(an, figures__0__central="11000")

    form = bo.press(bo.get("/proposals/1"), "edit")
    assert form.fields["figures.0.central"] == "11000"
    assert "It changes proposal 1" in form.words
    changed = bo.press(bo.press(form, "preview", title="Better"), "propose", why="And its title")
    assert "Bo changed what is proposed" in changed.words
    assert "approve" not in changed.buttons
    assert "open" in bo.get("/proposals").words
    an.press(an.get("/proposals/1"), "approve")

    assert 'title: "Better"' in either_desk.text("alpha")
    assert "central: 11000" in either_desk.text("alpha")
    assert not either_desk.root.joinpath("instance/staff/proposals/2.json").exists()


def test_a_page_of_words_is_edited_on_too(either_desk):
    an, bo = either_desk.person("An"), either_desk.person("Bo")
    preview = an.press(an.get("/texts/press"), "preview", **{"0__nl__body": "Een zin van An."})
    an.press(preview, "propose", why="Beter")

    form = bo.press(bo.get("/proposals/1"), "edit")
    assert form.fields["0.nl.body"] == "Een zin van An."
    bo.press(bo.press(form, "preview", **{"0__fr__body": "Une phrase."}), "propose", why="Fr")
    an.press(an.get("/proposals/1"), "approve")

    for language, said in (("nl", "Een zin van An."), ("fr", "Une phrase.")):
        assert said in (either_desk.root / f"campaign/content/{language}/press.md").read_text()


def test_one_that_no_longer_fits_is_chosen_field_by_field_and_goes_on(either_desk):
    an, bo = either_desk.person("An"), either_desk.person("Bo")
    propose(an, figures__0__central="11000", title="Mine")
    saved = bo.press(bo.get(ALPHA), "preview", figures__0__central="12000", year="2023")
    bo.press(saved, "save", why="Read in the book")

    stale = an.get("/proposals/1")
    for said in ("It no longer fits", "Read in the book", "12000", "11000"):
        assert said in stale.words
    [choice] = [name for name in stale.fields if name.startswith("choose:")]
    assert "Choose for each field" in an.press(stale, "edit", **{choice: None}).alerts[0]
    form = an.press(stale, "edit", **{choice: "wanted"})
    an.press(an.press(form, "preview"), "propose", why="The table is newer")
    bo.press(bo.get("/proposals/1"), "approve")

    for said in ("central: 11000", 'title: "Mine"', "year: 2023"):
        assert said in either_desk.text("alpha")


def test_a_proposal_kept_before_there_was_any_talk_is_read(either_desk):
    an = either_desk.person("An")
    propose(an, figures__0__central="11000")
    path = either_desk.root / "instance/staff/proposals/1.json"
    text = path.read_text(encoding="utf-8")
    old = '"status": "declined", "decided_by": "Bo", "decided_when": "2026-07-02T10:00:00+00:00"'
    path.write_text(re.sub(r'"talk": \[\]', old, text), encoding="utf-8")

    assert "declined (Bo)" in an.get("/proposals").words
    assert "2 July 2026, 12:00" in an.get("/proposals/1").words


def test_a_feed_says_what_happened_with_addresses_that_lead_there(make_desk):
    desk = make_desk(staff_url="https://desk.example")
    an, bo = desk.person("An"), desk.person("Bo")
    for person in (an, bo):
        person._client.environ_base["wsgi.url_scheme"] = "https"
    options = {"base_url": "https://desk.example"}
    assert an.get("/feed.xml", **options).response.mimetype == "application/atom+xml"
    desk.app.extensions["desk"].proposals.add("An", "A <better> year", {})
    proposal = desk.app.extensions["desk"].proposals.find("1")
    desk.app.extensions["desk"].proposals.say(proposal, "Bo", "commented", "Which \x1e\x0b page?")

    feed = ElementTree.fromstring(an.get("/feed.xml", **options).html)  # noqa: S314 - our own

    said = [
        (entry.findtext(f"{ATOM}title"), entry.find(f"{ATOM}link").get("href"))
        for entry in feed.findall(f"{ATOM}entry")
    ]
    assert ("An proposes: A <better> year", "https://desk.example/proposals/1") in said
    talk = "https://desk.example/proposals/1#said-1"
    assert ("Bo commented on: A <better> year", talk) in said
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    assert desk.person("").get("/feed.xml", **options).status == 403


def test_a_publication_is_removed_with_a_reason_and_comes_back(either_desk):
    an, before = either_desk.person("An"), either_desk.text("delta")

    preview = an.get("/remove/sources/publications/delta.yaml")
    assert "Remove this publication?" in preview.words
    record = an.press(preview, "save", why="Withdrawn by its publisher")
    assert not either_desk.path("delta").exists()
    link = next(part.split('"')[0] for part in record.html.split('href="') if "/undo" in part[:60])
    an.press(an.get(link), "save", why="It stands after all")

    assert either_desk.text("delta") == before
    assert an.get("/remove/sources/rates.yaml").status == 404


def test_what_is_saved_leads_to_the_public_page_and_to_the_next_thing(make_desk):
    desk = make_desk(site_url="https://site.example")
    an, bo = desk.person("An"), desk.person("Bo")
    propose(bo, why="Something of Bo", year="2022")

    record = an.press(an.press(an.get(ALPHA), "preview", title="T"), "save", why="Title")

    assert "https://site.example/nl/bronnen#alpha" in record.html
    assert "Something of Bo" in record.words
