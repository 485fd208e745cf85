"""The pages as html-validate reads them: the standard, and what it knows of accessibility."""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from calculator.languages import LANGUAGES
from campaign.words.addresses import PAGES, page_path

CONFIG = Path(__file__).parent.parent / "node" / "htmlvalidate.json"
NOT_THERE = "/fr/nulle-part"


def fetch(address):
    request = urllib.request.Request(address, headers={"Accept": "text/html"})  # noqa: S310 - ours
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own site
            return answer.read()
    except urllib.error.HTTPError as error:
        with error:
            if not address.endswith(NOT_THERE):
                raise
            return error.read()


@pytest.fixture(scope="module")
def validate(node_packages, tmp_path_factory):
    """Return a function that lists what html-validate finds wrong with files."""
    node, _driver = compute_driver_executable()

    def run(folder):
        program = node_packages / "html-validate" / "bin" / "html-validate.mjs"
        # To a file: through a pipe its last words are lost when it ends.
        report = tmp_path_factory.mktemp("report") / "report.json"
        done = subprocess.run(
            [node, program, f"--config={CONFIG}", f"--formatter=json={report}", *folder.iterdir()],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr
        return [
            f"{Path(file['filePath']).name}:{found['line']}: {found['message']} ({found['ruleId']})"
            for file in json.loads(report.read_text(encoding="utf-8"))
            for found in file["messages"]
        ]

    return run


def test_every_page_is_valid_html(site, validate, tmp_path):
    paths = {
        f"{page}-{language}": page_path(page, language) + ("/BE/1y" if page == "result" else "")
        for page in PAGES
        for language in LANGUAGES
    } | {"not-there": NOT_THERE, "faq-search": "/nl/faq?q=foto"}
    for name, path in paths.items():
        (tmp_path / f"{name}.html").write_bytes(fetch(site + path))

    assert validate(tmp_path) == []


def test_page_that_is_wrong_is_found_out(validate, tmp_path):
    (tmp_path / "wrong.html").write_text("<!doctype html><html><p><div id=a></div></p></html>")

    assert validate(tmp_path)


def test_answers_to_a_form_are_valid_html(open_page, validate, portrait_file, tmp_path):
    folder = tmp_path / "answers"
    folder.mkdir()
    page = open_page("/de/foto", java_script_enabled=False)

    def send(name):
        with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
            page.locator("#submit").click()
        page.wait_for_load_state()
        (folder / f"{name}.html").write_bytes(answer.value.body())

    send("errors")
    page.context.watch.complaints.clear()  # that answer is a 400
    page.locator("#photo").set_input_files(portrait_file)
    page.locator("#consent").check()
    send("photo")

    assert validate(folder) == []
