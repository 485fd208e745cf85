"""The link checker against a server of our own, what it asks for and what it remembers."""

from __future__ import annotations

import http.server
import threading
import time

import pytest
import requests
from answering_site import QUICK, Answers, Site

from campaign.published.contacts import load_contacts
from campaign.upkeep.links.ask import (
    CitedAddress,
    LinkFinding,
    Patience,
    ask,
    cited_addresses,
    open_session,
)
from campaign.upkeep.links.memory import MemoryUnreadable, read_memory, remember, write_memory
from campaign.upkeep.links.round import ask_all


@pytest.fixture
def site():
    server = Site()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def cited(address, accessed="2026-11"):
    return CitedAddress(address, ("alpha",), accessed)


def asked_alone(address, patience=QUICK):
    with open_session(patience) as session:
        return ask(session, cited(address), patience)


# ---- one address


@pytest.mark.parametrize(
    ("path", "verdict", "status"),
    [
        ("/page", "ok", 200),
        ("/no-head", "ok", 200),
        ("/hangs-up-on-head", "ok", 200),
        ("/elsewhere", "ok", 200),
        ("/once-broken", "ok", 200),
        ("/moved", "moved", 200),
        ("/moved-308", "moved", 200),
        ("/to-front", "moved", 200),
        ("/sign-on", "blocked", 401),
        ("/forbidden", "blocked", 403),
        ("/busy", "blocked", 429),
        ("/odd", "blocked", 418),
        ("/gone", "gone", 404),
        ("/removed", "gone", 410),
        ("/to-gone", "gone", 404),
        ("/broken", "unreachable", 500),
        ("/slow", "unreachable", None),
        ("/round", "unreachable", None),
    ],
)
def test_answer_becomes_a_verdict(path, verdict, status, site):
    finding = asked_alone(site.address(path))

    assert (finding.verdict, finding.status) == (verdict, status)
    assert finding.detail


def test_page_that_moved_names_the_new_address(site):
    assert asked_alone(site.address("/moved")).moved_to == site.address("/new")


def test_page_is_asked_for_only_where_its_head_is_refused(site):
    asked_alone(site.address("/page"))
    asked_alone(site.address("/gone"))

    assert site.asked == [("HEAD", "/page"), ("HEAD", "/gone"), ("GET", "/gone")]


def test_nothing_listens_is_unreachable():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as closed:
        address = f"http://127.0.0.1:{closed.server_port}/page"

    finding = asked_alone(address)

    assert (finding.verdict, finding.status) == ("unreachable", None)


@pytest.mark.parametrize("address", ["http://[broken/", "http://a..b.example/", "http://\udcff/"])
def test_address_that_cannot_be_asked_is_unreachable(address):
    assert asked_alone(address).verdict == "unreachable"


def test_no_credentials_of_this_computer_are_sent(site, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("default login someone password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))

    asked_alone(site.address("/page"))

    assert not any("Authorization" in headers for headers in site.headers_seen)
    assert requests.utils.get_netrc_auth(site.address("/page")), "or this test shows nothing"


def test_archived_copy_is_suggested_for_what_is_gone_only(site):
    day = cited(site.address("/gone"), "2024-03-05")
    with open_session(QUICK) as session:
        gone = ask(session, day, QUICK)

    assert gone.archived == f"https://web.archive.org/web/20240305/{site.address('/gone')}"
    assert asked_alone(site.address("/forbidden")).archived is None
    assert {path for _, path in site.asked} == {"/gone", "/forbidden"}, "it is never fetched"


# ---- many addresses


def test_one_host_is_asked_one_question_at_a_time(site):
    addresses = [cited(site.address(f"/slowly?{number}")) for number in range(8)]

    findings = list(ask_all(addresses, QUICK))

    assert {item.cited for item in findings} == set(addresses)
    assert site.most == 1


def test_hosts_are_asked_at_once_but_not_more_than_allowed():
    sites = [Site() for _ in range(5)]
    threads = [threading.Thread(target=each.serve_forever, args=(0.02,)) for each in sites]
    for thread in threads:
        thread.start()
    try:
        addresses = [cited(each.address("/slowly")) for each in sites]
        assert {item.verdict for item in ask_all(addresses, QUICK)} == {"ok"}
    finally:
        for each, thread in zip(sites, threads, strict=True):
            each.shutdown()
            thread.join()
            each.server_close()


def test_answer_without_end_is_given_up_and_the_rest_of_its_site_asked(site):
    patience = Patience(read_s=1, retries=0, pause_s=0.01, address_s=0.5)
    paths = ["/page", "/endless", "/gone", "/other"]

    begun = time.monotonic()
    found = {
        item.cited.address: item.verdict
        for item in ask_all([cited(site.address(path)) for path in paths], patience)
    }

    assert found == {
        site.address("/page"): "ok",
        site.address("/endless"): "unreachable",
        site.address("/gone"): "gone",
        site.address("/other"): "ok",
    }
    assert time.monotonic() - begun < 4, "not as long as the answer takes"


def test_no_addresses_are_no_trouble():
    assert list(ask_all([], QUICK)) == []


# ---- which addresses


def test_every_address_is_listed_once_with_who_cites_it(folder, pytestconfig):
    folder.replace(
        "publications/alpha.yaml", "    reliability",
        "    url: https://alpha.example/two\n    confirmed_by: https://beta.example/report\n"
        "    reliability",
    )  # fmt: skip
    folder.replace("publications/beta.yaml", "accessed: 2026-11-21", "accessed: 2026-10")

    found = {item.address: item for item in cited_addresses(folder.load())}

    assert set(found) == {
        "https://alpha.example/report", "https://alpha.example/two", "https://beta.example/report",
        "https://gamma.example/report", "https://bank.example/rates",
        "https://office.example/prices",
    }  # fmt: skip
    assert found["https://beta.example/report"].cited_by == ("alpha-one", "beta")
    assert found["https://beta.example/report"].accessed == "2026-11-21", "the latest"


def test_help_contacts_are_asked_too(folder, pytestconfig):
    contacts = load_contacts(pytestconfig.rootpath / "campaign" / "content")

    names = {name for item in cited_addresses(folder.load(), contacts) for name in item.cited_by}

    assert "press.yaml" in names
    assert any(name.startswith("help.yaml: ") for name in names)


# ---- what is remembered


def finding(verdict, address="https://a.example/"):
    return LinkFinding(cited(address), verdict, 200, "…")


def test_day_last_seen_well_outlives_worse_days(tmp_path):
    memory = remember({}, [finding("ok")], "2026-11-01")
    memory = remember(memory, [finding("gone")], "2026-11-02")
    write_memory(tmp_path / "instance" / "links.json", memory)
    read = read_memory(tmp_path / "instance" / "links.json")

    assert read["https://a.example/"].seen_well == "2026-11-01"
    assert (read["https://a.example/"].verdict, read["https://a.example/"].checked) == (
        "gone", "2026-11-02",
    )  # fmt: skip
    assert remember(read, [finding("moved")], "2026-11-03")["https://a.example/"].seen_well == (
        "2026-11-03"
    )


@pytest.mark.parametrize("text", ["", "{", "[]", '{"links": []}', '{"links": {"a": {"b": 1}}}'])
def test_memory_that_is_damaged_is_not_thrown_away(text, tmp_path):
    (tmp_path / "links.json").write_text(text)

    with pytest.raises(MemoryUnreadable, match=r"links\.json"):
        read_memory(tmp_path / "links.json")
