"""Headless Chromium with an open page: show the photo, cover the face, take a screenshot.

Needs Playwright and the path of a Chromium in $CHROMIUM.
"""

from __future__ import annotations

import itertools
import os

from playwright.sync_api import Route, sync_playwright
from serve import CARD, FOLDER, serve

PICTURE, FACE, LABEL = CARD["picture"], CARD["face"], CARD["label"]
SITE = "http://card.invalid"


def place(box: dict[str, int]) -> str:
    """Return the style of an element at a fixed place."""
    height = box.get("height", box.get("side"))
    width = box.get("width", box.get("side"))
    return f"left:{box['left']}px;top:{box['top']}px;width:{width}px;height:{height}px"


FONTS = "".join(
    f"@font-face{{font-family:'{name}';src:url({SITE}/fonts/{name}.ttf)}}" for name in CARD["fonts"]
)
PAGE = f"""<!doctype html><meta charset="utf-8"><style>{FONTS}
body{{margin:0}} #words,#picture,#face,#label{{position:absolute;left:0;top:0}}
#picture{{overflow:hidden;{place(PICTURE)}}} #picture img{{position:absolute;top:0}}
#face{{{place(FACE)};image-rendering:pixelated}} #label{{{place(LABEL)}}}</style>
<div id="words"></div><div id="picture"><img id="photo"></div>
<canvas id="face" width="{CARD["blocks"]}" height="{CARD["blocks"]}"></canvas>
<img id="label" src="{SITE}/label.png">"""
SHOW = """async ({address, words, card, isPhoto}) => {
    const photo = document.getElementById("photo"), face = document.getElementById("face");
    document.getElementById("words").innerHTML = words;
    face.hidden = document.getElementById("label").hidden = !isPhoto;
    photo.src = address;
    photo.style.left = isPhoto ? `-${card.crop.left_px}px` : "0";
    photo.style.height = `${card.picture.height}px`;
    await photo.decode();
    await document.fonts.ready;
    if (!isPhoto) return;
    const scale = photo.naturalHeight / card.picture.height, square = card.face;
    const context = face.getContext("2d");
    context.imageSmoothingQuality = "medium";
    context.drawImage(photo, (square.left + card.crop.left_px) * scale, square.top * scale,
        square.side * scale, square.side * scale, 0, 0, face.width, face.height);
}"""


def main() -> None:
    """Open one page and draw every card with it."""
    words = (FOLDER / "words.svg").read_text(encoding="utf-8")
    numbers = itertools.count()
    photos: dict[str, bytes] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": CARD["width"], "height": CARD["height"]})

        def answer(route: Route) -> None:
            path = route.request.url.removeprefix(f"{SITE}/")
            headers = {"Access-Control-Allow-Origin": "*"}
            if path == "":
                route.fulfill(body=PAGE, content_type="text/html")
            elif path in photos:
                route.fulfill(body=photos[path], content_type="image/jpeg")
            else:
                route.fulfill(path=FOLDER / path, headers=headers)

        page.route("**/*", answer)
        page.goto(f"{SITE}/")

        def show(address: str, *, is_photo: bool) -> bytes:
            page.evaluate(
                SHOW, {"address": address, "words": words, "card": CARD, "isPhoto": is_photo}
            )
            return page.screenshot(type="jpeg", quality=CARD["quality"])

        def photo_card(photo: bytes) -> bytes:
            # A new address for each photo, so that none comes from the browser's cache.
            photos.clear()
            name = f"photo-{next(numbers)}"
            photos[name] = photo
            return show(f"{SITE}/{name}", is_photo=True)

        serve(photo_card, lambda: show(f"{SITE}/picture.png", is_photo=False))


main()
