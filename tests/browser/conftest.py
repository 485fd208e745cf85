"""A real Chromium on the running site: every page opened here is watched."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
# Whatever the content security policy blocks is said on the console, where it counts as an error.
REPORT_BLOCKED = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`blocked: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    """Give a Chromium; without one skip, but never in CI."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        missing = "there is no Chromium: run the tests by `make test`, or set CHROMIUM to its path"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture(scope="session")
def site(running_site):
    """Give the address of the running site."""
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


@pytest.fixture
def open_context(browser, site):
    """Give a function that opens a browser context; at the end its pages must have been quiet.

    Quiet means: no error on the console, nothing blocked, nothing asked of another origin. A test
    that provokes one of these takes it out of `context.watch` itself.
    """
    opened = []

    def open_one(**options):
        options = {"viewport": {"width": 360, "height": 740}, "base_url": site} | options
        context = browser.new_context(**options)
        context.watch = Watch(context, site)
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
    for context in opened:
        assert not context.watch.complaints
        assert not context.watch.foreign


@pytest.fixture
def open_page(open_context):
    """Give a function that opens a path in a context of its own and gives the page."""

    def open_one(path, **options):
        page = open_context(**options).new_page()
        page.goto(path, wait_until="load")
        return page

    return open_one
