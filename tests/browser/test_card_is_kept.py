"""A card can be kept on every phone, also in the browsers of Facebook, Instagram and WhatsApp.

Each condition is made in Chromium by a script that takes away, or breaks, one thing.
"""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image
from playwright.sync_api import expect

PATH = "/nl/resultaat/EUROPE/1m"
PHONE = {"has_touch": True, "is_mobile": True}
# The browser inside an app: it shares no files, and a tap on a blob: address does nothing.
IN_APP = """
  delete Navigator.prototype.share;
  delete Navigator.prototype.canShare;
  addEventListener("click", (event) => {
    if (event.target.closest('a[href^="blob:"]')) event.preventDefault();
  }, true);
"""
SHEET = """
  window.given = [];
  navigator.canShare = ({files}) => files[0].type === "image/jpeg";
  navigator.share = async ({files}) => { given.push(files[0]); };
"""
REFUSES = """
  navigator.canShare = () => true;
  navigator.share = async () => { throw new DOMException("", "NotAllowedError"); };
"""
NO_BLOB = "HTMLCanvasElement.prototype.toBlob = (then) => then(null);"
NEVER_ANSWERS = "HTMLCanvasElement.prototype.toBlob = () => {};"
THROWS = """HTMLCanvasElement.prototype.toBlob = () => {
  throw new DOMException("", "SecurityError");
};"""
# iOS under memory pressure: no way to a file answers, until another tab was closed.
NO_MEMORY = """
  window.full = true;
  const {toBlob, toDataURL} = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.toBlob = function (then, ...rest) {
    if (full) then(null); else toBlob.call(this, then, ...rest);
  };
  HTMLCanvasElement.prototype.toDataURL = function (...rest) {
    return full && this.width > 600 ? "data:," : toDataURL.call(this, ...rest);
  };
"""
# The card's canvas gets no memory: browsers draw nothing and say nothing.
NO_CANVAS = """
  window.full = true;
  const {drawImage} = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.drawImage = function (...all) {
    if (!full || this.canvas.width !== 1200) drawImage.apply(this, all);
  };
"""
PICTURE_IS_SHOWN = "(image) => image.complete && image.naturalWidth > 0"


@pytest.fixture
def editor_with(open_context, editor_on, portrait_file):
    """Return a function that makes a card, consent given, in a browser changed by a script."""

    def make(script="", *, clock=False, **options):
        context = open_context(**options)
        context.add_init_script(script)
        page = context.new_page()
        if clock:
            page.clock.install()
        page.goto(PATH, wait_until="load")
        editor = editor_on(page).open().choose(portrait_file)
        editor.handles.first.wait_for()
        editor.part("consent").check()
        return editor

    return make


def shown_card(editor):
    """Return the JPEG inside the picture that the visitor holds down."""
    picture = editor.part("kept")
    expect(picture).to_be_visible()
    assert picture.evaluate(PICTURE_IS_SHOWN)
    head, body = picture.get_attribute("src").split(",")
    assert head == "data:image/jpeg;base64"
    return base64.b64decode(body)


def first_button(root):
    """Return the part that stands first among the buttons, and is the main one."""
    part = root.locator("[data-part=buttons] > :visible").first
    expect(part).not_to_have_class("button button--quiet")
    return part.get_attribute("data-part")


def test_browser_inside_an_app_shows_a_picture_to_hold_down(editor_with):
    editor = editor_with(IN_APP, **PHONE).wait_for_card()

    with Image.open(io.BytesIO(shown_card(editor))) as card:
        assert (card.format, card.size) == ("JPEG", (1200, 630))
        assert not card.getexif()
    expect(editor.part("card")).to_be_hidden()
    expect(editor.part("hold")).to_contain_text("ingedrukt")
    expect(editor.part("elsewhere")).to_contain_text("Openen in browser")
    expect(editor.part("share")).to_be_hidden()
    expect(editor.part("download")).to_be_visible()
    address = editor.page.locator("#own-address").input_value()
    assert address.endswith(PATH), "region and period, and nothing else"


def test_all_ways_to_keep_a_card_have_no_violation(editor_with, violations_in_both_schemes):
    editor = editor_with(REFUSES, **PHONE).wait_for_card()
    editor.part("share").click()
    expect(editor.part("refused")).to_be_visible()

    assert violations_in_both_schemes(editor.page) == []


def test_address_to_open_elsewhere_follows_the_region_and_period(editor_with):
    editor = editor_with(IN_APP, **PHONE).wait_for_card()
    page = editor.page

    page.locator("#another-region").select_option("WORLD")
    page.locator("#another button").click()

    page.wait_for_url("**/WORLD/1m")
    editor.wait_for_card()
    expect(editor.part("elsewhere")).to_be_visible()
    expect(page.locator("#own-address")).to_have_value(page.url)


def test_address_is_marked_by_a_tap_where_there_is_no_clipboard(editor_with):
    script = f"{IN_APP} delete Navigator.prototype.clipboard;"
    editor = editor_with(script, **PHONE).wait_for_card()
    field = editor.page.locator("#own-address")
    expect(editor.part("elsewhere").get_by_role("button")).to_be_hidden()

    field.tap()

    assert editor.page.evaluate("getSelection().toString()") == field.input_value()


