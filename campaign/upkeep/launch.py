"""The launch list: what a person must still confirm before visitors come, and what is done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, get_args
from urllib.parse import urlsplit

from calculator.figures.publication import LANGUAGES
from calculator.figures.sources import Sources
from calculator.loading.files import Files
from campaign.config import Settings, is_loopback
from campaign.published.contacts import Contacts
from campaign.published.launch import Confirmed, Item, Launch, Reader, Reading
from campaign.published.services import Service
from campaign.published.texts import waiting_parts
from campaign.words.addresses import PAGES

_FOLDER: Final = "campaign/content"
LAUNCH_FILE: Final = f"{_FOLDER}/launch.yaml"
ENVIRONMENT: Final = "settings"
SHORTEST_KEY: Final = 32
_UNCONFIRMED: Final = "nobody has confirmed it"
_WRITE: Final = "then write confirmed_by and confirmed_on"
_LIST: Final = "then list it with confirmed_by and confirmed_on"


@dataclass(frozen=True, slots=True)
class Point:
    """One point: done, or else what it lacks. `by` and `on` say who confirmed it and when."""

    name: str
    lacks: str = ""
    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Points of one kind: where they are written down, and what to do about those still open."""

    title: str
    file: str
    field: str
    to_do: str
    points: tuple[Point, ...]

    @property
    def still_open(self) -> int:
        """Return how many points are open."""
        return sum(bool(point.lacks) for point in self.points)

    @property
    def done(self) -> int:
        """Return how many points are done."""
        return len(self.points) - self.still_open


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


def open_questions(contacts: Contacts, texts: Files) -> dict[str, tuple[str, ...]]:
    """Return each question that holds something back, with the places that wait for its answer.

    No point is open for it: no visitor sees what waits.
    """
    found: dict[str, tuple[str, ...]] = {}
    waiting = [(item.question, f"help.yaml: {item.id}") for item in contacts.help.waiting]
    waiting += [(part.question, f"{part.file}:{part.line}") for part in waiting_parts(texts)]
    for question, place in waiting:
        found[question] = (*found.get(question, ()), f"{_FOLDER}/{place}")
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
        ("owner", "Who answers for the site", "copy each value from the statutes and the register"),
        ("funding", "Who pays", "ask the foundation for one sentence"),
        ("privacy", "Privacy notice", "ask the foundation's counsel and whoever runs the servers"),
        ("mistakes", "Address for mistakes", "ask for the address of a role, write to it"),
    ):
        points = _values(getattr(launch, name))
        yield Group(title, LAUNCH_FILE, name, f"{how}, {_WRITE}", points)
    how = f"have counsel read LICENSE and the press page, “What you may use”, {_WRITE}"
    point = _point("LICENSE and the press page", launch.licences)
    yield Group("Licences", LAUNCH_FILE, "licences", how, (point,))


def _contacts(contacts: Contacts) -> Iterator[Group]:
    how = f"ask for the address of a role, write to it, {_WRITE}"
    point = _point("email", contacts.press, "" if contacts.press.email else "is empty")
    yield Group("Press contact", f"{_FOLDER}/press.yaml", "email", how, (point,))
    how = f"call the number, open the addresses, compare every word of the entry, {_WRITE} there"
    points = [_point(f"{each.id}: {_ways(each)}", each) for each in contacts.help.services]
    yield Group("Help contacts", f"{_FOLDER}/help.yaml", "services", how, tuple(points))
    how = f"ask those who take the reports whether it is so today, {_WRITE} there"
    points = [_point(stage.id, stage) for stage in contacts.help.after_report]
    title = "What happens after a report"
    yield Group(title, f"{_FOLDER}/help.yaml", "after_report", how, tuple(points))


def _card_addresses(launch: Launch, settings: Settings) -> Group:
    points = _looked_up(
        {each: each for each in settings.card_addresses.values()},
        {item.address: item for item in launch.card_addresses},
        "stands on no card",
    )
    how = f"see in the register of domains that the foundation owns it for years, {_LIST}"
    return Group("Addresses on the cards", LAUNCH_FILE, "card_addresses", how, points)


def _publications(launch: Launch, sources: Sources) -> Group:
    points = _looked_up(
        {item.id: f"{item.id}: {item.url}" for item in sources.publications},
        {item.publication: item for item in launch.publications},
        "is no publication",
    )
    how = f"open the page, compare every number, {_LIST}"
    return Group("Pages of the figures", LAUNCH_FILE, "publications", how, points)


def _readings(launch: Launch) -> Group:
    done = {(item.page, item.language, item.reader): item for item in launch.readings}
    points = [
        _read(f"{page}, {code}", {who: done.get((page, code, who)) for who in get_args(Reader)})
        for page in PAGES
        for code in LANGUAGES
    ]
    how = f"have a native speaker and a survivor read the page on the screen, {_LIST}"
    return Group("Readings", LAUNCH_FILE, "readings", how, tuple(points))


def _settings(settings: Settings) -> Group:
    host = urlsplit(settings.site_url).hostname or ""
    named = [name.strip().lower() for name in settings.trusted_hosts.split(",") if name.strip()]
    answers = not is_loopback(host) and (not named or host in named)
    key = len(settings.secret_key) >= SHORTEST_KEY
    points = (
        Point("TLS: SCHATJE_SITE_URL", "" if settings.production else "does not begin https://"),
        Point(
            "Hosts: SCHATJE_SITE_URL, SCHATJE_TRUSTED_HOSTS",
            "" if answers else "the site does not answer to an address that visitors type",
        ),
        Point(
            "Key: SCHATJE_SECRET_KEY",
            "" if key else f"is missing, or shorter than {SHORTEST_KEY} characters",
        ),
    )
    how = "run schatje launch where the site runs, with its settings"
    return Group("Settings", ENVIRONMENT, "SCHATJE_…", how, points)


def _values(item: Item) -> tuple[Point, ...]:
    """Return a point for each value of an item: those that are there are confirmed together."""
    empty = {each.partition(" ")[0]: each for each in item.lacks()}
    return tuple(
        _point(name, item, f"is empty{empty[name].removeprefix(name)}" if name in empty else "")
        for name in item.values()
    )


def _point(name: str, item: Confirmed | None, lacks: str = "") -> Point:
    if item is None or lacks or not item.confirmed:
        return Point(name, lacks or _UNCONFIRMED)
    return Point(name, by=item.confirmed_by or "", on=item.confirmed_on or "")


def _read(name: str, readings: Mapping[Reader, Reading | None]) -> Point:
    found = [item for item in readings.values() if item is not None and item.confirmed]
    missing = set(readings) - {item.reader for item in found}
    return Point(
        name,
        f"not yet read by: {', '.join(sorted(missing))}" if missing else "",
        by=", ".join(item.confirmed_by or "" for item in found),
        on=", ".join(item.confirmed_on or "" for item in found),
    )


def _looked_up(
    wanted: Mapping[str, str], found: Mapping[str, Confirmed], stray: str
) -> tuple[Point, ...]:
    """Return a point for each thing wanted, and one for each that is listed without need."""
    points = [_point(name, found.get(key)) for key, name in wanted.items()]
    points += [Point(key, f"{stray}: take it out") for key in found if key not in wanted]
    return tuple(points)


def _ways(service: Service) -> str:
    pages = [service.url.in_language(name) for name in LANGUAGES] if service.url else []
    ways = [service.phone, service.email, service.chat, *pages]
    return ", ".join(dict.fromkeys(filter(None, ways)))
