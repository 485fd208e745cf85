"""The schemas for editors mark, field by field, what the loader refuses."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from pydantic import ValidationError

from calculator.loading.yaml_text import read_document
from campaign.commands.sources.schema import SCHEMAS, made_files

ROOT = Path(__file__).parents[3]
SOURCES = ROOT / "sources"


class EditorLoader(yaml.SafeLoader):
    """Reads YAML 1.2 as editors do: dates, yes and no stay text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if tag.rsplit(":", 1)[1] in ("int", "float")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_editors_read(text):
    value = yaml.load(text, Loader=EditorLoader)  # noqa: S506 - a safe loader, only narrower
    return json.loads(json.dumps(value))  # keys as text, as in JSON


def editor_marks(name, value):
    validator = jsonschema.Draft202012Validator(SCHEMAS[name].model_json_schema())
    return [error.message for error in validator.iter_errors(value)]


def loader_refuses(name, text, path):
    path.write_text(text, encoding="utf-8")
    problems = []
    document = read_document({path.name: text.encode()}, path.name, problems)
    assert not problems
    try:
        SCHEMAS[name].model_validate(document.content)
    except ValidationError:
        return True
    return False


# ---- files that are made


def test_files_are_those_the_loaders_models_make():
    for path, text in made_files(SOURCES).items():
        assert path.read_text(encoding="utf-8") == text, "run: schatje sources schema"


def test_command_writes_them_and_leaves_what_is_right(folder, run):
    folder.write("README.md", (SOURCES / "README.md").read_text(encoding="utf-8"))
    assert "publication.schema.json: written" in run("sources", "schema", folder.path).output
    folder.write("schema/scenarios.schema.json", "{}")

    output = run("sources", "schema", folder.path).output

    assert "publication.schema.json: as it was" in output
    assert "scenarios.schema.json: written" in output
    assert "README.md: as it was" in output
    assert json.loads(folder.text("schema/scenarios.schema.json"))["title"] == "Scenarios"


def test_vs_code_finds_each_schema_and_its_files():
    mapped = json.loads((ROOT / ".vscode" / "settings.json").read_text())["yaml.schemas"]

    assert len(mapped) == len(SCHEMAS)
    for schema, files in mapped.items():
        assert (ROOT / schema).is_file()
        assert list(ROOT.glob(files))


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_one_that_editors_read(name):
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name].model_json_schema())


# ---- the schema and the loader


def test_no_real_file_is_marked():
    for path in sorted((SOURCES / "publications").glob("*.yaml")):
        value = as_editors_read(path.read_text(encoding="utf-8"))
        assert editor_marks("publication", value) == [], path.name
    value = as_editors_read((SOURCES / "scenarios.yaml").read_text(encoding="utf-8"))
    assert editor_marks("scenarios", value) == []


