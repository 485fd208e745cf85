"""The desk in a real browser: from an empty form to the running site, with two people."""

from __future__ import annotations

import subprocess

import pytest
from playwright.sync_api import expect

LIVE_SECONDS = 60

PUBLICATION = {
    "publisher": "An example court",
    "title": "A judgment made up for a test",
    "year": "2026",
    "url": "https://court.example/judgment",
}
FIGURE = {"central": "90000", "reference_year": "2024"}
CHOICES = {
    "measure": "profit", "form": "sexual-exploitation", "scope": "minors", "region": "BE",
    "currency": "EUR", "unit": "per-victim-per-year", "reliability": "strong",
    "basis": "case", "claim": "typical", "read": "own", "family": "uk-parliament",
}  # fmt: skip


def fill_publication(page, **others):
    for field, text in (PUBLICATION | others).items():
        page.locator(f'[name="{field}"]').fill(text)
    for field, choice in {"language": "nl", "kind": "court", "read_at": "publisher"}.items():
        page.locator(f'[name="{field}"]').select_option(choice)


def fill_figure(page, number, **others):
    row = f"figures.{number}"
    for field, text in (FIGURE | others).items():
        page.locator(f'[name="{row}.{field}"]').fill(text)
    for field, choice in CHOICES.items():
        page.locator(f'[name="{row}.{field}"]').select_option(choice)
    for field in ("label", "says", "caveat"):
        for language in ("nl", "fr", "de", "en"):
            text = f"{field} in {language} ({number})"
            page.locator(f'[name="{row}.{field}.{language}"]').fill(text)


@pytest.mark.parametrize("javascript", [True, False])
def test_axe_finds_nothing_and_the_desk_works_without_javascript(
    sit_down, check_with_axe, javascript
):
    page = sit_down("An", java_script_enabled=javascript)
    for path in ("/", "/publications", "/publications?by=figure", "/texts", "/links",
                 "/texts/press", "/publications/new", "/history", "/launch", "/proposals",
                 "/edit/sources/publications/ilo-2024.yaml?as=text",
                 "/edit/campaign/content/press.yaml"):  # fmt: skip
        assert page.goto(path).status == 200
        if javascript:
            check_with_axe(page)


def test_text_says_what_is_wrong_while_typing(sit_down):
    page = sit_down("An")
    page.goto("/edit/sources/publications/ilo-2024.yaml?as=text")
    text = page.locator("#text")
    text.fill(text.input_value().replace("kind: authority", "kind: ngo", 1))

    expect(page.locator("#hints")).to_contain_text("kind is 'ngo'", timeout=30_000)
    page.locator("#hints").get_by_role("button").first.click()
    expect(text).to_be_focused()


