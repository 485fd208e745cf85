"""Every page in every language, fetched and read once for all tests of this folder."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

import pytest
from html_tree import read_html, text_of, tidy, token_in
from made_site import SITE, make_site

from campaign.web.errors import ERROR_WORDS, error_page
from campaign.words.addresses import PAGES, page_path

LANGUAGES = ("nl", "fr", "de", "en")
SEARCH = {"nl": "foto", "fr": "photo", "de": "foto", "en": "photo"}
FILTER = "?region=BE&kind=court"
INLINE = frozenset({"a", "abbr", "b", "cite", "code", "em", "i", "small", "span", "strong", "sup"})
SAID_BY_ATTRIBUTE = ("alt", "aria-label", "placeholder", "title")
SAID_BY_META = re.compile("description|title|alt|site_name")


def blocks_of(root, language):
    """List the texts of paragraphs, headings and cells; quoted titles and names are left out."""
    found, words = [], []

    def end_block():
        text = tidy("".join(words))
        if text:
            found.append(text)
        words.clear()

    def walk(element, quoted):
        if element.tag in ("script", "style"):
            return
        other = element.get("lang", language) != language
        quoted = quoted or element.tag == "cite" or other
        if element.tag not in INLINE:
            end_block()
        if element.text and not quoted:
            words.append(element.text)
        for child in element:
            walk(child, quoted)
            if child.tail and not quoted:
                words.append(child.tail)
        if element.tag not in INLINE:
            end_block()

    walk(root, quoted=False)
    end_block()
    return found


@dataclass(frozen=True)
class Page:
    """One page as it was answered."""

    language: str
    name: str
    path: str
    status: int
    headers: object
    html: str = field(repr=False)

    @cached_property
    def root(self):
        return read_html(self.html)

    def all(self, path):
        return self.root.findall(f".//{path}")

    @cached_property
    def ids(self):
        return {item.get("id") for item in self.root.iter() if item.get("id")}

    @cached_property
    def blocks(self):
        """Return the texts of the page in its own language, one for each paragraph or the like."""
        return blocks_of(self.root, self.language)

    @cached_property
    def meta(self):
        """Return the content of the meta elements by name or property."""
        return {
            item.get("property") or item.get("name"): item.get("content")
            for item in self.all("meta")
            if item.get("property") or item.get("name")
        }

    @cached_property
    def title(self):
        return tidy(self.root.findtext("head/title"))

    @cached_property
    def said_aside(self):
        """Return what is said without standing on the page: to screen readers and other sites."""
        told = [text for name, text in self.meta.items() if SAID_BY_META.search(name)]
        told += [
            item.get(name)
            for item in self.root.iter()
            if item.get("lang", self.language) == self.language
            for name in SAID_BY_ATTRIBUTE
            if item.get(name)
        ]
        return told

    @cached_property
    def texts(self):
        return [*self.blocks, *self.said_aside]

    @cached_property
    def words(self):
        """Return the page as one text, quoted titles included."""
        return tidy(" ".join(self.root.find("body").itertext()))

    def text_of(self, element):
        return text_of(element)


class Site:
    """The site, and all its pages."""

    def __init__(self, app):
        self.app = app
        self.published = app.extensions["published"]
        self._known = {}

    def browser(self, *, cookies=False):
        return self.app.test_client(use_cookies=cookies)

    def get(self, address):
        return self.browser().get(address.removeprefix(SITE), base_url=SITE)

    def page(self, language, name, tail="", query=""):
        if name == "result" and not tail:
            tail = "/BE/1y"
        path = page_path(name, language) + tail + query
        if path not in self._known:
            response = self.get(path)
            self._known[path] = self._read(language, name, path, response)
        return self._known[path]

    def error(self, language, code):
        with self.app.test_request_context(f"/{language}/nowhere", base_url=SITE):
            return self._read(language, f"error-{code}", f"/{language}/nowhere", error_page(code))

    def refused_form(self, language):
        path = page_path("calculate", language)
        browser = self.browser(cookies=True)
        form = browser.get(path, base_url=SITE).get_data(as_text=True)
        response = browser.post(
            path,
            base_url=SITE,
            data={"csrf_token": token_in(form)},
            headers={"Referer": SITE + path},
        )
        return self._read(language, "calculate", path, response)

    def _read(self, language, name, path, response):
        html = response.get_data(as_text=True)
        return Page(language, name, path, response.status_code, response.headers, html)

    @cached_property
    def scenarios(self):
        return [f"/{region}/{period}" for region, period in self.published.estimates]

    @cached_property
    def lasting(self):
        """Return every page that has an address of its own."""
        return [
            self.page(language, name, tail)
            for language in LANGUAGES
            for name in PAGES
            for tail in (self.scenarios if name == "result" else [""])
        ]

    @cached_property
    def passing(self):
        """Return the pages that answer a search, a filter, a mistake or a failure."""
        return [
            page
            for language in LANGUAGES
            for page in (
                self.page(language, "faq", query=f"?q={SEARCH[language]}"),
                self.page(language, "faq", query="?q=xyzzy"),
                self.page(language, "sources", query=FILTER),
                self.refused_form(language),
                *(self.error(language, code) for code in ERROR_WORDS),
            )
        ]

    @cached_property
    def everything(self):
        return [*self.lasting, *self.passing]


@pytest.fixture(scope="session")
def site():
    made = Site(make_site())
    assert len(made.scenarios) == 18
    assert len(made.lasting) == (len(PAGES) - 1 + 18) * 4
    return made
