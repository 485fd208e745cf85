"""Photos are read in every browser that can show them, and each cause of trouble has its own words.

Each condition is made in Chromium by a script that takes away, or breaks, one thing.
"""

from __future__ import annotations

import re

import numpy as np
import pytest
from photo_writers import BLUE, GREEN, RED, SEEN, WHITE, encoded, exif_of, quarters
from PIL import ImageCms
from playwright.sync_api import expect

PATH = "/nl/resultaat/BE/1y"
MEGA = 1_000_000
# Chrome and Firefox of 2022, iOS up to 17.1: the value is not known.
NO_TURNING = """
  const ours = createImageBitmap;
  window.createImageBitmap = async (blob, options) => {
    if (options?.imageOrientation === "from-image") throw new TypeError("invalid enum value");
    return ours(blob, options);
  };
"""
# iOS 15 and 16: what Exif says is not looked at.
LIES_ON_ITS_SIDE = """
  const ours = createImageBitmap;
  window.createImageBitmap = (blob, options) => ours(blob, {...options, imageOrientation: "none"});
"""
READS_NO_BITMAP = """
  window.createImageBitmap = async () => { throw new DOMException("", "NotReadableError"); };
"""
AS_IT_IS = ""
# A photo that is still in the cloud, as Android hands it over; there is no second time.
FAILS_ONCE = """
  const whole = Blob.prototype.arrayBuffer;
  Blob.prototype.arrayBuffer = async function () {
    Blob.prototype.arrayBuffer = whole;
    throw new DOMException("", "ERROR");
  };
"""
# A canvas that gets no memory stays as it is, and nobody says so. A small one always gets it.
NO_MEMORY_FOR_A_PHOTO = """
  for (const draw of ["fillRect", "drawImage"]) {
    const ours = CanvasRenderingContext2D.prototype[draw];
    CanvasRenderingContext2D.prototype[draw] = function (...all) {
      if (this.canvas.width < 100) ours.apply(this, all);
    };
  }
"""
NO_CONTEXT_FOR_A_PHOTO = """
  const ours = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (...all) {
    return this.width < 100 ? ours.apply(this, all) : null;
  };
"""
CORNERS = """(stage) => {
  const {width, height} = stage;
  const copy = new OffscreenCanvas(width, height).getContext("2d", {willReadFrequently: true});
  copy.drawImage(stage, 0, 0);
  return [[1, 1], [15, 1], [1, 15], [15, 15]].map(([x, y]) =>
    [...copy.getImageData(width * x >> 4, height * y >> 4, 1, 1).data].slice(0, 3));
}"""


@pytest.fixture
def editor_with(open_context, editor_on):
    """Return a function that opens the editor in a browser changed by a script."""

    def make(script=AS_IT_IS):
        context = open_context()
        context.add_init_script(script)
        page = context.new_page()
        page.goto(PATH, wait_until="load")
        return editor_on(page).open()

    return make


@pytest.fixture
def file_of(tmp_path):
    """Return a function that writes a file and gives its path."""

    def write(data, name="photo.jpg"):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write


def shown_corners(editor):
    expect(editor.part("editor")).to_be_visible()
    return np.array(editor.part("stage").evaluate(CORNERS))


@pytest.mark.parametrize("script", [AS_IT_IS, NO_TURNING, READS_NO_BITMAP])
def test_photos_are_upright_in_old_and_new_browsers(script, editor_with, file_of):
    editor = editor_with(script)
    for orientation, seen in SEEN.items():
        photo = encoded(quarters((400, 240)), quality=95, exif=exif_of(orientation))
        editor.choose(file_of(photo, f"{orientation}.jpg"))
        expect(editor.part("editor")).to_be_visible()
        size = (400, 240) if orientation < 5 else (240, 400)
        expect(editor.part("stage")).to_have_attribute("width", f"{size[0]}")
        assert np.abs(shown_corners(editor) - seen).max() <= 12, orientation


