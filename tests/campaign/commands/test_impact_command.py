"""The command that says what an edit does, against folders and git revisions."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys

import pytest


@pytest.fixture
def checkout(folder):
    """Return a function that runs git on the folder, which is committed once."""

    def git(*arguments):
        return subprocess.run(
            ["git", "-C", folder.path.parent, *arguments], check=True, capture_output=True,
            text=True, env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull},
        ).stdout  # fmt: skip

    git("init", "--quiet")
    git("config", "user.name", "Staff")
    git("config", "user.email", "staff@campaign.example")
    git("add", ".")
    git("commit", "--quiet", "-m", "Begin")
    return git


def test_command_compares_with_a_folder(folder, run, tmp_path):
    shutil.copytree(folder.path, tmp_path / "base")
    folder.replace("publications/alpha.yaml", "central: 1000", "central: 1500")

    output = run("sources", "impact", folder.path, "--base", tmp_path / "base").output

    assert "figure changed: alpha-one (x); takes part in BE" in output
    assert "  central: 1000 → 1500" in output
    assert "estimate BE 1y: low" in output
    assert "card nl BE 1y" in output
    assert "new address" in output
    assert "│" not in output, "plain lines where no terminal is"


def test_command_compares_with_the_last_commit(folder, checkout, run):
    assert run("sources", "impact", folder.path).output.startswith("Nothing changes")
    folder.replace("publications/alpha.yaml", "central: 1000", "central: 1500")
    assert "alpha-one" in run("sources", "impact", folder.path).output

    checkout("commit", "--quiet", "-am", "More")

    assert run("sources", "impact", folder.path).output.startswith("Nothing changes")
    assert "  central: 1000 → 1500" in run(
        "sources", "impact", folder.path, "--base", "HEAD~1"
    ).output  # fmt: skip


def test_command_works_within_a_hook_of_another_repository(folder, checkout, run, tmp_path):
    other = {"GIT_DIR": str(tmp_path / "other"), "GIT_INDEX_FILE": "index"}

    assert run("sources", "impact", folder.path, env=other).output.startswith("Nothing changes")


def test_command_writes_everything_as_json(folder, checkout, run):
    folder.replace("publications/alpha.yaml", "central: 1000", "central: 1500")

    report = json.loads(run("sources", "impact", folder.path, "--json").output)

    assert report["base"].startswith("HEAD (")
    assert report["nothing"] is False
    assert report["figures_changed"][0]["changes"] == [
        {"field": "central", "before": "1000", "after": "1500"}
    ]
    assert set(report["scenarios"][0]["percent"]) == {"low", "central", "high"}
    assert report["statements"]
    assert report["cards"]


def test_command_shows_tables_at_a_terminal(folder, tmp_path, pytestconfig):
    shutil.copytree(folder.path, tmp_path / "base")
    folder.replace("publications/alpha.yaml", "central: 1000", "central: 1500")
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "campaign.commands", "sources", "impact", folder.path,
               "--base", tmp_path / "base"]  # fmt: skip
    with subprocess.Popen(
        command, cwd=pytestconfig.rootpath, stdout=child, stdin=child, stderr=child,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "160"},
    ) as process:  # fmt: skip
        os.close(child)
        shown = b""
        while True:
            try:
                part = os.read(parent, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(parent)

    assert process.returncode == 0
    assert "│".encode() in shown
    assert b"1,500" in shown or b"1500" in shown


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("HEAD~9", "HEAD~9 is neither a folder nor a revision"),
        ("--upload-pack=x", "neither a folder nor a revision"),
        ("no\nsuch", "neither a folder nor a revision"),
    ],
)
def test_command_says_what_cannot_be_compared_with(base, said, folder, checkout, run):
    assert said in run("sources", "impact", folder.path, "--base", base, code=1).output


def test_command_says_so_outside_a_checkout(folder, run):
    assert "in no git checkout" in run("sources", "impact", folder.path, code=1).output


def test_command_says_so_where_git_is_not_installed(folder, run, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert "git is not installed" in run("sources", "impact", folder.path, code=1).output


def test_command_says_so_where_the_folder_was_not_there_yet(folder, checkout, run):
    (folder.path.parent / "new").mkdir()
    shutil.copytree(folder.path, folder.path.parent / "new" / "sources")

    output = run("sources", "impact", folder.path.parent / "new" / "sources", code=1).output

    assert "there is no folder" in output


def test_command_says_which_base_does_not_pass_the_checks(folder, checkout, run):
    folder.replace("publications/alpha.yaml", "central: 1000", "central: much")
    checkout("commit", "--quiet", "-am", "Break")
    folder.replace("publications/alpha.yaml", "central: much", "central: 1000")

    output = run("sources", "impact", folder.path, code=1).output

    assert "do not pass today's checks" in output
    assert "alpha.yaml" in output


def test_command_lists_the_problems_of_an_edit_that_does_not_hold(folder, checkout, run):
    folder.replace("publications/alpha.yaml", "central: 1000", "central: much")

    output = run("sources", "impact", folder.path, code=1).output

    assert "publications/alpha.yaml:" in output
    assert "sources check" in output
