"""What there is to do, from the files and the commits: ready rows for the board of the week."""

import datetime
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, get_args

from calculator.figures.publication import Note
from calculator.figures.sources import Sources
from calculator.formatting import format_number
from calculator.languages import Language, name_in
from campaign.published.contacts import Contacts
from campaign.staff.desk import Desk
from campaign.staff.files.checkout import CONTENT, SOURCES
from campaign.staff.files.git import Git, NotRecorded
from campaign.staff.forms.typed import say_day
from campaign.staff.views.month import A_MONTH, moves_since
from campaign.staff.views.steps import find_out_of_step
from campaign.staff.views.text_list import title_of
from campaign.staff.views.times import day_of
from campaign.staff.views.words import (
    first_line,
    own_path,
    region_names,
    say_day_of,
)
from campaign.upkeep.stale import A_YEAR, Stale, StaleKind, find_stale
from campaign.words.i18n import current_language, gettext, say_colon
from campaign.words.i18n import mark as _

# What falls due within so many days is already on the board.
SOON_DAYS: Final = 30
# Of each kind; the others stand behind a link, or folded.
ROWS_SHOWN: Final = 5
FOLDER_OF: Final = {"contact": CONTENT, "address": CONTENT}
RATES: Final = {"exchange_rates": _("Exchange rates"), "consumer_prices": _("Consumer prices")}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do: what it is, what to know, and the link that does it, empty for none.

    `mark` names a part that a press of a button calls in step; `note_in` is the language of a note
    that somebody wrote, empty for one in the language of the page.
    """

    what: str
    note: str
    path: str
    do: str
    mark: str = ""
    note_in: str = ""


@dataclass(frozen=True, slots=True)
class Todo:
    """Things to do of one kind; `more` is where all of them stand."""

    title: str
    rows: tuple[Row, ...]
    more: str = ""

    @property
    def first(self) -> tuple[Row, ...]:
        return self.rows[:ROWS_SHOWN]

    @property
    def others(self) -> tuple[Row, ...]:
        return self.rows[ROWS_SHOWN:]


def list_todo(running: Desk, today: datetime.date) -> list[Todo]:
    """List what there is to do; kinds without anything are left out."""
    stale = _stale(running, today)
    helplines, publications = own_path(f"{CONTENT}help.yaml"), "/publications"
    kinds = (
        (_("Proposals that wait"), _proposals(running), "/proposals"),
        (_("Edits that were declined"), _declined(running, today), "/proposals"),
        (_("To be called or looked at"), stale["contact"], helplines),
        (
            _("To be read again"),
            [*stale["address"], *stale["rates"], *stale["publication"]],
            f"{publications}?sort=read",
        ),
        (_("Languages out of step"), _out_of_step(running), ""),
        (_("The estimate since last month"), _moves(running, today), ""),
        (
            _("What figures still lack"),
            stale["missing"],
            f"{publications}?show=missing&by=figure",
        ),
    )
    listed = [Todo(gettext(title), tuple(rows), more) for title, rows, more in kinds]
    return [each for each in listed if each.rows]


def _stale(running: Desk, today: datetime.date) -> Mapping[StaleKind, list[Row]]:
    """Return what ages or lacks something, by its kind; nothing where the figures are unusable."""
    state = running.state()
    rows: dict[StaleKind, list[Row]] = {kind: [] for kind in get_args(StaleKind)}
    if state.sources is not None:
        editable = set(running.checkout.names())
        names = _names_of(state.sources, state.contacts)
        for item in find_stale(state.sources, state.contacts, today, A_YEAR - SOON_DAYS):
            rows[item.kind].append(_row(item, editable, names))
    return rows


def _proposals(running: Desk) -> Iterator[Row]:
    for item in running.proposals.every():
        if item.status == "open":
            yield Row(first_line(item.why), _who_and_when(item.who, item.when),
                      f"/proposals/{item.id}", gettext("Read and decide"))  # fmt: skip


def _declined(running: Desk, today: datetime.date) -> Iterator[Row]:
    since = (today - datetime.timedelta(days=A_MONTH)).isoformat()
    for item in running.proposals.every():
        if item.status == "declined" and day_of((end := item.talk[-1]).when) >= since:
            yield Row(first_line(item.why), _who_and_when(item.decided_by, end.when),
                      f"/proposals/{item.id}", gettext("Read again"))  # fmt: skip


def _who_and_when(who: str, when: str) -> str:
    return f"{who}, {say_day_of(when)}"


class _Named(NamedTuple):
    """What something that ages is called, what it lacks, and its place on the page it leads to."""

    what: str
    lacks: Note | None = None
    place: str = ""


def _names_of(sources: Sources, contacts: Contacts | None) -> Mapping[str, _Named]:
    """Return each thing that ages by its id."""
    language = current_language()
    services = contacts.help.services if contacts is not None else ()
    return {
        "press contact": _Named(gettext("Press contact")),
        **{name: _Named(gettext(words)) for name, words in RATES.items()},
        **{each.id: _Named(each.name_in(language), None, f"#{each.id}") for each in services},
        **{each.id: _Named(each.title) for each in sources.publications},
        **{
            figure.id: _Named(
                figure.label.in_language(language), figure.missing, f"#f-figures.{i}.missing"
            )
            for publication in sources.publications
            for i, figure in enumerate(publication.figures)
        },
    }


def _row(item: Stale, editable: Container[str], names: Mapping[str, _Named]) -> Row:
    """Return the row of something that ages, or that lacks something."""
    file = f"{FOLDER_OF.get(item.kind, SOURCES)}{item.file}"
    named = names.get(item.id, _Named(item.id))
    path = f"{own_path(file)}{named.place}" if file in editable else ""
    if item.kind == "missing" and named.lacks is not None:
        said = named.lacks.in_language(current_language())
        return Row(named.what, said.words, path, gettext("Look it up"), note_in=said.language)
    if item.kind == "contact":
        return Row(named.what, _say_call(item), path, gettext("Note it down"))
    return Row(named.what, _say_due(item), path, gettext("Read again"))


def _say_call(item: Stale) -> str:
    if item.looked_at is None:
        return gettext("nobody has looked at it yet")
    return gettext("looked at on %(day)s") % {"day": say_day(item.looked_at)}


def _say_due(item: Stale) -> str:
    if item.looked_at is None or item.days is None:
        return gettext("nobody has looked at it yet")
    day = say_day(item.looked_at)
    if item.days > A_YEAR:
        return gettext("looked at on %(day)s, more than a year ago") % {"day": day}
    left = A_YEAR - item.days
    return gettext("looked at on %(day)s, due in %(left)s days") % {"day": day, "left": left}


def _out_of_step(running: Desk) -> Iterator[Row]:
    try:
        found = find_out_of_step(running.checkout, running.state(), current_language())
    except NotRecorded:  # no commit yet, or what the page of an edit says
        return
    for item in found:
        said = gettext("changed: %(languages)s (%(who)s); not changed: %(others)s") % {
            "languages": _names(item.edited),
            "who": _who_and_when(item.newest.who, item.newest.when)
            if item.newest.commit
            else gettext("not yet saved here"),
            "others": _names(item.behind),
        }
        yield Row(
            f"{title_of(item.page)}{say_colon()}{item.title}",
            said,
            f"/texts/{item.page}?part={item.anchor}",
            gettext("Compare"),
            f"{item.page}#{item.anchor}",
        )


def _names(languages: tuple[Language, ...]) -> str:
    return ", ".join(name_in(code, current_language()) for code in languages)


def _moves(running: Desk, today: datetime.date) -> Iterator[Row]:
    sources = running.state().sources
    if sources is None:
        return
    try:
        moves = moves_since(Git(running.checkout), sources, today)
    except NotRecorded:
        return
    since = today - datetime.timedelta(days=A_MONTH)
    path = f"/publications?since={since}&sort=-edited"
    if moves is None:
        said = gettext("the figures of a month ago do not pass today's checks")
        yield Row(gettext("Not compared"), said, "", "")
        return
    names = region_names(sources)
    for move in moves:
        percent = format_number(abs(move.percent), current_language(), decimals=1)
        sign = "+" if move.percent > 0 else "−"  # noqa: RUF001 - a minus sign
        said = gettext("moved by up to %(percent)s")
        yield Row(
            names.get(move.region, move.region),
            said % {"percent": f"{sign}{percent}\u00a0%"},
            path,
            gettext("See what changed"),
        )