def test_share_sheet_comes_first_on_a_phone(editor_with):
    editor = editor_with(SHEET, **PHONE).wait_for_card()

    assert first_button(editor.page) == "share"
    expect(editor.part("hold")).to_be_hidden()
    expect(editor.part("elsewhere")).to_be_hidden()
    editor.part("share").click()
    assert editor.page.evaluate("given.length") == 1


def test_download_comes_first_with_a_mouse(editor_with):
    editor = editor_with(SHEET).wait_for_card()

    assert first_button(editor.page) == "download"
    expect(editor.part("hold")).to_be_hidden()
    expect(editor.part("elsewhere")).to_be_hidden()


def test_sheet_that_refuses_leads_to_another_way(editor_with):
    editor = editor_with(REFUSES, **PHONE).wait_for_card()
    expect(editor.part("refused")).to_be_hidden()

    editor.part("share").click()

    expect(editor.part("refused")).to_contain_text("niet gelukt")
    expect(editor.part("hold")).to_be_visible()
    expect(editor.part("elsewhere")).to_be_visible()
    assert shown_card(editor)


@pytest.mark.parametrize("broken", [NO_BLOB, NEVER_ANSWERS, THROWS])
def test_card_is_made_where_to_blob_makes_none(broken, editor_with):
    editor = editor_with(broken, clock=True)
    if broken == NEVER_ANSWERS:
        expect(editor.part("card")).to_have_attribute("width", "1200")
        expect(editor.part("done")).to_be_hidden()
        editor.page.clock.fast_forward(5_000)
    editor.wait_for_card()

    with Image.open(io.BytesIO(shown_card(editor))) as card:
        assert card.size == (1200, 630)
    assert editor.download() == shown_card(editor)


@pytest.mark.parametrize(
    "script",
    [NO_MEMORY, NO_CANVAS],
    ids=["file", "card"],
)
def test_want_of_memory_is_said_and_not_remembered(script, editor_with):
    editor = editor_with(script).wait_for_search()  # what it finds later makes the card anew

    failed = editor.part("failed")
    expect(failed).to_be_visible()
    expect(failed).to_contain_text("geheugen")
    assert "region=EUROPE&period=1m" in failed.get_by_role("link").get_attribute("href")
    expect(editor.part("done")).to_be_hidden()
    editor.page.evaluate("full = false")
    editor.part("retry").click()

    editor.wait_for_card()
    expect(failed).to_be_hidden()
    assert shown_card(editor) == editor.download()


def test_consent_withdrawn_while_the_card_is_made_leaves_no_card(editor_with):
    slow = """
      const {toBlob} = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.toBlob = function (give, ...all) {
        window.asked = (window.asked || 0) + 1;
        return toBlob.call(this, (blob) => setTimeout(() => give(blob), 600), ...all);
      };
    """
    editor = editor_with(slow).wait_for_card()
    asked = editor.page.evaluate("asked")

    editor.handles.first.press("ArrowLeft")
    for _ in range(200):
        if editor.page.evaluate("asked") > asked:
            break
        editor.page.wait_for_timeout(20)
    editor.part("consent").uncheck()
    editor.page.wait_for_timeout(1500)  # longer than the card that was being made takes

    expect(editor.part("done")).to_be_hidden()
    assert editor.part("download").get_attribute("href") is None
    assert editor.page.locator("[data-part=kept]").count() == 0


def test_moving_a_cover_asks_for_no_more_canvases(editor_with):
    script = """
      window.made = 0;
      const {createElement} = Document.prototype;
      Document.prototype.createElement = function (name, ...all) {
        if (name === "canvas") made += 1;
        return createElement.call(this, name, ...all);
      };
    """
    editor = editor_with(script).wait_for_card()
    before = editor.page.evaluate("made")

    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):  # the face stays covered
        editor.handles.first.press(key)
        editor.wait_for_card()

    assert editor.page.evaluate("made") == before


@pytest.fixture
def server_card(open_context, portrait_file):
    """Return a function that has the server make a card, in a browser changed by a script."""

    def make(script="", **options):
        context = open_context(**options)
        context.add_init_script(script)
        page = context.new_page()
        page.goto(PATH)
        page.goto(page.locator("#photo-by-server a").get_attribute("href"))
        page.locator("[name=photo]").set_input_files(portrait_file)
        page.locator("[name=consent]").check()
        page.locator("main [type=submit]").click()
        page.locator("#server-card").wait_for()
        return page

    return make


def test_servers_card_is_kept_in_the_same_ways(server_card):
    in_app = server_card(IN_APP, **PHONE)
    ways = in_app.locator("#server-card")
    expect(ways.locator("[data-part=hold]")).to_be_visible()
    expect(ways.locator("[data-part=elsewhere]")).to_be_visible()
    expect(ways.locator("#own-address")).to_have_value(in_app.locator("#address").input_value())

    phone = server_card(SHEET, **PHONE)
    expect(phone.locator("[data-part=share]")).to_be_visible()
    assert first_button(phone) == "share"
    phone.locator("[data-part=share]").click()
    sent = phone.evaluate("given[0].arrayBuffer().then((held) => [...new Uint8Array(held)])")
    shown = phone.locator(".result__card img").get_attribute("src").split(",")[1]
    assert bytes(sent) == base64.b64decode(shown)

    without = server_card(java_script_enabled=False)
    expect(without.locator("[data-part=download]")).to_be_visible()
    expect(without.locator("[data-part=share]")).to_be_hidden()
