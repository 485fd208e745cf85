"""Measure what a visitor's phone needs for a card with a photo, in a Chromium slowed six times.

    CHROMIUM=/usr/bin/chromium python -m bench.device

Chromium slows the page and not its workers, so what the search for faces takes is counted six
times. It is no test, because a busy machine would make it fail.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from bench.report import Aim, describe_machine, load_now, publish
from bench.site import HOST, Site, serve_site
from bench.workload import PHOTO_12_MP, make_photo

SLOWED: Final = 6
ROUNDS: Final = 5
_PATIENCE_MS: Final = 120_000
# Notes when a photo is chosen, when the card is shown, long tasks, and what the search says.
_WATCH: Final = """
window.seen = {tasks: [], looks: []};
new PerformanceObserver((list) => {
  for (const {startTime, duration} of list.getEntries()) seen.tasks.push([startTime, duration]);
}).observe({type: "longtask"});
window.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", ({data}) => { if (data.took) seen.looks.push(data.took); });
  }
};
document.addEventListener("change", ({target}) => {
  if (target.type !== "file") return;
  seen.begin = performance.now();
  const preview = document.querySelector("[data-part=preview]");
  const look = () => {
    if (preview.offsetParent) seen.shown = performance.now();
    else requestAnimationFrame(look);
  };
  look();
}, true);
"""


def measure(browser: Browser, site: Site, photo: Path) -> tuple[float, float, float]:
    """Return the seconds to the card and to the end of the search, and the longest task in ms."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.set_default_timeout(_PATIENCE_MS)
    page.add_init_script(_WATCH)
    page.goto(f"http://{HOST}:{site.port}/nl/resultaat/BE/1y", wait_until="networkidle")
    page.locator("[data-part=open]").click()
    page.locator("[data-part=file]:enabled").wait_for()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.locator("[data-part=file]").set_input_files(photo)
    page.locator("[data-part=preview]").wait_for()
    page.locator("[data-part=searching]").wait_for(state="hidden")
    seen = page.evaluate("seen")
    page.close()
    shown = seen["shown"] - seen["begin"] + (SLOWED - 1) * seen["looks"][0]
    tasks = [took for start, took in seen["tasks"] if start >= seen["begin"]]
    return shown / 1000, SLOWED * seen["looks"][-1] / 1000, max(tasks, default=0)


def main() -> None:
    """Measure some rounds and write the report."""
    load = load_now()
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, serve_site() as site, sync_playwright() as play:
        photo = Path(folder, "photo.jpg")
        photo.write_bytes(make_photo(PHOTO_12_MP))
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"])
        rounds = [measure(browser, site, photo) for _ in range(ROUNDS)]
        version = browser.version
        browser.close()
    shown, searched, task = (statistics.median(column) for column in zip(*rounds, strict=True))
    text = (
        f"A photo of 12 MP on a screen of 360 × 740. Medians of {ROUNDS} rounds; the best took"
        f" {min(each[0] for each in rounds):.2f} s to the card,"
        f" {min(each[1] for each in rounds):.2f} s for the search."
    )
    aims = [
        Aim("photo chosen to covers and card shown, upright search included", shown, 2.0, "s"),
        Aim("the whole search, turned included", searched, 6.0, "s"),
        Aim("longest task of the page", task, 100, "ms"),
    ]
    publish("device", [describe_machine(load, {"Chromium": version}), text], aims)


if __name__ == "__main__":
    main()
