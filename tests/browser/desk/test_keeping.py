"""What staff keep beside figures and texts, in Dutch, on a computer and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

WIDTHS = {"phone": 360, "computer": 1280}
NAMES = {"phone": "An", "computer": "Bo"}
PAGES = ("/contacts", "/part/services/awel", "/part/families/new", "/facts", "/rates",
         "/rates/2025", "/choices", "/part/minimum", "/launch", "/part/owner",
         "/manual")  # fmt: skip


@pytest.fixture(params=list(WIDTHS))
def page(sit_down, request):
    """Return a page of a Dutch-speaking person, without JavaScript."""
    size = {"width": WIDTHS[request.param], "height": 800}
    return sit_down(NAMES[request.param], locale="nl-BE", viewport=size, java_script_enabled=False)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_fits_and_is_accessible(sit_down, check_with_axe, path):
    page = sit_down("An", locale="nl-BE", viewport={"width": 360, "height": 740})

    assert page.goto(path).status == 200

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    check_with_axe(page)


def test_a_round_of_calls(page, checkout, request):
    who = NAMES[request.node.callspec.params["page"]]
    page.goto("/texts")
    page.get_by_role("link", name="Hulplijnen", exact=True).click()
    row = page.get_by_role("listitem").filter(has_text="Stop it Now! Vlaanderen").first
    row.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("Bewaard")
    expect(row).to_contain_text(who)

    everything = page.get_by_role("button", name="Allemaal bevestigen").first
    everything.click()
    expect(page).to_have_url(re.compile("saved=.*#stop-it-now-flanders$"))  # the browser asks first
    page.get_by_label("Ik belde vandaag elk nummer").check()
    everything.click()
    expect(page.get_by_role("status")).to_contain_text("Bewaard")
    text = (checkout / "campaign" / "content" / "help.yaml").read_text(encoding="utf-8")
    services = text.partition("\nroles:")[0]
    assert services.count(f'confirmed_by: "{who}"') == services.count("  - id: ")
    page.get_by_role("link", name="Maak ongedaan").click()
    expect(page.locator("pre.diff").first).to_contain_text("confirmed_by")


def test_a_number_is_typed_as_on_a_letter_and_seen_on_the_page(page):
    page.goto("/contacts")
    page.get_by_role("link", name="Awel", exact=True).click()
    page.get_by_label("Telefoon").fill("bel ons")
    page.get_by_role("button", name="Voorbeeld").last.click()
    expect(page.get_by_role("alert")).to_contain_text("02 475 44 11")
    page.get_by_label("Telefoon").fill("+32 2 475 44 11")
    page.get_by_role("button", name="Voorbeeld").last.click()
    expect(page.get_by_text('phone: "02 475 44 11"')).to_be_attached()  # folded


def test_the_yearly_update(page):
    page.goto("/rates")
    page.get_by_role("link", name="Vul 2025 in").click()
    page.get_by_label("Stijging van de prijzen").fill("26")
    page.get_by_role("button", name="Voorbeeld").last.click()
    expect(page.get_by_role("alert")).to_contain_text("In geen enkel jaar sinds 1950")
    page.get_by_label("Stijging van de prijzen").fill("2,634")
    page.get_by_label("Toon voortaan alle bedragen in euro van dit jaar").check()
    page.get_by_role("button", name="Voorbeeld").last.click()
    expect(page.get_by_role("row").filter(has_text="+2,6").first).to_be_visible()
    page.get_by_text("Wat er in de bestanden verandert").click()
    expect(page.get_by_text("2025: 2.6340")).to_be_visible()


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_a_point_before_the_launch_is_confirmed(page, checkout):
    page.goto("/launch")
    licences = page.get_by_role("form", name="Licenties")
    licences.get_by_label("Wie het bevestigde").fill("Bo, jurist")
    licences.get_by_role("button", name="Bevestig").click()
    expect(page.get_by_role("status").first).to_contain_text("Bewaard")
    expect(page.get_by_text("Licenties: 1 van 1 klaar")).to_be_visible()
    expect(page.get_by_role("heading", name="Vragen aan de stichting")).to_be_visible()
    text = (checkout / "campaign" / "content" / "launch.yaml").read_text(encoding="utf-8")
    assert 'licences: {confirmed_by: "Bo, jurist"' in text
