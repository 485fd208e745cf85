"""A second pair of eyes: what someone proposes, another person approves."""

from __future__ import annotations

import re

from page import text_of

ALPHA = "/edit/sources/publications/alpha.yaml"


def propose(person, why="Read again", **changes):
    preview = person.press(person.get(ALPHA), "preview", **changes)
    return person.press(preview, "propose", why=why)


def test_another_person_approves_and_both_stand_in_the_record(either_desk):
    an, before = either_desk.person("An"), either_desk.text("alpha")
    proposal = propose(an, figures__0__central="11000")
    assert "Proposed" in proposal.words
    assert either_desk.text("alpha") == before
    assert "Proposals (1 open)" in an.get("/").words

    bo = either_desk.person("Bo")
    seen = bo.get("/proposals/1")
    assert "11000" in seen.words
    record = bo.press(seen, "approve")

    assert "central: 11000" in either_desk.text("alpha")
    for said in ("An", "Read again", "Approved by Bo"):
        assert said in record.words
    assert "approved (Bo)" in an.get("/proposals").words


def test_author_does_not_approve_alone(either_desk):
    an, before = either_desk.person("An"), either_desk.text("alpha")
    page = propose(an, figures__0__central="11000")
    assert "approve" not in page.buttons

    refused = an.post("/proposals/1", page.fields | {"do": "approve"})

    assert refused.status == 409
    assert "another person approves it" in refused.alerts[0]
    assert either_desk.text("alpha") == before


def test_without_a_sign_on_the_author_may_and_is_told_so(make_desk, monkeypatch):
    monkeypatch.setenv("LOGNAME", "An")
    desk = make_desk(staff_user_header="")
    an = desk.person("")
    page = propose(an, figures__0__central="11000")
    assert "you may approve it alone" in page.words

    an.press(page, "approve")

    assert "central: 11000" in desk.text("alpha")


def test_proposal_is_carried_over_what_changed_elsewhere(either_desk):
    an, bo = either_desk.person("An"), either_desk.person("Bo")
    propose(an, figures__0__central="11000")
    bo.press(bo.press(bo.get(ALPHA), "preview", title="Another title"), "save", why="Title")

    bo.press(bo.get("/proposals/1"), "approve")

    assert "central: 11000" in either_desk.text("alpha")
    assert "Another title" in either_desk.text("alpha")


def test_proposal_that_no_longer_fits_is_refused(either_desk):
    an, bo = either_desk.person("An"), either_desk.person("Bo")
    propose(an, figures__0__central="11000")
    bo.press(bo.press(bo.get(ALPHA), "preview", figures__0__central="12000"), "save", why="No")

    page = bo.get("/proposals/1")

    assert page.status == 409
    assert "It no longer fits" in page.words
    assert "approve" not in page.buttons
    assert "central: 12000" in either_desk.text("alpha")


def test_approval_is_for_what_was_seen(either_desk):
    an, bo = either_desk.person("An"), either_desk.person("Bo")
    propose(an, figures__0__central="11000")
    seen = bo.get("/proposals/1")
    an.press(an.press(an.get(ALPHA), "preview", title="Another title"), "save", why="Title")

    refused = bo.press(seen, "approve")

    assert refused.status == 409
    assert "central: 10000" in either_desk.text("alpha")


def test_proposal_is_withdrawn_by_its_author_and_declined_by_others(either_desk):
    an, bo = either_desk.person("An"), either_desk.person("Bo")
    first = propose(an, figures__0__central="11000")
    open_for_bo = bo.get("/proposals/1")
    propose(an, figures__0__central="12000")

    an.press(first, "withdraw")
    unsaid = bo.press(bo.get("/proposals/2"), "decline")
    assert "Say why you decline it" in unsaid.alerts[0]
    bo.press(unsaid, "decline", words="The table says 13,000")

    words = bo.get("/proposals").words
    assert "withdrawn (An)" in words
    assert "declined (Bo)" in words
    assert "The table says 13,000" in an.get("/proposals/2").words
    assert bo.press(open_for_bo, "approve").status == 409
    assert "central: 10000" in either_desk.text("alpha")


def test_a_proposal_is_called_by_its_title_and_its_lines_are_folded_behind_what_it_does(desk):
    an, bo = desk.person("An"), desk.person("Bo")
    propose(an, figures__0__central="11000")
    press = an.get("/texts/press")
    body = press.fields["0.nl.body"]
    an.press(an.press(press, "preview", **{"0.nl.body": f"{body}\n\nNog."}), "propose", why="More")

    listed = bo.get("/proposals")
    assert "Report alpha" in listed.words
    assert "Press page (Nederlands)" in listed.words
    assert not re.search(r"\.yaml|\.md", listed.words)
    seen = bo.get("/proposals/1")
    assert not re.search(r"\.yaml", seen.words)
    [folded] = [each for each in seen.all("details") if each.find("pre") is not None]
    assert "open" not in folded.attrib
    assert "11000" in text_of(folded)
    assert seen.html.index("Figure changed: Label en") < seen.html.index("<pre")
    assert "<pre" not in seen.html.partition("<details")[0]


def test_a_proposal_of_a_publication_that_is_not_there_yet_has_its_title(desk):
    an, bo = desk.person("An"), desk.person("Bo")
    text = desk.text("alpha").replace("alpha", "zeta").replace("region: BE", "region: US")
    new = an.press(an.get("/publications/new"), "text")
    an.press(an.press(new, "preview", text=text), "propose", why="A new one")

    assert "Report zeta" in bo.get("/proposals").words
    assert "zeta.yaml" not in bo.get("/proposals/1").words
