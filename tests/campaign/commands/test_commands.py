"""The command line: what it writes, where, and what it says when something is wrong."""

from __future__ import annotations

import io
import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from calculator.loading.folder import load_sources

ROOT = Path(__file__).parents[3]
COMMAND = Path(sys.executable).with_name("schatje")
SIZES = {"facebook": (1200, 630), "square": (1080, 1080), "story": (1080, 1920)}
CARD = ["card", "--region", "BE", "--period", "1y"]


@pytest.fixture
def damaged(pytestconfig, tmp_path):
    """Return a copy of the figures with three mistakes, two of them in one file."""
    folder = tmp_path / "sources"
    shutil.copytree(pytestconfig.rootpath / "sources", folder)
    files = sorted((folder / "publications").glob("*.yaml"))
    for path, mistakes in ((files[0], ["surprise: 1", "wonder: 2"]), (files[1], ["surprise: 3"])):
        path.write_text(path.read_text() + "".join(f"{mistake}\n" for mistake in mistakes))
    return folder, files[:2]


# ---- estimate


def test_estimate_prints_one_line_with_its_range(run):
    [line] = run("estimate", "--region", "BE", "--period", "1y").output.splitlines()

    assert line.startswith("BE")
    assert "illustrative" in line
    assert line.count("€") == 3


def test_estimate_all_prints_every_scenario(run):
    lines = run("estimate", "--all").output.splitlines()

    scenarios = load_sources(ROOT / "sources").scenarios
    assert [tuple(line.split()[:2]) for line in lines] == [
        (region.id, period.id) for region in scenarios.regions for period in scenarios.periods
    ]


def test_estimate_json_has_the_shape_that_was_promised(run):
    report = json.loads(run("estimate", "--region", "EUROPE", "--period", "6m", "--json").output)

    assert {"region", "period", "currency", "price_year", "low", "central", "high", "display",
            "families", "figures", "beside", "sensitivity", "leave_one_family_out", "bootstrap",
            "digest"} <= set(report)  # fmt: skip
    assert (report["region"], report["period"], report["currency"]) == ("EUROPE", "6m", "EUR")
    assert report["low"] <= report["central"] <= report["high"]
    for key in ("low", "central", "high"):
        assert isinstance(report["display"][key], int)
        assert report["display"][key] == pytest.approx(report[key], rel=0.1)
    assert report["figures"]
    for figure in report["figures"]:
        assert {"id", "publication", "role", "weight", "euros", "steps"} <= set(figure)
        assert figure["steps"]
        last = figure["steps"][-1]
        for key in ("low", "central", "high"):
            assert last[key] == figure["euros"][key], "the last step gives the figure"


def test_estimate_all_json_agrees_with_each_alone_and_with_the_site(run, app):
    reports = json.loads(run("estimate", "--all", "--json").output)
    published = app.extensions["published"].estimates

    assert [(report["region"], report["period"]) for report in reports] == list(published)
    for report in reports:
        estimate = published[report["region"], report["period"]]
        assert report["central"] == estimate.euros.central
        assert report["digest"] == estimate.digest
    alone = run("estimate", "--region", "WORLD", "--period", "2y", "--json").output
    assert json.loads(alone) in reports


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--region", "XX", "--period", "1y"], 1, "BE"),
        (["--region", "BE", "--period", "9y"], 1, "1y"),
        (["--region", "BE"], 2, "--period"),
        (["--period", "1y"], 2, "--region"),
        ([], 2, "--all"),
        (["--all", "--region", "BE"], 2, "--all"),
    ],
)
def test_estimate_says_what_can_be_chosen_when_the_choice_is_wrong(arguments, code, said, run):
    assert said in run("estimate", *arguments, code=code).output


def test_estimate_takes_another_folder(run, pytestconfig, tmp_path):
    same = ["estimate", "--region", "BE", "--period", "1y", "--json", "--sources"]
    shutil.copytree(pytestconfig.rootpath / "sources", tmp_path / "copy")

    assert run(*same, tmp_path / "copy").output == run(*same[:-1]).output
    assert str(tmp_path / "none") in run(*same, tmp_path / "none", code=1).output


def test_estimate_refuses_a_folder_with_mistakes(run, damaged):
    folder, files = damaged

    output = run("estimate", "--all", "--sources", folder, code=1).output
    assert f"schatje sources check {folder}" in output
    assert output.count(files[0].name) == 2


