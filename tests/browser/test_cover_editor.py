"""The editor as a visitor works it: mouse, finger and keyboard, and what it never lets pass."""

from __future__ import annotations

import io

import pytest
from heic_sample import HEIC
from PIL import Image
from playwright.sync_api import expect

from campaign.cards.device import RULES

PATH = "/nl/resultaat/BE/1y"
TINY = 0.001


@pytest.fixture
def editor(open_page, editor_on, portrait_file):
    """Return an editor with the portrait, which is 512 × 512, in it."""
    # Reduced motion: a page that still glides is no place to aim with a mouse.
    editor = editor_on(open_page(PATH, reduced_motion="reduce")).open().choose(portrait_file)
    editor.wait_for_search()  # until then a cover that is left alone may move
    editor.handles.first.scroll_into_view_if_needed()
    return editor


@pytest.fixture(scope="module")
def lasting_editor(open_lasting_context, editor_on):
    """Return an editor for all tests that only move covers."""
    page = open_lasting_context(reduced_motion="reduce").new_page()
    page.goto(PATH)
    return editor_on(page).open()


@pytest.fixture
def covers(lasting_editor, portrait_file, tmp_path):
    """Return that editor with the portrait as if it had just been chosen."""
    (tmp_path / "notes.txt").write_bytes(b"no photo")
    # In between, so that it can be seen when the photo is there.
    lasting_editor.choose(tmp_path / "notes.txt")
    expect(lasting_editor.part("unreadable")).to_be_visible()
    expect(lasting_editor.part("editor")).to_be_hidden()
    lasting_editor.choose(portrait_file)
    lasting_editor.wait_for_search()
    lasting_editor.handles.first.scroll_into_view_if_needed()
    return lasting_editor


def test_photo_button_opens_the_photos_at_once(open_page):
    first = open_page(PATH)
    first.locator("[data-part=open]").click()
    expect(first.locator("#own-file")).to_be_enabled()
    # What the first page fetched is at hand: on a slow line the photos do not open by themselves.
    page = first.context.new_page()
    page.goto(PATH)
    with page.expect_file_chooser() as chooser:
        page.locator("[data-part=open]").click()
    assert chooser.value.element.get_attribute("id") == "own-file"


def test_cover_is_there_from_the_start_and_cannot_be_removed(covers):
    expect(covers.handles).to_have_count(1)
    expect(covers.part("remove")).to_be_disabled()

    covers.part("remove").dispatch_event("click")

    expect(covers.handles).to_have_count(1)


@pytest.mark.parametrize("way", ["key", "button", "corner"])
def test_cover_never_gets_smaller_than_sensible(way, covers):
    page = covers.page
    for _ in range(40):
        if way == "key":
            covers.handles.first.press("-")
        elif way == "button":
            covers.part("smaller").dispatch_event("click")
    if way == "corner":
        box = covers.handles.first.bounding_box()
        page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4)
        page.mouse.down()
        page.mouse.move(box["x"] - 200, box["y"] - 200, steps=5)
        page.mouse.up()

    assert covers.cover()[2] == pytest.approx(RULES["smallest"], abs=TINY)


def test_no_cover_is_too_small_to_hide_a_face():
    # Of the photo's shorter side: no pinhole that would leave a face as it is.
    assert 0.15 <= RULES["smallest"] < RULES["first"] == 0.5


def test_corner_sizes_the_cover_and_leaves_its_middle(covers):
    before = covers.cover()
    box = covers.handles.first.bounding_box()

    covers.page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] - 4)
    covers.page.mouse.down()
    covers.page.mouse.move(box["x"] + box["width"] + 16, box["y"] + box["height"] + 16, steps=4)
    covers.page.mouse.up()

    after = covers.cover()
    assert after[:2] == pytest.approx(before[:2], abs=TINY)
    assert after[2] > before[2] * 1.1


def test_mouse_moves_the_cover(covers):
    before = covers.cover()
    box, stage = covers.handles.first.bounding_box(), covers.part("stage").bounding_box()

    covers.page.mouse.move(box["x"] + 20, box["y"] + 20)
    covers.page.mouse.down()
    covers.page.mouse.move(box["x"] + 50, box["y"], steps=4)
    covers.page.mouse.up()

    after = covers.cover()
    assert after[0] - before[0] == pytest.approx(30 / stage["width"], abs=0.01)
    assert after[1] - before[1] == pytest.approx(-20 / stage["height"], abs=0.01)
    assert after[2] == pytest.approx(before[2], abs=TINY)


def test_finger_moves_the_cover_and_not_the_page(open_page, editor_on, portrait_file):
    page = open_page(PATH, has_touch=True, is_mobile=True, reduced_motion="reduce")
    editor = editor_on(page).open().choose(portrait_file)
    editor.wait_for_search()
    editor.handles.first.scroll_into_view_if_needed()
    before, scrolled = editor.cover(), page.evaluate("scrollY")
    box = editor.handles.first.bounding_box()
    cover = editor.handles.first.element_handle()
    left = cover.evaluate("({style}) => style.left")
    touch = page.context.new_cdp_session(page)

    def finger(kind, *points):
        spots = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 3
    finger("touchStart", (x, y))
    for step in range(1, 7):
        finger("touchMove", (x + 5 * step, y - 8 * step))
    finger("touchEnd")

    page.wait_for_function("([cover, was]) => cover.style.left !== was", arg=[cover, left])
    after = editor.cover()
    assert after[0] > before[0] + 0.05
    assert after[1] < before[1] - 0.08
    assert page.evaluate("scrollY") == scrolled


