"""docs/limits.md names the tests that hold each limit; here it is held to naming real ones."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LIMITS = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", LIMITS)))
ROWS = [line for line in LIMITS.splitlines() if re.match(r"\| (?!property|rule|---)", line)]
# Calls that limits.md forbids, with why.
FORBIDDEN_CALLS = {
    "thumbnail": "it defeats the scaled decode",
    "render_template_string": "it compiles on every call",
    "SpooledTemporaryFile": "an upload would reach the disk",
    "TemporaryFile": "an upload would reach the disk",
}


def test_the_page_of_limits_names_many_tests():
    assert len(NAMED) > 100


@pytest.mark.parametrize("file", sorted({file for file, _name in NAMED}))
def test_every_test_that_the_page_of_limits_names_is_there(file):
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    there = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}

    assert {name for other, name in NAMED if other == file} <= there


def test_every_row_of_the_page_of_limits_names_a_test_or_says_who_looks():
    assert len(ROWS) > 80
    bare = [row for row in ROWS if "::test_" not in row and "by hand" not in row]
    assert bare == []


def test_the_page_of_limits_has_every_rule_of_the_charter():
    rules = re.findall(r"^\| (\d+) \|", LIMITS, re.MULTILINE)

    assert sorted(set(map(int, rules))) == list(range(1, 22))


def test_no_code_uses_what_was_measured_as_a_trap():
    found = []
    for path in [*ROOT.glob("calculator/**/*.py"), *ROOT.glob("campaign/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                options = {each.arg for each in node.keywords}
                if called in FORBIDDEN_CALLS or (called == "save" and "optimize" in options):
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {called}")
    assert found == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/threat-model.md"])
def test_the_page_of_limits_is_found_from(page):
    text = (ROOT / page).read_text(encoding="utf-8")

    assert re.search(r"\]\((?:docs/)?limits\.md\)", text)
