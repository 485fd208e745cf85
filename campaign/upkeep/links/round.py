"""Ask many addresses: a few hosts at once, each host one address at a time, with a pause."""

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from campaign.upkeep.links.ask import CitedAddress, LinkFinding, Patience, ask, open_session


@dataclass(slots=True)
class _Host:
    """The addresses of one host, asked one after the other by one thread.

    `asking` is the index of the address being asked, -1 for none; `since` is a monotonic time.
    """

    addresses: Sequence[CitedAddress]
    asking: int = -1
    since: float = 0.0
    given_up: threading.Event = field(default_factory=threading.Event)


class _Round:
    """The threads of one round; daemons, so that an endless answer does not block the exit."""

    def __init__(self, addresses: Sequence[CitedAddress], rules: Patience) -> None:
        self.rules = rules
        self.waiting: queue.SimpleQueue[_Host] = queue.SimpleQueue()
        self.answers: queue.SimpleQueue[LinkFinding] = queue.SimpleQueue()
        self.hosts = [_Host(listed) for listed in _by_host(addresses)]
        for host in self.hosts:
            self.waiting.put(host)
        for _ in range(min(rules.at_once, len(self.hosts))):
            self.start_one()

    def start_one(self) -> None:
        """Start a thread that asks hosts until none is waiting."""
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            try:
                host = self.waiting.get_nowait()
            except queue.Empty:
                return
            with open_session(self.rules) as session:
                for number, cited in enumerate(host.addresses):
                    if number:
                        time.sleep(self.rules.pause_s)
                    host.since, host.asking = time.monotonic(), number
                    finding = ask(session, cited, self.rules)
                    if host.given_up.is_set():
                        return  # another thread has taken this one's place
                    self.answers.put(finding)
            host.asking = -1

    def overdue(self) -> Iterator[LinkFinding]:
        """Yield addresses that take too long; a new thread asks the rest of their hosts."""
        for host in tuple(self.hosts):
            number, took = host.asking, time.monotonic() - host.since
            if host.given_up.is_set() or number < 0 or took <= self.rules.address_s:
                continue
            host.given_up.set()
            rest = _Host(host.addresses[number + 1 :])
            self.hosts.append(rest)
            self.waiting.put(rest)
            self.start_one()
            detail = f"takes longer than {self.rules.address_s:.0f} seconds"
            yield LinkFinding(host.addresses[number], "unreachable", None, detail)


def ask_all(
    addresses: Sequence[CitedAddress], patience: Patience | None = None
) -> Iterator[LinkFinding]:
    """Yield what each address answers, in the order in which the answers come."""
    left = {cited.address for cited in addresses}
    current = _Round(addresses, patience or Patience())
    while left:
        found = []
        with suppress(queue.Empty):
            found.append(current.answers.get(timeout=0.2))
        for finding in (*found, *current.overdue()):
            # An address may be overdue and answer at the same moment: only the first counts.
            if finding.cited.address in left:
                left.remove(finding.cited.address)
                yield finding


def _by_host(addresses: Sequence[CitedAddress]) -> list[list[CitedAddress]]:
    hosts: dict[str, list[CitedAddress]] = {}
    for cited in addresses:
        hosts.setdefault(cited.host, []).append(cited)
    # The host with most addresses first, or it would run alone at the end.
    return sorted(hosts.values(), key=len, reverse=True)
