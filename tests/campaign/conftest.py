"""A site to ask, and the rules of every page: whoever fetches one here has them checked."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree import ElementTree

import command_line
import pytest
from flask import Response
from flask.testing import FlaskClient
from werkzeug.test import encode_multipart

from campaign import create_app
from campaign.addresses import PAGES
from campaign.security import HEADERS

SITE = "https://campaign.example"
SETTINGS = {
    "SITE_URL": SITE,
    "SECRET_KEY": "of the tests: " + "x" * 40,
    "CARD_LIMIT": "100000 per minute",
    "STATE": "",
    "RENDERERS": "1",
}
LANGUAGES = ("nl", "fr", "de", "en")
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                  "source", "track", "wbr"})  # fmt: skip
LOADING = {"img": "src", "script": "src", "iframe": "src", "source": "src", "input": "src",
           "audio": "src", "video": "src", "embed": "src", "track": "src", "object": "data",
           "use": "href", "image": "href", "form": "action", "button": "formaction"}  # fmt: skip
LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}

run = command_line.run


@pytest.fixture(scope="session")
def make_app():
    """Give a function that makes the site with the settings given in place of the tests' own."""

    def make(**settings):
        with pytest.MonkeyPatch.context() as patch:
            for name, value in (SETTINGS | settings).items():
                patch.setenv(f"SCHATJE_{name}", value)
            return create_app()

    return make


@pytest.fixture(scope="session")
def app(make_app):
    made = make_app()
    assert made.extensions["renderer"].wait_until_ready()
    return made


@pytest.fixture
def client(app):
    """Give a browser with its own cookies."""
    return browser_of(app)


@pytest.fixture(scope="session")
def browse():
    """Give a function that opens a browser of its own on a site."""
    return browser_of


class Browser(FlaskClient):
    """Asks the site by its own address and over TLS, unless told otherwise."""

    def open(self, *args, **options):
        return super().open(*args, **({"base_url": SITE} | options))


def browser_of(app):
    return Browser(app, Response, use_cookies=True)


class _Tree(HTMLParser):
    """Builds an element tree, and refuses tags that are not closed in order."""

    def __init__(self):
        super().__init__()
        self.builder = ElementTree.TreeBuilder()
        self.open = []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), f"<{tag}> names an attribute twice: {names}"
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> stands where </{self.open[-1]}> must"
        self.builder.end(self.open.pop())

    def handle_data(self, data):
        if self.open:
            self.builder.data(data)


def read_html(text):
    assert text.lower().startswith("<!doctype html>"), "the page has no doctype"
    tree = _Tree()
    tree.feed(text)
    tree.close()
    assert not tree.open, f"not closed: {tree.open}"
    return tree.builder.close()


def text_of(element):
    """Give the words of an element, its white space as a reader sees it."""
    return re.sub(r"[ \t\r\n]+", " ", "".join(element.itertext())).strip()


@dataclass(frozen=True)
class Page:
    """A page that obeys the site's rules."""

    path: str
    response: object
    root: ElementTree.Element

    @property
    def html(self):
        return self.response.get_data(as_text=True)

    @property
    def words(self):
        """Give what a reader can see, closed details included."""
        return text_of(self.root.find("body"))

    @property
    def title(self):
        return text_of(self.root.find("head/title"))

    @property
    def h1(self):
        return text_of(self.root.find(".//h1"))

    def all(self, path):
        return self.root.findall(f".//{path}")

    def text(self, path):
        found = self.root.find(f".//{path}")
        assert found is not None, f"{self.path} has no {path}"
        return text_of(found)

    def meta(self, name):
        """Give the content of a meta element by its name or property."""
        for element in self.all("meta"):
            if name in (element.get("name"), element.get("property")):
                return element.get("content")
        raise AssertionError(f"{self.path} has no meta {name}")

    def checked(self, name):
        """Give the values of a field that are chosen."""
        return [
            field.get("value")
            for field in self.all("input")
            if field.get("name") == name and "checked" in field.attrib
        ]

    @property
    def errors(self):
        """Give the error summary: the address each line leads to, and what it says."""
        return [
            (link.get("href"), text_of(link))
            for box in self.all("div[@id='errors']")
            for link in box.iter("a")
        ]


@pytest.fixture(scope="session")
def sound_resources():
    """Remember which of the site's own files were found, so that each is fetched once."""
    return set()


@pytest.fixture
def read_page(app, sound_resources):
    """Give a function that checks a response against the rules of every page."""

    def read(response, path, status=200):
        assert response.status_code == status, f"{path} answers {response.status}"
        assert response.content_type == "text/html; charset=utf-8"
        page = Page(path, response, read_html(response.get_data(as_text=True)))
        check_words(page)
        check_landmarks(page)
        check_names(page)
        check_headers(page)
        for resource in resources_of(page) - sound_resources:
            with browser_of(app).get(resource) as found:
                # A form that changes the scenario is answered with the way to the result.
                assert found.status_code in (200, 302), resource
            sound_resources.add(resource)
        return page

    return read


