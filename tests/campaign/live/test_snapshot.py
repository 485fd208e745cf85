"""The last good state, kept so that a site starts from it when its files cannot be trusted."""

from __future__ import annotations

import datetime
import json
import shutil
import threading

import live_files
import pytest
from live_files import ILO, amount, change, look

from calculator.errors import SourcesInvalid
from campaign.live import watch as live_module
from campaign.live.folders import Folders
from campaign.live.snapshot import Snapshot, SnapshotStore

files = live_files.files
site = live_files.site


def test_a_site_starts_from_what_was_kept_and_follows_the_repair(site, files):
    app = site()
    look(app)
    kept = amount(app)
    shutil.rmtree(files / "sources")
    shutil.rmtree(files / "content")

    again = site()

    assert amount(again) == kept
    assert again.extensions["live"].status().startswith("refused: ")


def test_a_site_started_with_a_wrong_clock_takes_the_snapshot(site, files, monkeypatch):
    look(site())

    monkeypatch.setattr(live_module, "belgian_day", lambda: datetime.date(1970, 1, 1))

    assert site().extensions["live"].keeper.serving


@pytest.mark.parametrize("harm", ["cut", "letter", "empty", "gone", "folder", "other-json"])
def test_a_damaged_snapshot_is_as_good_as_none(harm, site, files):
    app = site()
    look(app)
    path = app.extensions["live"].keeper.store.path
    content = path.read_bytes()
    path.unlink()
    match harm:
        case "cut":
            path.write_bytes(content[:-10])
        case "letter":
            path.write_bytes(content.replace(b"27252", b"27253"))
        case "empty":
            path.write_bytes(b"")
        case "folder":
            path.mkdir()
        case "other-json":
            path.write_bytes(b"[]\n" + json.dumps({"files": 1}).encode())
    (files / "sources" / "rates.yaml").write_bytes(b"")

    with pytest.raises(SourcesInvalid, match=r"^rates\.yaml:1: is empty"):
        site()


def test_a_snapshot_of_other_folders_is_not_taken(site, make_app, files):
    look(site())

    with pytest.raises(SourcesInvalid):
        make_app(SOURCES="/nowhere", CONTENT=str(files / "content"), STATE=str(files / "state"))


def test_nothing_is_kept_where_no_folder_is_set(make_app, files):
    app = make_app(SOURCES=str(files / "sources"), CONTENT=str(files / "content"), STATE="")
    look(app)

    assert app.extensions["live"].keeper.store is None


def test_a_folder_that_cannot_be_written_to_is_told_once_and_stops_nothing(make_app, files, caplog):
    (files / "state").write_text("a file", encoding="utf-8")
    app = make_app(
        SOURCES=str(files / "sources"), CONTENT=str(files / "content"), STATE=str(files / "state")
    )

    assert look(app, 4) == "live"
    assert sum("cannot be kept" in record.message for record in caplog.records) == 1


def test_sisters_that_saw_different_states_end_with_the_same(site, files):
    one, other = site(), site()
    look(one), look(other)
    change(files / "sources" / ILO)
    look(one)
    (files / "sources" / "rates.yaml").write_bytes(b"")

    look(one), look(other)

    assert one.extensions["live"].keeper.serving == other.extensions["live"].keeper.serving
    assert amount(one) == amount(other)
    assert other.extensions["live"].status().startswith("refused: rates.yaml:1: ")


def test_many_may_keep_at_once(files):
    folders = Folders(files / "sources", files / "content")
    snapshots = [
        Snapshot(datetime.date(2026, 11, 22), {"sources/rates.yaml": str(i) * 100_000})
        for i in range(8)
    ]
    stores = [SnapshotStore(files / "state", folders) for _ in snapshots]

    def keep(store, snapshot):
        for _ in range(10):
            store.keep(snapshot, still_true=lambda: True)
            assert store.read() in snapshots

    assert stores[0].keep(snapshots[0], still_true=lambda: True)
    threads = [
        threading.Thread(target=keep, args=pair) for pair in zip(stores, snapshots, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert stores[0].read() in snapshots
    assert not list((files / "state").glob("*.part"))


def test_a_state_that_is_no_longer_there_is_not_kept(files):
    store = SnapshotStore(files / "state", Folders(files / "sources", files / "content"))

    assert store.keep(Snapshot(datetime.date(2026, 11, 22), {}), still_true=lambda: False)
    assert store.read() is None


def test_what_a_snapshot_names_stays_inside_its_folder(files):
    store = SnapshotStore(files / "state", Folders(files / "sources", files / "content"))
    for name in ("../evil.yaml", "sources/../../evil.yaml", "/etc/evil.yaml", "evil.yaml"):
        store.path.parent.mkdir(exist_ok=True)
        store._write(Snapshot(datetime.date(2026, 11, 22), {name: "x"}))
        assert store.read() is None, name
