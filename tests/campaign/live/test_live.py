"""The watch over the files: one state per request, and no wrong swap."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import threading

import live_files
import pytest
from live_files import ILO, amount, change, look

from calculator.clock import belgian_day
from campaign.config import ROOT
from campaign.live import watch as live_module
from campaign.published.state import published
from campaign.published.texts import TEXT_PAGES
from campaign.views.pages import TEXT_TITLES
from campaign.words.addresses import PAGES

files = live_files.files
site = live_files.site


def test_an_edit_is_seen_at_one_look_and_live_at_the_next(site, files):
    app = site()
    before = amount(app)
    change(files / "sources" / ILO)

    look(app, 1)
    assert amount(app) == before, "it may be half-written still"
    look(app, 1)
    assert amount(app) > before


def test_a_file_that_is_being_written_is_left_alone(site, files):
    app = site()
    path = files / "sources" / "publications" / "new.yaml"

    for size in range(1, 6):
        path.write_text("id: new\n"[:size], encoding="utf-8")
        assert look(app, 1) == "live"

    assert look(app, 1).startswith("refused: publications/new.yaml:1: ")


def test_a_request_keeps_the_state_it_began_with(site, files):
    app = site()
    with app.test_request_context("/nl/", base_url="https://campaign.example"):
        before = published()
        change(files / "sources" / ILO)
        look(app)

        assert published() is before
        assert app.extensions["published"] is not before
    with app.test_request_context("/nl/", base_url="https://campaign.example"):
        assert published() is app.extensions["published"]


def test_an_older_file_counts_as_a_change(site, files):
    app = site()
    before = amount(app)
    path = files / "sources" / ILO
    change(path)
    os.utime(path, (0, 0))

    look(app)

    assert amount(app) > before


def test_a_folder_swapped_by_a_link_counts_as_a_change(make_app, files):
    shutil.copytree(files / "sources", files / "next")
    change(files / "next" / ILO)
    (files / "current").symlink_to("sources")
    app = make_app(SOURCES=str(files / "current"), CONTENT=str(files / "content"))
    before = amount(app)

    (files / "swap").symlink_to("next")
    (files / "swap").rename(files / "current")
    look(app)

    assert amount(app) > before


def test_a_change_that_changes_nothing_keeps_the_same_object_for_figures(site, files):
    app = site()
    digest = app.extensions["live"].keeper.serving
    os.utime(files / "sources" / ILO)

    assert look(app) == "live"
    assert app.extensions["live"].keeper.serving == digest


def test_a_clock_that_goes_back_does_not_make_the_files_lie_in_the_future(site):
    app = site()
    app.extensions["live"].today = lambda: datetime.date(2001, 1, 1)

    assert look(app, 3) == "live"


def test_a_refused_edit_is_a_number_that_wakes_somebody(site, files, browse):
    app = site()
    numbers = app.extensions["metrics"].registry

    def refused():
        browse(app).get("/readyz")  # as a load balancer does every few seconds
        return numbers.get_sample_value("schatje_edit_refused")

    assert refused() == 0
    change(files / "sources" / ILO, "currency: USD", "currency: JPY")
    assert look(app).startswith(f"refused: {ILO}:")
    assert refused() == 1
    change(files / "sources" / ILO, "currency: JPY", "currency: USD")
    assert look(app) == "live"
    assert refused() == 0
    alerts = (ROOT / "deploy" / "alerts.yaml").read_text(encoding="utf-8")
    assert "max(schatje_edit_refused) > 0" in alerts


def test_a_worker_that_answers_nobody_tells_its_numbers_too(site, files):
    app = site()
    watch, numbers = app.extensions["live"], app.extensions["metrics"].registry
    watch._look_and_tell()
    assert numbers.get_sample_value("schatje_edit_refused") == 0

    change(files / "sources" / ILO, "currency: USD", "currency: JPY")
    for _ in range(2):
        watch._look_and_tell()

    assert numbers.get_sample_value("schatje_edit_refused") == 1
    digest = app.extensions["published"].sources.digest
    assert numbers.get_sample_value("schatje_figures", {"digest": digest}) == 1


def test_a_date_in_the_future_is_live_when_its_day_has_come(site, files):
    app = site()
    today = belgian_day()
    tomorrow = today + datetime.timedelta(days=1)
    change(files / "sources" / ILO, "accessed: 2026-11", f"accessed: {tomorrow}")
    assert look(app).startswith(f"refused: {ILO}:")

    app.extensions["live"].today = lambda: tomorrow

    assert look(app) == "live"


def test_a_refusal_is_logged_once_and_the_repair_too(site, files, caplog):
    app = site()
    caplog.clear()
    (files / "sources" / "rates.yaml").rename(files / "rates.yaml")
    look(app, 5)
    (files / "rates.yaml").rename(files / "sources" / "rates.yaml")
    look(app, 5)

    first, second = [r.message for r in caplog.records if r.name == "campaign.live"]
    assert "refused" in first
    assert "rates.yaml:1: is missing" in first
    assert "\n" not in first
    assert "sound again" in second


def test_a_page_that_cannot_be_made_is_refused_before_a_visitor_meets_it(site, files, monkeypatch):
    app = site()
    before = amount(app)

    def fail():
        raise ZeroDivisionError

    monkeypatch.setitem(app.view_functions, "sources.method_nl", fail)
    change(files / "sources" / ILO, new="central: 31001")

    told = look(app)

    assert "/nl/methode cannot be made from these files (ZeroDivisionError() in tests/" in told
    assert "test_live.py, line " in told, "the line of the program to look at"
    assert amount(app) == before


def test_an_address_without_a_page_is_refused(site, files, monkeypatch):
    app = site()
    monkeypatch.setitem(PAGES, "school", {"nl": "school"})
    change(files / "sources" / ILO, new="central: 31001")

    assert "/nl/school cannot be made from these files (it has an address" in look(app)


def test_an_amount_that_fits_no_card_is_refused(site, files):
    app = site()
    for path in (files / "sources" / "publications").iterdir():
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(low|central|high): (\d{4,6})\n", r"\1: 9999999\2\n", text))
    told = look(app)

    assert "cannot be made" in told, told


def test_the_watch_outlives_whatever_happens_to_it(site, files, monkeypatch, caplog):
    app = site(LOOK_SECONDS="0.1")
    watch = app.extensions["live"]
    looked = threading.Semaphore(0)

    def fail():
        looked.release()
        raise RuntimeError("secret")

    monkeypatch.setattr(watch, "look", fail)
    watch.start()
    try:
        for _ in range(3):
            assert looked.acquire(timeout=10)
    finally:
        monkeypatch.undo()

    said = [
        record.message
        for record in caplog.records
        if "looking at the files failed" in record.message
    ]
    assert len(said) == 1
    assert "secret" not in said[0]
    assert watch.status() == "live"


def test_silence_of_the_watch_is_told(site, monkeypatch):
    app = site()
    watch = app.extensions["live"]
    monkeypatch.setattr(watch, "_thread_of", os.getpid())
    monkeypatch.setattr(watch, "_looked", live_module.time.monotonic() - 120)

    assert watch.status().startswith("unwatched: ")


def test_ready_tells_what_is_served_and_stays_ready(site, files, browse):
    app = site()
    assert app.extensions["renderer"].wait_until_ready()
    (files / "sources" / "rates.yaml").write_bytes(b"")
    look(app)

    told = browse(app).get("/readyz")

    assert told.status_code == 200
    assert told.json == {
        "status": "ready",
        "figures": app.extensions["published"].sources.digest,
        "state": app.extensions["live"].keeper.serving,
        "files": "refused: rates.yaml:1: is empty. Restore it, or remove the file",
        "renderer": "answers",
        "limits": "counted by each process",
        "worker": os.getpid(),
    }


def test_every_text_page_of_the_site_is_read():
    assert set(TEXT_PAGES) == {*TEXT_TITLES, "faq", "privacy"}


@pytest.mark.parametrize("seconds", ["0", "0.05", "61", "-1", "1e1", "soon", ""])
def test_a_pace_that_cannot_be_right_is_refused(seconds, make_app):
    with pytest.raises(ValueError, match="SCHATJE_LOOK_SECONDS"):
        make_app(LOOK_SECONDS=seconds)