def test_tap_on_the_photo_brings_the_cover_there(covers):
    stage = covers.part("stage")
    box = stage.bounding_box()

    stage.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.9})

    assert covers.cover()[:2] == pytest.approx((0.9, 0.9), abs=0.01)


def test_cover_stays_on_the_photo(covers):
    for _ in range(40):
        covers.handles.first.press("Shift+ArrowLeft")
    assert covers.cover()[0] == pytest.approx(0, abs=TINY)


def test_two_faces_get_a_cover_each(covers):
    covers.part("add").click()
    expect(covers.handles).to_have_count(2)
    expect(covers.handles.nth(1)).to_be_focused()
    first, second = covers.cover(0), covers.cover(1)
    assert abs(first[0] - second[0]) > 0.3

    covers.page.keyboard.press("ArrowUp")
    assert covers.cover(0) == first
    assert covers.cover(1)[1] < second[1]

    covers.part("remove").click()
    expect(covers.handles).to_have_count(1)
    expect(covers.handles.first).to_be_focused()
    expect(covers.part("remove")).to_be_disabled()


def test_there_is_no_card_without_consent(editor):
    expect(editor.part("preview")).to_be_visible()
    expect(editor.part("done")).to_be_hidden()
    assert editor.part("download").get_attribute("href") is None

    editor.part("consent").check()
    editor.wait_for_card()
    assert editor.part("download").get_attribute("href").startswith("blob:")

    editor.part("consent").uncheck()
    expect(editor.part("done")).to_be_hidden()
    assert editor.part("download").get_attribute("href") is None
    editor.page.wait_for_timeout(400)  # longer than the pause before a card is made
    expect(editor.part("done")).to_be_hidden()


def test_another_photo_asks_for_consent_anew(editor, big_photo):
    editor.part("consent").check()
    editor.wait_for_card()

    editor.choose(big_photo)

    expect(editor.part("editor")).to_be_visible()
    expect(editor.part("consent")).not_to_be_checked()
    expect(editor.part("done")).to_be_hidden()


@pytest.mark.parametrize(("name", "data"), [("notes.txt", b"no photo"), ("IMG_0001.HEIC", HEIC)])
def test_file_that_cannot_be_read_leads_to_the_server(name, data, editor, tmp_path):
    editor.part("consent").check()
    editor.wait_for_card()
    (tmp_path / name).write_bytes(data)

    editor.choose(tmp_path / name)

    note = editor.part("unreadable")
    expect(note).to_be_visible()
    expect(editor.part("editor")).to_be_hidden()
    expect(editor.part("status")).not_to_be_empty()
    assert editor.part("download").get_attribute("href") is None
    note.get_by_role("link").click()
    expect(editor.page.locator("#photo")).to_be_visible()
    expect(editor.page.locator("[name=region]")).to_have_value("BE")
    expect(editor.page.locator("[name=period]")).to_have_value("1y")


def test_keyboard_alone_makes_a_card(open_page, editor_on, portrait_file):
    page = open_page(PATH)
    editor = editor_on(page)
    keys = page.keyboard

    def tab_to(part, most=30):
        for _ in range(most):
            if editor.part(part).evaluate("item => item === document.activeElement"):
                return
            keys.press("Tab")
        raise AssertionError(f"{part} cannot be reached")

    editor.part("open").focus()
    keys.press("Enter")
    expect(editor.part("file")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        keys.press("Space")
    chooser.value.set_files(portrait_file)
    expect(editor.handles.first).to_be_focused()
    expect(editor.part("status")).to_contain_text("gevonden")
    editor.wait_for_search()

    for key in ("ArrowUp", "ArrowLeft", "+", "-", "Shift+ArrowDown", "Shift+ArrowUp", "ArrowRight"):
        before, said = editor.cover(), editor.said
        keys.press(key)
        assert editor.cover() != before, key
        assert editor.said != said, "each step is announced"
        assert editor.said.startswith("Afdekking 1: ")

    tab_to("add")
    keys.press("Enter")
    expect(editor.handles).to_have_count(2)
    tab_to("remove")
    keys.press("Space")
    expect(editor.handles).to_have_count(1)
    for _ in range(30):
        if page.evaluate("document.activeElement.name") == "own-format":
            break
        keys.press("Tab")
    keys.press("ArrowDown")
    expect(editor.part("card")).to_have_attribute("height", "1080")
    tab_to("consent")
    keys.press("Space")
    editor.wait_for_card()
    expect(editor.part("status")).to_contain_text("klaar")
    tab_to("download")
    with page.expect_download() as download:
        keys.press("Enter")
    with Image.open(io.BytesIO(download.value.path().read_bytes())) as card:
        assert card.size == (1080, 1080)


def test_steps_are_not_talked_over_by_the_card(editor):
    editor.part("consent").check()
    editor.wait_for_card()
    expect(editor.part("status")).to_contain_text("klaar")

    editor.handles.first.press("ArrowLeft")
    step = editor.said
    editor.wait_for_card()

    assert editor.said == step
    assert "klaar" not in step
