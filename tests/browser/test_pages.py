"""Every page as a browser takes it in: how heavy, from where, whether it fits and who can use it.

Each is loaded once for all its checks. By axe: WCAG 2.2 AA and good practice.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from axe import ALL_BUT_COLOURS, ONLY_COLOURS

from campaign.config import ROOT

KILOBYTE = 1024
MOST_BYTES = 60 * KILOBYTE  # compressed, as the line carries them with headers, without fonts
MOST_BYTES_OF = {"/nl/": 16 * KILOBYTE, "/fr/": 16 * KILOBYTE, "/de/": 16 * KILOBYTE,
                 "/en/": 16 * KILOBYTE, "/BE/1y": 30 * KILOBYTE}  # fmt: skip
MOST_BYTES_WITH_FONTS = 130 * KILOBYTE
# As written. The editor is fetched when a visitor opens it, the others with their page.
MOST_SCRIPT_BYTES = 8_000
MOST_EDITOR_BYTES = 54_000
DATA = "script:not([src]):not([type='application/json']):not([type='application/ld+json'])"
# In the page as it came: what a script sets later by its own hand is no inline style.
INLINE = f"""async () => {{
  const source = await (await fetch(location.href)).text();
  const page = new DOMParser().parseFromString(source, "text/html");
  const found = [...page.querySelectorAll(`style, [style], {DATA}`)].map((item) => item.outerHTML);
  for (const item of page.querySelectorAll("*"))
    if (item.getAttributeNames().some((name) => name.startsWith("on"))) found.push(item.outerHTML);
  return found;
}}"""
# Whatever reaches beyond the right edge of the page, less what scrolls in a box of its own. A part
# that is only painted when it comes near would cut off what sticks out, and hide it from us.
TOO_WIDE = """() => {
  for (const item of document.querySelectorAll("body *"))
    if (getComputedStyle(item).contentVisibility === "auto")
      item.style.contentVisibility = "visible";
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")]
    .filter((item) => item.getBoundingClientRect().right > room + 1 && !item.closest(".scroll"))
    .map((item) => `${item.tagName}.${item.className}: ${item.textContent.trim().slice(0, 60)}`)
    .concat([`${document.documentElement.scrollWidth} px`]);
}"""


@pytest.fixture(scope="module")
def window(open_lasting_context):
    """Return a page that loads each address afresh, and what it loaded: [kind, bytes] of files."""
    page = open_lasting_context(color_scheme="light").new_page()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    files = {}
    network.on("Network.responseReceived", lambda e: files.update({e["requestId"]: [e["type"], 0]}))
    network.on(
        "Network.loadingFinished",
        lambda e: files.setdefault(e["requestId"], ["", 0]).__setitem__(1, e["encodedDataLength"]),
    )
    return page, files


@pytest.fixture(scope="module")
def loaded(every_path, window):
    """Return a page once all is there, and what it loaded."""
    page, files = window
    page.context.clear_cookies()
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("about:blank")
    files.clear()
    page.goto(every_path, wait_until="networkidle")
    return page, list(files.values())


def test_page_is_light_and_loads_nothing_from_elsewhere(every_path, loaded):
    page, files = loaded
    watch = page.context.watch

    fonts = sum(size for kind, size in files if kind == "Font")
    everything = sum(size for _kind, size in files)
    assert everything > 0
    heaviest = sorted(files, key=lambda file: file[1])
    lightest = [most for path, most in MOST_BYTES_OF.items() if every_path.endswith(path)]
    assert everything - fonts < min([MOST_BYTES, *lightest]), heaviest
    assert everything < MOST_BYTES_WITH_FONTS, heaviest
    assert watch.foreign == []
    assert watch.complaints == []
    assert page.evaluate(INLINE) == []
    assert len(page.context.cookies()) <= 1, "only the form has a cookie"


def test_page_has_no_violation(every_path, loaded, violations):
    page, _files = loaded
    # With a target all parts are laid out: what is out of sight has no place yet, and axe on a
    # busy machine takes it for something that lies below the header.
    page.evaluate("location.hash = 'main'")
    page.wait_for_function("document.querySelector(':target') !== null")
    if every_path.startswith("/nl/"):
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, ONLY_COLOURS) == []
        page.emulate_media(color_scheme="light")
    elif every_path.startswith("/de/"):  # has the longest words
        page.set_viewport_size({"width": 1280, "height": 900})
        assert violations(page) == []
    else:
        assert violations(page, ALL_BUT_COLOURS) == []


def test_page_never_scrolls_sideways(loaded):
    page, _files = loaded
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(TOO_WIDE) == []

    # The text alone at 200 %, on a window of 640: no part may depend on the size of a letter.
    page.set_viewport_size({"width": 640, "height": 640})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(TOO_WIDE) == []


# What WCAG 1.4.12 lets a reader set; and the texts that would then be cut off in their box.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""
CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter((item) => item.checkVisibility())
  .filter((item) => !item.matches(".visually-hidden, .on-wide, .name, .poster, select, input"))
  .filter((item) => /hidden|clip/.test(getComputedStyle(item).overflow) && item.textContent.trim())
  .filter((item) => item.scrollWidth > item.clientWidth + 1
    || item.scrollHeight > item.clientHeight + 1)
  .map((item) => `${item.tagName}.${item.className}: ${item.textContent.trim().slice(0, 60)}`)"""