def test_someone_adds_a_publication_and_another_approves_it(
    sit_down, check_with_axe, public, checkout
):
    file = checkout / "sources" / "publications" / "an-example-court-2026.yaml"
    an = sit_down("An", java_script_enabled=False)
    an.goto("/")
    an.get_by_role("link", name="Add a publication").click()
    fill_publication(an)
    fill_figure(an, 0)
    an.get_by_role("button", name="Add a figure").click()
    named = "an-example-court-2026-label-in-en-0"
    expect(an.locator('[name="figures.0.id"]')).to_have_value(named)
    an.get_by_role("button", name="Preview").last.click()
    expect(an.get_by_role("alert")).to_contain_text("to mend")

    fill_figure(an, 1)
    an.get_by_role("button", name="Preview").last.click()
    row = an.get_by_role("row").filter(has_text="Belgium – One year")
    before, after = (row.get_by_role("cell").nth(i).inner_text() for i in (0, 1))
    assert "illustrative" in before
    assert before != after
    expect(an.locator(".cards img")).to_have_count(4)
    an.get_by_label("Why this edit?").fill("A judgment with two figures")
    an.get_by_role("button", name="Save as a proposal").click()
    expect(an.get_by_role("status")).to_contain_text("Proposed")
    assert an.get_by_role("button", name="Approve and save").count() == 0, "not one's own"
    assert not file.exists()

    bo = sit_down("Bo")
    bo.goto("/proposals")
    bo.get_by_role("link", name="A judgment with two figures").click()
    check_with_axe(bo)
    bo.get_by_role("button", name="Approve and save").click()
    expect(bo.get_by_role("status")).to_contain_text("Saved")
    assert "an-example-court-2026-label-in-en-1" in file.read_text(encoding="utf-8")
    log = subprocess.run(
        ["git", "log", "-1", "--format=%an: %B"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert log.startswith("An: A judgment with two figures")
    assert "Approved-by: Bo" in log

    # Asked without a cache: a browser may keep a page for some minutes.
    asking = sit_down("visitor")
    for _ in range(LIVE_SECONDS):
        if "label in en (1)" in asking.request.get(f"{public.url}/en/sources").text():
            break
        asking.wait_for_timeout(1000)
    asking.goto(f"{public.url}/en/sources")
    assert "label in en (1)" in asking.content()


MISTAKES = {
    "Wanneer je de pagina las": "is geen datum. Schrijf die zoals 27/11/2026",
    "Webadres van de pagina": "is geen webadres. Kopieer het uit de browser",
    "Het getal zelf": "kan op twee manieren gelezen worden. Schrijf 1250",
    "Wat de publicatie zegt": "ontbreekt in het Duits",
}


@pytest.mark.parametrize("width", [360, 1280])
def test_a_publication_is_written_in_dutch_with_mistakes_on_the_way(sit_down, checkout, width):
    page = sit_down(f"An {width}", locale="nl-BE", viewport={"width": width, "height": 800})
    page.goto("/publications/new")
    assert page.locator("html").get_attribute("lang") == "nl"
    expect(page.locator("main")).to_contain_text("Alleen bedragen voor veel handelingen")
    fill_publication(page, publisher=f"Gerecht {width}", accessed="gisteren", url="www.example.org")
    fill_figure(page, 0, central="1.250")
    page.locator('[name="figures.0.reliability"]').select_option("weak")
    page.locator('[name="figures.0.says.de"]').fill("")

    page.get_by_role("button", name="Voorbeeld").last.click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("4 punten te verbeteren. Er is niets bewaard")
    for field, said in MISTAKES.items():
        expect(summary.locator("li", has_text=field)).to_contain_text(said)
    assert ".yaml" not in summary.inner_text()
    summary.get_by_role("link", name="Het getal zelf").click()
    expect(page.locator('[name="figures.0.central"]')).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.locator('[name="figures.0.central"]').fill("€ 1.250,00")
    page.locator('[name="accessed"]').fill("27/11/2026")
    page.locator('[name="url"]').fill("https://court.example/judgment")
    page.locator('[name="figures.0.says.de"]').fill("Das Gericht sagt es.")
    page.get_by_role("button", name="Cijfer toevoegen").click()
    fill_figure(page, 1, central="1 250 euro")
    page.locator('[name="figures.1.reliability"]').select_option("weak")
    page.get_by_role("button", name="Voorbeeld").last.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Wat deze wijziging doet")
    expect(page.locator("main")).to_contain_text("Geen enkele schatting verandert.")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("Waarom deze wijziging?").fill("Een vonnis")
    page.get_by_role("button", name="Nu bewaren").click()
    page.wait_for_url("**/history/**")
    text = (checkout / "sources" / "publications" / f"gerecht-{width}-2026.yaml").read_text()
    assert text.count("central: 1250\n") == 2
    assert "accessed: 2026-11-27\n" in text
    assert f"  - id: gerecht-{width}-2026-label-in-en-0\n" in text


@pytest.mark.parametrize("width", [360, 1280])
def test_a_text_is_previewed_on_the_page_of_the_site_itself(sit_down, width):
    page = sit_down(f"An {width}", locale="nl-BE", viewport={"width": width, "height": 800})
    page.goto("/texts/signs")
    body = page.locator("#b-0-nl")
    expect(body).to_be_hidden()
    page.locator("details.rare summary").first.click()
    body.fill(f"{body.input_value()}\n\nEen **nieuwe** zin.")
    page.get_by_role("button", name="Voorbeeld").last.click()

    shown = page.frame_locator("iframe").first
    expect(shown.locator("strong", has_text="nieuwe")).to_be_visible()
    assert shown.locator("html").evaluate("html => html.scrollWidth <= innerWidth")
    assert "Atkinson" in shown.locator("body").evaluate("it => getComputedStyle(it).fontFamily")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("main")).to_contain_text("Nu niet gewijzigd: Français, Deutsch, English")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("text", ["faq", "youth", "press"])
def test_what_changes_is_in_sight_in_the_preview(sit_down, text, width):
    page = sit_down(f"An {text} {width}", locale="nl-BE", viewport={"width": width, "height": 800})
    page.goto(f"/texts/{text}")
    part = page.locator("details.rare").last
    part.locator("summary").click()
    body = part.locator("textarea[lang=nl]")
    body.fill(f"{body.input_value()}\n\nEen **nieuwe** zin.")
    page.get_by_role("button", name="Voorbeeld").last.click()

    frame = page.locator("iframe").first
    sentence = page.frame_locator("iframe").first.locator("strong", has_text="nieuwe")
    expect(sentence).to_be_visible()
    inside = sentence.bounding_box()
    around = frame.bounding_box()
    assert around["y"] <= inside["y"], "above what the frame shows"
    assert inside["y"] + inside["height"] <= around["y"] + around["height"], "below it"
