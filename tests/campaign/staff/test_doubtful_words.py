"""Words that may be wrong: the desk asks why they may stand, and the answer stays on record."""

from __future__ import annotations

import re

import pytest
import yaml
from page import text_of

from calculator.clock import belgian_day

PROMISE = "Bellen is volledig anoniem."
ALPHA = "/edit/sources/publications/alpha.yaml"


def overruled(desk):
    path = desk.root / "campaign" / "content" / "overruled.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))["overruled"]


def preview_of(an, words):
    page = an.get("/texts/press")
    body = page.fields["0.nl.body"]
    return an.press(page, "preview", **{"0.nl.body": f"{body}\n\n{words}"})


def boxes(page):
    return [name for name in page.fields if name.startswith("reason.")]


def doubts(page):
    return " ".join(map(text_of, page.all("div[@class='note finding']")))


def test_a_doubtful_sentence_needs_a_reason_which_is_kept(desk):
    an = desk.person("An")
    preview = preview_of(an, PROMISE)
    assert preview.status == 200
    title = an.get("/texts/press").fields["0.en.title"]
    assert f"volledig anoniem: {title}, Nederlands No site" in doubts(preview)
    [_back] = [link for link in preview.all("a") if link.get("href") == "/texts/press#b-0-nl"]
    assert "No site can promise this. Say what is done" in preview.words
    [box] = boxes(preview)

    refused = an.press(preview, "save", why="A sentence more")
    assert refused.status == 422
    assert "Give a reason for each warning" in refused.alerts[0]
    assert overruled(desk) == []

    an.press(refused, "save", why="A sentence more", **{box: 'The helpline says "so"'})
    assert overruled(desk) == [
        {
            "file": "nl/press.md",
            "words": "volledig anoniem",
            "reason": 'The helpline says "so"',
            "who": "An",
            "when": belgian_day().isoformat(),
        }
    ]
    assert boxes(preview_of(an, "Nog een zin.")) == []


def test_two_doubtful_sentences_need_two_reasons(desk):
    an = desk.person()
    preview = preview_of(an, f"{PROMISE}\n\nHet meisje Lisa. Lisa (13).")
    first, second = boxes(preview)

    page = an.press(preview, "save", why="More", **{first: "True", second: ""})
    assert page.status == 422
    assert page.fields[first] == "True"
    an.press(page, "save", why="More", **{second: "A made-up name"})
    assert [entry["reason"] for entry in overruled(desk)] == ["True", "A made-up name"]


def test_one_reason_holds_for_all_warnings_of_a_rule(desk):
    an = desk.person()
    changes = {f"figures.0.says.{language}": "1250 euro" for language in ("nl", "fr", "de", "en")}
    preview = an.press(an.get(ALPHA), "preview", **changes)

    assert doubts(preview).count("What the publication says, in ") == 4
    [box] = boxes(preview)
    an.press(preview, "save", why="More", **{box: "It says so"})
    assert {(each["file"], each["reason"]) for each in overruled(desk)} == {
        ("publications/alpha.yaml", "It says so")
    }
    assert boxes(an.press(an.get(ALPHA), "preview", title="Other")) == []


def test_a_proposal_carries_its_reasons_to_who_approves(desk):
    an, bea = desk.person("An"), desk.person("Bea")
    preview = preview_of(an, PROMISE)
    [box] = boxes(preview)
    proposal = an.press(preview, "propose", why="More", **{box: "Awel says so"})

    seen = bea.get(proposal.path)
    [reasons] = seen.all("section[@aria-labelledby='overruled-title']")
    assert "(Press page (Nederlands)): Awel says so" in text_of(reasons)
    bea.press(seen, "approve")
    assert [entry["who"] for entry in overruled(desk)] == ["An"]


def test_what_is_refused_has_no_box(desk):
    page = preview_of(desk.person(), "Een kind kost 50 euro.")

    assert page.status == 422
    assert "“kind kost”: A child is never said to cost" in page.alerts[0]
    assert boxes(page) == []


def test_an_amount_in_a_sentence_is_the_figure_beside_it(desk):
    an = desk.person()
    page = an.get(ALPHA)
    wrong = an.press(page, "preview", **{"figures.0.says.nl": "Zij verdienden € 1.250."})
    where = "Figure 1: Label en, What the publication says, in Dutch"
    assert f"€ 1.250: {where} This" in doubts(wrong)
    assert (
        text_of(
            wrong.all("a[@href='/edit/sources/publications/alpha.yaml#i-figures.0.says.nl']")[0]
        )
        == where
    )
    assert len(boxes(wrong)) == 1

    right = an.press(page, "preview", **{"figures.0.says.nl": "Zij verdienden € 10.000."})
    assert boxes(right) == []


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_page_saved_by_windows_is_opened_whole_and_stays_as_it_is(mark, desk):
    path = desk.root / "campaign" / "content" / "nl" / "press.md"
    sound = path.read_bytes()
    an = desk.person()
    anchors = [text for name, text in an.get("/texts/press").fields.items() if "anchor" in name]
    path.write_bytes(mark + sound.replace(b"\n", b"\r\n"))

    page = an.get("/texts/press")
    shown = [text for name, text in page.fields.items() if "anchor" in name]
    assert shown == anchors
    assert "side--missing" not in page.html
    body = page.fields["0.nl.body"]
    an.press(an.press(page, "preview", **{"0.nl.body": f"{body}\n\nNog een zin."}), "save", why="x")

    written = path.read_bytes()
    assert written.count(b"\r\n") == written.count(b"\n")
    assert re.sub(rb"Nog een zin\.\r\n\r\n", b"", written) == sound.replace(b"\n", b"\r\n")
