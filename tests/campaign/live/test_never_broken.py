"""Whatever happens to the files, on every worker visitors see the last good state of them."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import threading
import time
import urllib.request

import pytest
from damage import DAMAGES

RESULT = "/nl/resultaat/BE/1y"
PAGES = ("/nl/", RESULT, "/fr/faq", "/de/hilfe", "/en/press")
QUICK = {"SCHATJE_LOOK_SECONDS": "0.2", "SCHATJE_CARD_LIMIT": "100000 per minute"}


def answers(site):
    """Ask every worker for every page; all must give the same."""
    found = [{path: site.ask(worker, path) for path in PAGES} for worker in site.workers()]
    assert len(found) == 2
    for each in found:
        assert each == found[0]
        assert {status for status, _body in each.values()} == {200}
    return {path: body for path, (_status, body) in found[0].items()}


def is_live(found):
    return found["files"] == "live"


def is_refused(found):
    return found["files"].startswith("refused: ")


class Visitor(threading.Thread):
    """Asks for a result again and again, from any worker, and notes what differs."""

    def __init__(self, url):
        super().__init__(daemon=True)
        self.url, self.seen, self.asked, self.leave = url, {}, 0, threading.Event()

    def run(self):
        while not self.leave.wait(0.4):
            try:
                with urllib.request.urlopen(self.url + RESULT, timeout=20) as response:  # noqa: S310
                    told = (response.status, hashlib.sha256(response.read()).hexdigest())
            except OSError as error:
                told = (0, repr(error))
            self.asked += 1
            self.seen[told] = self.asked


def test_a_sound_edit_is_live_on_every_worker_within_ten_seconds(start_live, tmp_path):
    site = start_live(tmp_path / "site")
    before = answers(site)
    first = site.ready(site.workers()[0])
    site.running.said()

    site.files.replace("publications/ilo-2024.yaml", "central: 27252", "central: 99000")
    site.files.replace("nl/faq.md", "Waarom deze campagne?", "Waarom nu deze campagne?")
    site.files.replace("press.yaml", "116000@childfocus.org", "press@campaign.example")
    seconds = site.wait_for(lambda found: found["state"] != first["state"] and is_live(found))
    after = answers(site)

    # On a machine with nothing else to do it takes under three.
    assert seconds < 10 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert site.ready(site.workers()[0])["figures"] != first["figures"]
    assert b"press@campaign.example" in after["/en/press"]
    assert after[RESULT] != before[RESULT]
    cards = [
        re.findall(rb"/card/\w+/nl/BE/1y/facebook.jpg", body[RESULT])[0] for body in (before, after)
    ]
    assert cards[0] != cards[1], "a card with another amount has another address"
    assert (
        site.ask(site.workers()[0], cards[0].decode())[1]
        == (site.ask(site.workers()[1], cards[1].decode())[1])
    ), "the old address gives today's card"
    told = [line for line in site.running.said().splitlines() if "figures and texts" in line]
    stop(site)
    assert len(told) == 2
    assert all("live" in line for line in told)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("damaged") / "site"


def test_no_damage_reaches_a_visitor(start_live, folder):
    site = start_live(folder, **QUICK)
    good = answers(site)
    workers = site.workers()
    visitor = Visitor(site.running.url)
    visitor.start()
    assert len(DAMAGES) >= 40
    site.running.said()

    wrong, before = [], {}
    for number, damage in enumerate(DAMAGES):
        site.restore()
        damage.do(site.files)
        site.wait_for(
            lambda found, before=before: is_refused(found) and found["files"] not in before
        )
        told = {site.ready(worker)["files"] for worker in workers}
        expected = rf"refused: {re.escape(damage.named)}[^ ]*:\d+: .*{re.escape(damage.words)}"
        log, end = [], time.monotonic() + 5
        while len(log) < len(workers) and time.monotonic() < end:  # they speak a moment later
            log += [line for line in site.running.said(0.02).splitlines() if "refused" in line]
        if answers(site) != good:
            wrong.append((damage.name, "a visitor sees it"))
        if len(told) != 1 or not re.match(expected, *told):
            wrong.append((damage.name, told))
        if len(log) != len(workers) or not all(min(told)[9:] in line for line in log):
            wrong.append((damage.name, log))
        before = told
        if number % 10 == 9:
            site.restore()
            site.wait_for(is_live)
            before = {}

    site.restore()
    site.wait_for(is_live)
    visitor.leave.set()
    visitor.join()
    assert not wrong
    assert answers(site) == good
    assert [status for status, _digest in visitor.seen] == [200], visitor.seen
    assert visitor.asked > 20
    assert site.workers() == workers, "no worker was lost"
    stop(site)


def test_a_restart_with_damaged_files_serves_the_last_good_ones(start_live, folder):
    site = start_live(folder, **QUICK)
    good = answers(site)
    stop(site)
    site.files.replace("publications/ilo-2024.yaml", "central: 27252", "central: 27.252")

    again = start_live(folder, **QUICK)
    told = again.ready(again.workers()[0])

    assert answers(again) == good
    assert re.match(r"refused: publications/ilo-2024.yaml:\d+: central is '27.252'", told["files"])
    assert "started from the last good ones" in again.running.said()

    again.restore()
    again.wait_for(is_live)
    assert answers(again) == good
    stop(again)


def test_a_worker_that_dies_is_replaced_by_one_with_the_same_figures(start_live, tmp_path):
    site = start_live(tmp_path / "site", **QUICK)
    site.files.replace("publications/ilo-2024.yaml", "central: 27252", "central: 99000")
    first = site.ready(site.workers()[0])["state"]
    site.wait_for(lambda found: found["state"] != first and is_live(found))
    good = answers(site)
    site.files.write("rates.yaml", "")
    site.wait_for(is_refused)

    died, sister = site.workers()
    site.hang_up()
    subprocess.run(["kill", "-9", str(died)], check=True)
    end = time.monotonic() + 20
    while died in site.workers() or len(site.workers()) < 2:
        assert time.monotonic() < end
        time.sleep(0.1)

    assert sister in site.workers()
    assert answers(site) == good
    stop(site)


def test_a_start_without_good_files_or_snapshot_says_what_to_mend(start_live, folder):
    stop(start_live(folder, **QUICK))
    state = next((folder / "state").glob("last-good-*.json"))
    state.write_bytes(state.read_bytes()[:-100])
    (folder / "sources" / "rates.yaml").write_bytes(b"")

    with pytest.raises(RuntimeError, match=r"Error: rates\.yaml:1: is empty"):
        start_live(folder, **QUICK)


def stop(site):
    site.hang_up()
    site.running.process.terminate()
    site.running.process.wait(30)
    site.running.process.wait(timeout=25)
