"""The phone finds the faces: the covers start on them, and no face that was found stays open."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect
from skimage.data import chelsea

from calculator.photo.faces import HEAD_SHARE
from campaign.cards.device import RULES
from campaign.cards.studio import default_studio

PATH = "/nl/resultaat/BE/1y"


@pytest.fixture
def save(tmp_path):
    """Return a function that writes a picture as a photo."""

    def write(picture):
        picture.save(tmp_path / "photo.jpg", quality=92)
        return tmp_path / "photo.jpg"

    return write


@pytest.fixture
def editor(open_page, editor_on):
    return editor_on(open_page(PATH, reduced_motion="reduce"))


@pytest.fixture
def faceless():
    """Return a picture without a face."""
    picture = Image.new("RGB", (800, 600), "#9fb4c8")
    ImageDraw.Draw(picture).rectangle((0, 400, 800, 600), fill="#5c7d4a")
    return picture


@pytest.fixture
def two_faces(portrait):
    """Return a picture with an upright face and a smaller one that lies on its side."""
    picture = Image.new("RGB", (1400, 1000), "#8c9aa8")
    face = portrait.crop((100, 0, 330, 260))
    picture.paste(face.resize((460, 520)), (60, 100))
    picture.paste(face.resize((230, 260)).rotate(90, expand=True), (800, 300))
    return picture


@pytest.fixture
def two_cats():
    """Return a picture of two cats: each is a doubtful find, and none a face."""
    picture = Image.new("RGB", (470, 640), "#8c9aa8")
    cat = Image.fromarray(chelsea())
    for place in ((10, 10), (10, 330)):
        picture.paste(cat, place)
    return picture


def test_cover_starts_where_the_server_would_put_it(editor, save, portrait):
    face = default_studio().finder.find(portrait)[0]

    editor.open().choose(save(portrait)).wait_for_search()

    expect(editor.handles).to_have_count(1)
    x, y, side = (share * portrait.width for share in editor.cover())
    assert (x, y) == pytest.approx(face.centre, abs=4)
    # The device looks at another size than the server, and the box differs by a little.
    assert side == pytest.approx(face.size * HEAD_SHARE, abs=8)
    across, down, width, angle = editor.label()
    eyes = (x + across * side, y + down * side)
    assert eyes == pytest.approx(face.between_eyes, abs=4)
    assert width * side == pytest.approx(face.width_along_eyes, abs=8)
    assert angle == pytest.approx(face.angle_degrees, abs=4)


def test_a_face_on_its_side_is_covered_as_it_is_found(editor, save, two_faces):
    editor.open().choose(save(two_faces))
    editor.part("consent").check()

    editor.wait_for_search()

    expect(editor.handles).to_have_count(2)
    assert editor.cover(0)[:2] == pytest.approx((0.22, 0.34), abs=0.03)
    assert editor.cover(1)[:2] == pytest.approx((0.66, 0.41), abs=0.03)
    assert abs(abs(editor.label(1)[3]) - 90) < 20, "the label is turned with the eyes"
    expect(editor.part("found")).to_contain_text("2")
    expect(editor.part("stopped")).to_be_hidden()
    editor.wait_for_card()


def test_no_card_is_kept_before_the_search_has_ended(editor, save, portrait):
    # The worker's later looks are held back: it says what it found first, and no more.
    editor.page.route(
        "**/faces/worker.js",
        lambda route: route.fulfill(
            body=route.fetch().text().replace("done: true", "done: false"),
            content_type="text/javascript",
        ),
    )
    editor.open().choose(save(portrait))
    editor.part("consent").check()

    expect(editor.part("preview")).to_be_visible()
    expect(editor.part("searching")).to_be_visible()
    editor.page.wait_for_timeout(3000)
    expect(editor.part("done")).to_be_hidden()
    assert editor.part("download").get_attribute("href") is None


def test_open_face_stops_the_card_until_it_is_covered(editor, save, portrait):
    editor.open().choose(save(portrait))
    editor.part("consent").check()
    editor.wait_for_card()

    for _ in range(4):
        editor.handles.first.press("Shift+ArrowDown")

    expect(editor.part("stopped")).to_be_visible()
    expect(editor.part("marker")).to_be_visible()
    expect(editor.part("done")).to_be_hidden()
    expect(editor.part("preview")).to_be_hidden()
    editor.page.wait_for_timeout(400)  # longer than the pause before a card is made
    assert editor.part("download").get_attribute("href") is None

    editor.part("cover-it").focus()
    editor.page.keyboard.press("Enter")

    expect(editor.handles).to_have_count(2)
    expect(editor.handles.nth(1)).to_be_focused()
    expect(editor.part("stopped")).to_be_hidden()
    editor.wait_for_card()


def test_visitor_says_that_no_face_is_there_one_at_a_time(editor, save, two_cats):
    editor.open().choose(save(two_cats))
    editor.part("consent").check()
    editor.wait_for_search()
    editor.part("remove").click()
    expect(editor.part("stopped")).to_be_visible()
    first = editor.part("stopped-text").inner_text()
    for _ in range(12):
        editor.handles.first.press("Shift+ArrowDown")

    editor.part("no-face").focus()
    editor.page.keyboard.press("Space")

    expect(editor.part("stopped")).to_be_visible()
    expect(editor.part("cover-it")).to_be_focused()
    second = editor.part("stopped-text").inner_text()
    assert second != first
    expect(editor.page.get_by_role("alert").filter(has_text=second)).to_be_visible()
    expect(editor.part("done")).to_be_hidden()

    editor.part("no-face").click()

    expect(editor.part("stopped")).to_be_hidden()
    editor.wait_for_card()


def test_a_sure_face_cannot_be_said_away(editor, save, two_faces):
    editor.open().choose(save(two_faces))
    editor.part("consent").check()
    editor.wait_for_search()

    editor.part("remove").click()

    expect(editor.part("stopped-text")).to_contain_text("anders is er geen kaart")
    expect(editor.part("no-face")).to_be_hidden()
    editor.part("no-face").dispatch_event("click")
    expect(editor.part("stopped")).to_be_visible()
    expect(editor.part("done")).to_be_hidden()
    editor.part("cover-it").click()
    expect(editor.part("stopped")).to_be_hidden()
    editor.wait_for_card()


def test_nothing_found_is_said(editor, save, faceless):
    editor.open().choose(save(faceless)).wait_for_search()

    expect(editor.part("found")).to_contain_text("geen gezicht")
    assert editor.said == editor.part("found").inner_text()
    expect(editor.handles).to_have_count(1)
    assert editor.cover()[2] == pytest.approx(RULES["first"] * 600 / 800, abs=0.001)
    editor.part("consent").check()
    editor.wait_for_card()


@pytest.mark.parametrize("missing", ["**/faces/worker.js", "**/faces/yunet.bin"])
def test_without_the_finder_the_visitor_is_told_to_cover(missing, editor, save, portrait):
    editor.page.route(missing, lambda route: route.abort())

    editor.open().choose(save(portrait))

    expect(editor.part("found")).to_contain_text("zelf")
    expect(editor.handles).to_have_count(1)
    assert editor.cover()[2] == pytest.approx(RULES["first"], abs=0.001)
    editor.part("consent").check()
    editor.wait_for_card()
    editor.page.context.watch.complaints.clear()


def test_finder_is_fetched_before_a_photo_can_be_chosen_and_not_earlier(editor):
    asked = []
    editor.page.on("request", lambda request: asked.append(request.url))
    editor.page.wait_for_load_state("networkidle")
    loaded = editor.page.evaluate("performance.getEntriesByType('resource').map(({name}) => name)")
    assert not any("/faces/" in address for address in loaded)

    editor.open()

    assert any(address.endswith("/faces/yunet.bin") for address in asked)


@pytest.mark.parametrize("way", ["key", "button"])
def test_cover_can_be_turned(way, editor, save, portrait):
    editor.open().choose(save(portrait)).wait_for_search()
    before, place = editor.label()[3], editor.cover()

    for _ in range(2):
        editor.handles.first.press(">") if way == "key" else editor.part("on").click()

    assert editor.label()[3] == pytest.approx(before + 30, abs=0.1)
    assert "graden gedraaid" in editor.said
    assert editor.cover() == place
    editor.handles.first.press("<") if way == "key" else editor.part("back").click()
    assert editor.label()[3] == pytest.approx(before + 15, abs=0.1)
