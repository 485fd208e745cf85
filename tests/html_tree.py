"""Read a page as a browser does, but refuse what is not closed in order."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
                  "source", "track", "wbr"})  # fmt: skip


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


def tidy(text):
    """Bring white space to what a reader sees; spaces that never break stay."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def text_of(element):
    """Return the words of an element."""
    return tidy("".join(element.itertext()))


def token_in(html):
    """Return the token of the form on a page."""
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html)[1]
