"""Every page in every language, fetched and read once for all tests, its rules checked."""

from __future__ import annotations

from functools import cached_property

import pytest
from made_site import SITE, make_site
from page import LANGUAGES, Page, token_in
from page_rules import check_page, check_resources

from campaign.web.errors import ERROR_WORDS, error_page
from campaign.words.addresses import PAGES, page_path
from campaign.words.bodies import say_publisher

SEARCH = {"nl": "foto", "fr": "photo", "de": "foto", "en": "photo"}
FILTER = "?region=BE&kind=court"


class Site:
    """The site, and all its pages."""

    def __init__(self, app):
        self.app = app
        self.published = app.extensions["published"]
        self._known, self._resources = {}, set()

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
            self._known[path] = self._checked(Page(path, response, name))
        return self._known[path]

    def publisher(self, name, language):
        """Return a publisher or reporter by the name that readers of a language know."""
        with self.app.test_request_context(f"/{language}/", base_url=SITE):
            self.app.preprocess_request()
            return say_publisher(name)

    def error(self, language, code):
        with self.app.test_request_context(f"/{language}/nowhere", base_url=SITE):
            return Page(f"/{language}/nowhere", error_page(code), f"error-{code}")

    def refused_form(self, language):
        path = page_path("photo", language)
        browser = self.browser(cookies=True)
        form = browser.get(path, base_url=SITE).get_data(as_text=True)
        response = browser.post(
            path,
            base_url=SITE,
            data={"csrf_token": token_in(form)},
            headers={"Referer": SITE + path},
        )
        return self._checked(Page(path, response, "photo"))

    def _checked(self, page):
        check_page(page)
        check_resources(page, self.get, self._resources)
        return page

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
    chosen = made.published.sources.scenarios
    assert len(made.scenarios) == len(chosen.regions) * len(chosen.periods)
    assert len(made.lasting) == (len(PAGES) - 1 + len(made.scenarios)) * len(LANGUAGES)
    return made
