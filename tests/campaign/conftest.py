"""A site to ask, and the rules of every page: whoever fetches one here has them checked."""

from __future__ import annotations

import pytest
from flask import Response
from flask.testing import FlaskClient
from made_site import SITE
from page import Page, token_in
from page_rules import check_page, check_resources
from werkzeug.test import encode_multipart

from campaign.words.addresses import PAGES


@pytest.fixture(scope="session")
def app(make_app):
    made = make_app()
    assert made.extensions["renderer"].wait_until_ready()
    return made


@pytest.fixture
def client(app):
    """Return a browser with its own cookies."""
    return browser_of(app)


@pytest.fixture(scope="session")
def browse():
    """Return a function that opens a browser of its own on a site."""
    return browser_of


class Browser(FlaskClient):
    """Asks the site by its own address and over TLS, unless told otherwise."""

    def open(self, *args, **options):
        return super().open(*args, **({"base_url": SITE} | options))


def browser_of(app):
    return Browser(app, Response, use_cookies=True)


@pytest.fixture(scope="session")
def sound_resources():
    """Remember which of the site's own files were found, so that each is fetched once."""
    return set()


@pytest.fixture
def read_page(app, sound_resources):
    """Return a function that checks a response against the rules of every page."""

    def read(response, path, status=200):
        assert response.status_code == status, f"{path} answers {response.status}"
        assert response.content_type == "text/html; charset=utf-8"
        page = Page(path, response)
        check_page(page)
        check_resources(page, browser_of(app).get, sound_resources)
        return page

    return read


@pytest.fixture
def get_page(client, read_page):
    """Return a function that fetches a page and checks it against the site's rules."""

    def get(path, status=200, **options):
        return read_page(client.get(path, **options), path, status)

    return get


@pytest.fixture
def post_form(client, read_page):
    """Return a function that fills in the form for a photo and sends it as a browser would."""

    def post(language="nl", *, status=200, accept=None, page_path=None, **fields):
        path = page_path or f"/{language}/{PAGES['photo'][language]}"
        token = token_of(client.get(path))
        given = {key: value for key, value in fields.items() if value is not None}
        response = client.post(
            path,
            **multipart_of({"csrf_token": token} | given),
            headers={"Accept": accept} if accept else {},
        )
        return response if accept else read_page(response, path, status)

    return post


@pytest.fixture(scope="session")
def multipart():
    """Return a function that encodes fields as a browser does: body and content type."""
    return multipart_of


def multipart_of(fields):
    # In memory: the test client itself would write a large body to a temporary file.
    boundary, body = encode_multipart(fields)
    return {"data": body, "content_type": f'multipart/form-data; boundary="{boundary}"'}


@pytest.fixture(scope="session")
def token_from():
    """Return a function that finds the form's token in a response."""
    return token_of


def token_of(response):
    return token_in(response.get_data(as_text=True))
