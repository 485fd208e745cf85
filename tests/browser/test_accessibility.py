"""WCAG 2.2 AA on every page by axe, the newest, and what axe cannot see: zoom, focus, motion."""

from __future__ import annotations

import pytest

from calculator.figures import LANGUAGES
from campaign.addresses import PAGES, page_path

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY = [
    pytest.param(
        page_path(page, language) + ("/BE/1y" if page == "result" else ""), id=f"{page}-{language}"
    )
    for page in PAGES
    for language in LANGUAGES
]
RUN_AXE = """async (tags) => (await axe.run(document, {
  runOnly: tags, resultTypes: ["violations"],
})).violations.map(({id, help, nodes}) =>
  `${id}: ${help}: ` + nodes.map(({target, failureSummary}) => `${target} ${failureSummary}`).join(" | "))"""


@pytest.fixture(scope="session")
def axe_script(node_packages):
    return (node_packages / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def violations(axe_script):
    """Give a function that lists what axe finds wrong with a page as it is now."""

    def find(page):
        if not page.evaluate("'axe' in window"):
            page.evaluate(axe_script)
        return page.evaluate(RUN_AXE, TAGS)

    return find


@pytest.mark.parametrize("path", EVERY)
def test_page_has_no_violation(path, open_page, violations):
    page = open_page(path, color_scheme="light")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_calculator_has_no_violation_with_errors(scheme, open_page, violations):
    page = open_page("/nl/bereken", color_scheme=scheme)
    page.locator("#submit").click()
    page.locator("#errors").wait_for()
    page.context.watch.complaints.clear()  # the answer is a 400

    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_result_with_a_photo_from_the_server_has_no_violation(
    scheme, open_page, violations, portrait_jpeg, tmp_path
):
    (tmp_path / "photo.jpg").write_bytes(portrait_jpeg)
    page = open_page("/nl/bereken#photo", color_scheme=scheme)
    page.locator("#region").check()
    page.locator("#period").check()
    page.locator("#photo").set_input_files(tmp_path / "photo.jpg")
    page.locator("#consent").check()
    page.locator("#submit").click()
    page.locator("img[src^='data:']").wait_for()

    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_editor_has_no_violation(scheme, open_page, violations, editor_on, portrait_file):
    page = open_page("/nl/resultaat/BE/1y", color_scheme=scheme)
    editor = editor_on(page).open()
    assert violations(page) == []

    editor.choose(portrait_file)
    editor.part("add").click()
    editor.part("consent").check()
    editor.wait_for_card()

    assert violations(page) == []


def test_page_that_is_not_there_has_no_violation(open_page, violations):
    page = open_page("/fr/nulle-part")
    page.context.watch.complaints.clear()  # the answer is a 404

    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
