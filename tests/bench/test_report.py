"""What `make bench` writes into docs/benchmarks.md lands in its own part and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.report import REPORT, Aim, format_aims, write_part

BENCH = Path(__file__).parents[2] / "bench"
TEXT = (
    "# Title\n\n<!-- begin one -->\nold\n<!-- end one -->\nbetween\n"
    "<!-- begin two -->\n<!-- end two -->\n"
)


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_part_is_replaced_and_the_rest_stays(report):
    write_part("one", "| a \\1 |\nnew\n", report)
    write_part("two", "", report)

    assert report.read_text(encoding="utf-8") == (
        "# Title\n\n<!-- begin one -->\n| a \\1 |\nnew\n<!-- end one -->\nbetween\n"
        "<!-- begin two -->\n\n<!-- end two -->\n"
    )


def test_writing_a_part_again_changes_nothing(report):
    write_part("one", "new", report)
    once = report.read_text(encoding="utf-8")
    write_part("one", "new", report)

    assert report.read_text(encoding="utf-8") == once


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<!-- begin one -->\n",
        "<!-- end one -->\n<!-- begin one -->\n",
        TEXT + "<!-- begin one -->\n",
    ],
)
def test_a_report_without_the_part_is_left_alone(report, text):
    report.write_text(text, encoding="utf-8")

    with pytest.raises(ValueError, match="one"):
        write_part("one", "new", report)

    assert report.read_text(encoding="utf-8") == text


def test_the_report_has_every_part_that_is_written():
    code = "".join(path.read_text(encoding="utf-8") for path in BENCH.rglob("*.py"))
    written = set(re.findall(r'write_part\("([^"]+)"', code))
    written |= set(re.findall(r'publish\("([^"]+)"', code))
    report = REPORT.read_text(encoding="utf-8")

    assert written
    assert set(re.findall(r"<!-- begin (.+) -->", report)) == written
    assert set(re.findall(r"<!-- end (.+) -->", report)) == written


@pytest.mark.parametrize(
    ("measured", "at_least", "met"),
    [(2.0, False, True), (2.01, False, False), (2.0, True, True), (1.99, True, False)],
)
def test_an_aim_on_its_bound_is_met(measured, at_least, met):
    aim = Aim("a card", measured, 2, at_least=at_least)

    assert aim.is_met is met
    assert ("missed" in format_aims([aim])) is not met