@pytest.mark.parametrize("orientation", [5, 6, 7, 8])
def test_photo_is_upright_where_the_browser_leaves_it_lying(orientation, editor_with, file_of):
    photo = encoded(quarters((400, 240)), quality=95, exif=exif_of(orientation))
    editor = editor_with(LIES_ON_ITS_SIDE).choose(file_of(photo))

    assert np.abs(shown_corners(editor) - SEEN[orientation]).max() <= 12


LOUD = """
  window.decoded = 0;
  const ours = createImageBitmap;
  window.createImageBitmap = (...all) => { decoded += 1; return ours(...all); };
"""
DECODED_WHOLE = "delete window.ImageDecoder;"
# Chrome of before 2025: the decoder turns nothing.
DECODED_LYING = """
  const whole = window.ImageDecoder?.prototype.decode; // pages that are not secure have none
  if (whole) ImageDecoder.prototype.decode = async function () {
    const {image} = await whole.call(this);
    const canvas = new OffscreenCanvas(400, 300);
    canvas.getContext("2d").drawImage(image, 0, 0, 400, 300);
    return {image: new VideoFrame(canvas, {timestamp: 0})};
  };
"""


@pytest.mark.parametrize("script", [AS_IT_IS, DECODED_WHOLE, DECODED_LYING])
@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_photo_of_48_megapixels_is_upright_and_in_shape(orientation, script, editor_with, file_of):
    photo = encoded(quarters((8000, 6000)), quality=80, exif=exif_of(orientation))
    editor = editor_with(script).choose(file_of(photo))

    assert np.abs(shown_corners(editor) - SEEN[orientation]).max() <= 12
    width, height = editor.part("stage").evaluate("({width, height}) => [width, height]")
    assert (width > height) == (orientation < 5)
    assert max(width, height) / min(width, height) == pytest.approx(4 / 3, abs=0.01)


def test_profile_of_a_large_photo_is_kept_to(editor_with, file_of):
    """Its red and its blue change places in the profile: whoever looks at it sees the other."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(profile[128:132], "big")
    entries = {bytes(profile[at : at + 4]): at + 4 for at in range(132, 132 + 12 * count, 12)}
    red, blue = (slice(entries[name], entries[name] + 8) for name in (b"rXYZ", b"bXYZ"))
    profile[red], profile[blue] = profile[blue], profile[red]
    photo = encoded(quarters((4000, 3000)), quality=90, icc_profile=bytes(profile))
    editor = editor_with(LOUD).choose(file_of(photo))

    assert np.abs(shown_corners(editor) - [BLUE, GREEN, RED, WHITE]).max() <= 12
    assert editor.page.evaluate("decoded") == 0


def test_photo_of_200_megapixels_is_never_decoded_whole(editor_with, file_of):
    photo = encoded(quarters((16320, 12240)), quality=60, exif=exif_of(6))
    editor = editor_with(LOUD).choose(file_of(photo))

    assert np.abs(shown_corners(editor) - SEEN[6]).max() <= 12
    assert editor.page.evaluate("decoded") == 0


def large(kind, megapixels):
    """Return the start of a photo of so many megapixels, whose pixels nobody is to look for."""
    side = round((megapixels * MEGA) ** 0.5)
    start = bytearray(encoded(quarters((64, 64)), kind))
    if kind == "JPEG":
        at = start.index(b"\xff\xc0") + 5
        start[at : at + 4] = side.to_bytes(2, "big") * 2
    elif kind == "PNG":
        start[16:24] = side.to_bytes(4, "big") * 2
    return bytes(start)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_photo_too_large_to_decode_is_not_decoded(kind, editor_with, file_of):
    editor = editor_with(LOUD + DECODED_WHOLE).choose(file_of(large(kind, 200)))

    expect(editor.part("reason")).to_contain_text("te groot")
    expect(editor.part("offer")).to_be_hidden()
    assert editor.page.evaluate("decoded") == 0


@pytest.mark.parametrize(
    ("script", "data", "said", "server_can"),
    [
        (FAILS_ONCE.replace("ERROR", "NotReadableError"), None, "nog niet", False),
        (FAILS_ONCE.replace("ERROR", "NotFoundError"), None, "nog niet", False),
        (FAILS_ONCE.replace("ERROR", "NotAllowedError"), None, "laat deze pagina", True),
        (FAILS_ONCE.replace("ERROR", "SecurityError"), None, "laat deze pagina", True),
        (AS_IT_IS, b"", "nog niet", False),
        (AS_IT_IS, b"%PDF-1.7", "kent dit soort bestand niet", True),
        (AS_IT_IS, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "kent dit soort bestand niet", True),
        (AS_IT_IS, encoded(quarters())[:300], "beschadigd", True),
        (AS_IT_IS, encoded(quarters(), "PNG")[:40], "beschadigd", True),
        (AS_IT_IS, encoded(quarters(), "WEBP")[:40], "beschadigd", True),
        (NO_MEMORY_FOR_A_PHOTO, None, "te weinig geheugen", True),
        (NO_CONTEXT_FOR_A_PHOTO, None, "te weinig geheugen", True),
    ],
)
def test_each_cause_has_its_own_words(script, data, said, server_can, editor_with, file_of):
    editor = editor_with(script).choose(file_of(encoded(quarters()) if data is None else data))

    expect(editor.part("reason")).to_contain_text(said)
    expect(editor.part("status")).to_contain_text(said)
    expect(editor.part("offer")).to_be_visible(visible=server_can)
    expect(editor.part("editor")).to_be_hidden()


def test_the_same_photo_can_be_chosen_again(editor_with, file_of):
    editor = editor_with(FAILS_ONCE.replace("ERROR", "NotReadableError"))
    photo = file_of(encoded(quarters()))
    editor.choose(photo)
    expect(editor.part("unreadable")).to_be_visible()
    field = editor.part("file")
    expect(field).to_have_value(re.compile("photo.jpg"))

    with editor.page.expect_file_chooser() as chooser:
        field.click()
    # Browsers tell of a choice only where it is another one than is there.
    expect(field).to_have_value("")
    chooser.value.set_files(photo)

    expect(editor.part("editor")).to_be_visible()
    expect(editor.part("unreadable")).to_be_hidden()


# Firefox with resistFingerprinting, Tor, LibreWolf: whatever is read back is noise, or white.
NOISE = """
  window.falsify = true;
  const {getImageData} = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.getImageData = function (...box) {
    const pixels = getImageData.apply(this, box);
    if (falsify) for (let at = 0; at < pixels.data.length; at += 1) pixels.data[at] = FILLING;
    return pixels;
  };
