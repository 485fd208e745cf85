"""The press kit as the site hands it out."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def made(app, browse):
    """Return the zip as the site hands it out."""
    response = browse(app).get("/downloads/press-kit.zip")
    assert response.status_code == 200
    return response


@pytest.fixture(scope="module")
def version(app):
    return app.extensions["published"].sources.digest
