"""Alert rules and the dashboard ask for what the site tells, and wake for what they should."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import get_args

import pytest
import yaml
from deployed import DEPLOY, ROOT, read

from calculator.renderer.children import Event

TRIED = Path(__file__).parent / "alerts.yaml"
# Prometheus puts these on all that it fetches; `up` is its own.
FROM_PROMETHEUS = {"job", "instance"}
RULES = [rule for group in yaml.safe_load(read("alerts.yaml"))["groups"] for rule in group["rules"]]
PANELS = json.loads(read("grafana-dashboard.json"))["panels"]
QUERIES = {rule["alert"]: rule["expr"] for rule in RULES} | {
    f"panel {panel['id']}{target['refId']}": target["expr"]
    for panel in PANELS
    for target in panel["targets"]
}


@pytest.fixture(scope="module")
def promtool(do_without):
    return (
        shutil.which("promtool")
        or shutil.which("promtool", path=ROOT / "build")
        or do_without("promtool is not there: run `make test`, which says how to get it")
    )


def test_alerts_wake_for_what_they_should_and_for_nothing_else(promtool, tmp_path):
    shutil.copy(DEPLOY / "alerts.yaml", tmp_path / "alerts.yaml")
    shutil.copy(TRIED, tmp_path / "tests.yaml")

    for command in (["check", "rules", "alerts.yaml"], ["test", "rules", "tests.yaml"]):
        told = subprocess.run(
            [promtool, *command], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, told.stdout + told.stderr


def test_every_rule_is_tried_both_ways():
    tried = [
        (each["alertname"], bool(each["exp_alerts"]))
        for evening in yaml.safe_load(TRIED.read_text("utf-8"))["tests"]
        for each in evening["alert_rule_test"]
    ]
    assert set(tried) == {(rule["alert"], wakes) for rule in RULES for wakes in (True, False)}


@pytest.fixture(scope="module")
def told(make_app):
    """Return what a site tells: the values of each label of each number, by the number's name."""
    app = make_app()
    metrics, client = app.extensions["metrics"], app.test_client()
    for path in ("/nl/", "/healthz", "/nowhere"):
        client.get(path, base_url=app.config["SITE_URL"])
    for reason in ("drawn", "busy", "crashed", "too-slow", "unknown-format"):
        metrics.count_render(reason)
    for event in get_args(Event):
        metrics.renderer_events.labels(event)
    found = {"up": {}}
    for family in metrics.registry.collect():
        for sample in family.samples:
            labels = found.setdefault(sample.name, {})
            for label, value in sample.labels.items():
                labels.setdefault(label, set()).add(value)
    return found


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_asks_for_what_the_site_tells(name, told):
    query = QUERIES[name]
    asked = re.findall(r"\b(schatje_\w+|up\b)(?:\{([^}]*)\})?", query)
    assert asked
    labels = set(FROM_PROMETHEUS)
    for number, matchers in asked:
        assert number in told, f"{name}: the site tells no {number}"
        labels |= told[number].keys()
        for label, sign, wanted in re.findall(r'(\w+)(=~|!~|!=|=)"([^"]*)"', matchers):
            if label in FROM_PROMETHEUS or label == "status":  # any status may come
                continue
            values = told[number].get(label, set())
            assert set(wanted.split("|")) <= values, f"{name}: {label}{sign}{wanted} of {values}"
    for kept in re.findall(r"\bby \(([^)]*)\)", query):
        assert set(re.findall(r"\w+", kept)) <= labels, name


def test_legends_and_messages_name_what_the_query_keeps():
    for panel in PANELS:
        for target in panel["targets"]:
            kept = " ".join(re.findall(r"\bby \(([^)]*)\)", target["expr"]))
            assert set(re.findall(r"{{(\w+)}}", target["legendFormat"])) <= set(kept.split())
    for rule in RULES:
        named = re.findall(r"\$labels\.(\w+)", json.dumps(rule["annotations"]))
        sums_up = re.search(r"\b(sum|max|count|absent)\b", rule["expr"])
        assert not (named and sums_up), rule["alert"]
