"""The worked examples of examples.yaml, which anyone can follow with a pencil."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from calculator.estimate import estimate

EXAMPLES = yaml.safe_load(Path(__file__).with_name("examples.yaml").read_text(encoding="utf-8"))
# What an example may check; a misspelt word would otherwise check nothing.
EXPECTATIONS = {"each", "left_out", "families", "estimate", "shown"}


def _close(value):
    # Examples are written to the cent.
    return None if value is None else pytest.approx(value, rel=1e-9, abs=0.005)


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
        for key, value in values.items():
            if key in ("role", "weight"):
                assert getattr(item, key) == value, f"{name}: {key}"
            else:
                assert getattr(item.euros, key) == _close(value), f"{name}: {key}"
    if "left_out" in expected:
        assert set(example["figures"]) - set(expected["left_out"]) == set(by_id)
    families = {family.id: family for family in result.families}
    for name, places in expected.get("families", {}).items():
        for place, (euros, weight) in places.items():
            found = getattr(families[name], place)
            assert (found.euros, found.weight) == (_close(euros), weight), f"{name}: {place}"
    for kind, found in (("estimate", result.euros), ("shown", result.shown)):
        for key, value in expected.get(kind, {}).items():
            assert getattr(found, key) == _close(value), f"{kind}: {key}"
