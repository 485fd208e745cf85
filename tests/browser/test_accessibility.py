"""WCAG 2.2 AA and good practice, by axe, on what a visitor opens or sends. Pages: test_pages.py."""

from __future__ import annotations


def test_open_menu_has_no_violation(open_page, violations_in_both_schemes):
    page = open_page("/de/hilfe")
    page.locator(".menu").first.click()
    page.locator("#pages").wait_for()

    assert violations_in_both_schemes(page) == []


def test_axe_sees_what_is_wrong(open_page, violations):
    page = open_page("/nl/")
    page.evaluate(
        "document.querySelector('h1').innerHTML = '<img src=\"data:,\"><button></button>'"
    )

    assert len(violations(page)) >= 2


def test_form_for_a_photo_has_no_violation_with_errors(open_page, violations_in_both_schemes):
    page = open_page("/nl/foto")
    page.locator("#submit").click()
    page.locator("#errors").wait_for()
    page.context.watch.complaints.clear()  # the answer is a 400

    assert violations_in_both_schemes(page) == []


def test_result_with_a_photo_from_the_server_has_no_violation(
    open_page, violations_in_both_schemes, portrait_jpeg, tmp_path
):
    (tmp_path / "photo.jpg").write_bytes(portrait_jpeg)
    page = open_page("/nl/foto")
    page.locator("#photo").set_input_files(tmp_path / "photo.jpg")
    page.locator("#consent").check()
    page.locator("#submit").click()
    page.locator("img[src^='data:']").wait_for()

    assert violations_in_both_schemes(page) == []


def test_open_editor_has_no_violation(
    open_page, violations, violations_in_both_schemes, editor_on, portrait_file
):
    page = open_page("/nl/resultaat/BE/1y")
    editor = editor_on(page).open()
    assert violations(page) == []

    editor.choose(portrait_file)
    editor.part("add").click()
    editor.part("consent").check()
    editor.wait_for_card()

    assert violations_in_both_schemes(page) == []


def test_page_that_is_not_there_has_no_violation(open_page, violations_in_both_schemes):
    page = open_page("/fr/nulle-part")
    page.context.watch.complaints.clear()  # the answer is a 404

    assert violations_in_both_schemes(page) == []
