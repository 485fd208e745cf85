"""The card goes to the device's own share sheet: the file alone, ready before the click."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

PATH = "/nl/resultaat/BE/1y"
# A device's share sheet, which a browser without a screen has not: it notes what it is given, and
# whether that came straight from a click, as real ones demand.
SHEET = """(answer) => {
  window.given = [];
  navigator.canShare = ({files}) => files.length === 1 && files[0].type === "image/jpeg";
  navigator.share = async (data) => {
    given.push({keys: Object.keys(data), active: navigator.userActivation.isActive, ...data});
    if (answer) throw new DOMException("", answer);
  };
}"""
AS_NUMBERS = "async () => [...new Uint8Array(await given[0].files[0].arrayBuffer())]"


@pytest.fixture
def card_ready(open_page, editor_on, portrait_file):
    """Return a function that makes a card on a device with, or without, a share sheet."""

    def make(*, sheet=True, answer=None):
        page = open_page(PATH)
        page.evaluate(SHEET, answer) if sheet else page.evaluate("delete Navigator.prototype.share")
        editor = editor_on(page).open().choose(portrait_file)
        editor.handles.first.wait_for()
        editor.part("consent").check()
        return editor.wait_for_card()

    return make


def test_the_sheet_gets_the_card_and_no_word_beside_it(card_ready):
    editor = card_ready()
    expect(editor.part("share")).to_be_visible()

    editor.part("share").click()

    [given] = editor.page.evaluate("given")
    assert given["keys"] == ["files"], "no text, no address, no title"
    assert given["active"], "nothing was waited for between the click and the sheet"
    card = bytes(editor.page.evaluate(AS_NUMBERS))
    with Image.open(io.BytesIO(card)) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 630))
        assert not image.getexif()
    name = editor.page.evaluate("given[0].files[0].name")
    assert name == "schat-je-schatje.jpg"


def test_download_is_there_where_the_device_has_no_sheet(card_ready):
    editor = card_ready(sheet=False)

    expect(editor.part("share")).to_be_hidden()
    expect(editor.part("download")).to_be_visible()


@pytest.mark.parametrize(("answer", "said"), [("AbortError", False), ("NotAllowedError", True)])
def test_closing_the_sheet_is_no_trouble_and_trouble_is_said(answer, said, card_ready):
    editor = card_ready(answer=answer)
    before = editor.said

    editor.part("share").click()

    if said:
        expect(editor.part("refused")).to_contain_text("niet gelukt")
    else:
        assert editor.said == before
    expect(editor.part("download")).to_be_visible()
