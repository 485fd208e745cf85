"""The worked examples of examples.yaml, which anyone can follow with a pencil."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from calculator.estimate import estimate

EXAMPLES = yaml.safe_load(Path(__file__).with_name("examples.yaml").read_text(encoding="utf-8"))
# What an example may check; a misspelt word would otherwise check nothing.
EXPECTATIONS = {"each", "left_out", "estimate", "shown"}


def _close(value):
    # Examples are written to the cent.
    return pytest.approx(value, rel=1e-9, abs=0.005)


@pytest.mark.parametrize("example", EXAMPLES, ids=[item["example"] for item in EXAMPLES])
def test_estimate_gives_what_the_worked_example_says(example, build_sources):
    figures = [{"id": name, **given} for name, given in example["figures"].items()]
    expected = example["expect"]
    assert expected
    assert set(expected) <= EXPECTATIONS

    result = estimate(build_sources(figures), "BE", example["period"])
    by_id = {item.cited.figure.id: item for item in result.contributions}

    for name, values in expected.get("each", {}).items():
        item = by_id[name]
        found = {
            "low": item.euros.low,
            "central": item.euros.central,
            "high": item.euros.high,
            "weight": item.weight,
        }
        for key, value in values.items():
            close = pytest.approx(value) if key == "weight" else _close(value)
            assert found[key] == close, f"{name}: {key}"
    left_out = set(expected.get("left_out", []))
    assert set(example["figures"]) - left_out == set(by_id)
    for kind, found in (("estimate", result.euros), ("shown", result.shown)):
        for key, value in expected.get(kind, {}).items():
            assert getattr(found, key) == _close(value), f"{kind}: {key}"


def test_examples_cover_every_unit_currency_and_weight():
    figures = [given for item in EXAMPLES for given in item["figures"].values()]

    def used(field):
        return {given[field] for given in figures if given.get(field)}

    assert {f"per-victim-per-{unit}" for unit in ("day", "week", "month")} <= used("unit")
    assert {"USD", "GBP", "CAD"} <= used("currency")
    assert {"institutional", "court", "academic", "journalism"} <= used("kind")
    assert {"minors", "women-and-girls", "all", "adults"} <= used("scope")
    assert {item["period"] for item in EXAMPLES} == {"1w", "1m", "6m", "1y", "2y"}