SOUND = """\
id: alpha
publisher: "Myria"
title: "A title"
year: 2022
language: nl
kind: institutional
url: "https://alpha.example/report"
via: primary
accessed: 2026-11-21
figures:
  - id: alpha-one
    label: {nl: "a", fr: "b", de: "c", en: "d"}
    measure: revenue
    form: sexual-exploitation
    scope: minors
    region: BE
    low: 900
    central: 1000
    currency: EUR
    unit: per-victim-per-year
    reference_year: 2022
    victims: 25
    period_months: 4.5
    reliability: strong
    says: {nl: "a", fr: "b", de: "c", en: "d"}
    caveat: {nl: "a", fr: "b", de: "c", en: "d"}
"""
DAMAGE = {
    "no id": ("id: alpha\n", ""),
    "capital in the id": ("id: alpha\n", "id: Alpha\n"),
    "id too long": ("id: alpha\n", f"id: {'a' * 81}\n"),
    "no publisher": ('publisher: "Myria"\n', ""),
    "empty publisher": ('publisher: "Myria"', 'publisher: "  "'),
    "title too long": ('"A title"', f'"{"a" * 501}"'),
    "two digits of a year": ("year: 2022\nl", "year: 22\nl"),
    "year in words": ("year: 2022\nl", "year: unknown\nl"),
    "year long ago": ("year: 2022\nl", "year: 1989\nl"),
    "language in full": ("language: nl", "language: Dutch"),
    "unknown kind": ("institutional", "ngo"),
    "address without scheme": ("https://alpha", "www.alpha"),
    "address without host": ("https://alpha.example/report", "https:///report"),
    "unknown via": ("via: primary", "via: press"),
    "date as people write it": ("2026-11-21", "21/11/2026"),
    "month thirteen": ("2026-11-21", "2026-13"),
    "unknown field": ("via: primary", "via: primary\nprice: 5"),
    "figures are no list": ("figures:\n  - id", "figures:\n    id"),
    "no figures": (SOUND[SOUND.index("figures:") :], "figures: []\n"),
    "language missing": (', en: "d"}\n    measure', "}\n    measure"),
    "language too many": (', en: "d"}\n    measure', ', en: "d", es: "e"}\n    measure'),
    "unknown measure": ("measure: revenue", "measure: income"),
    "unknown form": ("form: sexual-exploitation", "form: trafficking"),
    "unknown scope": ("scope: minors", "scope: girls"),
    "unknown region": ("region: BE", "region: Belgium"),
    "number in words": ("central: 1000", "central: about 1000"),
    "number below zero": ("low: 900", "low: -1"),
    "sign for a currency": ("currency: EUR", "currency: €"),
    "half a victim": ("victims: 25", "victims: 25.5"),
    "unknown reliability": ("reliability: strong", "reliability: good"),
    "a price for an act": ("    victims: 25", "    victims: 25\n    price_per_act: 5"),
}
FITTING = {
    "nothing": ("", ""),
    "undated": ("year: 2022\nl", "year: undated\nl"),
    "a month": ("2026-11-21", "2026-11"),
    "secondary": ("via: primary", "via: secondary\nreported_by: Knack"),
    "a newer edition": ("figures:\n", "superseded_by: alpha-2\nfigures:\n"),
    "only a high": ("    low: 900\n    central: 1000\n", "    high: 1000\n"),
    "nothing is zero": ("low: 900", "low: 0"),
}


def changed(old, new):
    assert old in SOUND
    return SOUND.replace(old, new, 1)


@pytest.mark.parametrize("name", DAMAGE)
def test_what_the_loader_refuses_is_marked(name, tmp_path):
    text = changed(*DAMAGE[name])

    assert loader_refuses("publication", text, tmp_path / "alpha.yaml")
    assert editor_marks("publication", as_editors_read(text))


@pytest.mark.parametrize("name", FITTING)
def test_what_the_loader_takes_is_not_marked(name, tmp_path):
    text = changed(*FITTING[name])

    assert not loader_refuses("publication", text, tmp_path / "alpha.yaml")
    assert editor_marks("publication", as_editors_read(text)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("price_year: 2022", "price_year: 22"),
        ("basis: measured", "basis: guess"),
        ("{id: 1w, weeks: 1}", "{id: week, weeks: 1}"),
        ("- id: BE", "- id: Belgium"),
        ("WORLD: 0.25", "MARS: 0.25"),
        ("per-victim-per-day: 20", "daily: 20"),
        ("publications: 3", "publications: three"),
    ],
)
def test_what_the_loader_refuses_in_the_scenarios_is_marked(old, new, folder, tmp_path):
    folder.replace("scenarios.yaml", old, new)
    text = folder.text("scenarios.yaml")

    assert loader_refuses("scenarios", text, tmp_path / "scenarios.yaml")
    assert editor_marks("scenarios", as_editors_read(text))


def test_sound_scenarios_are_not_marked(folder):
    assert editor_marks("scenarios", as_editors_read(folder.text("scenarios.yaml"))) == []
