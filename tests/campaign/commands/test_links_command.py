"""The command that asks for every cited address, against made-up answers."""

from __future__ import annotations

import json
import re

import pytest
import responses
from answering_site import QUICK

from campaign.published.contacts import CONTACT_FILES
from campaign.upkeep.links.memory import Remembered, read_memory


@pytest.fixture
def content(tmp_path, pytestconfig):
    """Return help contacts without a web address but for the press page's."""
    for name in CONTACT_FILES:
        text = (pytestconfig.rootpath / "campaign" / "content" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def answers(monkeypatch):
    """Answer every address in place of the network, without a pause."""
    monkeypatch.setattr("campaign.upkeep.links.round.Patience", lambda: QUICK)
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


def test_memory_is_the_desks_own_unless_told_otherwise(folder, run, answers, content):
    answer_all(answers, {})

    run("sources", "links", folder.path, "--content", content)

    assert "https://gamma.example/report" in read_memory(
        folder.path.parent / "instance" / "staff" / "links.json"
    )
    assert Remembered.__slots__[:2] == ("verdict", "checked"), "what the desk reads"
