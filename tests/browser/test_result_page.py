"""The result in a browser: first screen, acts, one chart, few words, little weight, four sheets."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request

import pytest
from playwright.sync_api import expect

from calculator.languages import LANGUAGES
from campaign.words.addresses import page_path

MOST_WORDS = 500
MOST_SHEETS = 4
PHONE = {"width": 360, "height": 640}
# The texts that can be read before the first part folded away under the chart.
BEFORE_THE_FOLD = """() => {
  const end = document.querySelector("#figures").closest("details");
  const words = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (words.nextNode()) {
    const {parentElement, textContent} = words.currentNode;
    if (end.contains(parentElement)) break;
    const read = parentElement.checkVisibility({contentVisibilityAuto: true})
      && !parentElement.closest("option, script, .visually-hidden");
    if (read) found.push(textContent);
  }
  return found.join(" ");
}"""
# How high a small letter without a stroke stands, which is what the eye takes for the size.
X_HEIGHT = """(item) => {
  const probe = document.createElement("span");
  probe.className = "probe";
  probe.style.cssText = "display: inline-block; width: 1ex";
  item.append(probe);
  const height = probe.getBoundingClientRect().width;
  probe.remove();
  return height;
}"""
LAID_OUT_IN_MAIN = """() => [...document.querySelectorAll("main *")]
  .filter((item) => item.checkVisibility() && item.getBoundingClientRect().right > innerWidth + 1)
  .map((item) => `${item.tagName}.${item.className}: ${item.textContent.trim().slice(0, 40)}`)"""


def path_of(language, scenario="BE/1y"):
    return f"{page_path('result', language)}/{scenario}"


@pytest.fixture
def open_result(open_page):
    """Return a function that opens a result once its letters are there and nothing moves."""

    def open_one(language, scenario="BE/1y", **options):
        options = {"viewport": PHONE, "reduced_motion": "reduce"} | options
        page = open_page(path_of(language, scenario), **options)
        if options.get("java_script_enabled", True):
            page.evaluate("document.fonts.ready")
        return page

    return open_one


@pytest.mark.parametrize("scenario", ["BE/1y", "WORLD/1y"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_first_screen_has_the_range_and_all_that_belongs_to_it(language, scenario, open_result):
    page = open_result(language, scenario)

    parts = (".result__note", ".statement", ".amount", ".range", ".no-price", ".caution",
             ".result__help")  # fmt: skip
    boxes = [page.locator(f".result__words {part}").first.bounding_box() for part in parts]
    for part, box in zip(parts, boxes, strict=True):
        assert box["y"] + box["height"] <= PHONE["height"], part
    assert boxes[0]["height"] < 30, "the note is one line"
    assert [box["y"] for box in boxes] == sorted(box["y"] for box in boxes)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_child_has_a_price_weighs_nearly_what_the_amount_weighs(language, width, open_result):
    page = open_result(language, viewport={"width": width, "height": 800})

    amount, no_price = (
        page.locator(part).evaluate(X_HEIGHT) for part in (".amount", ".no-price span")
    )
    assert no_price / amount == pytest.approx(0.8, abs=0.03)
    marked = "getComputedStyle(document.querySelector('.no-price span')).backgroundImage"
    assert "gradient" in page.evaluate(marked)


@pytest.mark.parametrize("scenario", ["BE/1w", "WORLD/1w", "BE/1y", "BE/2y", "WORLD/2y"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_amount_stays_on_one_line_at_every_width(language, scenario, open_result):
    page = open_result(language, scenario)
    amount = page.locator(".amount")
    for width in (320, 360, 600, 960, 1280, 1340, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        size = float(amount.evaluate("(item) => parseFloat(getComputedStyle(item).fontSize)"))
        assert amount.bounding_box()["height"] < size * 1.5
        assert amount.evaluate("(item) => item.scrollWidth <= item.clientWidth")


@pytest.mark.parametrize(("width", "height"), [(360, 640), (768, 900), (1280, 900), (1920, 1000)])
def test_label_lies_over_the_child_and_crosses_the_border(width, height, open_result):
    page = open_result("nl", viewport={"width": width, "height": height})

    label, child, field = (
        page.locator(f".result__picture{part}").bounding_box() for part in (" .tag", " img", "")
    )
    assert label["x"] < child["x"] + child["width"] / 4
    assert label["x"] + label["width"] > child["x"] + child["width"] * 0.75
    middle = label["y"] + label["height"] / 2
    assert child["y"] + child["height"] * 0.4 < middle < child["y"] + child["height"] * 0.7
    assert label["x"] + label["width"] <= width
    if width >= 960:
        assert label["x"] < field["x"] - 20, "it begins on the paper"
        assert field["x"] + field["width"] == pytest.approx(width, abs=16)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("scenario", ["BE/1w", "BE/1y", "EUROPE/2y", "WORLD/1w"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_few_words_come_before_the_fold(language, scenario, scripts, open_result):
    if scripts:
        text = open_result(language, scenario).evaluate(BEFORE_THE_FOLD)
    else:
        # A page without scripts can still be asked by the driver of the browser.
        page = open_result(language, scenario, java_script_enabled=False)
        text = page.evaluate(BEFORE_THE_FOLD)
    words = [word for word in re.split(r"[ \t\n]+", text) if re.search(r"\w", word)]

    assert 250 < len(words) < MOST_WORDS


@pytest.mark.parametrize("scenario", ["BE/1w", "WORLD/1y"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_result_fits_on_four_sheets(language, scenario, open_result):
    page = open_result(language, scenario)

    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))

    assert 1 < len(sheets) <= MOST_SHEETS


def test_paper_has_what_explains_the_amount_and_no_tools(open_result):
    page = open_result("nl", viewport={"width": 700, "height": 1000})
    page.emulate_media(media="print")

    for part in (".amount", ".range", ".no-price", ".caution", ".chart", ".figures", ".variations",
                 "#worked-out"):  # fmt: skip
        expect(page.locator(part).first).to_be_visible()
    drawn = "(item) => item.checkVisibility({contentVisibilityAuto: true})"
    assert page.locator(".figures").evaluate(drawn)
    for part in (".share", ".shapes", "#own-photo", "#another", ".act .button", ".site-nav"):
        for item in page.locator(part).all():
            expect(item).to_be_hidden()
    sizes = [
        float(size)
        for size in page.evaluate(
            """() => [".chart figcaption", "body"].map((part) =>
              parseFloat(getComputedStyle(document.querySelector(part)).fontSize))
              .concat(parseFloat(getComputedStyle(document.documentElement).fontSize))"""
        )
    ]
    assert sizes[2] < sizes[1], "small print, of one rem, is smaller than text"


@pytest.mark.parametrize("language", LANGUAGES)
def test_helpline_is_saved_as_a_contact_with_a_name_and_a_number_alone(language, open_result):
    page = open_result(language)
    save = page.locator(".act .button--bright")
    assert page.locator("main .button--bright").count() == 1, "the only bright button"

    with page.expect_download() as waiting:
        save.click()

    assert waiting.value.suggested_filename.endswith(".vcf")
    lines = open_bytes(waiting.value.path()).decode().split("\r\n")
    assert lines == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:Child Focus 116\u00a0000;;;;",
        "FN:Child Focus 116\u00a0000",
        "TEL;TYPE=VOICE:116000",
        "END:VCARD",
        "",
    ]


def open_bytes(path):
    with open(path, "rb") as file:  # noqa: PTH123 - the browser's own path
        return file.read()


def test_three_acts_lead_to_the_contact_the_signs_and_help(open_result):
    page = open_result("fr")
    leads = page.locator(".act a").evaluate_all("(links) => links.map((link) => link.pathname)")

    assert leads == ["/child-focus-116000.vcf", page_path("signs", "fr"), page_path("help", "fr")]


@pytest.mark.parametrize("scenario", ["BE/1y", "WORLD/2y"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_text_of_twice_the_size_fits_a_phone(language, scenario, open_result):
    page = open_result(language, scenario)
    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.evaluate(LAID_OUT_IN_MAIN) == []


def test_band_of_the_chart_is_one_and_lies_behind_every_row(open_result):
    for width in (360, 1280):
        page = open_result("nl", viewport={"width": width, "height": 800})
        [band] = [item.bounding_box() for item in page.locator(".chart__ground rect").all()]
        rows = [row.bounding_box() for row in page.locator(".chart__row").all()]

        assert len(rows) > 5
        assert band["y"] <= rows[0]["y"]
        assert band["y"] + band["height"] >= rows[-1]["y"] + rows[-1]["height"] - 1


def test_scale_is_in_sight_down_to_the_last_row_of_a_phone(open_result):
    page = open_result("nl")

    page.locator(".chart__row").last.evaluate("(row) => row.scrollIntoView({block: 'end'})")

    axis = page.locator(".chart__axis").bounding_box()
    assert 0 <= axis["y"] < PHONE["height"] - 60


def test_figures_on_a_phone_are_read_without_scrolling_aside(open_result):
    page = open_result("de")
    page.locator("#figures").click()
    expect(page.locator(".figures")).to_be_visible()

    box = page.locator(".scroll:has(.figures)")
    assert box.evaluate("(item) => item.scrollWidth <= item.clientWidth")
    cell = page.locator(".figures td").nth(2)
    assert "Kosten" in cell.evaluate("(item) => getComputedStyle(item, '::before').content")


def test_label_comes_in_once_and_only_where_motion_is_welcome(open_result):
    moving = "document.getAnimations().map((one) => one.effect.getTiming().iterations)"

    assert open_result("nl").evaluate(moving) == []
    page = open_result("nl", reduced_motion="no-preference")
    assert set(page.evaluate(moving)) <= {1}
    names = page.locator(".result__picture .tag").evaluate(
        "(item) => getComputedStyle(item).animationName"
    )
    assert names == "slide-in"


def test_picture_stays_and_does_not_move_again_when_the_words_change(
    open_result, editor_on, portrait_file
):
    page = open_result("nl")
    editor = editor_on(page).open().choose(portrait_file)
    editor.part("consent").check()
    editor.wait_for_card()
    page.locator(".result__picture").evaluate("(item) => { item.dataset.mine = 'yes' }")

    page.locator("#another-region").select_option("WORLD")
    page.locator("#another button").click()

    page.wait_for_url("**/WORLD/1y")
    expect(page.locator(".result__picture")).to_have_attribute("data-mine", "yes")


def test_editor_with_a_photo_takes_the_width_that_it_shared(open_result, editor_on, portrait_file):
    page = open_result("nl", viewport={"width": 1280, "height": 900})
    before = page.locator(".own-photo").bounding_box()["width"]
    editor = editor_on(page).open().choose(portrait_file)
    editor.wait_for_search()

    assert page.locator(".own-photo").bounding_box()["width"] > before * 1.8
    photo, card = (page.locator(f".editor__{part}").bounding_box() for part in ("photo", "card"))
    assert photo["x"] + photo["width"] < card["x"], "beside each other"


def test_addresses_to_share_are_those_of_the_scenario(open_result):
    page = open_result("en", "EUROPE/6m")

    shared = page.locator(".share a").evaluate_all("(links) => links.map((link) => link.href)")
    for address in shared:
        assert "/en/result/EUROPE/6m" in urllib.parse.unquote(address)
    for name in ("facebook", "square", "story"):
        [link] = page.locator(f".shapes a[href$='/{name}.jpg']").all()
        assert link.get_attribute("download") is not None
        assert "/EUROPE/6m/" in link.get_attribute("href")
