"""What docs name is there, and docs/proven.md is what tests/mutants.yaml says."""

import ast
import re
import tomllib
from pathlib import Path

import mutants
import pytest

ROOT = Path(__file__).parent.parent
PROVEN = (ROOT / "docs" / "proven.md").read_text(encoding="utf-8")
TESTS = mutants.places_of_tests(ROOT)
TEXTS = mutants.product_texts(ROOT)
# Calls that were measured as traps, with why.
FORBIDDEN_CALLS = {
    "thumbnail": "it defeats the scaled decode",
    "render_template_string": "it compiles on every call",
    "SpooledTemporaryFile": "an upload would reach the disk",
    "TemporaryFile": "an upload would reach the disk",
}


def test_every_fault_stands_once_in_the_product():
    ids = [each["id"] for each in mutants.MUTANTS]
    places = {each["id"]: mutants.place_of(each["old"], TEXTS) for each in mutants.MUTANTS}

    assert len(ids) == len(set(ids)) >= 60
    assert [name for name, place in places.items() if place is None] == [], (
        "code moved: change `old` and `new` in tests/mutants.yaml, then try it with"
        " `python tools/mutants.py ID`"
    )


def test_every_test_that_is_named_is_there():
    named = {name for each in mutants.MUTANTS for name in each["seen_by"]}
    named |= set(re.findall(r"`(test_\w+)`", PROVEN))

    assert named - set(TESTS) == set()


def test_the_page_of_what_is_proven_is_made_from_the_list():
    assert mutants.table() in PROVEN, "run `python tools/mutants.py --table`"


def test_the_page_of_what_is_proven_has_every_rule_of_the_charter():
    charter = PROVEN[PROVEN.index("**The charter.**") : PROVEN.index("## What cannot")]
    rules = re.findall(r"(?<![-\w])(\d+)(?=[,:)])", charter)

    assert set(map(int, rules)) >= set(range(1, 24)) - {5, 8, 11}
    assert {"5:", "8:", "10, 11:"} <= set(re.findall(r"\d[\d, ]*:", mutants.table()))


@pytest.mark.parametrize("root", ["campaign", "calculator"])
def test_contributing_names_every_room(root):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    [layers] = [each["layers"] for each in contracts if each.get("containers") == [root]]
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = re.search(rf"\| {root}/ \| \|\n\|---\|---\|\n((?:\|.*\n?)+)", text)[1]

    named = [re.findall(r"`(\w+)`", line.split("|")[1]) for line in table.splitlines()]
    assert named == [layer.split(" | ") for layer in layers]


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
def test_the_page_of_what_is_proven_is_found_from(page):
    text = (ROOT / page).read_text(encoding="utf-8")

    assert re.search(r"\]\((?:docs/)?proven\.md\)", text)


def test_links_between_docs_lead_somewhere():
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    targets = [
        page.parent / target
        for page in pages
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    ]

    assert len(targets) > 40
    assert [path for path in targets if not path.exists()] == []


def test_the_walks_name_what_is_there():
    text = (ROOT / "docs" / "walks.md").read_text(encoding="utf-8")
    code = "\n".join(TEXTS.values())
    files = re.findall(r"`([\w/]+\.(?:py|html|yaml))", text)
    classes = set(re.findall(r"`(\w+)\.\w+(?:\(\))?`", text))
    functions = set(re.findall(r"`(?:\w+\.)?(\w+)\(\)`", text))

    assert len(files) > 20
    assert [each for each in files if not list(ROOT.glob(f"**/{each}"))] == []
    assert [name for name in functions if not re.search(rf"\bdef {name}\(", code)] == []
    assert [name for name in classes if not re.search(rf"\bclass {name}\b", code)] == []


def test_the_manual_of_the_desk_is_found_from_its_page_for_whoever_runs_it():
    page = (ROOT / "docs" / "staff-desk.md").read_text(encoding="utf-8")
    catalogue = (ROOT / "campaign" / "translations" / "nl.po").read_text(encoding="utf-8")
    quoted = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", page)

    assert "`/manual`" in page
    assert (ROOT / "campaign" / "staff" / "manual").is_dir()
    assert quoted
    assert [words for words in quoted if f'msgid "{words}"' not in catalogue] == []
