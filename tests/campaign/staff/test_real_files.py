"""Charter of the desk's writer: in every real file, an edit of one number changes one line."""

from __future__ import annotations

import difflib

import pytest

from campaign.config import ROOT
from campaign.staff.forms.binding import bind, content_of_form
from campaign.staff.forms.fields import fields_of_file
from campaign.staff.forms.yaml_editing import apply_content, read_tree

FILES = sorted((ROOT / "sources" / "publications").glob("*.yaml")) + [
    ROOT / "campaign" / "content" / name for name in ("help.yaml", "press.yaml")
]


def form_of(fields):
    """Return what a browser would send for a form that nobody touched."""
    sent = {}
    for bound in fields:
        for language, text in bound.values.items():
            sent[f"{bound.path}.{language}" if language else bound.path] = text
        for row in bound.rows:
            sent |= {f"{row.path}._was": row.was} | form_of(row.fields)
    return sent


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_form_of_a_real_file_changes_only_what_was_changed(path):
    text = path.read_text(encoding="utf-8")
    name = path.relative_to(ROOT).as_posix()
    shapes = fields_of_file(name)
    sent = form_of(bind(shapes, read_tree(text)))

    assert apply_content(text, content_of_form(shapes, sent)) == text

    numbers = [f"figures.0.{name}" for name in ("low", "central", "high")]
    field = next((name for name in numbers if sent.get(name)), "")
    field = field or next(name for name in sent if name.endswith("name"))
    sent[field] = "7"
    after = apply_content(text, content_of_form(shapes, sent))
    changed = [
        line for line in difflib.ndiff(text.splitlines(), after.splitlines()) if line[0] in "+-"
    ]
    assert [line[0] for line in changed] == ["-", "+"]
