"""The launch list: what a person must still confirm before visitors come, and what is done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, get_args
from urllib.parse import urlsplit

from calculator.errors import message as _
from calculator.figures.publication import Said
from calculator.figures.sources import Sources
from calculator.languages import LANGUAGES, Language
from calculator.loading.files import Files
from campaign.config import Settings, is_loopback
from campaign.published.contacts import Contacts
from campaign.published.launch import Confirmed, Item, Launch, Reader, Reading
from campaign.published.services import Service
from campaign.published.texts import WaitingPart, waiting_parts
from campaign.words.addresses import PAGES

_FOLDER: Final = "campaign/content"
LAUNCH_FILE: Final = f"{_FOLDER}/launch.yaml"
HELP_FILE: Final = f"{_FOLDER}/help.yaml"
ENVIRONMENT: Final = "settings"
SHORTEST_KEY: Final = 32
_UNCONFIRMED: Final = _("nobody has confirmed it")
_EMPTY: Final = _("is empty")
_NOT_READ: Final[Mapping[tuple[str, ...], str]] = {
    ("native",): _("not yet read by a native speaker"),
    ("survivor",): _("not yet read by a survivor"),
    ("native", "survivor"): _("not yet read by a native speaker and a survivor"),
}
# What is written in a file by hand; the desk has a button.
_WRITE: Final = "then write confirmed_by and confirmed_on"
_THERE: Final = f"{_WRITE} there"
_LIST: Final = "then list it with confirmed_by and confirmed_on"


@dataclass(frozen=True, slots=True)
class Point:
    """One point: done, or else what it lacks. `by` and `on` say who confirmed it and when.

    `key` names what one confirms there, empty where there is nothing to confirm yet.
    """

    name: str
    lacks: str = ""
    by: str = ""
    on: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Points of one kind: where they are written down, and what to do about those still open.

    `by_hand` is what is then written in the file, where no desk does it.
    """

    title: str
    file: str
    field: str
    to_do: str
    points: tuple[Point, ...]
    by_hand: str = _WRITE

    @property
    def still_open(self) -> int:
        """Return how many points are open."""
        return sum(bool(point.lacks) for point in self.points)

    @property
    def done(self) -> int:
        """Return how many points are done."""
        return len(self.points) - self.still_open


@dataclass(frozen=True, slots=True)
class Question:
    """What a person must find out, and the places in files that wait for the answer.

    It is an entry of help.yaml, or else the part of a text.
    """

    said: Said
    places: tuple[str, ...]
    entry: str = ""
    part: WaitingPart | None = None


def launch_list(sources: Sources, contacts: Contacts, settings: Settings) -> tuple[Group, ...]:
    """Return every point, open or done, group by group."""
    return (
        *_values_of_launch(contacts.launch),
        *_contacts(contacts),
        _card_addresses(contacts.launch, settings),
        _publications(contacts.launch, sources),
        _readings(contacts.launch),
        _settings(settings),
    )


def count_open(groups: tuple[Group, ...]) -> int:
    """Return how many points are open in all groups."""
    return sum(group.still_open for group in groups)


def open_questions(contacts: Contacts, texts: Files, language: Language) -> list[Question]:
    """Return each question that holds something back, in a language or else the first it is in.

    No point is open for it: no visitor sees what waits.
    """
    found = [
        Question(item.question.in_language(language), (f"{HELP_FILE}: {item.id}",), item.id)
        for item in contacts.help.waiting
    ]
    parts: dict[tuple[str, str], list[WaitingPart]] = {}
    for part in waiting_parts(texts):
        parts.setdefault((part.page, part.anchor), []).append(part)
    for same in parts.values():
        own = next((part for part in same if part.language == language), same[0])
        places = tuple(f"{_FOLDER}/{part.file}:{part.line}" for part in same)
        found.append(Question(Said(own.question, own.language), places, part=own))
    return found


def refuse_unless_ready(sources: Sources, contacts: Contacts, settings: Settings) -> None:
    """Raise ValueError where visitors would come while points are open and nobody said they may."""
    if not settings.production or settings.launch:
        return
    groups = launch_list(sources, contacts, settings)
    named = [f"{group.title} ({group.still_open})" for group in groups if group.still_open]
    if named:
        raise ValueError(
            f"visitors may not come yet. Still open: {'; '.join(named)}. The list, with what to do:"
            " schatje launch. Or set SCHATJE_LAUNCH=confirmed, if whoever answers for the site"
            " knows what is open and lets it start"
        )


def _values_of_launch(launch: Launch) -> Iterator[Group]:
    for name, title, how in (
        (
            "owner",
            _("Who answers for the site"),
            _("copy each value from the statutes and the register"),
        ),
        ("funding", _("Who pays"), _("ask the foundation for one sentence")),
        (
            "privacy",
            _("Privacy notice"),
            _("ask the foundation's counsel and whoever runs the servers"),
        ),
        (
            "mistakes",
            _("Address for mistakes"),
            _("ask for the address of a role, write to it"),
        ),
    ):
        yield Group(title, LAUNCH_FILE, name, how, _values(getattr(launch, name)))
    how = _("have counsel read LICENSE and the press page, “What you may use”")
    point = _point(_("LICENSE and the press page"), launch.licences, key="licences")
    yield Group(_("Licences"), LAUNCH_FILE, "licences", how, (point,))


