"""Whatever happens to the files, on every worker visitors see the last good state of them."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import subprocess
import threading
import time
import urllib.request

import live_files
import pytest
from damage import Files
from damaged_files import DAMAGES
from live_files import look

RESULT = "/nl/resultaat/BE/1y"
PAGES = ("/nl/", RESULT, "/fr/faq", "/de/hilfe", "/en/press")
QUICK = {"SCHATJE_LOOK_SECONDS": "0.2", "SCHATJE_CARD_LIMIT": "100000 per minute"}
# Seen by a running site too: half a file, none, a pipe, a folder that is gone, a wrong text.
ON_THE_SERVER = ("half-written", "deleted-rates", "pipe-for-rates", "content-gone", "name-twice")

files = live_files.files
site = live_files.site


# ---- in this process: every damage, one after the other


def test_no_damage_reaches_a_visitor(site, files, browse, caplog):
    app = site(LOOK_SECONDS="60")
    client, folders = browse(app), Files(files / "sources", files / "content")
    good = [client.get(path).data for path in PAGES]
    caplog.set_level(logging.INFO, "campaign.live")
    assert len(DAMAGES) >= 40

    wrong = []
    for number, damage in enumerate(DAMAGES):
        folders.restore()
        damage.do(folders)
        caplog.clear()
        told = look(app)
        log = [record.getMessage() for record in caplog.records if "refused" in record.message]
        if [client.get(path).data for path in PAGES] != good:
            wrong.append((damage.name, "a visitor sees it"))
        if not re.match(expected(damage), told):
            wrong.append((damage.name, told))
        if len(log) != 1 or told.removeprefix("refused: ") not in log[0]:
            wrong.append((damage.name, log))
        if number % 10 == 9:
            folders.restore()
            assert look(app) == "live"

    folders.restore()
    assert not wrong
    assert look(app) == "live"
    assert [client.get(path).data for path in PAGES] == good


def expected(damage):
    """Return what must be told of a damage: the file, a line, and words about it."""
    return rf"refused: {re.escape(damage.named)}[^ ]*:\d+: .*{re.escape(damage.words)}"


def test_a_restart_with_damaged_files_serves_the_last_good_ones(site, files, start_live):
    good = keep_last_good(site, files)
    folders = Files(files / "sources", files / "content")
    folders.replace("publications/ilo-2024.yaml", "central: 27252", "central: 27.252")

    again = start_live(files, **QUICK)
    told = again.ready(again.workers()[0])

    assert answers(again) == good
    assert re.match(r"refused: publications/ilo-2024.yaml:\d+: central is '27.252'", told["files"])
    assert "started from the last good ones" in again.running.said()

    folders.restore()
    again.wait_for(is_live)
    assert answers(again) == good
    stop(again)


def test_a_start_without_good_files_or_snapshot_says_what_to_mend(site, files, start_live):
    keep_last_good(site, files)
    [state] = (files / "state").glob("last-good-*.json")
    state.write_bytes(state.read_bytes()[:-100])
    (files / "sources" / "rates.yaml").write_bytes(b"")

    with pytest.raises(RuntimeError, match=r"Error: rates\.yaml:1: is empty"):
        start_live(files, **QUICK)


def keep_last_good(site, files):
    """Let a site keep sound files as the last good ones; return the pages it makes of them."""
    address = "http://127.0.0.1:8000"
    app = site(SITE_URL=address)
    assert look(app) == "live"
    assert list((files / "state").glob("last-good-*.json"))
    client = app.test_client()
    return {path: client.get(path, base_url=address).data for path in PAGES}


# ---- on a running site of two workers


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


def stop(site):
    site.hang_up()
    site.running.process.terminate()
    site.running.process.wait(timeout=30)


@pytest.fixture(scope="module")
def started(start_live, tmp_path_factory):
    """Return a running site that looks at its files five times a second."""
    return start_live(tmp_path_factory.mktemp("live"), **QUICK)


@pytest.fixture
def running(started):
    """Return that site with sound files; its answers are those of the project's files."""
    started.files.restore()
    started.wait_for(is_live)
    started.running.said()
    yield started
    started.hang_up()


def test_a_sound_edit_is_live_on_every_worker_within_ten_seconds(start_live, tmp_path):
    site = start_live(tmp_path / "site")
    before = answers(site)
    first = site.ready(site.workers()[0])
    site.running.said()

    site.files.replace("publications/unodc-2010.yaml", "central: 3000000000", "central: 3500000000")
    site.files.replace("nl/faq.md", "Waarom deze campagne?", "Waarom nu deze campagne?")
    site.files.replace("press.yaml", "url:", "email: press@campaign.example\nurl:")
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


class Visitor(threading.Thread):
    """Asks for a result again and again, from any worker, and notes what differs."""

    def __init__(self, url):
        super().__init__(daemon=True)
        self.url, self.seen, self.asked, self.leave = url, {}, 0, threading.Event()

    def run(self):
        while not self.leave.wait(0.1):
            try:
                with urllib.request.urlopen(self.url + RESULT, timeout=20) as response:  # noqa: S310
                    told = (response.status, hashlib.sha256(response.read()).hexdigest())
            except OSError as error:
                told = (0, repr(error))
            self.asked += 1
            self.seen[told] = self.asked


def test_no_damage_reaches_a_visitor_of_a_running_site(running):
    good, workers = answers(running), running.workers()
    visitor = Visitor(running.running.url)
    visitor.start()

    before = {}
    for damage in [each for each in DAMAGES if each.name in ON_THE_SERVER]:
        running.files.restore()
        damage.do(running.files)
        running.wait_for(
            lambda found, before=before: is_refused(found) and found["files"] not in before
        )
        before = {running.ready(worker)["files"] for worker in workers}
        assert len(before) == 1
        assert re.match(expected(damage), *before)
        log, end = [], time.monotonic() + 5
        while len(log) < len(workers) and time.monotonic() < end:  # they speak a moment later
            log += [line for line in running.running.said(0.02).splitlines() if "refused" in line]
        assert len(log) == len(workers)
        assert all(min(before)[9:] in line for line in log)
        assert answers(running) == good

    running.files.restore()
    running.wait_for(is_live)
    visitor.leave.set()
    visitor.join()
    assert answers(running) == good
    assert [status for status, _digest in visitor.seen] == [200], visitor.seen
    assert visitor.asked > 10
    assert running.workers() == workers, "no worker was lost"


def test_a_worker_that_dies_is_replaced_by_one_with_the_same_figures(running):
    first = running.ready(running.workers()[0])["state"]
    running.files.replace("publications/ilo-2024.yaml", "central: 27252", "central: 99000")
    running.wait_for(lambda found: found["state"] != first and is_live(found))
    good = answers(running)
    running.files.write("rates.yaml", "")
    running.wait_for(is_refused)

    died, sister = running.workers()
    running.hang_up()
    subprocess.run(["kill", "-9", str(died)], check=True)
    end = time.monotonic() + 20
    while died in running.workers() or len(running.workers()) < 2:
        assert time.monotonic() < end
        time.sleep(0.1)

    assert sister in running.workers()
    assert answers(running) == good
