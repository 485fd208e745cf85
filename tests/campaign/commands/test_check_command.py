"""`schatje sources check`: every problem with its place, plain where nobody watches."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

COMMAND = Path(sys.executable).with_name("schatje")


def test_check_sums_up_sound_figures(run, app):
    output = run("sources", "check").output
    sources = app.extensions["published"].sources

    assert f"{len(sources.publications)} publications, {len(list(sources.figures()))}" in output
    for region in sources.scenarios.regions:
        assert f"{region.id}: " in output


def test_check_lists_every_problem_with_its_place(run, damaged):
    folder, files = damaged

    lines = run("sources", "check", folder, code=1).output.splitlines()

    assert len(lines) == 4
    for path, count in zip(files, (2, 1), strict=True):
        assert sum(f"{path.name}:" in line for line in lines) == count
    assert lines[-1].startswith("3 problems")
    assert all(len(line) > 0 for line in lines)


def test_check_names_a_figure_whose_year_has_no_rate_yet(run, pytestconfig, tmp_path):
    folder = tmp_path / "sources"
    shutil.copytree(pytestconfig.rootpath / "sources", folder)
    rates = (folder / "rates.yaml").read_text(encoding="utf-8")
    (folder / "rates.yaml").write_text(rates.replace("GBP: 0.8909, ", ""), encoding="utf-8")

    result = run("sources", "check", str(folder))

    assert result.exit_code == 0
    assert "all sound" in result.output
    assert "is context for now: no exchange rate of GBP for 2009" in result.output


def test_check_shows_words_in_brackets_and_colons_as_they_stand(run, damaged):
    folder, files = damaged
    files[0].write_text(files[0].read_text() + '"[red]:smile:": 1\n')

    assert "[red]:smile:" in run("sources", "check", folder, code=1).output


def test_check_says_so_when_there_is_no_folder(run, tmp_path):
    assert "problem" in run("sources", "check", tmp_path / "none", code=1).output


def _on_a_terminal(arguments, **settings):
    """Run the command as on a terminal and give what stands there."""
    ours, its = pty.openpty()
    clean = {key: text for key, text in os.environ.items() if key not in ("NO_COLOR", "TERM")}
    with subprocess.Popen(
        [COMMAND, *arguments], stdout=its, stderr=its, env=clean | {"TERM": "xterm"} | settings
    ):
        os.close(its)
        found = b""
        try:
            while part := os.read(ours, 65536):
                found += part
        except OSError:  # how Linux says that the other end has closed
            pass
    os.close(ours)
    return found


def test_check_is_plain_when_nobody_watches_or_colour_is_not_wanted(run, damaged):
    folder, _files = damaged

    assert b"\x1b[1;31m" in _on_a_terminal(["sources", "check", folder])
    assert b"31m" not in _on_a_terminal(["sources", "check", folder], NO_COLOR="1")
    assert "\x1b" not in run("sources", "check", folder, code=1).output