"""
# Only the file is falsified, as some extensions do.
FALSE_FILE = """
  window.falsify = true;
  const {toDataURL} = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.toDataURL = function (...all) {
    if (falsify) this.getContext("2d").fillRect(0, 0, 4, 4);
    return toDataURL.apply(this, all);
  };
"""
REFUSED = NOISE.replace(
    "getImageData.apply(this, box)", "falsify ? refuse() : getImageData.apply(this, box)"
)
# Brave: a last bit here and there, which no eye sees.
LAST_BITS = NOISE.replace("= FILLING", "^= at % 4 === 3 ? 0 : Math.round(Math.random())")


@pytest.mark.parametrize(
    "script",
    [
        NOISE.replace("FILLING", "Math.random() * 256"),
        NOISE.replace("FILLING", "255"),
        REFUSED,
        FALSE_FILE,
    ],
    ids=["noise", "white", "refused", "false file"],
)
def test_browser_that_falsifies_pixels_is_found_out_before_a_photo_is_asked_for(
    script, open_context, editor_on
):
    context = open_context()
    context.add_init_script(script)
    page = context.new_page()
    page.goto(PATH, wait_until="load")
    editor = editor_on(page)

    editor.part("open").click()

    expect(editor.part("falsified")).to_contain_text("zodat niemand je kan volgen")
    expect(editor.part("falsified").get_by_role("link")).to_be_visible()
    expect(editor.part("chooser")).to_be_hidden()
    # The visitor allowed it: nothing is remembered.
    page.evaluate("falsify = false")
    editor.open()
    expect(editor.part("falsified")).to_be_hidden()


def test_browser_that_changes_last_bits_makes_cards(editor_with, file_of):
    editor = editor_with(LAST_BITS).choose(file_of(encoded(quarters())))

    editor.part("consent").check()

    editor.wait_for_card()
