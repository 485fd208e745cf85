"""Ask one cited address whether it still answers, and return a verdict."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from calculator.figures.sources import Sources
from calculator.languages import LANGUAGES
from campaign.published.contacts import Contacts

Verdict = Literal["ok", "moved", "blocked", "gone", "unreachable"]
GONE: Final = (404, 410)
# Answers that sites give to programs: in a browser the page may open.
BLOCKED: Final = (401, 403, 407, 429, 451)
PERMANENT: Final = (301, 308)
# requests also raises urllib3's own errors, and ValueError for a bad host name.
FAILURES: Final = (requests.RequestException, HTTPError, ValueError)
SEEN_WELL: Final = ("ok", "moved")
REQUEST_HEADERS: Final = {
    "User-Agent": "Mozilla/5.0 (compatible; schatje-links; checks that cited pages still answer)",
    "Accept": "text/html,application/pdf;q=0.9,*/*;q=0.8",
    "Accept-Language": ", ".join(
        f"{code};q={1 - place / 10:g}" for place, code in enumerate(LANGUAGES)
    ),
}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait and how often to try; all times in seconds."""

    connect_s: float = 10
    read_s: float = 20
    retries: int = 2
    back_off_s: float = 1
    pause_s: float = 1
    # For one address with all tries: a server may send a byte every few seconds without end.
    address_s: float = 120
    at_once: int = 6


@dataclass(frozen=True, slots=True)
class CitedAddress:
    """An address, who cites it, and when it was read (YYYY-MM or YYYY-MM-DD, or empty)."""

    address: str
    cited_by: tuple[str, ...]
    accessed: str

    @property
    def host(self) -> str:
        """Return the host with its port; each host gets one request at a time."""
        return urlsplit(self.address).netloc.lower()


@dataclass(frozen=True, slots=True)
class LinkFinding:
    """What an address answered; `detail` is one line for staff."""

    cited: CitedAddress
    verdict: Verdict
    status: int | None
    detail: str
    moved_to: str | None = None

    @property
    def archived(self) -> str | None:
        """Return where the Internet Archive may have a page that is gone, as it was when read."""
        if self.verdict != "gone":
            return None
        # Without a day, on which nobody has read it yet, the archive shows its newest copy.
        day = self.cited.accessed.replace("-", "") or "2"
        return f"https://web.archive.org/web/{day}/{self.cited.address}"


def cited_addresses(sources: Sources, contacts: Contacts | None = None) -> tuple[CitedAddress, ...]:
    """Return every address that the figures, rates and contacts cite, each once."""
    cited_by: dict[str, list[str]] = {}
    accessed: dict[str, str] = {}
    for address, name, day in _named(sources, contacts):
        cited_by.setdefault(address, []).append(name)
        accessed[address] = max(accessed.get(address, ""), day)
    return tuple(
        CitedAddress(address, tuple(dict.fromkeys(names)), accessed[address])
        for address, names in cited_by.items()
    )


def _named(sources: Sources, contacts: Contacts | None) -> Iterator[tuple[str, str, str]]:
    for publication in sources.publications:
        yield publication.url, publication.id, publication.accessed
        for figure in publication.figures:
            for address in (figure.url, figure.confirmed_by):
                if address is not None:
                    yield address, figure.id, publication.accessed
    for series in (sources.rates.exchange_rates, sources.rates.consumer_prices):
        yield series.url, "rates.yaml", series.accessed
    if contacts is None:
        return
    for service in contacts.help.services:
        pages = [service.url.in_language(name) for name in LANGUAGES] if service.url else []
        for address in (*pages, *([service.chat] if service.chat else [])):
            yield address, f"help.yaml: {service.id}", service.confirmed_on or ""
    for language in LANGUAGES:
        yield contacts.press.url.in_language(language), "press.yaml", ""


def open_session(patience: Patience) -> requests.Session:
    """Open a session that retries with back-off and sends no credentials."""
    session = requests.Session()
    session.headers.update(REQUEST_HEADERS)
    session.max_redirects = 10
    # Without it, requests would send the login for this host in a .netrc file.
    session.auth = lambda request: request
    retry = Retry(
        total=patience.retries,
        allowed_methods=["GET"],  # not HEAD: where that fails, GET follows
        status_forcelist=[500, 502, 503, 504],
        backoff_factor=patience.back_off_s,
        raise_on_status=False,
        respect_retry_after_header=False,  # which may say an hour
    )
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


def ask(
    session: requests.Session,
    cited: CitedAddress,
    patience: Patience,
    sleep: Callable[[float], None] = time.sleep,
) -> LinkFinding:
    """Send HEAD, and GET where HEAD is refused; return the verdict on the answer."""
    limits = (patience.connect_s, patience.read_s)
    try:
        with session.head(cited.address, timeout=limits, allow_redirects=True) as response:
            if response.status_code < 400:
                return judge(cited, response)
    except (requests.ConnectTimeout, requests.exceptions.SSLError, requests.TooManyRedirects,
            requests.exceptions.InvalidURL) as error:  # fmt: skip
        return _unreachable(cited, error)
    except FAILURES:
        pass  # some servers close the connection on HEAD
    sleep(patience.pause_s)
    try:
        # The body is never read: leaving the block closes the connection.
        with session.get(
            cited.address, timeout=limits, allow_redirects=True, stream=True
        ) as response:
            return judge(cited, response)
    except FAILURES as error:
        return _unreachable(cited, error)


def judge(cited: CitedAddress, response: requests.Response) -> LinkFinding:
    """Return the verdict on an answer."""
    status = response.status_code
    if status in GONE:
        return LinkFinding(cited, "gone", status, f"answers {status}: no such page")
    if status in BLOCKED or 400 <= status < 500:
        detail = f"answers {status} to programs: open it in a browser"
        return LinkFinding(cited, "blocked", status, detail)
    if status >= 500:
        return LinkFinding(cited, "unreachable", status, f"answers {status}: try again later")
    for_good = any(step.status_code in PERMANENT for step in response.history)
    if _is_front_page(response.url) and not _is_front_page(cited.address):
        detail = "now leads to the site's front page: look for the new address"
        return LinkFinding(cited, "moved", status, detail, response.url)
    if for_good and response.url != cited.address:
        return LinkFinding(cited, "moved", status, f"now at {response.url}", response.url)
    return LinkFinding(cited, "ok", status, "answers")


def _is_front_page(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.path.strip("/") and not parts.query


def _unreachable(cited: CitedAddress, error: Exception) -> LinkFinding:
    match error:
        case requests.Timeout():
            detail = "does not answer in time"
        case requests.exceptions.SSLError():
            detail = "its certificate is not in order"
        case requests.TooManyRedirects():
            detail = "redirects without end"
        case requests.exceptions.InvalidURL() | ValueError():
            detail = "is not a valid address"
        case _:
            detail = "cannot be reached"
    return LinkFinding(cited, "unreachable", None, detail)