# ---- card


@pytest.mark.parametrize("card_format", SIZES)
def test_card_is_written_to_a_file(card_format, run, tmp_path):
    path = tmp_path / "card.jpg"

    result = run(*CARD, "--lang", "de", "--format", card_format, "-o", path)

    with Image.open(path) as card:
        assert card.size == SIZES[card_format]
    assert result.output == ""


def test_card_takes_a_photo_and_writes_to_standard_output(portrait_jpeg):
    done = subprocess.run(
        [COMMAND, *CARD, "--photo", "-", "-o", "-"],
        input=portrait_jpeg,
        capture_output=True,
        check=True,
    )

    assert Image.open(io.BytesIO(done.stdout)).size == SIZES["facebook"]
    assert done.stderr == b""


def test_card_says_so_when_no_face_is_found(run, tmp_path):
    Image.new("RGB", (600, 400), "grey").save(tmp_path / "wall.png")

    result = run(*CARD, "--photo", tmp_path / "wall.png", "-o", tmp_path / "card.jpg")

    assert "whole photo" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("photo", "said"),
    [
        ("text.jpg", "JPEG, PNG, WebP or HEIC"),
        ("empty.jpg", "empty"),
        ("none.jpg", "cannot be read"),
        (".", "cannot be read"),
    ],
)
def test_card_says_what_is_wrong_with_the_photo(photo, said, run, tmp_path):
    (tmp_path / "text.jpg").write_text("no photo")
    (tmp_path / "empty.jpg").write_bytes(b"")

    output = run(*CARD, "--photo", tmp_path / photo, "-o", tmp_path / "card.jpg", code=1).output

    assert said in output
    assert not (tmp_path / "card.jpg").exists()


def test_card_says_so_when_it_cannot_be_written(run, tmp_path):
    assert "cannot be written" in run(*CARD, "-o", tmp_path / "none" / "card.jpg", code=1).output


@pytest.mark.parametrize(
    ("option", "value", "code", "said"),
    [("--region", "XX", 1, "EUROPE"), ("--period", "", 1, "6m"), ("--lang", "it", 2, "fr"),
     ("--format", "banner", 2, "story")],
)  # fmt: skip
def test_card_says_what_can_be_chosen_when_a_choice_is_wrong(
    option, value, code, said, run, tmp_path
):
    output = run(*CARD, "-o", tmp_path / "card.jpg", option, value, code=code).output

    assert said in output
    assert not (tmp_path / "card.jpg").exists()


def test_card_says_so_when_the_address_does_not_fit(run, tmp_path, monkeypatch):
    monkeypatch.setenv("SCHATJE_CARD_ADDRESS", "campaign-with-a-long-name." * 8)

    assert "Error: " in run(*CARD, "-o", tmp_path / "card.jpg", code=1).output


# ---- sources check


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


# ---- serve


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("SITE_URL", "ftp://campaign.example", "SCHATJE_SITE_URL"),
        ("SITE_URL", "https://campaign.example", "SCHATJE_SECRET_KEY"),
        ("PROXIES", "one", "SCHATJE_PROXIES"),
        ("CARD_LIMIT", "many", "SCHATJE_CARD_LIMIT"),
        ("LIMITS_STORAGE", "nowhere://", "SCHATJE_LIMITS_STORAGE"),
        ("SOURCES", "/nowhere", "scenarios.yaml"),
        ("SITE_ULR", "https://campaign.example", "SCHATJE_SITE_URL"),
    ],
)
def test_serve_refuses_a_setting_that_cannot_be_right(setting, value, said, run, monkeypatch):
    monkeypatch.setenv(f"SCHATJE_{setting}", value)
    monkeypatch.setenv("SCHATJE_SITE_URL", value if setting == "SITE_URL" else "http://localhost:1")

    result = run("serve", code=1)

    assert result.output.startswith("Error: ")
    assert said in result.output


@pytest.mark.parametrize("arguments", [["--port", "0"], ["--port", "x"], ["--workers", "0"]])
def test_serve_refuses_a_wrong_option(arguments, run):
    run("serve", *arguments, code=2)


@pytest.mark.parametrize("arguments", [[], ["estimate"], ["card"], ["sources"], ["serve"]])
def test_help_is_given_on_every_level(arguments, run):
    assert "Usage:" in run(*arguments, "--help").output
