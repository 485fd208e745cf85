"""Every page as a browser takes it in: how heavy, from where, and whether it fits."""

from __future__ import annotations

from itertools import pairwise

import pytest

from campaign.config import ROOT

KILOBYTE = 1024
MOST_BYTES = 60 * KILOBYTE  # compressed, as the line carries them, without fonts
MOST_BYTES_WITH_FONTS = 130 * KILOBYTE
MOST_SCRIPT_BYTES = 30_000  # as written: no one page loads them all
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


def test_page_is_light_and_loads_nothing_from_elsewhere(every_path, open_context):
    context = open_context()
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    kinds, sizes = {}, {}
    network.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    network.on(
        "Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]})
    )

    page.goto(every_path, wait_until="networkidle")

    fonts = sum(size for name, size in sizes.items() if kinds.get(name) == "Font")
    everything = sum(sizes.values())
    assert everything > 0
    heaviest = {kinds.get(name): size for name, size in sorted(sizes.items(), key=lambda s: s[1])}
    assert everything - fonts < MOST_BYTES, heaviest
    assert everything < MOST_BYTES_WITH_FONTS, heaviest
    assert context.watch.foreign == []
    assert context.watch.complaints == []
    assert page.evaluate(INLINE) == []
    assert len(context.cookies()) <= 1, "only the form has a cookie"


def test_all_scripts_together_are_small():
    scripts = [path for path in (ROOT / "static" / "js").rglob("*.js") if path.name != "staff.js"]

    assert len(scripts) >= 6
    assert sum(path.stat().st_size for path in scripts) < MOST_SCRIPT_BYTES


def test_page_never_scrolls_sideways(every_path, open_page):
    page = open_page(every_path, viewport={"width": 320, "height": 640})
    assert page.evaluate(TOO_WIDE) == []

    # The text alone at 200 %, on a window of 640: no part may depend on the size of a letter.
    page.set_viewport_size({"width": 640, "height": 640})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(TOO_WIDE) == []


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


@pytest.mark.parametrize("path", ["/nl/", "/fr/calculer", "/de/hilfe", "/en/young-people"])
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


@pytest.mark.parametrize("size", [(360, 740), (1280, 900)])
@pytest.mark.parametrize("path", ["/nl/bereken", "/nl/resultaat/BE/1y", "/nl/faq", "/nl/hulp"])
def test_focus_goes_down_the_page(path, size, open_page):
    """The order of the keyboard is that of the eye: no step back by more than a row."""
    page = open_page(path, viewport={"width": size[0], "height": size[1]})
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
