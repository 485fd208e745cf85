"""The board and the lists in a real browser: in Dutch, on a phone, without JavaScript."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect
from served_site import SCHATJE

from campaign.staff.files.git import DESK_ADDRESS

ROOT = Path(__file__).parent.parent.parent.parent
PHONE = {"width": 360, "height": 740}
PAGES = ("/", "/publications", "/publications?by=figure", "/publications?q=brugge", "/texts",
         "/links")  # fmt: skip


@pytest.fixture(scope="module")
def desk(start_site, tmp_path_factory):
    root = tmp_path_factory.mktemp("lists") / "checkout"
    shutil.copytree(ROOT / "sources", root / "sources")
    shutil.copytree(ROOT / "campaign" / "content", root / "campaign" / "content")

    def git(*arguments):
        who = ("-c", "user.name=An", "-c", f"user.email={DESK_ADDRESS}")
        subprocess.run(["git", *who, *arguments], cwd=root, check=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "Start")
    page = root / "campaign" / "content" / "nl" / "faq.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nEen zin meer.\n", encoding="utf-8")
    git("commit", "-q", "-a", "-m", "Een zin meer")
    return start_site(
        folder=tmp_path_factory.mktemp("running-lists"),
        command=[SCHATJE, "staff", "--checkout", str(root)],
    )


@pytest.fixture
def page(browser, desk):
    """Return a page of a Dutch-speaking person with a phone, without JavaScript."""
    context = browser.new_context(
        base_url=desk.url, locale="nl-BE", viewport=PHONE, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_phone(browser, desk, path):
    context = browser.new_context(base_url=desk.url, locale="nl-BE", viewport=PHONE)
    page = context.new_page()
    page.goto(path)

    widest = page.evaluate("document.documentElement.scrollWidth")
    column = page.locator("h1").bounding_box()["x"]
    context.close()

    assert widest <= PHONE["width"]
    assert column == 16, "one left edge on all pages"


def test_the_week_begins_on_the_board_and_a_part_is_called_in_step(page):
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze week")
    expect(page.get_by_role("heading", name="Te bellen")).to_be_visible()
    part = page.get_by_role("listitem").filter(has_text="Vragen en antwoorden:")
    expect(part).to_contain_text(re.compile("gewijzigd: Nederlands .An, .*Frans, Duits, Engels"))

    part.get_by_role("button", name="Zegt hetzelfde").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Deze week")
    expect(part).to_have_count(0)


def test_a_figure_is_found_by_a_dutch_word_and_by_its_amount(page):
    page.goto("/")
    page.get_by_role("link", name="Publicaties", exact=True).click()
    page.get_by_label("Woorden of een bedrag").fill("brugge")
    page.get_by_role("button", name="Tonen").click()
    expect(page.get_by_role("status")).to_contain_text(re.compile("^1 van [0-9]+ publicaties"))
    expect(page.get_by_role("row").filter(has_text="Bruges, 10 mai 2023")).to_be_visible()

    found = set()
    for written in ("8000", "8.000", "8 000"):
        page.get_by_label("Woorden of een bedrag").fill(written)
        page.get_by_label("Eén rij per").select_option("figure")
        page.get_by_role("button", name="Tonen").click()
        expect(
            page.get_by_role("row").filter(has_text="€ 8.000 per slachtoffer")
        ).not_to_have_count(0)
        found.add(page.get_by_role("status").inner_text())
    assert len(found) == 1, "however it is written"
    assert re.match("[0-9]+ van [0-9]+ cijfers", found.pop())


def test_what_a_figure_lacks_leads_to_its_field(page):
    page.goto("/")
    page.get_by_role("link", name="Opzoeken").first.click()
    # Folded twice: the figure among others, and its rare fields.
    expect(page.locator("fieldset:target")).to_be_in_viewport()
    expect(page.locator("fieldset:target textarea").first).to_be_visible()


def test_a_list_is_sorted_and_paged_by_links(page):
    page.goto("/publications")
    first = page.get_by_role("row").nth(1)
    before = first.inner_text()
    page.get_by_role("columnheader", name="Publicatie").get_by_role("link").click()
    page.get_by_role("columnheader", name="Publicatie").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Publicatie")).to_have_attribute(
        "aria-sort", "descending"
    )
    assert first.inner_text() != before

    rows = page.get_by_role("row").count()
    assert rows <= 26, "of a page, with its heading"
    page.get_by_role("link", name="Volgende pagina").click()
    expect(page.get_by_role("navigation", name="Pagina’s")).to_contain_text("Pagina 2 van")


def test_texts_have_names_who_changed_them_and_their_page(page, desk):
    page.goto("/texts")
    for name in ("Vragen en antwoorden", "Hulplijnen", "Perscontact", "Cijfers op de startpagina"):
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    row = page.get_by_role("row").filter(has_text="Vragen en antwoorden")
    expect(row).to_contain_text(", An")
    live = row.get_by_role("link", name="Pagina bekijken")
    expect(live).to_have_attribute("href", "http://127.0.0.1:8000/nl/faq")


def test_everything_is_downloaded_for_a_spreadsheet(page):
    page.goto("/publications")
    with page.expect_download() as started:
        page.get_by_role("link", name="Alle cijfers voor Excel").click()
    text = Path(started.value.path()).read_text(encoding="utf-8-sig")
    assert started.value.suggested_filename.endswith("-figures.csv")
    assert text.splitlines()[0].startswith("publication_id;publication_publisher;")
