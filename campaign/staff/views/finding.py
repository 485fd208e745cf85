"""Find in a list at the desk: search without accents, amounts however written, order, pages."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar
from urllib.parse import urlencode

from campaign.published.texts import fold

ROWS_A_PAGE: Final = 25
MOST_SEARCHED: Final = 80
# Between digits a group of three stands behind a point, a comma or an apostrophe: 8.000, 8,000.
_THOUSANDS: Final = re.compile(r"(?<=\d)[.,'](?=\d{3}(?!\d))")
_DECIMAL_COMMA: Final = re.compile(r"(?<=\d),(?=\d)")
# Towns that courts and reports are named after, in the languages of Belgium and in English.
_PLACES: Final = (
    ("antwerpen", "anvers", "antwerp"),
    ("bergen", "mons"),
    ("brugge", "bruges", "brügge"),
    ("brussel", "bruxelles", "brüssel", "brussels"),
    ("dendermonde", "termonde"),
    ("doornik", "tournai"),
    ("gent", "gand", "ghent"),
    ("ieper", "ypres", "ypern"),
    ("kortrijk", "courtrai"),
    ("leuven", "louvain", "löwen"),
    ("luik", "liège", "lüttich"),
    ("mechelen", "malines", "mecheln"),
    ("namen", "namur"),
    ("nijvel", "nivelles"),
    ("oostende", "ostende", "ostend"),
    ("oudenaarde", "audenarde"),
    ("rijsel", "lille"),
)

Row = TypeVar("Row")


def searched(parts: Iterable[str]) -> str:
    """Return texts as they are searched, with a line for each, so that no digits join.

    A town is found by its name in each language, whichever the texts have.
    """
    text = "\n".join(_plain(part) for part in parts)
    words = set(re.findall(r"\w+", text))
    places = [" ".join(names) for names in _PLACES_FOLDED if not words.isdisjoint(names)]
    return "\n".join([text, *places])


def words_of(query: str) -> tuple[str, ...]:
    """Return the words of a search as they stand in searched texts."""
    return tuple(_plain(query[:MOST_SEARCHED]).split())


def found_in(text: str, words: Sequence[str]) -> bool:
    """Tell whether all words stand in a searched text; a number stands there as a whole."""
    return all(
        re.search(rf"(?<![\d.]){re.escape(word)}(?![\d]|\.\d)", text)
        if re.fullmatch(r"[\d.]+", word)
        else word in text
        for word in words
    )


def _plain(text: str) -> str:
    return _DECIMAL_COMMA.sub(".", _THOUSANDS.sub("", fold(text)))


_PLACES_FOLDED: Final = tuple(tuple(map(fold, names)) for names in _PLACES)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: the address that sorts by it, and how the list is sorted by it now."""

    words: str
    path: str
    sorted: str


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """One page of a sorted list, with the addresses that lead on."""

    rows: Sequence[Row]
    found: int
    headings: Sequence[Heading]
    page: int
    pages: int
    path: str
    asked: Mapping[str, str]

    def page_path(self, page: int) -> str:
        """Return the address of another page."""
        return _path(self.path, {**self.asked, "page": str(page) if page > 1 else ""})


def lay_out(
    path: str,
    asked: Mapping[str, str],
    rows: Sequence[Row],
    columns: Mapping[str, tuple[str, Callable[[Row], Any] | None]],
) -> Listing[Row]:
    """Sort the rows as asked and choose the page.

    `columns` gives each column's heading and what it sorts by, None where it does not; in the
    address a minus before its name turns the order round.
    """
    order = asked.get("sort", "")
    name, down = order.removeprefix("-"), order.startswith("-")
    _words, key = columns.get(name, ("", None))
    if key is not None:
        rows = sorted(rows, key=key, reverse=down)
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    wanted = asked.get("page", "")
    page = min(max(int(wanted), 1), pages) if re.fullmatch("[0-9]{1,6}", wanted) else 1
    kept = {each: text for each, text in asked.items() if text and each != "page"}
    headings = [
        Heading(
            words,
            _path(path, {**kept, "sort": f"-{column}" if order == column else column})
            if sorts_by
            else "",
            ("descending" if down else "ascending") if sorts_by and column == name else "",
        )
        for column, (words, sorts_by) in columns.items()
    ]
    first = (page - 1) * ROWS_A_PAGE
    shown = rows[first : first + ROWS_A_PAGE]
    return Listing(shown, len(rows), headings, page, pages, path, kept)


def _path(path: str, asked: Mapping[str, str]) -> str:
    query = urlencode({name: text for name, text in asked.items() if text})
    return f"{path}?{query}" if query else path
