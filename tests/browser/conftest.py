"""A real Chromium on the running site: every page opened here is watched."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from axe import ALL, ONLY_COLOURS, RUN_AXE
from PIL import ExifTags, Image
from playwright.sync_api import expect, sync_playwright

from calculator.card.layout import FORMATS
from calculator.languages import LANGUAGES
from campaign.words.addresses import PAGES, page_path

expect.set_options(timeout=15_000)  # the first card on a busy machine takes its time

HERE = Path(__file__).parent
SIZES = {name: (layout.width_px, layout.height_px) for name, layout in FORMATS.items()}
# Whatever the content security policy blocks is said on the console, where it counts as an error.
REPORT_BLOCKED = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`blocked: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""


def pytest_generate_tests(metafunc):
    """Call a test that asks for `every_path` once for each page in each language."""
    if "every_path" in metafunc.fixturenames:
        tails = {"result": "/BE/1y"}
        paths = {
            f"{page}-{language}": page_path(page, language) + tails.get(page, "")
            for page in PAGES
            for language in LANGUAGES
        }
        metafunc.parametrize("every_path", paths.values(), ids=paths.keys(), scope="module")


@pytest.fixture(scope="session")
def browser(do_without):
    """Return a Chromium; without one skip, but never in CI."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        do_without("there is no Chromium: run `make test`, or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="session")
def site(running_site):
    """Return the address of the running site."""
    return running_site.url


class Watch:
    """What pages of one context said and asked for."""

    def __init__(self, context, site):
        self.site = site
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        context.add_init_script(REPORT_BLOCKED)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", self._see)

    def _hear(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({message.location.get('url')})")

    def _see(self, request):
        if not request.url.startswith((f"{self.site}/", "data:", "blob:")):
            self.foreign.append(request.url)


@contextlib.contextmanager
def opening(browser, site):
    """Return a function that opens a browser context; at the end its pages must have been quiet.

    Quiet means: no error on the console, nothing blocked, nothing asked of another origin. A test
    that provokes one of these takes it out of `context.watch` itself.
    """
    opened = []

    def open_one(**options):
        options = {"viewport": {"width": 360, "height": 740}, "base_url": site} | options
        context = browser.new_context(**options)
        context.watch = Watch(context, site)
        context.set_default_timeout(20_000)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
    for context in opened:
        assert not context.watch.complaints
        assert not context.watch.foreign


@pytest.fixture
def open_context(browser, site):
    with opening(browser, site) as open_one:
        yield open_one


@pytest.fixture(scope="module")
def open_lasting_context(browser, site):
    """Return the same function for a context that several tests of a file use in turn."""
    with opening(browser, site) as open_one:
        yield open_one


@pytest.fixture
def open_page(open_context):
    """Return a function that opens a path in a context of its own and gives the page."""

    def open_one(path, **options):
        page = open_context(**options).new_page()
        page.goto(path, wait_until="load")
        return page

    return open_one


@pytest.fixture(scope="session")
def big_photo(portrait, tmp_path_factory):
    """Return a JPEG as a phone writes it: 12 megapixels, lying on its side, with a place."""
    noise = np.random.default_rng(7).normal(0, 6, (500, 500, 3))
    ground = np.tile(noise, (8, 6, 1)) + np.linspace(90, 170, 3000)[:, None]
    photo = Image.fromarray(ground.clip(0, 255).astype(np.uint8))
    # The head alone: with the flag and the rocket behind it, the device finds faces in them too.
    head = portrait.crop((100, 0, 330, 260)).resize((2040, 2300), Image.Resampling.BICUBIC)
    photo.paste(head, (400, 1300))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Model] = "A telephone"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (50.0, 51.0, 0.0)
    path = tmp_path_factory.mktemp("photo") / "big.jpg"
    photo.transpose(Image.Transpose.ROTATE_90).save(path, quality=92, exif=exif)
    return path


@pytest.fixture
def portrait_file(portrait_jpeg, tmp_path):
    """Return the portrait as a small file, for tests that look at something else."""
    path = tmp_path / "portrait.jpg"
    path.write_bytes(portrait_jpeg)
    return path


class Editor:
    """The photo editor of a result page, worked as a visitor would."""

    def __init__(self, page):
        self.page = page
        page.on("filechooser", self._leave_closed)
        # The editor is fetched once the page is there; until then it is not shown.
        expect(self.part("open")).to_be_visible()

    def _leave_closed(self, chooser):
        """Hear of the device's own window of photos: the file is set on the field instead."""

    def part(self, name):
        return self.page.locator(f'[data-part="{name}"]')

    @property
    def handles(self):
        return self.part("covers").get_by_role("button")

    @property
    def said(self):
        return self.part("status").inner_text()

    def open(self):
        """Press the button that asks for a photo, and wait until one may be chosen."""
        self.part("open").click()
        expect(self.part("file")).to_be_enabled()
        return self

    def choose(self, path):
        self.part("file").set_input_files(path)
        return self

    def cover(self, number=0):
        """Return a cover in shares of the photo: middle across, middle down, width."""
        style = self.handles.nth(number).evaluate(
            "({style}) => [style.left, style.top, style.width, style.height].map(parseFloat)"
        )
        left, top, width, height = (part / 100 for part in style)
        return left + width / 2, top + height / 2, width

    def label(self, number=0):
        """Return where a cover's label is: across and down in covers, its width, its tilt."""
        style = self.handles.nth(number).evaluate(
            "({firstChild: {style}}) =>"
            " [style.left, style.top, style.width, style.rotate].map(parseFloat)"
        )
        left, top, width, angle = style
        return left / 100 - 0.5, top / 100 - 0.5, width / 100, angle

    def wait_for_search(self):
        """Wait until no face is looked for any more."""
        expect(self.part("editor")).to_be_visible()
        expect(self.part("searching")).to_be_hidden(timeout=60_000)
        return self

    def wait_for_card(self):
        """Wait until the file is ready."""
        self.wait_for_search()
        expect(self.part("done")).to_be_visible()
        return self

    def show(self, card_format):
        """Choose a shape, and wait until the card of that shape is ready."""
        width, height = (f"{side}" for side in SIZES[card_format])
        self.page.locator(f"#own-format-{card_format}").check()
        expect(self.part("card")).to_have_attribute("width", width)
        expect(self.part("card")).to_have_attribute("height", height)
        return self.wait_for_card()

    def download(self):
        """Return the bytes of the card that the visitor saves."""
        with self.page.expect_download() as download:
            self.part("download").click()
        return Path(download.value.path()).read_bytes()


@pytest.fixture(scope="session")
def editor_on():
    """Return a function that takes hold of the editor of a page."""
    return Editor


@pytest.fixture(scope="session")
def violations(node_packages):
    """Return a function that lists what axe finds wrong with a page as it is now."""
    script = (node_packages / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def find(page, options=ALL):
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        return page.evaluate(RUN_AXE, options)

    return find


@pytest.fixture(scope="session")
def violations_in_both_schemes(violations):
    """Return a function that does so, then looks at the colours of the dark scheme alone."""

    def find(page):
        page.emulate_media(color_scheme="light")
        found = violations(page)
        page.emulate_media(color_scheme="dark")
        return [*found, *violations(page, ONLY_COLOURS)]

    return find


@pytest.fixture(scope="session")
def node_packages(do_without):
    """Return the folder of the checkers for Node alone; without it as without Chromium."""
    folder = HERE.parent / "node" / "node_modules"
    if not (folder / "installed").exists():
        do_without("the packages of tests/node are missing: run `make test` or tools/node-packages")
    return folder
