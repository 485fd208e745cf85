"""The site, made within the process of the tests, with their settings."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from flask import Flask
from jinja2 import BytecodeCache

from campaign import create_app
from campaign.live import keeper

SITE = "https://campaign.example"
SETTINGS = {
    "SITE_URL": SITE,
    "SECRET_KEY": "of the tests: " + "x" * 40,
    "LAUNCH": "confirmed",
    "CARD_LIMIT": "100000 per minute",
    "STATE": "",
    "RENDERERS": "1",
}


class CompiledTemplates(BytecodeCache):
    """Keeps templates compiled for the next site or desk, as long as their text is the same."""

    def __init__(self):
        self.held = {}

    def load_bytecode(self, bucket):
        if (bucket.key, bucket.checksum) in self.held:
            bucket.bytecode_from_string(self.held[bucket.key, bucket.checksum])

    def dump_bytecode(self, bucket):
        self.held[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


Flask.jinja_options = {"bytecode_cache": CompiledTemplates()}


# What decides which pages a site tries before it answers, and under which address.
DECIDES_WHAT_IS_TRIED = {"SOURCES", "CONTENT", "SITE_URL", "TRUSTED_HOSTS"}
_tried = []


def make_site(**settings):
    """Make the site with the settings given in place of the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (SETTINGS | settings).items():
            patch.setenv(f"SCHATJE_{name}", value)
        if DECIDES_WHAT_IS_TRIED.isdisjoint(settings):
            if _tried:  # by the first such site of this process: it takes most of the start
                patch.setattr(keeper, "rehearse", lambda _app, _state: None)
            _tried.append(settings)
        return create_app()


@pytest.fixture(scope="session")
def make_app():
    """Return a function that makes the site with the settings given in place of the tests' own."""
    return make_site


@contextmanager
def sites_with_renderers():
    """Yield a function that makes the site with settings of its own; its renderers end with it."""
    made = []

    def make(**settings):
        made.append(make_site(**settings))
        return made[-1]

    yield make
    for app in made:
        app.extensions["renderer"].close()
