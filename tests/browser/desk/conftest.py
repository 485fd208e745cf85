"""A desk and the public site on one checkout, and people who sit down at the desk."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from served_site import SCHATJE, SERVE_QUIETLY

from campaign.config import ROOT

AXE = ROOT / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"
HEADER = "X-Desk-User"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    root = tmp_path_factory.mktemp("desk") / "checkout"
    shutil.copytree(ROOT / "sources", root / "sources")
    shutil.copytree(ROOT / "campaign" / "content", root / "campaign" / "content")
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Start"]):
        subprocess.run(
            ["git", "-c", "user.name=T", "-c", "user.email=t@example.invalid", *arguments],
            cwd=root,
            check=True,
        )
    return root


@pytest.fixture(scope="module")
def desk(start_site, tmp_path_factory, checkout):
    return start_site(
        folder=tmp_path_factory.mktemp("running-desk"),
        command=[SCHATJE, "staff", "--checkout", str(checkout)],
        settings={"SCHATJE_STAFF_USER_HEADER": HEADER},
    )


@pytest.fixture(scope="module")
def public(start_site, tmp_path_factory, checkout):
    return start_site(
        folder=tmp_path_factory.mktemp("public"),
        command=[*SERVE_QUIETLY, "--workers", "1"],
        settings={
            "SCHATJE_SOURCES": str(checkout / "sources"),
            "SCHATJE_CONTENT": str(checkout / "campaign" / "content"),
            "SCHATJE_LOOK_SECONDS": "0.5",
        },
    )


@pytest.fixture
def sit_down(browser, desk):
    """Return a function that opens the desk as someone; at the end their pages must be quiet."""
    contexts, complaints = [], []

    def as_user(name, **options):
        usual = {"viewport": {"width": 1280, "height": 900}}
        context = browser.new_context(
            base_url=desk.url, extra_http_headers={HEADER: name}, **usual | options
        )
        context.set_default_timeout(30_000)
        context.on(
            "console",
            lambda message: complaints.append(message.text) if message.type == "error" else None,
        )
        contexts.append(context)
        return context.new_page()

    yield as_user
    for context in contexts:
        context.close()
    # A form that is not right is answered with 422, one that meets another edit with 409, which
    # browsers tell the console; so are the scripts of the site's page that a preview shows still.
    expected = re.compile(r"status of (422|409)|Blocked script execution in 'about:srcdoc'")
    assert not [each for each in complaints if not expected.search(each)]


@pytest.fixture
def check_with_axe(do_without):
    """Return a function that holds a page to what axe finds."""

    def check(page):
        if not AXE.exists():
            do_without("axe-core is not there: run the tests by `make test`")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        # Without preloading: axe puts what a stylesheet imports into a <style>, which is forbidden.
        found = page.evaluate(
            "() => axe.run(document, {resultTypes: ['violations'], preload: false})"
        )
        said = [
            f"{item['id']}: {[node['html'][:120] for node in item['nodes'][:3]]}"
            for item in found["violations"]
        ]
        assert not said

    return check
