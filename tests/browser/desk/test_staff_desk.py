"""The desk in a real browser: from an empty form to the running site, with two people."""

from __future__ import annotations

import subprocess

import pytest
from playwright.sync_api import expect

LIVE_SECONDS = 60

PUBLICATION = {
    "id": "be-example-2026",
    "publisher": "An example court",
    "title": "A judgment made up for a test",
    "year": "2026",
    "language": "nl",
    "url": "https://court.example/judgment",
}
FIGURE = {"central": "90000", "reference_year": "2024", "family": "uk-parliament"}
CHOICES = {
    "measure": "profit", "form": "sexual-exploitation", "scope": "minors", "region": "BE",
    "currency": "EUR", "unit": "per-victim-per-year", "reliability": "strong",
    "basis": "case", "claim": "typical", "read": "own",
}  # fmt: skip


def fill_figure(page, number, name):
    row = f"figures.{number}"
    for field, text in (FIGURE | {"id": name}).items():
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
    file = checkout / "sources" / "publications" / "be-example-2026.yaml"
    an = sit_down("An", java_script_enabled=False)
    an.goto("/")
    an.get_by_role("link", name="Add a publication").click()
    for field, text in PUBLICATION.items():
        an.locator(f'[name="{field}"]').fill(text)
    an.locator('[name="kind"]').select_option("court")
    an.locator('[name="read_at"]').select_option("publisher")
    fill_figure(an, 0, "be-example-2026-first")
    an.get_by_role("button", name="Add a figure").click()
    expect(an.locator('[name="figures.1.id"]')).to_have_value("be-example-2026-")
    an.get_by_role("button", name="Preview").last.click()
    expect(an.get_by_role("alert")).to_contain_text("to mend")

    fill_figure(an, 1, "be-example-2026-second")
    an.get_by_role("button", name="Preview").last.click()
    row = an.get_by_role("row").filter(has_text="Belgium, one year")
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
    assert "be-example-2026-second" in file.read_text(encoding="utf-8")
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