@pytest.fixture
def get_page(client, read_page):
    """Give a function that fetches a page and checks it against the site's rules."""

    def get(path, status=200, **options):
        return read_page(client.get(path, **options), path, status)

    return get


@pytest.fixture
def post_form(client, read_page):
    """Give a function that opens the calculator, fills it in and sends it as a browser would."""

    def post(language="nl", *, status=200, accept=None, page_path=None, **fields):
        path = page_path or f"/{language}/{PAGES['calculate'][language]}"
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
    """Give a function that encodes fields as a browser does: body and content type."""
    return multipart_of


def multipart_of(fields):
    # In memory: the test client itself would write a large body to a temporary file.
    boundary, body = encode_multipart(fields)
    return {"data": body, "content_type": f'multipart/form-data; boundary="{boundary}"'}


@pytest.fixture(scope="session")
def token_from():
    """Give a function that finds the form's token in a response."""
    return token_of


def token_of(response):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', response.get_data(as_text=True))[1]


def language_of(path):
    first = path.split("/")[1] if path.startswith("/") else ""
    return first if first in LANGUAGES else "nl"


def check_words(page):
    assert page.root.get("lang") == language_of(page.path)
    assert len(page.title) > 5
    assert len(page.all("h1")) == 1
    assert len(page.h1) > 3
    assert "116\u00a0000" in page.words, "the helpline stands on every page"
    assert page.all("a[@href='tel:116000']"), "the helpline is one tap away"
    assert page.all("a[@href='tel:112']"), "so is help in an emergency"
    levels = [int(item.tag[1]) for item in page.root.iter() if re.fullmatch("h[1-6]", item.tag)]
    steps = itertools.pairwise(levels)
    assert all(after <= before + 1 for before, after in steps), f"a heading is skipped: {levels}"
    assert page.meta("viewport")
    assert not re.search(r"[{]{2}|[{]%|%\(\w+\)s|\bNone\b|&amp;amp;", page.words), "raw template"


def check_landmarks(page):
    assert len(page.all("main")) == 1
    body = page.root.find("body")
    assert len(body.findall("header")) == 1
    assert len(body.findall("footer")) == 1
    labels = [item.get("aria-label") or item.get("aria-labelledby") for item in page.all("nav")]
    assert all(labels), "every navigation has a name"
    assert len(labels) == len(set(labels)), f"two navigations share a name: {labels}"
    first = next(item for item in body.iter("a"))
    assert first.get("href") == "#main", "the first link skips to the text"


def check_names(page):
    ids = [item.get("id") for item in page.root.iter() if item.get("id")]
    assert not {name for name in ids if ids.count(name) > 1}, "an id stands twice"
    for item in page.root.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for name in (item.get(attribute) or "").split():
                assert name in ids, f"{attribute}={name!r} leads nowhere"
        href = item.get("href") or ""
        assert not href.startswith("#") or href[1:] in ids, f"{href} leads nowhere"
        if item.tag == "img":
            assert "alt" in item.attrib, "an image has no alternative"
        if item.tag in ("input", "select", "textarea") and item.get("type") != "hidden":
            named = {label.get("for") for label in page.all("label")}
            assert item.get("id") in named or item.get("aria-label"), f"{item.attrib} has no label"


def resources_of(page):
    """List what a browser would load, all from this site; refuse inline style and script."""
    found = []
    for item in page.root.iter():
        assert item.tag not in ("style", "base"), f"<{item.tag}> stands in the page"
        forbidden = [name for name in item.attrib if name == "style" or name.startswith("on")]
        assert not forbidden, f"<{item.tag} {forbidden[0]}>: the policy blocks it"
        if item.tag == "script" and "src" not in item.attrib:
            assert item.get("type") in ("application/ld+json", "application/json")
        assert "srcset" not in item.attrib or "//" not in item.get("srcset")
        assert "ping" not in item.attrib
        if item.tag == "link" and set(item.get("rel", "").split()) & LOADING_LINKS:
            found.append(item.get("href"))
        elif item.get(LOADING.get(item.tag, "-")):
            found.append(item.get(LOADING[item.tag]))
    own = [address for address in found if not address.startswith(("data:image/jpeg;", "#"))]
    foreign = [address for address in own if not re.match(r"/(?!/)", address)]
    assert not foreign, f"{page.path} loads from elsewhere: {foreign}"
    return {address for address in own if "/card/" not in address}


def check_headers(page):
    headers = page.response.headers
    for name, value in HEADERS.items():
        assert headers.getlist(name) == [value], name
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    has_form = "csrf_token" in page.html
    if page.response.status_code != 200 or has_form or page.response.request.method == "POST":
        assert headers["Cache-Control"] == "no-store"
    else:
        assert headers["Cache-Control"].startswith("public, max-age=")
        assert headers["ETag"]
        assert "Cookie" not in headers.get("Vary", ""), "a CDN must be able to keep this page"
    assert has_form or not headers.getlist("Set-Cookie"), "only a page with a form sets a cookie"
