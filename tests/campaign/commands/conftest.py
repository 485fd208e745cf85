"""Figures with mistakes, for the commands that must say so."""

from __future__ import annotations

import shutil

import pytest


@pytest.fixture
def damaged(pytestconfig, tmp_path):
    """Return a copy of the figures with three mistakes, two of them in one file."""
    folder = tmp_path / "sources"
    shutil.copytree(pytestconfig.rootpath / "sources", folder)
    files = sorted((folder / "publications").glob("*.yaml"))
    for path, mistakes in ((files[0], ["surprise: 1", "wonder: 2"]), (files[1], ["surprise: 3"])):
        path.write_text(path.read_text() + "".join(f"{mistake}\n" for mistake in mistakes))
    return folder, files[:2]
