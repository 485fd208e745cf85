"""Sources folded to a line each, and opened for whoever is sent to one; tables that fit a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from campaign.words.addresses import page_path

LANGUAGES = ("nl", "fr", "de", "en")
PUBLICATION, FIGURE = "ilo-2024", "figure-ilo-2024-share-from-sexual-exploitation"
MOST_WORDS = 3_500
WIDTH = "document.documentElement.scrollWidth"
NARROW_TABLE = """() => [...document.querySelectorAll("main table td[data-label]")].map((cell) => ({
  label: getComputedStyle(cell, "::before").content, display: getComputedStyle(cell).display,
}))"""


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def open_sources(request, open_page):
    """Return a function that opens the sources at an anchor, with JavaScript and without."""

    def open_one(anchor=""):
        path = page_path("sources", "nl") + anchor
        return open_page(path, java_script_enabled=request.param)

    return open_one


def figures_of(page, publication):
    # By attribute: an id of a publication may be that of one of its figures too.
    return page.locator(f"article[id='{publication}'] .publication__figures > li[id]")


def test_figures_are_folded_until_a_reader_opens_them(open_sources):
    page = open_sources()
    figures = figures_of(page, PUBLICATION)
    assert figures.count() > 2
    expect(page.locator(".publication__figures > li:visible")).to_have_count(0)

    fold = page.locator(f"article[id='{PUBLICATION}'] summary")
    assert fold.bounding_box()["height"] >= 40
    fold.click()
    expect(page.locator(".publication__figures > li[id]:visible")).to_have_count(figures.count())
    fold.click()
    expect(page.locator(".publication__figures > li:visible")).to_have_count(0)


def test_who_is_sent_to_a_publication_sees_its_figures(open_sources):
    page = open_sources(f"#{PUBLICATION}")
    figures = figures_of(page, PUBLICATION)

    expect(page.locator(".publication__figures > li[id]:visible")).to_have_count(figures.count())
    expect(page.locator(f"article[id='{PUBLICATION}'] h3")).to_be_in_viewport()


def test_who_is_sent_to_a_figure_sees_it(open_sources):
    page = open_sources(f"#{FIGURE}")

    expect(page.locator(f"#{FIGURE}")).to_be_in_viewport()
    expect(page.locator(".publication__figures > li:visible")).to_have_count(1)
    # The others of that publication are one press away.
    page.locator(f"article[id='{PUBLICATION}'] summary").click()
    expect(figures_of(page, PUBLICATION).last).to_be_visible()


def test_all_can_be_unfolded_at_once(open_sources):
    page = open_sources()
    page.locator("a[href='#unfolded']").click()

    expect(page.locator(".publication__figures > li:not(:visible)")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_words_stand_there_before_anything_is_unfolded(language, open_page):
    page = open_page(page_path("sources", language))
    words = page.inner_text("body").split()

    assert 1_000 < len(words) < MOST_WORDS


@pytest.mark.parametrize("language", ["fr", "de"])
@pytest.mark.parametrize(("name", "anchor"), [("sources", "#unfolded"), ("method", "")])
def test_page_fits_a_small_phone_and_one_with_text_at_twice_its_size(
    name, anchor, language, open_page
):
    path = page_path(name, language) + anchor
    page = open_page(path, viewport={"width": 320, "height": 640})
    assert page.evaluate(WIDTH) <= 320

    page.set_viewport_size({"width": 360, "height": 640})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(WIDTH) <= 360


def test_unfolded_sources_have_no_violation(open_page, violations):
    page = open_page(page_path("sources", "nl") + "#unfolded")

    assert violations(page) == []


@pytest.mark.parametrize("name", ["method", "result"])
def test_a_table_on_a_phone_says_in_each_cell_what_its_column_says(name, open_page):
    page = open_page(page_path(name, "nl"))
    page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })")
    cells = page.evaluate(NARROW_TABLE)

    assert len(cells) > 50
    assert {cell["display"] for cell in cells} <= {"block", "flow-root", "none"}
    assert all(len(cell["label"].strip('"')) > 3 for cell in cells)
    for box in page.locator("main .scroll").all():
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth")


@pytest.mark.parametrize("name", ["method", "result"])
def test_a_table_on_a_wide_screen_is_one(name, open_page):
    page = open_page(page_path(name, "nl"), viewport={"width": 1280, "height": 900})

    assert {cell["display"] for cell in page.evaluate(NARROW_TABLE)} == {"table-cell"}
    assert {cell["label"] for cell in page.evaluate(NARROW_TABLE)} == {"none"}


@pytest.mark.parametrize(("anchor", "printed"), [("", 0), ("#unfolded", None)])
def test_paper_holds_what_the_reader_unfolded(anchor, printed, open_page):
    path = page_path("sources", "nl") + anchor
    page = open_page(path, viewport={"width": 700, "height": 1000})
    page.emulate_media(media="print")

    figures = page.locator(".publication__figures > li[id]")
    assert figures.count() > 100
    count = figures.count() if printed is None else printed
    expect(page.locator(".publication__figures > li[id]:visible")).to_have_count(count)
    expect(page.locator(".filters")).to_be_hidden()


@pytest.mark.parametrize("width", [768, 1024])
def test_tables_fit_between_phone_and_desk(width, open_page):
    page = open_page(page_path("method", "de"), viewport={"width": width, "height": 900})

    assert page.evaluate(WIDTH) <= width
