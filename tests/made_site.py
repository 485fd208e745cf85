"""The site, made within the process of the tests, with their settings."""

from __future__ import annotations

import pytest

from campaign import create_app

SITE = "https://campaign.example"
SETTINGS = {
    "SITE_URL": SITE,
    "SECRET_KEY": "of the tests: " + "x" * 40,
    "CARD_LIMIT": "100000 per minute",
    "STATE": "",
    "RENDERERS": "1",
}


def make_site(**settings):
    """Make the site with the settings given in place of the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (SETTINGS | settings).items():
            patch.setenv(f"SCHATJE_{name}", value)
        return create_app()


@pytest.fixture(scope="session")
def make_app():
    """Return a function that makes the site with the settings given in place of the tests' own."""
    return make_site
