"""The link checker against a server of our own, and the command against made-up answers."""

from __future__ import annotations

import http.server
import json
import re
import threading
import time

import pytest
import requests
import responses

from campaign.contacts import load_contacts
from campaign.link_memory import MemoryUnreadable, Remembered, read_memory, remember, write_memory
from campaign.link_round import ask_all
from campaign.links import CitedAddress, LinkFinding, Patience, ask, cited_addresses, open_session

QUICK = Patience(
    connect_s=1, read_s=0.5, retries=1, back_off_s=0.01, pause_s=0.01, address_s=5, at_once=6
)


STATUS = {"/gone": 404, "/removed": 410, "/forbidden": 403, "/busy": 429, "/sign-on": 401,
          "/odd": 418, "/broken": 500, "/moved": 301, "/moved-308": 308, "/elsewhere": 302,
          "/to-front": 302, "/round": 302, "/to-gone": 301}  # fmt: skip
LEADS_TO = {"/moved": "/new", "/moved-308": "/new", "/elsewhere": "/new", "/to-front": "/",
            "/round": "/round", "/to-gone": "/gone"}  # fmt: skip


class Site(http.server.ThreadingHTTPServer):
    """Counts what it is asked, and how much at once."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked = []
        self.agents = set()
        self.headers_seen = []
        self.now = 0
        self.most = 0
        self.lock = threading.Lock()

    def address(self, path):
        return f"http://127.0.0.1:{self.server_port}{path}"

    def handle_error(self, request, client_address):
        """Say nothing: that the checker hangs up is part of the tests."""


class Answers(http.server.BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def log_message(self, *arguments):
        """Keep quiet."""

    def answer(self):
        site = self.server
        with site.lock:
            site.asked.append((self.command, self.path))
            site.headers_seen.append(dict(self.headers))
            site.now += 1
            site.most = max(site.most, site.now)
        try:
            self.reply()
        finally:
            with site.lock:
                site.now -= 1

    def reply(self):
        head = self.command == "HEAD"
        if self.path == "/no-head" and head:
            return self.send(405)
        if self.path == "/hangs-up-on-head" and head:
            self.close_connection = True
            return None
        if self.path == "/once-broken":
            tried = self.server.asked.count(("GET", self.path))
            return self.send(503 if head or tried == 1 else 200)
        if self.path == "/slow":
            time.sleep(2)
        if self.path == "/slowly":
            time.sleep(0.05)
        if self.path.startswith("/endless"):
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for number in range(50):
                self.wfile.write(b"X-%d: 1\r\n" % number)
                self.wfile.flush()
                time.sleep(0.1)
            return None
        return self.send(STATUS.get(self.path, 200))

    def send(self, status):
        self.send_response(status)
        if self.path in LEADS_TO:
            self.send_header("Location", LEADS_TO[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()


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


# ---- the command


@pytest.fixture
def content(tmp_path, pytestconfig):
    """Give help contacts without a web address but for the press page's."""
    for name in ("help.yaml", "press.yaml", "facts.yaml"):
        text = (pytestconfig.rootpath / "campaign" / "content" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def answers(monkeypatch):
    """Answer every address in place of the network, without a pause."""
    monkeypatch.setattr("campaign.link_round.Patience", lambda: QUICK)
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.add_passthru("http://127.0.0.1")
        yield mock


def answer_all(answers, special):
    def reply(request):
        for part, status in special.items():
            if part in request.url:
                return status, {}, ""
        return 200, {}, ""

    for method in ("HEAD", "GET"):
        answers.add_callback(method, re.compile(".*"), callback=reply)


def test_command_reports_remembers_and_never_fails(folder, run, answers, content, tmp_path):
    answer_all(answers, {"alpha.example": 404, "beta.example": 403})
    state = tmp_path / "state.json"
    state.write_text(json.dumps({"links": {"https://alpha.example/report": {
        "verdict": "ok", "checked": "2026-01-01", "seen_well": "2026-01-01"}}}))  # fmt: skip

    output = run(
        "sources", "links", folder.path, "--content", content, "--state", state
    ).output  # fmt: skip

    [gone] = [line for line in output.splitlines() if line.startswith("gone:")]
    assert "https://alpha.example/report" in gone
    assert "https://web.archive.org/web/20261121/https://alpha.example/report" in gone
    assert "last seen well: 2026-01-01" in gone
    assert "blocked: https://beta.example/report" in output
    assert "1 gone, 1 blocked" in output
    memory = read_memory(state)
    assert memory["https://alpha.example/report"].seen_well == "2026-01-01"
    assert memory["https://gamma.example/report"].seen_well
    assert not any("web.archive.org" in call.request.url for call in answers.calls)


def test_command_writes_json_and_fails_only_when_strict(folder, run, answers, content, tmp_path):
    answer_all(answers, {"alpha.example": 404})
    same = ["sources", "links", folder.path, "--content", content, "--state", tmp_path / "s.json"]

    report = json.loads(run(*same, "--json").stdout)
    run(*same, "--strict", code=1)

    [gone] = [item for item in report if item["verdict"] == "gone"]
    assert gone["address"] == "https://alpha.example/report"
    assert gone["cited_by"] == ["alpha"]
    assert gone["status"] == 404
    assert gone["archived"].startswith("https://web.archive.org/")
    assert all(item["seen_well"] for item in report if item["verdict"] == "ok")


def test_command_keeps_nothing_where_the_computer_is_offline(
    folder, run, answers, content, tmp_path
):
    state = tmp_path / "s.json"

    output = run("sources", "links", folder.path, "--content", content, "--state", state).output

    assert "is this computer online?" in output
    assert not state.exists()


def test_command_refuses_to_overwrite_a_damaged_memory(folder, run, answers, content, tmp_path):
    (tmp_path / "s.json").write_text("not json")

    output = run("sources", "links", folder.path, "--content", content, "--state",
                 tmp_path / "s.json", code=1).output  # fmt: skip

    assert "s.json" in output
    assert (tmp_path / "s.json").read_text() == "not json"
    assert not answers.calls


def test_memory_is_beside_the_folder_unless_told_otherwise(folder, run, answers, content):
    answer_all(answers, {})

    run("sources", "links", folder.path, "--content", content)

    assert "https://gamma.example/report" in read_memory(
        folder.path.parent / "instance" / "links.json"
    )
    assert Remembered.__slots__[:2] == ("verdict", "checked"), "what the desk reads"