def _contacts(contacts: Contacts) -> Iterator[Group]:
    how = _("ask for the address of a role, write to it")
    point = _point("email", contacts.press, "" if contacts.press.email else _EMPTY, key="email")
    yield Group(_("Press contact"), f"{_FOLDER}/press.yaml", "email", how, (point,))
    how = _("call the number, open the addresses, compare every word of the entry")
    points = [
        _point(f"{each.id}: {_ways(each)}", each, key=each.id) for each in contacts.help.services
    ]
    yield Group(_("Help contacts"), HELP_FILE, "services", how, tuple(points), _THERE)
    how = _("ask those who take the reports whether it is so today")
    points = [_point(stage.id, stage, key=stage.id) for stage in contacts.help.after_report]
    title = _("What happens after a report")
    yield Group(title, HELP_FILE, "after_report", how, tuple(points), _THERE)


def _card_addresses(launch: Launch, settings: Settings) -> Group:
    points = _looked_up(
        {each: each for each in settings.card_addresses.values()},
        {item.address: item for item in launch.card_addresses},
        _("stands on no card: take it out"),
    )
    how = _("see in the register of domains that the foundation owns it for years")
    title = _("Addresses on the cards")
    return Group(title, LAUNCH_FILE, "card_addresses", how, points, _LIST)


def _publications(launch: Launch, sources: Sources) -> Group:
    points = _looked_up(
        {item.id: f"{item.id}: {item.url}" for item in sources.publications},
        {item.publication: item for item in launch.publications},
        _("is no publication: take it out"),
    )
    how = _("open the page, compare every number")
    return Group(_("Pages of the figures"), LAUNCH_FILE, "publications", how, points, _LIST)


def _readings(launch: Launch) -> Group:
    done = {(item.page, item.language, item.reader): item for item in launch.readings}
    points = [
        _read(page, code, {who: done.get((page, code, who)) for who in get_args(Reader)})
        for page in PAGES
        for code in LANGUAGES
    ]
    how = _("have a native speaker and a survivor read the page on the screen")
    return Group(_("Readings"), LAUNCH_FILE, "readings", how, tuple(points), _LIST)


def _settings(settings: Settings) -> Group:
    host = urlsplit(settings.site_url).hostname or ""
    named = [name.strip().lower() for name in settings.trusted_hosts.split(",") if name.strip()]
    answers = not is_loopback(host) and (not named or host in named)
    key = len(settings.secret_key) >= SHORTEST_KEY
    points = (
        Point("TLS: SCHATJE_SITE_URL", "" if settings.production else _("does not begin https://")),
        Point(
            "Hosts: SCHATJE_SITE_URL, SCHATJE_TRUSTED_HOSTS",
            "" if answers else _("the site does not answer to an address that visitors type"),
        ),
        Point(
            "Key: SCHATJE_SECRET_KEY",
            ""
            if key
            else _("is missing, or shorter than %(least)s characters", least=SHORTEST_KEY),
        ),
    )
    how = _("run schatje launch where the site runs, with its settings")
    return Group(_("Settings"), ENVIRONMENT, "SCHATJE_…", how, points, "")


def _values(item: Item) -> tuple[Point, ...]:
    """Return a point for each value of an item: those that are there are confirmed together."""
    empty = {each.partition(" ")[0]: each for each in item.lacks()}
    return tuple(_value(name, item, empty.get(name)) for name in item.values())


def _value(name: str, item: Item, empty: str | None) -> Point:
    """Return the point of a value; `empty` is its name, and the languages in which it lacks."""
    if empty is None:
        return _point(name, item, key=name)
    codes = empty.removeprefix(name).strip(" ()")
    lacks = _("is empty (%(languages)s)", languages=codes) if codes else _EMPTY
    return Point(name, lacks, key=name if codes else "")


def _point(name: str, item: Confirmed | None, lacks: str = "", key: str = "") -> Point:
    if item is None or lacks or not item.confirmed:
        return Point(name, lacks or _UNCONFIRMED, key="" if lacks else key)
    return Point(name, by=item.confirmed_by or "", on=item.confirmed_on or "", key=key)


def _read(page: str, language: str, readings: Mapping[Reader, Reading | None]) -> Point:
    found = [item for item in readings.values() if item is not None and item.confirmed]
    missing = tuple(sorted(set(readings) - {item.reader for item in found}))
    return Point(
        f"{page}, {language}",
        _NOT_READ[missing] if missing else "",
        by=", ".join(item.confirmed_by or "" for item in found),
        on=", ".join(item.confirmed_on or "" for item in found),
        key=f"{page}.{language}",
    )


def _looked_up(
    wanted: Mapping[str, str], found: Mapping[str, Confirmed], stray: str
) -> tuple[Point, ...]:
    """Return a point for each thing wanted, and one for each that is listed without need."""
    points = [_point(name, found.get(key), key=key) for key, name in wanted.items()]
    points += [Point(key, stray) for key in found if key not in wanted]
    return tuple(points)


def _ways(service: Service) -> str:
    pages = [service.url.in_language(name) for name in LANGUAGES] if service.url else []
    ways = [service.phone, service.email, service.chat, *pages]
    return ", ".join(dict.fromkeys(filter(None, ways)))
