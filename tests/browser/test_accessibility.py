"""WCAG 2.2 AA and good practice on every page, by axe. What axe cannot see: test_pages.py."""

from __future__ import annotations

import pytest

# All that can change with the colours alone.
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """async (rules) => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  const where = ({target, failureSummary}) => `${target} ${failureSummary}`;
  return found.violations.map(({id, help, nodes}) => [id, help, ...nodes.map(where)].join(": "));
}"""


@pytest.fixture(scope="session")
def axe_script(node_packages):
    return (node_packages / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def violations(axe_script):
    """Return a function that lists what axe finds wrong with a page as it is now."""

    def find(page, rules=TAGS):
        if not page.evaluate("'axe' in window"):
            page.evaluate(axe_script)
        return page.evaluate(RUN_AXE, rules)

    return find


def test_page_has_no_violation(every_path, open_page, violations):
    page = open_page(every_path, color_scheme="light")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, COLOUR_RULES) == []
    if every_path.startswith("/de/"):  # has the longest words
        page.set_viewport_size({"width": 1280, "height": 900})
        assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_menu_has_no_violation(scheme, open_page, violations):
    page = open_page("/de/hilfe", color_scheme=scheme)
    page.locator(".menu").first.click()
    page.locator("#pages").wait_for()

    assert violations(page) == []


def test_axe_sees_what_is_wrong(open_page, violations):
    page = open_page("/nl/")
    page.evaluate(
        "document.querySelector('h1').innerHTML = '<img src=\"data:,\"><button></button>'"
    )

    assert len(violations(page)) >= 2


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
