"""Markdown as safe HTML, and what of it no page can show."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from calculator.errors import message as _
from campaign.published.damage import watch_clock
from campaign.published.shapes import COLUMNS, SPEECH, mark_lists

_TAGS: Final = {"p", "ul", "ol", "li", "a", "strong", "em", "h3", "blockquote"}
# What the reader of Markdown understands and the pages drop, words and all, or show without form.
_NOT_SHOWN: Final = {
    "image": _("holds a picture, which no page shows. Take it out"),
    "table_open": _("holds a table, which no page shows. Write a list, each line with “- ”"),
    "hr": _("holds a line across the page, which no page shows. Take it out"),
    "code_inline": _("holds words between backquotes (`), which no page shows. Write **words**"),
    "code_block": _("begins with four blanks, which makes code of it. Take the blanks away"),
    "s_open": _("holds words that are struck out (~~), which no page shows. Take them out"),
    "heading_open": _("holds a heading of a kind that no page shows. Begin it with “### ”"),
}


class Read(NamedTuple):
    """HTML for a page, and what is wrong, each with its line, counted from 0."""

    html: str
    wrong: Sequence[tuple[int, str]]


@lru_cache(maxsize=512)  # of some 230 texts an edit changes one: the others cost nothing
def read_markdown(markdown: str) -> Read:
    """Return a text as safe HTML, with what of it no page can show."""
    parser = _parser()
    tokens = parser.parse(markdown)
    html: str = parser.renderer.render(tokens, parser.options, {})
    shown = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href", "lang"}},
        allowed_classes={"ul": {COLUMNS, SPEECH}},
        url_schemes={"https", "http", "mailto", "tel"},
        link_rel=None,
    )
    return Read(shown, tuple(_not_shown(tokens, 0)))


def _not_shown(tokens: Sequence[Token], line: int) -> Iterator[tuple[int, str]]:
    for token in tokens:
        line = token.map[0] if token.map else line
        if token.type in _NOT_SHOWN and token.tag != "h3":
            yield line, _NOT_SHOWN[token.type]
        yield from _not_shown(token.children or (), line)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = watch_clock(MarkdownIt("js-default", {"linkify": False, "typographer": False}))
    parser.core.ruler.push("mark_lists", mark_lists)
    return parser