def test_page_bears_four_times_its_size_and_spaced_text(loaded):
    page, _files = loaded
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 x 1024 at 400 %
    assert page.evaluate(TOO_WIDE) == []

    page.evaluate(SPACED)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(TOO_WIDE) == []
        assert page.evaluate(CUT_OFF) == []


# What is a button or a label by its ground alone loses it where the reader chose the colours.
BARE = """() => [...document.querySelectorAll(
  ".button, button, .quick-exit__link, .tag, .wordmark")]
  .filter((item) => item.checkVisibility())
  .filter((item) => {
    const style = getComputedStyle(item);
    return parseFloat(style.borderTopWidth) < 1 || style.borderTopStyle === "none"
      || style.borderTopColor === getComputedStyle(document.body).backgroundColor;
  })
  .map((item) => item.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("path", ["/nl/", "/nl/bereken", "/nl/foto", "/nl/resultaat/BE/1y",
                                  "/nl/jongeren", "/nl/hulp", "/nl/faq", "/nl/pers"])  # fmt: skip
def test_buttons_have_an_edge_where_the_reader_chose_the_colours(path, open_page):
    page = open_page(path, forced_colors="active")

    assert page.locator(".button").count() + page.locator("button").count() >= 1
    assert page.evaluate(BARE) == []


def test_all_scripts_together_are_small():
    # The finder of faces is held in tests/device, with its numbers.
    folder = ROOT / "static" / "js"
    with_pages = [path for path in folder.glob("*.js") if path.name != "staff.js"]
    editor = list((folder / "photo-card").glob("*.js"))

    assert len(with_pages) >= 3
    assert sum(path.stat().st_size for path in with_pages) < MOST_SCRIPT_BYTES
    assert len(editor) >= 6
    assert sum(path.stat().st_size for path in editor) < MOST_EDITOR_BYTES


@pytest.mark.parametrize("width", [360, 1280])
def test_who_follows_a_link_to_a_source_lands_on_it(width, open_page):
    page = open_page("/nl/", viewport={"width": width, "height": 800})
    links = page.locator("li.fact a")
    assert links.count() >= 3
    for number in range(links.count()):
        links.nth(number).click()
        page.wait_for_url("**/nl/bronnen#*")
        page.evaluate("document.fonts.ready")
        top = "document.querySelector(location.hash).getBoundingClientRect().top"
        page.wait_for_function(f"() => {{ const top = {top}; return top >= 0 && top < 100; }}")
        page.go_back()


def test_page_moves_only_for_who_lets_it(open_page):
    page = open_page("/nl/", reduced_motion="reduce")
    moving = "document.getAnimations().length"
    scrolling = "getComputedStyle(document.documentElement).scrollBehavior"

    assert page.evaluate(moving) == 0
    assert page.evaluate(scrolling) == "auto"
    spinner = page.goto("/nl/resultaat/BE/1y") and page.evaluate(
        """() => { const part = document.querySelector('[data-part=busy]'); part.hidden = false;
           document.getElementById('own-photo').hidden = false;
           return getComputedStyle(part, '::before').animationName }"""
    )
    assert spinner == "none"


@pytest.mark.parametrize("path", ["/nl/", "/en/young-people"])
def test_first_tab_skips_to_the_text(path, open_page):
    page = open_page(path)

    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#main"
    box = skip.bounding_box()
    assert box["x"] >= 0, "with the focus it can be seen"
    assert box["y"] >= 0, "with the focus it can be seen"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("path", ["/nl/bereken", "/nl/resultaat/BE/1y", "/nl/faq", "/nl/hulp"])
def test_focus_goes_down_the_page(path, open_page):
    """The order of the keyboard is that of the eye: no step back by more than a row."""
    page = open_page(path)
    for width, height in ((360, 740), (1280, 900)):
        page.set_viewport_size({"width": width, "height": height})
        check_focus_goes_down(page)


def check_focus_goes_down(page):
    where = """() => {
      const item = document.activeElement;
      const box = item.getBoundingClientRect();
      const main = document.querySelector("main");
      return main.contains(item) && item !== main
        ? [box.top + scrollY, box.left, item.id || item.textContent.trim().slice(0, 40)] : null }"""
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
    page.locator("main").focus()
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        place = page.evaluate(where)
        if place is None:
            break
        if place[2] != "quick-exit":  # first for the keyboard, and at the thumb for a finger
            seen.append(place)

    assert len(seen) >= 5
    rows = [top for top, _left, _name in seen]
    jumps = [
        (before[2], after[2])
        for before, after in pairwise(seen)
        # Beside each other, in columns, the next one may stand higher: then it is further right.
        if after[0] < before[0] - 8 and after[1] <= before[1]
    ]
    assert jumps == [], rows
