"""What would keep an edit from being saved is said before work begins, in words for people."""

from __future__ import annotations

import os
import shutil

import pytest

ALPHA = "/edit/sources/publications/alpha.yaml"


def lock(root):
    (root / ".git" / "index.lock").touch()


def merge(root):
    (root / ".git" / "MERGE_HEAD").write_text("0" * 40)


def leave_the_branch(root):
    head = (root / ".git" / "refs" / "heads").glob("*")
    (root / ".git" / "HEAD").write_text(next(head).read_text())


@pytest.mark.parametrize(
    ("make", "said"),
    [(lock, "Another program is writing"), (merge, "A merge is under way"),
     (leave_the_branch, "stands on no branch")],
)  # fmt: skip
def test_what_hinders_is_said_on_the_overview_and_the_form_and_nothing_is_saved(desk, make, said):
    an, before = desk.person(), desk.text("alpha")
    preview = an.press(an.get(ALPHA), "preview", figures__0__central="11000")
    make(desk.root)

    for path in ("/", ALPHA, "/texts/faq", "/publications/new"):
        assert said in an.get(path).alerts[0], path
    assert said in an.press(preview, "save", why="Corrected").alerts[-1]
    assert desk.text("alpha") == before


def test_a_folder_of_another_user_is_not_taken_for_one_without_git(desk, tmp_path, monkeypatch):
    """Git itself says it: told, by its own switch for tests, that another user owns the folder."""
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    real = shutil.which("git")
    program.write_text(f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec {real} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")

    page = desk.person().get("/")

    assert "belongs to another user of this computer" in page.alerts[0]
    assert not (desk.root / "instance" / "staff" / "record.git").exists()


def test_a_computer_without_git_is_told_what_it_lacks(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert "Git is not on this computer" in desk.person().get("/").alerts[0]


@pytest.mark.parametrize("git", [True, False])
def test_a_full_disk_is_said(make_desk, monkeypatch, git):
    desk = make_desk(git=git)
    real = shutil.disk_usage
    monkeypatch.setattr(shutil, "disk_usage", lambda path: real(path)._replace(free=3_400_000))

    assert "The disk is full: 3 MB are left" in desk.person().get(ALPHA).alerts[0]


def test_nothing_is_said_where_nothing_hinders(either_desk):
    assert not either_desk.person().get("/").alerts
