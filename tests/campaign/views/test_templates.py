"""What rots unseen in templates and style: long lines, strings cut there, stray colours."""

from __future__ import annotations

import re

import pytest

from campaign.config import ROOT

TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
LONGEST_LINE = 160
# Words are cut and joined in Python: campaign/words/ and the views hand them over ready.
SURGERY = re.compile(r"\|\s*(?:replace|truncate|lower|upper)\b|\.(?:r?split|replace|\w+swith)\(")
SLICE = re.compile(r"{[{%][^}]*\w\[[^]'\"]*:[^]]*\]")
COLOUR = re.compile(r"(?i)#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(|: ?(?:white|black|red)\b(?!-)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TOKENS = re.compile(r":root \{[^}]*\}")


def name_of(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_is_read_without_scrolling_and_cuts_no_strings(path):
    lines = path.read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if len(line) > LONGEST_LINE] == []
    assert [line for line in lines if SURGERY.search(line) or SLICE.search(line)] == []


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_colours_are_named_once_among_the_tokens(path):
    style = COMMENT.sub("", path.read_text(encoding="utf-8"))

    has_tokens = path.name in {"site.css", "staff.css"}
    assert bool(TOKENS.search(style)) == has_tokens, "one place for the site, one for the desk"
    assert COLOUR.findall(TOKENS.sub("", style)) == []
