"""Styles: every class that a rule names stands in a page, a script or the renderer of texts."""

from __future__ import annotations

import re

import pytest

from campaign.config import ROOT

STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
USERS = [
    *(ROOT / "templates").rglob("*.html"),
    *(ROOT / "static" / "js").rglob("*.js"),
    *(ROOT / "campaign" / "published").glob("*.py"),
    *(ROOT / "campaign" / "words").glob("*.py"),
    *(ROOT / "campaign" / "views").glob("*.py"),
]


@pytest.fixture(scope="module")
def written():
    """Return all that may name a class."""
    return "\n".join(path.read_text() for path in USERS)


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_no_rule_names_a_class_that_nothing_bears(style, written):
    rules = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", style.read_text(), flags=re.DOTALL)
    selectors = re.findall(r"([^{};]+)\{", rules)
    classes = {name for each in selectors for name in re.findall(r"\.([a-z][\w-]*)", each)}

    # A kind of a block may be written in two parts, as in "door--{{ kind }}".
    borne = {
        name
        for name in classes
        if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", written)
        or ("--" in name and re.search(rf"{name.partition('--')[0]}--(?:\{{\{{|\" ~)", written))
    }
    assert classes - borne == set()


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_every_file_of_styles_is_asked_for(style, written):
    asked = re.search(rf'styles = \[[^\]]*"{style.stem}"', written)
    assert asked or f'static_path("css/{style.name}")' in written
