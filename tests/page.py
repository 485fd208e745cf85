"""A page as it was answered, read as a browser does, and refused where tags close out of order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from xml.etree import ElementTree

LANGUAGES = ("nl", "fr", "de", "en")
INLINE = frozenset({"a", "abbr", "b", "cite", "code", "em", "i", "small", "span", "strong", "sup"})
SAID_BY_ATTRIBUTE = ("alt", "aria-label", "placeholder", "title")
SAID_BY_META = re.compile("description|title|alt|site_name")
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
    """One page: what it says, what it says aside, and the form that ends it."""

    path: str
    response: object
    name: str = ""

    @property
    def status(self):
        return self.response.status_code

    @property
    def headers(self):
        return self.response.headers

    @cached_property
    def html(self):
        return self.response.get_data(as_text=True)

    @cached_property
    def root(self):
        return read_html(self.html)

    @cached_property
    def language(self):
        """Return the language of the address; pages of no language are Dutch."""
        first = self.path.split("/")[1] if self.path.startswith("/") else ""
        return first if first in LANGUAGES else "nl"

    def all(self, path):
        return self.root.findall(f".//{path}")

    def text(self, path):
        """Return the words of the first element of a kind, which must be there."""
        found = self.root.find(f".//{path}")
        assert found is not None, f"{self.path} has no {path}"
        return text_of(found)

    # ---- what it says

    @cached_property
    def title(self):
        return text_of(self.root.find("head/title"))

    @property
    def h1(self):
        return self.text("h1")

    @cached_property
    def words(self):
        """Return what a reader can see, closed details and quoted titles included."""
        return tidy(" ".join(self.root.find("body").itertext()))

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
    def ids(self):
        return {item.get("id") for item in self.root.iter() if item.get("id")}

    # ---- what can be filled in

    def checked(self, name):
        """Return the values of a field that are chosen."""
        return [
            field.get("value")
            for field in self.all("input")
            if field.get("name") == name and "checked" in field.attrib
        ]

    @property
    def errors(self):
        """Return the error summary: the address each line leads to, and what it says."""
        return [
            (link.get("href"), text_of(link))
            for box in self.all("div[@id='errors']")
            for link in box.iter("a")
        ]

    @property
    def alerts(self):
        return [text_of(item) for item in self.all("*[@role='alert']")]

    @property
    def _form(self):
        return self.all("form")[-1]

    @property
    def action(self):
        return self._form.get("action", "")

    @property
    def fields(self):
        """Return what a browser would send of the last form, by name."""
        return {
            item.get("name"): _value_of(item)
            for item in self._form.iter()
            if item.tag in ("input", "select", "textarea") and item.get("name")
            if item.get("type") != "checkbox" or "checked" in item.attrib
        }

    @property
    def boxes(self):
        """Return the names of the last form's boxes to tick."""
        boxes = [item for item in self._form.iter("input") if item.get("type") == "checkbox"]
        return [box.get("name") for box in boxes]

    @property
    def buttons(self):
        return [button.get("value") for button in self._form.iter("button")]


def _value_of(field):
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib] or options[:1]
        return chosen[-1].get("value", "") if chosen else None
    if field.tag == "textarea":
        # A browser leaves out the line end right after <textarea>.
        return "".join(field.itertext()).removeprefix("\n")
    return field.get("value") or ""
