"""A site on copies of the real folders, which a test may edit as staff do."""

from __future__ import annotations

import shutil

import pytest

ILO = "publications/ilo-2024.yaml"


@pytest.fixture
def files(tmp_path, pytestconfig):
    """Return copies of the real folders."""
    root = pytestconfig.rootpath
    shutil.copytree(root / "sources", tmp_path / "sources")
    shutil.copytree(root / "campaign" / "content", tmp_path / "content")
    return tmp_path


@pytest.fixture
def site(make_app, files):
    """Return a function that makes a site on these folders."""

    def make(**settings):
        return make_app(
            SOURCES=str(files / "sources"),
            CONTENT=str(files / "content"),
            STATE=str(files / "state"),
            **settings,
        )

    return make


def change(path, old="central: 27252", new="central: 31000"):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def look(app, times=2):
    for _ in range(times):
        app.extensions["live"].look()
    return app.extensions["live"].status()


def amount(app):
    return app.extensions["published"].estimates["WORLD", "1y"].euros.central
