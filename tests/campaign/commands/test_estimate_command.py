"""`schatje estimate`: what it writes, and what it says when something is wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from calculator.loading.folder import load_sources

ROOT = Path(__file__).parents[3]


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
