"""What the documents of operators say is there."""

from __future__ import annotations

import re

import pytest
from deployed import DEPLOY, DOCUMENTS, ROOT

from campaign.config import Settings

KNOWN_SETTINGS = {f"SCHATJE_{name.upper()}" for name in Settings.model_fields}


def test_only_settings_that_exist_are_used_or_told():
    places = [path for path in DEPLOY.rglob("*") if path.is_file()]
    places += [ROOT / "docs" / f"{name}.md" for name in DOCUMENTS]
    used = {
        name for path in places for name in re.findall(r"SCHATJE_[A-Z_]+", path.read_text("utf-8"))
    }
    assert used
    assert used <= KNOWN_SETTINGS


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_name_only_files_that_are_there(name):
    text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:deploy|tools|docs|campaign|calculator|tests|bench)/[\w@./-]+)`", text)
    made = {"deploy/compose/.env", "deploy/compose/tls", "deploy/compose/acme"}
    for each in named:
        assert each in made or (ROOT / each).exists(), each
    for target in re.findall(r"\]\(([\w./-]+\.md)(?:#[\w-]+)?\)", text):
        assert (ROOT / "docs" / target).exists(), target
