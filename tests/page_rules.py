"""The rules that every page obeys."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from campaign.web.headers import HEADERS

LOADING = {"img": "src", "script": "src", "iframe": "src", "source": "src", "input": "src",
           "audio": "src", "video": "src", "embed": "src", "track": "src", "object": "data",
           "use": "href", "image": "href", "form": "action", "button": "formaction"}  # fmt: skip
LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"}


def check_page(page):
    check_words(page)
    check_landmarks(page)
    check_names(page)
    check_headers(page)


def check_words(page):
    assert page.root.get("lang") == page.language
    assert len(page.title) > 5
    assert len(page.all("h1")) == 1
    assert len(page.h1) > 3
    assert "116\u00a0000" in page.words, "the helpline stands on every page"
    assert page.all("a[@href='tel:116000']"), "the helpline is one tap away"
    assert page.all("a[@href='tel:112']"), "so is help in an emergency"
    levels = [int(item.tag[1]) for item in page.root.iter() if re.fullmatch("h[1-6]", item.tag)]
    steps = itertools.pairwise(levels)
    assert all(after <= before + 1 for before, after in steps), f"a heading is skipped: {levels}"
    assert page.meta["viewport"]
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
    ids = Counter(item.get("id") for item in page.root.iter() if item.get("id"))
    assert set(ids.values()) == {1}, "an id stands twice"
    named = {label.get("for") for label in page.all("label")}
    for item in page.root.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            for name in (item.get(attribute) or "").split():
                assert name in ids, f"{attribute}={name!r} leads nowhere"
        href = item.get("href") or ""
        assert not href.startswith("#") or href[1:] in ids, f"{href} leads nowhere"
        if item.tag == "img":
            assert "alt" in item.attrib, "an image has no alternative"
        if item.tag in ("input", "select", "textarea") and item.get("type") != "hidden":
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


def check_resources(page, get, known):
    """Fetch what a page loads, unless that was done for another page; all must be there."""
    for resource in resources_of(page) - known:
        with get(resource) as found:
            # A form that changes the scenario is answered with the way to the result.
            assert found.status_code in (200, 301), resource
        known.add(resource)


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
